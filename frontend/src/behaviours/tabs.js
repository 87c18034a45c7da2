// On a narrow screen a row of tabs is pushed sideways: the one that is open comes into sight. The page itself stays.
export function showOpenTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current], .top nav [aria-current]")) {
    const row = tab.closest("nav");
    const [outer, inner] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
    row.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
  }
}
