/** Where a comment goes in the thread, and what is told to the other behaviours. */

import { parse } from "./server.js";

const INDENTED = 4; // replies of this depth go on flat; as in windows.shape

/** @param {string} html of one comment @returns {HTMLElement} its <li> */
export function item(html) {
  return document.adoptNode(/** @type {HTMLElement} */ (parse(html).querySelector(".comment")));
}

/** An element of this discussion by its id: of the page, or of the shadow tree that the discussion stands in.
 * @param {HTMLElement} root @param {string} id @returns {HTMLElement | null} */
export function byId(root, id) {
  return /** @type {Document | ShadowRoot} */ (root.getRootNode()).getElementById(id);
}

/** @param {HTMLElement} root @param {string} id @returns {HTMLElement | null} */
export function find(root, id) {
  return byId(root, `c-${id}`);
}

/** To a comment that is not on the page; the embed brings it here instead. @param {HTMLElement} root @param {string} id @param {string} url */
export function leadTo(root, id, url) {
  if (root.dispatchEvent(new CustomEvent("rejoinder:away", { cancelable: true, detail: id }))) location.assign(url);
}

/** Goes to a comment that is here, out of its fold, marked as a permalink's. @param {HTMLElement} root @param {HTMLElement} article */
export function goTo(root, article) {
  for (let fold = article.closest("[hidden]"); fold?.id; fold = article.closest("[hidden]")) {
    /** @type {HTMLElement | null} */ (root.querySelector(`[aria-controls="${fold.id}"]`))?.click();
  }
  root.querySelector(".asked")?.classList.remove("asked");
  // The address of a foreign page is not ours to change.
  if (root.getRootNode() === document) location.replace(`#${article.id}`);
  else article.classList.add("asked");
  article.focus();
}

/**
 * Puts a comment under the one it answers, or on top; in place of itself if it is there already.
 * @param {HTMLElement} root
 * @param {HTMLElement} comment
 * @param {string} parent id, or ""
 */
export function put(root, comment, parent) {
  const there = find(root, comment.dataset.id ?? "")?.closest(".comment");
  const answered = parent ? find(root, parent)?.closest(".comment") : null;
  if (there) redraw(root, comment);
  else if (answered) listBeneath(/** @type {HTMLElement} */ (answered)).append(comment);
  else root.querySelector("[data-list]")?.prepend(comment);
  added(root, comment);
}

/**
 * Draws a comment anew and leaves what is beneath it as it is.
 * @param {HTMLElement} root
 * @param {HTMLElement} comment
 */
export function redraw(root, comment) {
  const fresh = comment.querySelector("article");
  if (fresh) find(root, comment.dataset.id ?? "")?.replaceWith(fresh);
  added(root, root);
}

/** How many there are now. @param {HTMLElement} root @param {string} [heading] */
export function retitle(root, heading) {
  const title = root.querySelector("#discussion-title");
  if (heading && title) title.textContent = heading;
}

/** Tells the others: here is something new. @param {HTMLElement} root @param {HTMLElement} where */
export function added(root, where) {
  root.dispatchEvent(new CustomEvent("rejoinder:added", { detail: where }));
}

/** @param {HTMLElement} answered a comment's <li> @returns {Element} the list that its replies stand in */
function listBeneath(answered) {
  const depth = Number(answered.dataset.depth);
  if (depth > INDENTED && answered.parentElement) return answered.parentElement;
  if (depth === INDENTED) return child(answered, "ol.flat") ?? after(answered, "flat");
  const beneath = child(answered, ".beneath");
  const list = beneath?.querySelector("ol") ?? null;
  if (list) return list;
  const fresh = beneath ?? answered.insertBefore(made("div", "beneath"), null);
  return (fresh.querySelector("[id]") ?? fresh).insertAdjacentElement("afterbegin", made("ol", "comments")) ?? fresh;
}

/** @param {Element} of @param {string} selector */
const child = (of, selector) => of.querySelector(`:scope > ${selector}`);

/** @param {string} tag @param {string} classes */
function made(tag, classes) {
  const element = document.createElement(tag);
  element.className = classes;
  return element;
}

/** @param {Element} answered @param {string} kind */
function after(answered, kind) {
  return answered.appendChild(made("ol", `comments ${kind}`));
}

/** Before a reader's first comment, as they begin to write it: how one talks to each other here. @param {HTMLElement} root */
export function welcome(root) {
  const folded = root.querySelector(":scope[data-newcomer] form:focus-within .guidelines");
  if (!folded) return;
  folded.setAttribute("open", "");
  root.removeAttribute("data-newcomer");
}
