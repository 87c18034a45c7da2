// The theme is a cookie, so that the server writes it into the page and nothing flickers.
const YEAR = 365 * 24 * 3600;

function current() {
  const chosen = document.documentElement.dataset.theme;
  return chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export function showTheme() {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(current() === "dark"));
    button.addEventListener("click", () => {
      const next = current() === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      button.setAttribute("aria-pressed", String(next === "dark"));
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `saem_theme=${next}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    });
  }
}
