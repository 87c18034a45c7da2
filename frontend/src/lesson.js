// Pages with code: every textarea[data-code=python] becomes an editor. Without this file the textarea itself works.
import { retry, upgrade, withdraw } from "./editor/editor.js";

function each(root, act) {
  if (!(root instanceof Element || root instanceof Document)) return;
  if (root instanceof Element && root.matches("textarea[data-code=python]")) act(root);
  root.querySelectorAll("textarea[data-code=python]").forEach(act);
}

each(document, upgrade);
document.addEventListener("htmx:load", (event) => each(event.detail.elt, upgrade));
document.addEventListener("htmx:beforeCleanupElement", (event) => each(event.detail.elt, withdraw));
window.addEventListener("online", () => each(document, retry));
