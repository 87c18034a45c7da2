// Forms marked data-keep="name" survive an expired session or a lost connection: what was typed is put back once.
import { keys, read, remove, write } from "./storage.js";
import { word } from "./words.js";

const PREFIX = "saem:form:";

function texts(form) {
  const kept = {};
  for (const part of form.elements) {
    if (part.name && /^(textarea|text|email|url|number|date|search)$/.test(part.type)) kept[part.name] = part.value;
  }
  return kept;
}

function say(form, text) {
  const note = document.createElement("p");
  note.className = "note info";
  note.setAttribute("role", "status");
  note.textContent = text;
  form.prepend(note);
}

function restore(form) {
  const draft = read(PREFIX + form.dataset.keep);
  if (!draft) return;
  let changed = false;
  for (const [name, value] of Object.entries(draft.texts)) {
    const part = form.elements[name];
    // What the server says wins over a draft: only fields that it left untouched are filled in.
    if (part && "value" in part && part.value !== value && part.value === draft.base?.[name]) {
      part.value = value;
      changed = true;
    }
  }
  if (changed) say(form, word("restored"));
}

// A draft that was sent goes away on the next ordinary page. A page that says "sign in again" keeps it.
function settleSent() {
  const refused = "keepDrafts" in document.body.dataset;
  for (const key of keys(PREFIX)) {
    const draft = read(key);
    if (!draft?.sent) continue;
    if (refused) write(key, { ...draft, sent: false });
    else remove(key);
  }
}

export function keepDrafts() {
  settleSent();
  for (const form of document.querySelectorAll("form[data-keep]")) {
    // What the server has: as the page came, and after each saving by itself what was sent.
    let base = texts(form);
    let sent = base;
    const key = PREFIX + form.dataset.keep;
    restore(form);
    form.addEventListener("input", () => write(key, { texts: texts(form), base, sent: false }));
    form.addEventListener("submit", () => write(key, { texts: texts(form), base, sent: true }));
    form.addEventListener("htmx:beforeRequest", () => {
      sent = texts(form);
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.successful) return;
      base = sent;
      // What was typed while it was being sent is not there yet.
      const now = texts(form);
      if (JSON.stringify(now) === JSON.stringify(sent)) remove(key);
      else write(key, { texts: now, base, sent: false });
    });
  }
}
