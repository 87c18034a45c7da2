// The keys that Python needs and a tablet's keyboard hides. Shown where the pointer is a finger.
import { indentMore, undo } from "@codemirror/commands";
import { word } from "../behaviours/words.js";

const SIGNS = ["(", ")", ":", "=", "'", '"', "[", "]", "#", "_"];

function insert(view, sign) {
  view.dispatch(view.state.replaceSelection(sign), { userEvent: "input.type", scrollIntoView: true });
}

// An editor that has text selected indents those lines; otherwise the key writes the spaces it stands for.
function tab(view) {
  if (view.state.selection.main.empty) insert(view, "    ");
  else indentMore(view);
}

function key(label, name, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  if (name) button.setAttribute("aria-label", name);
  // The editor keeps the focus, so that the tablet's own keyboard stays open.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", act);
  return button;
}

export function keyBar(view) {
  const bar = document.createElement("div");
  bar.className = "keys";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", word("keys"));
  bar.append(key("Tab", "", () => tab(view)));
  for (const sign of SIGNS) bar.append(key(sign, "", () => insert(view, sign)));
  bar.append(key("↶", word("undo"), () => undo(view)));
  return bar;
}
