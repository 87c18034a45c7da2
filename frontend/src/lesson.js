// Pages with code: every textarea[data-code=python] becomes an editor, every textarea[data-words] is watched over.
// Without this file the textareas themselves work.
import { retry, upgrade, withdraw } from "./editor/editor.js";
import { retryWords, watch } from "./editor/words.js";

const CODE = "textarea[data-code=python]";
const WORDS = "textarea[data-words]";

function each(root, selector, act) {
  if (!(root instanceof Element || root instanceof Document)) return;
  if (root instanceof Element && root.matches(selector)) act(root);
  root.querySelectorAll(selector).forEach((part) => act(part));
}

function begin(root) {
  each(root, CODE, upgrade);
  each(root, WORDS, watch);
}

begin(document);
document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
document.addEventListener("htmx:beforeCleanupElement", (event) => each(event.detail.elt, CODE, withdraw));
window.addEventListener("online", () => {
  each(document, CODE, retry);
  each(document, WORDS, retryWords);
});
