/** j and k go from comment to comment while the focus is in the thread; "in reply to" goes there if it is on the page. */

import { find, goTo } from "./place.js";

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("keydown", (event) => {
    const from = /** @type {HTMLElement} */ (event.target);
    const typing = from.closest("input, textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key === "j" || event.key === "k")) return;
    step(root, from, event.key === "j" ? 1 : -1);
  });
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[data-to]"));
    const there = link && find(root, link.dataset.to ?? "");
    if (!there || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(root, there);
  });
}

/** @param {HTMLElement} root @param {HTMLElement} from @param {number} by */
function step(root, from, by) {
  const articles = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".comment > article")]).filter((article) => article.checkVisibility());
  const at = articles.indexOf(/** @type {HTMLElement} */ (from.closest("article")));
  articles[at < 0 ? 0 : at + by]?.focus();
}
