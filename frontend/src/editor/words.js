// A field for words between cells of code: no editor, and the same care that nothing typed is lost.
import { announce, announcer, draftOf } from "./draft.js";

const fields = new WeakMap();

export function watch(textarea) {
  if (fields.has(textarea)) return;
  const draft = draftOf(textarea);
  const tell = announcer(textarea);
  fields.set(textarea, draft);
  textarea.addEventListener("input", () => {
    draft.keep(textarea.value);
    tell();
  });
  const restored = draft.take();
  if (restored === null) return;
  textarea.value = restored;
  const folded = textarea.closest("details");
  if (folded) folded.open = true;
  draft.say(() => {
    textarea.value = textarea.defaultValue;
    tell();
  });
  tell();
}

export function retryWords(textarea) {
  if (fields.get(textarea)?.waiting()) announce(textarea);
}
