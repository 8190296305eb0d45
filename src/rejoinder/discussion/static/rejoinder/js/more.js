/** "14 more replies" brings them here instead of leading away. */

import { added, byId } from "./place.js";
import { page } from "./server.js";
import { say, text } from "./voice.js";

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[data-more]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.ariaBusy !== "true") load(root, link);
  });
}

/** @param {HTMLElement} root @param {HTMLAnchorElement} link */
async function load(root, link) {
  const url = new URL(root.dataset.window ?? "", location.href);
  for (const [name, value] of new URL(link.href).searchParams) url.searchParams.set(name, value);
  link.ariaBusy = "true";
  say(root, text(root, "loading"));
  try {
    insert(root, link, await page(url));
  } catch {
    link.ariaBusy = "false";
    say(root, text(root, "unloaded"));
  }
}

/** @param {HTMLElement} root @param {HTMLAnchorElement} link @param {Document} fragment */
function insert(root, link, fragment) {
  const place = /** @type {HTMLElement} */ (link.closest(".more"));
  // Somebody may have posted in between: what is on the page already does not come twice.
  const fresh = [...(fragment.querySelector("[data-list]")?.children ?? [])].filter(
    (comment) => !byId(root, `c-${/** @type {HTMLElement} */ (comment).dataset.id}`),
  );
  const next = fragment.querySelector(".window > .more");
  const list = listBefore(place);
  list.append(...fresh);
  if (next) place.replaceWith(next);
  else place.remove();
  for (const comment of fresh) added(root, /** @type {HTMLElement} */ (comment));
  /** @type {HTMLElement | null | undefined} */ (fresh[0]?.querySelector("article"))?.focus();
  const count = fresh.reduce((sum, comment) => sum + comment.querySelectorAll("article").length, 0);
  say(root, text(root, "more", { n: count }));
}

/** @param {HTMLElement} place */
function listBefore(place) {
  const before = place.previousElementSibling;
  if (before?.matches("ol.comments")) return before;
  const list = document.createElement("ol");
  list.className = "comments";
  place.before(list);
  return list;
}
