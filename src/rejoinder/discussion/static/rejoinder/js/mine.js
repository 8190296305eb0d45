/** What is the reader's own: one small private request, once the page is at rest. */

import { added, find, item, put, welcome } from "./place.js";
import { own } from "./server.js";
import { language, text } from "./voice.js";
import { draw } from "./vote.js";

/**
 * @typedef {object} Mine
 * @property {string} name
 * @property {boolean} [account]
 * @property {boolean} [reachable] whether the account has an address to write to
 * @property {Record<string, number>} votes
 * @property {Record<string, {until: string | null}>} own
 * @property {string[]} held
 * @property {boolean} [answers] whether the reader may answer others here
 * @property {boolean} [newcomer] whether the reader writes here for the first time, where there are guidelines
 * @property {string[]} [muted]
 * @property {{label: string, url: string}[]} [tools]
 */

/** @type {WeakMap<HTMLElement, Promise<Mine | undefined>>} */
const asked = new WeakMap();
/** What was answered last. @type {WeakMap<HTMLElement, Mine>} */
const latest = new WeakMap();

/** @param {HTMLElement} root */
export function start(root) {
  known(root);
}

/** What is the reader's own, asked for once; undefined where that could not be learnt. @param {HTMLElement} root */
export function known(root) {
  const rest = window.requestIdleCallback ?? ((/** @type {() => void} */ then) => setTimeout(then, 200));
  const mine = asked.get(root) ?? new Promise((done) => rest(() => done(fetchMine(root)), { timeout: 2_000 }));
  asked.set(root, mine);
  return mine;
}

/** Asks once more: somebody else speaks now. @param {HTMLElement} root */
export function again(root) {
  const mine = fetchMine(root);
  asked.set(root, mine);
  return mine;
}

/** @param {HTMLElement} root */
async function fetchMine(root) {
  /** @type {Mine} */
  let mine;
  try {
    mine = await own(root);
  } catch {
    return; // The page is whole without it.
  }
  for (const html of mine.held ?? []) place(root, item(html));
  signed(root, mine);
  tools(root, mine.tools ?? []);
  mark(root, root, mine);
  for (const is of /** @type {const} */ (["answers", "newcomer"])) root.toggleAttribute(`data-${is}`, Boolean(mine[is]));
  welcome(root);
  if (!latest.has(root)) root.addEventListener("rejoinder:added", (event) => cameIn(root, /** @type {CustomEvent} */ (event).detail));
  latest.set(root, mine);
  return mine;
}

/** @param {HTMLElement} root @param {HTMLElement} where */
function cameIn(root, where) {
  const mine = /** @type {Mine} */ (latest.get(root));
  const { id, until } = where.dataset;
  if (id && until) mine.own[id] = { until }; // just posted here
  mark(root, where, mine);
}

/** Held comments stand under what they answer if that is here, else on top. @param {HTMLElement} root @param {HTMLElement} comment */
function place(root, comment) {
  const parent = comment.dataset.parent ?? "";
  if (find(root, comment.dataset.id ?? "") || (parent && find(root, parent))) return put(root, comment, parent);
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-held]"));
  list.hidden = false;
  list.append(comment);
  added(root, comment);
}

/** @param {HTMLElement} root @param {Mine} mine */
function signed(root, mine) {
  for (const field of root.querySelectorAll("[data-compose] [name=name]")) {
    const input = /** @type {HTMLInputElement} */ (field);
    if (mine.name && (mine.account || !input.value)) input.value = mine.name;
    if (mine.name) input.readOnly = Boolean(mine.account);
  }
  if (!mine.account) return;
  // Whose address is known is not asked for it; who has none cannot be told of answers.
  for (const part of root.querySelectorAll("[data-compose] [data-guest]")) part.remove();
  for (const part of root.querySelectorAll("[data-compose] [data-told]")) /** @type {HTMLElement} */ (part).hidden = !mine.reachable;
}

/** @param {HTMLElement} root @param {{label: string, url: string}[]} links */
function tools(root, links) {
  const place = root.querySelector("[data-tools]");
  for (const { label, url } of links) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = label;
    place?.append(link, " ");
  }
}

/** @param {HTMLElement} root @param {HTMLElement} where @param {Mine} mine */
function mark(root, where, mine) {
  for (const form of where.querySelectorAll("form[data-votes]")) {
    const votes = /** @type {HTMLFormElement} */ (form);
    const id = /** @type {HTMLInputElement} */ (votes.querySelector("[name=comment]")).value;
    if (!votes.dataset.touched) draw(votes, mine.votes[id] ?? 0);
  }
  for (const [id, { until }] of Object.entries(mine.own)) if (until) editable(root, id, new Date(until));
  for (const id of mine.muted ?? []) fold(root, id);
}

/** What somebody wrote whom the reader mutes: a press shows it. @param {HTMLElement} root @param {string} id */
function fold(root, id) {
  const body = /** @type {HTMLElement | null | undefined} */ (find(root, id)?.querySelector(".body:not([data-muted])"));
  if (!body) return;
  const knob = document.createElement("button");
  knob.type = "button";
  knob.className = "muted";
  knob.textContent = text(root, "muted");
  body.dataset.muted = "";
  body.hidden = true;
  body.before(knob);
  knob.addEventListener("click", () => {
    body.hidden = false;
    knob.remove();
  });
}

/** "More…" of one's own reads "Edit…" as long as one can: the same place, so that nothing moves. @param {HTMLElement} root @param {string} id @param {Date} until */
function editable(root, id, until) {
  const link = /** @type {HTMLElement | null | undefined} */ (find(root, id)?.querySelector("footer a[data-actions]"));
  if (!link || until.getTime() < Date.now()) return;
  const time = until.toLocaleTimeString(language(root), /** @type {any} */ ({ __proto__: null, timeStyle: "short" }));
  link.textContent = text(root, "edit");
  link.removeAttribute("aria-label");
  link.title = text(root, "editUntil", { time });
}
