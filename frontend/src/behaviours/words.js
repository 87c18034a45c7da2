// The words that scripts say stand in the page, in the reader's language: <div id="saem-words" data-offline="…">.
export function word(name, values = {}) {
  const text = document.getElementById("saem-words")?.dataset[name] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function size(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let rest = bytes;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${rest < 10 && unit > 0 ? rest.toFixed(1) : Math.round(rest)} ${units[unit]}`;
}
