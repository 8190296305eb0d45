/** The cards of a page: which one is in hand, the next ones, those that came and those that are done. */

import { markup } from "./server.js";

const AHEAD = 8; // so many are there before they are needed
const BEHIND = 20; // so many that are done stay on the page, out of sight

/** Every card that was on this page. @type {Set<string>} */
const known = new Set();

/** @param {HTMLElement} root */
export function cardsOf(root) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-card]:not([hidden])")]);
}

/** The card in hand: the one with the focus in it, else the one that had it. @param {HTMLElement} root */
export function current(root) {
  const cards = cardsOf(root);
  const inside = document.activeElement?.closest("[data-card]");
  return cards.find((card) => card === inside) ?? cards.find((card) => card.matches(".at")) ?? cards[0];
}

/** @param {HTMLElement} root @param {HTMLElement | undefined} card */
export function goTo(root, card) {
  for (const other of root.querySelectorAll(".at")) other.classList.remove("at");
  if (!card) return;
  card.classList.add("at");
  card.focus({ preventScroll: true });
  const { top, bottom } = card.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) card.scrollIntoView({ block: "start", behavior: "instant" });
}

/** @param {HTMLElement} root @param {number} by */
export function step(root, by) {
  const cards = cardsOf(root);
  const here = current(root);
  goTo(root, cards[Math.min(Math.max((here ? cards.indexOf(here) : 0) + by, 0), cards.length - 1)]);
}

/** Take a card out of sight and go to the next one. @param {HTMLElement} root @param {HTMLElement} card */
export function putAway(root, card) {
  const cards = cardsOf(root);
  const place = cards.indexOf(card);
  const inHand = current(root) === card;
  const next = cards[place + 1] ?? cards[place - 1];
  card.hidden = true;
  const done = root.querySelectorAll("[data-card][hidden]");
  if (done.length > BEHIND) done[0].remove();
  if (inHand) goTo(root, next);
  settle(root);
  void more(root);
}

/** Whether there is anything to do is said beneath. @param {HTMLElement} root */
export function settle(root) {
  const done = /** @type {HTMLElement | null} */ (document.querySelector("[data-done]"));
  if (done) done.hidden = cardsOf(root).length > 0 || root.querySelector(".more") !== null;
}

/** @type {WeakSet<HTMLElement>} */
const fetching = new WeakSet();

/** Have the next cards ready. @param {HTMLElement} root */
export async function more(root) {
  const line = /** @type {HTMLElement | null} */ (root.querySelector(".more[data-after]"));
  if (!line || !root.dataset.url || fetching.has(root)) return;
  const cards = cardsOf(root);
  const here = current(root);
  if (cards.length - (here ? cards.indexOf(here) : 0) > AHEAD) return;
  fetching.add(root);
  let further = false;
  try {
    const page = await markup(`${root.dataset.url}?${asked({ after: line.dataset.after ?? "" })}`);
    const next = page.querySelector(".more[data-after]");
    for (const card of unknown(root, page)) line.before(card);
    if (next) line.replaceWith(document.adoptNode(next));
    else line.remove();
    further = next !== null;
  } catch {
    return; // the link to further cards stays
  } finally {
    fetching.delete(root);
  }
  settle(root);
  if (!current(root)?.matches(".at")) goTo(root, current(root));
  if (further) void more(root); // all of these may have been here already
}

/** Cards that came meanwhile, each in its place behind the one in hand. @param {HTMLElement} root @returns {Promise<number>} */
export async function fresh(root) {
  const page = await markup(`${root.dataset.url}?${asked({})}`);
  const came = unknown(root, page);
  for (const card of came) {
    const behind = cardsOf(root);
    const here = current(root);
    const later = behind.slice(here ? behind.indexOf(here) + 1 : 0).find((other) => rank(other) > rank(card));
    if (later) later.before(card);
    else if (root.querySelector(".more")) root.querySelector(".more")?.before(card);
    else root.append(card);
  }
  settle(root);
  if (came.length && !root.querySelector(".at")) goTo(root, current(root));
  return came.length;
}

/** A card as it is now in the place of one that was drawn before. @param {HTMLElement} root @param {HTMLElement} card @returns {Promise<HTMLElement>} */
export async function redrawn(root, card) {
  const page = await markup(`${root.dataset.cardUrl}?comment=${card.dataset.card}`);
  const now = /** @type {HTMLElement | null} */ (page.querySelector("[data-card]"));
  if (!now) return card;
  document.adoptNode(now);
  if (card.dataset.rank && !now.dataset.rank) now.dataset.rank = card.dataset.rank;
  const inHand = card.matches(".at");
  if (card.isConnected) card.replaceWith(now);
  else if (current(root)) current(root)?.before(now);
  else root.prepend(now);
  settle(root);
  if (inHand) goTo(root, now);
  return now;
}

/** @param {HTMLElement} card */
function rank(card) {
  return Number(card.dataset.rank || Infinity);
}

/** Those that are not on this page, whether they wait still or are done. @param {HTMLElement} root @param {Document} page */
function unknown(root, page) {
  for (const card of root.querySelectorAll("[data-card]")) known.add(card.id);
  const found = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("[data-card]")]);
  return found.filter((card) => !known.has(card.id)).map((card) => document.adoptNode(card));
}

/** What the address of this page asks for, and more. @param {Record<string, string>} also */
function asked(also) {
  const parameters = new URLSearchParams(location.search);
  for (const name of ["after", "decided"]) parameters.delete(name);
  for (const [name, value] of Object.entries(also)) parameters.set(name, value);
  return parameters;
}
