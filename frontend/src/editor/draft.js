// Text that has not reached the server waits in this browser: a closed lid or a lost network loses nothing.
import { read, remove, write } from "../behaviours/storage.js";
import { word } from "../behaviours/words.js";

const KEEP_MS = 14 * 24 * 3600 * 1000;
const CHANGED_AFTER_MS = 1000;

// Whoever saves by itself listens for this event.
export function announce(textarea) {
  if (textarea.isConnected) textarea.dispatchEvent(new CustomEvent("saem:changed", { bubbles: true }));
}

// Announces once nothing has been typed for a moment.
export function announcer(textarea) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => announce(textarea), CHANGED_AFTER_MS);
  };
}

// What a request carried in the field called `name`, as htmx hands it over.
function sent(event, name) {
  const parameters = event.detail.requestConfig?.parameters;
  return parameters?.get?.(name) ?? parameters?.[name];
}

function note(textarea, back) {
  const line = document.createElement("p");
  line.className = "note info row between";
  line.setAttribute("role", "status");
  line.append(word("restored"));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn slim";
  button.textContent = word("useSaved");
  button.addEventListener("click", () => {
    back();
    line.remove();
  });
  line.append(button);
  textarea.before(line);
}

export function draftOf(textarea) {
  const key = `saem:code:${textarea.dataset.draft ?? location.pathname + "#" + textarea.id}`;
  const normal = (text) => (text ?? "").replace(/\r\n?/g, "\n");

  // Whoever saved it (the autosave, or a run, which saves too): once the server has this very text, the draft may go.
  // Before the answer is put into the page, because a reset replaces this very editor.
  textarea.form?.addEventListener("htmx:beforeOnLoad", (event) => {
    const arrived = normal(sent(event, textarea.name));
    if (event.detail.xhr.status < 400 && arrived === normal(textarea.value)) remove(key);
  });
  textarea.form?.addEventListener("submit", (event) => {
    if (!textarea.form.hasAttribute("hx-post") && !event.defaultPrevented) remove(key);
  });

  // A text that was begun from an older saving goes on from there, so that the server can merge and writes nothing over.
  const seen = () => document.getElementById(textarea.dataset.seen ?? "");

  return {
    keep: (text) => write(key, { text, base: textarea.defaultValue, at: Date.now(), seen: seen()?.value }),
    waiting: () => read(key) !== null,
    take() {
      const draft = read(key);
      if (!draft || normal(draft.text) === normal(textarea.value) || Date.now() - draft.at > KEEP_MS) {
        remove(key);
        return null;
      }
      if (seen() && draft.seen) seen().value = draft.seen;
      return draft.text;
    },
    say: (back) => note(textarea, back),
  };
}
