// Pages where a program is written: every textarea[data-source] becomes an editor, problems are marked at their line.
// Without this file the textarea works, and a button shows the page.
import { yaml } from "@codemirror/lang-yaml";
import { markdown } from "@codemirror/lang-markdown";
import { python } from "@codemirror/lang-python";
import { EditorView } from "@codemirror/view";
import { upgrade, viewOf } from "./editor/editor.js";
import { mark, marking } from "./editor/marks.js";

const MODES = { markdown, yaml, python };

function showProblems(view) {
  const found = [...document.querySelectorAll("#problems [data-line]")];
  mark(view, found.map((each) => ({ line: Number(each.dataset.line), isGrave: "grave" in each.dataset })));
}

function goTo(view, number) {
  const { doc } = view.state;
  const line = doc.line(Math.min(Math.max(number, 1), doc.lines));
  view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  view.focus();
}

for (const textarea of document.querySelectorAll("textarea[data-source]")) {
  const mode = MODES[textarea.dataset.source]?.() ?? [];
  upgrade(textarea, { language: [mode, EditorView.lineWrapping, marking], saves: true });
  const view = viewOf(textarea);
  showProblems(view);
  document.addEventListener("htmx:afterSettle", () => showProblems(view));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-to-line]");
    if (!link) return;
    event.preventDefault();
    document.getElementById("side-source")?.click();
    goTo(view, Number(link.dataset.toLine));
  });
}
// The page is drawn while one types: nobody has to ask for it.
for (const button of document.querySelectorAll("[data-plain]")) button.hidden = true;
