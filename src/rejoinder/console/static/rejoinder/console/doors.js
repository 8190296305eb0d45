/** Doors on a card: the form of the person's or the discussion's own page, opened here and sent from here. */

import { goTo } from "./cards.js";
import { remember, tell, tellLast } from "./decide.js";
import { Refusal, markup, post } from "./server.js";

/** What a key chooses in the form that it opens. @type {Record<string, [door: string, choice: string]>} */
export const DOORS = {
  w: ["person", "warn"],
  s: ["person", "suspend"],
  b: ["person", "ban"],
  n: ["person", "note"],
  m: ["person", "message"],
  t: ["thread", ""],
};

/** @param {HTMLElement} root */
export function doors(root) {
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("[data-door]");
    const mouse = /** @type {MouseEvent} */ (event);
    if (!(link instanceof HTMLAnchorElement) || mouse.ctrlKey || mouse.metaKey || mouse.shiftKey) return;
    event.preventDefault();
    void open(root, link, "");
  });
}

/** @param {HTMLElement} root @param {HTMLElement} card @param {string} key @returns {boolean} whether there is such a door */
export function knock(root, card, key) {
  const [door, choice] = DOORS[key] ?? [];
  const link = card.querySelector(`a[data-door="${door}"]`);
  if (!(link instanceof HTMLAnchorElement)) return false;
  void open(root, link, choice ?? "");
  return true;
}

/** Close the one that is open. @param {HTMLElement} root @returns {boolean} whether one was */
export function close(root) {
  const place = root.querySelector("[data-opened]:not([hidden])");
  if (!(place instanceof HTMLElement)) return false;
  place.replaceChildren();
  place.hidden = true;
  const card = /** @type {HTMLElement | null} */ (place.closest("[data-card]"));
  if (card && !card.hidden) goTo(root, card);
  return true;
}

/** @param {HTMLElement} root @param {HTMLAnchorElement} link @param {string} choice */
async function open(root, link, choice) {
  const card = /** @type {HTMLElement} */ (link.closest("[data-card]"));
  close(root);
  /** @type {Document} */
  let page;
  try {
    page = await markup(link.href);
  } catch (error) {
    tell(root, (error instanceof Refusal && error.message) || (root.dataset.saidFailed ?? ""), true);
    return;
  }
  const form = page.querySelector("form[data-opens]");
  const place = card.querySelector("[data-opened]");
  if (!(form instanceof HTMLElement) || !(place instanceof HTMLElement)) {
    tell(root, page.querySelector("[data-opens-not]")?.textContent ?? "", true);
    return;
  }
  const here = /** @type {HTMLFormElement} */ (document.adoptNode(form));
  listen(root, card, here);
  const chosen = here.querySelector(`input[name=action][value="${CSS.escape(choice)}"]`);
  if (chosen instanceof HTMLInputElement) chosen.checked = true;
  close(root); // another may have been opened meanwhile
  place.replaceChildren(here);
  place.hidden = false;
  const first = choice ? "[name=reason]" : "input[name=action], [name=reason]";
  /** @type {HTMLElement | null} */ (here.querySelector(first))?.focus();
}

/** @param {HTMLElement} root @param {HTMLElement} card @param {HTMLFormElement} form */
function listen(root, card, form) {
  const several = form.querySelectorAll("button").length > 1;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const at = /** @type {HTMLElement} */ (event.target);
    // Where several buttons stand, none of them is meant by the line's end.
    if (several && at.matches("input, select")) event.preventDefault();
    else if (event.ctrlKey || event.metaKey) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    void send(root, card, form, /** @type {HTMLButtonElement | null} */ (event.submitter));
  });
}

/** @param {HTMLElement} root @param {HTMLElement} card @param {HTMLFormElement} form @param {HTMLButtonElement | null} button */
async function send(root, card, form, button) {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  try {
    const answer = await post(form.getAttribute("action") ?? "", data);
    if (answer.decision) remember(card, answer.decision);
    close(root);
    tellLast(root, answer.message);
  } catch (error) {
    delete form.dataset.sent;
    refuse(form, (error instanceof Refusal && error.message) || (root.dataset.saidFailed ?? ""));
  }
}

/** @param {HTMLFormElement} form @param {string} sentence */
function refuse(form, sentence) {
  const line = form.querySelector(".error") ?? document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  form.prepend(line);
  line.textContent = sentence;
}
