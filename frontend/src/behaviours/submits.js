// A form is sent once, however often its button is pressed. Buttons stay enabled, so that their own value is sent too.
const RELEASE_AFTER_MS = 10_000;

function isWrite(form) {
  return form instanceof HTMLFormElement && form.method === "post" && !("repeat" in form.dataset);
}

function buttons(form) {
  return [...form.elements].filter((part) => part.type === "submit");
}

function hold(form, pressed) {
  form.dataset.busy = "";
  for (const button of buttons(form)) {
    button.setAttribute("aria-disabled", "true");
  }
  (pressed ?? buttons(form)[0])?.setAttribute("aria-busy", "true");
}

function release(form) {
  delete form.dataset.busy;
  for (const button of buttons(form)) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  }
}

function sentByHtmx(form, button) {
  return form.hasAttribute("hx-post") || Boolean(button?.hasAttribute("hx-post"));
}

// The form behind a request of htmx, when the request is a submission and not, say, the saving of a draft inside it.
function formOf(part) {
  if (part instanceof HTMLFormElement) return part;
  return part.type === "submit" ? part.form : null;
}

export function guardSubmits() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!isWrite(form)) return;
      if ("busy" in form.dataset) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      if (sentByHtmx(form, event.submitter)) return;
      // Later, because another listener may still cancel it, and because a held form must already have been read.
      setTimeout(() => {
        if (event.defaultPrevented) return;
        hold(form, event.submitter);
        setTimeout(() => release(form), RELEASE_AFTER_MS);
      });
    },
    true,
  );
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event.detail.elt);
    if (form && isWrite(form)) hold(form, event.detail.requestConfig.triggeringEvent?.submitter);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event.detail.elt);
    if (form && isWrite(form)) release(form);
  });
  // Going back brings the page as it was left, with its form still held.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
}
