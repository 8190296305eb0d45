/** Voting in place: shown at once, then as the server counts; pressing again takes it back. */

import { post } from "./server.js";
import { say, text } from "./voice.js";

/** What was wanted last, while a request is under way. @type {WeakMap<HTMLFormElement, number>} */
const wanted = new WeakMap();

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    if (!form.matches("[data-votes]") || !button) return;
    event.preventDefault();
    cast(root, form, button.getAttribute("aria-pressed") === "true" ? 0 : Number(button.value));
  });
}

/** My vote as it is drawn. @param {HTMLFormElement} form */
const drawn = (form) =>
  Number(/** @type {HTMLButtonElement | null} */ (form.querySelector("[aria-pressed=true]"))?.value ?? 0);

/**
 * @param {HTMLFormElement} form
 * @param {number} mine 1, 0 or -1
 * @param {{ups: number, downs: number}} [counts]
 */
export function draw(form, mine, counts) {
  for (const button of form.querySelectorAll("button")) {
    const value = Number(button.value);
    const count = /** @type {HTMLElement} */ (button.querySelector("[data-count]"));
    const change = Number(mine === value) - Number(button.getAttribute("aria-pressed") === "true");
    if (counts) count.textContent = String(value === 1 ? counts.ups : counts.downs);
    else if (form.dataset.touched) count.textContent = String(Math.max(0, Number(count.textContent) + change));
    button.setAttribute("aria-pressed", String(mine === value));
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {number} value */
async function cast(root, form, value) {
  const under_way = wanted.has(form);
  const before = drawn(form);
  wanted.set(form, value);
  form.dataset.touched = "1";
  draw(form, value);
  if (!under_way) await settle(root, form, before);
}

/** Sends until what is wanted is what the server has. @param {HTMLElement} root @param {HTMLFormElement} form @param {number} before */
async function settle(root, form, before) {
  const comment = /** @type {HTMLInputElement} */ (form.querySelector("[name=comment]")).value;
  let asked = NaN;
  let answer;
  try {
    while (asked !== wanted.get(form)) {
      asked = wanted.get(form) ?? 0;
      answer = await post(root, form.getAttribute("action") ?? "", [["comment", comment], ["value", String(asked)]]);
    }
    draw(form, answer.mine, answer);
    say(root, answer.message || text(root, answer.mine ? "voted" : "unvoted"));
  } catch (refusal) {
    draw(form, before);
    say(root, /** @type {Error} */ (refusal).message || text(root, "voteFailed"));
  } finally {
    wanted.delete(form);
  }
}
