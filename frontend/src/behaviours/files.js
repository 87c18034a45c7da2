// Says which file was chosen and how large it is, and refuses one that the server would refuse, before it travels.
import { size, word } from "./words.js";

function problem(input) {
  const limit = Number(input.dataset.maxBytes);
  const large = limit ? [...input.files].find((file) => file.size > limit) : undefined;
  return large ? word("tooLarge", { name: large.name, size: size(large.size), limit: size(limit) }) : "";
}

function show(input) {
  const said = document.getElementById(`${input.id}-chosen`);
  const wrong = problem(input);
  input.setCustomValidity(wrong);
  if (!said) return;
  said.classList.toggle("wrong", Boolean(wrong));
  said.textContent = wrong || [...input.files].map((file) => `${file.name} · ${size(file.size)}`).join(", ");
}

function dropZone(event) {
  return event.target instanceof Element ? event.target.closest(".drop") : null;
}

export function guardFiles() {
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "file") show(event.target);
  });
  // Also where the form leaves its checks to the server: these bytes would travel for nothing.
  document.addEventListener(
    "submit",
    (event) => {
      const wrong = [...event.target.elements].find((part) => part.type === "file" && part.validity.customError);
      if (!wrong) return;
      event.preventDefault();
      event.stopPropagation();
      wrong.focus();
    },
    true,
  );
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const zone = dropZone(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      const input = zone.querySelector("input[type=file]");
      if (name !== "drop" || !input || !event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
