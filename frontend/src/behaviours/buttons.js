// Buttons that only a script can serve; they are hidden in the page until this runs.
import { toast } from "./trouble.js";
import { word } from "./words.js";

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    toast(word("copied"), "good");
  } catch {
    // Without the permission the text is selected, so that one key press copies it.
    getSelection().selectAllChildren(source);
  }
}

function reveal(root) {
  root.querySelectorAll("[data-copy][hidden], [data-print][hidden]").forEach((button) => (button.hidden = false));
}

export function followButtons() {
  reveal(document);
  document.addEventListener("htmx:load", (event) => reveal(event.detail.elt));
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (button.dataset.copy) copy(button);
    if ("print" in button.dataset) window.print();
    if ("dismiss" in button.dataset) button.closest(".flash")?.remove();
  });
}
