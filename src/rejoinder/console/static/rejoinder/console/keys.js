/** The queue by keyboard: one key a decision. Keys are those of the page's list, wherever they lie on the keyboard. */

import { current, step } from "./cards.js";
import { decide, undo } from "./decide.js";
import { DOORS, close, knock } from "./doors.js";

/** @param {HTMLElement} root */
export function listen(root) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape" && close(root)) return;
    if (at.closest("input:not([type=checkbox]), textarea, select, dialog, [data-opened]")) {
      if (event.key === "Escape") current(root)?.focus();
      return;
    }
    if (press(root, keyOf(event))) event.preventDefault();
  });
}

/** A letter of the Latin alphabet also where the keyboard writes others. @param {KeyboardEvent} event */
function keyOf(event) {
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter && !/^[a-z?]$/i.test(event.key)) return letter[1].toLowerCase();
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** @param {HTMLElement} root @param {string} key @returns {boolean} whether it meant something */
function press(root, key) {
  const card = current(root);
  const anywhere = ANYWHERE[key];
  if (anywhere) anywhere(root);
  else if (!card) return false;
  else if (/^[1-9]$/.test(key)) return removeFor(root, card, key);
  else if (ON_CARD[key]) ON_CARD[key](card);
  else if (DOORS[key]) return knock(root, card, key);
  else return act(root, card, key);
  return true;
}

/** @type {Record<string, (root: HTMLElement) => void>} */
const ANYWHERE = {
  j: (root) => step(root, 1),
  k: (root) => step(root, -1),
  z: (root) => void undo(root),
  "?": () => document.querySelector("[data-keys]")?.toggleAttribute("open"),
};

/** @type {Record<string, (card: HTMLElement) => void>} */
const ON_CARD = {
  x: (card) => /** @type {HTMLElement | null} */ (card.querySelector(".pick input"))?.click(),
  v: (card) => show(card),
  e: (card) => /** @type {HTMLElement | null} */ (card.querySelector("[name=reason]"))?.focus(),
  o: (card) => /** @type {HTMLElement | null} */ (card.querySelector("[data-open]"))?.click(),
  u: (card) => /** @type {HTMLElement | null} */ (card.querySelector("[data-person]"))?.click(),
  d: (card) => /** @type {HTMLElement | null} */ (card.querySelector("[data-together]"))?.click(),
};

/** @param {HTMLElement} card */
function show(card) {
  const folded = /** @type {HTMLDetailsElement[]} */ ([...card.querySelectorAll(".veil, .answers")]);
  const open = folded.some((one) => !one.open);
  for (const one of folded) one.open = open;
}

/** @param {HTMLElement} root @param {HTMLElement} card @param {string} key */
function act(root, card, key) {
  const button = /** @type {HTMLButtonElement | null} */ (card.querySelector(`button[data-key="${CSS.escape(key)}"]`));
  if (!button) return false;
  decide(root, card, button.value);
  return true;
}

/** @param {HTMLElement} root @param {HTMLElement} card @param {string} key */
function removeFor(root, card, key) {
  const option = /** @type {HTMLOptionElement | null} */ (card.querySelector(`option[data-key="${key}"]`));
  if (!option || !card.querySelector('button[value="remove"]')) return false;
  decide(root, card, "remove", option.value);
  return true;
}
