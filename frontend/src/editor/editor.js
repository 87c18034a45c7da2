// One editor in place of one textarea. The textarea stays in the form and always holds the same text.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { word } from "../behaviours/words.js";
import { announce, announcer, draftOf } from "./draft.js";
import { keyBar } from "./keys.js";

const editors = new WeakMap();

function run(view) {
  const { form, cell } = editors.get(view) ?? {};
  // While a syllable is being composed, Enter belongs to the input method.
  if (!form || view.composing) return false;
  // A click rather than a submission in the button's name, because htmx learns the button from the click.
  const button = (cell ?? form).querySelector("[data-run]");
  if (button) button.click();
  else form.requestSubmit();
  return true;
}

function nonce() {
  return document.querySelector("meta[name=csp-nonce]")?.content ?? "";
}

// A name that stands elsewhere in the page may change, as a cell's number does; any other is copied.
function nameOf(textarea) {
  const by = textarea.getAttribute("aria-labelledby");
  if (by) return { "aria-labelledby": by };
  return { "aria-label": textarea.getAttribute("aria-label") || textarea.labels?.[0]?.textContent.trim() || word("code") };
}

function extensions(textarea, changed, language, saves) {
  return [
    EditorView.cspNonce.of(nonce()),
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    EditorState.readOnly.of(textarea.readOnly),
    language,
    syntaxHighlighting(classHighlighter),
    keymap.of([
      { key: "Mod-Enter", run },
      // Where text is written rather than run, Enter is only Enter.
      saves ? { key: "Mod-s", run, preventDefault: true } : { key: "Shift-Enter", run },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      ...nameOf(textarea),
      "aria-describedby": `${textarea.id}-leave`,
      autocapitalize: "off",
      spellcheck: "false",
      tabindex: "0",
    }),
    EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
  ];
}

// Tab indents, so a reader who cannot see the screen must hear how to get out.
function leaveHint(textarea) {
  const hint = document.createElement("p");
  hint.id = `${textarea.id}-leave`;
  hint.className = "visually-hidden";
  hint.textContent = word("leaveEditor");
  return hint;
}

function follow(textarea, draft) {
  const tell = announcer(textarea);
  return (text) => {
    textarea.value = text;
    draft.keep(text);
    tell();
  };
}

export function upgrade(textarea, { language = python(), saves = false } = {}) {
  if (editors.has(textarea)) return;
  if (!textarea.id) textarea.id = `code-${Math.random().toString(36).slice(2)}`;
  const draft = draftOf(textarea);
  const restored = draft.take();
  const view = new EditorView({
    doc: restored ?? textarea.value,
    extensions: extensions(textarea, follow(textarea, draft), language, saves),
  });
  const hint = leaveHint(textarea);
  const keys = keyBar(view);
  editors.set(textarea, { view, draft, parts: [view.dom, hint, keys] });
  editors.set(view, { form: textarea.form, cell: textarea.closest(".cell") });
  textarea.hidden = true;
  textarea.after(view.dom, hint, keys);
  if (restored !== null) {
    textarea.value = restored;
    draft.say(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: textarea.defaultValue } }));
    announcer(textarea)();
  }
}

export function viewOf(textarea) {
  return editors.get(textarea)?.view;
}

// The network is back: whoever listens for changes may save now.
export function retry(textarea) {
  if (editors.get(textarea)?.draft.waiting()) announce(textarea);
}

export function withdraw(textarea) {
  const editor = editors.get(textarea);
  if (!editor) return;
  editor.view.destroy();
  editor.parts.forEach((part) => part.remove());
  editors.delete(textarea);
}
