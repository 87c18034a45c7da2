// What happens when a request of htmx comes back broken or not at all: a kind sentence, and the page stays as it is.
import { word } from "./words.js";

const STAYS_MS = 8000;

export function toast(text, kind = "bad") {
  const place = document.getElementById("toasts");
  if (!place || [...place.children].some((shown) => shown.textContent === text)) return;
  const note = document.createElement("p");
  note.className = `note ${kind}`;
  note.textContent = text;
  place.append(note);
  setTimeout(() => note.remove(), STAYS_MS);
}

export function showTrouble() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400 || !/^\s*<!doctype/i.test(xhr.responseText)) return;
    // A whole error page must not be poured into a corner of this page.
    event.detail.shouldSwap = false;
    toast(word(xhr.status === 403 ? "refused" : "failed"));
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => toast(word("offline")));
  }
}
