/** Decisions: the next card is there before the server has answered; one that was not taken comes back and says why. */

import { current, goTo, putAway, redrawn, settle } from "./cards.js";
import { Refusal, post } from "./server.js";

/** A decision on its way, or taken. @typedef {{card: HTMLElement, decision: Promise<string>}} Made */

/** @type {Made[]} */
const made = [];
const REMEMBERED = 50;
const GIVES_GROUND = new Set(["remove", "hold"]);

/** Answers may overtake each other: what is told belongs to the latest act that was answered. */
let acts = 0;
let told = 0;

/** @param {HTMLElement} root @param {string} sentence @param {boolean} [wrong] */
export function tell(root, sentence, wrong = false) {
  const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-told]"));
  if (!line) return;
  line.hidden = !sentence;
  line.textContent = sentence;
  line.classList.toggle("wrong", wrong);
}

/** Told whatever answers come late to what was done before. @param {HTMLElement} root @param {string} sentence */
export function tellLast(root, sentence) {
  told = ++acts;
  tell(root, sentence);
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} card
 * @param {string} action
 * @param {string} [code] the ground, where it is not the one that is chosen
 */
export function decide(root, card, action, code) {
  const form = /** @type {HTMLFormElement | null} */ (card.querySelector("form[data-decide]"));
  if (!form || card.dataset.sent) return;
  const data = new FormData(form);
  data.set("action", action);
  if (code) data.set("code", code);
  if (GIVES_GROUND.has(action) && !data.get("code") && !data.get("reason")) {
    refuse(card, root.dataset.saidGround ?? "");
    /** @type {HTMLElement | null} */ (form.querySelector("[name=code]"))?.focus();
    return;
  }
  card.dataset.sent = "1";
  // Not form.action: the buttons are called that.
  remember(card, send(root, card, form.getAttribute("action") ?? "", data));
  if (!("stays" in root.dataset)) putAway(root, card);
}

/** It can be taken back. @param {HTMLElement} card @param {string | Promise<string>} decision */
export function remember(card, decision) {
  made.push({ card, decision: Promise.resolve(decision) });
  if (made.length > REMEMBERED) made.shift();
}

/** @param {HTMLElement} root @param {HTMLElement} card @param {string} url @param {FormData} data @returns {Promise<string>} the decision, or nothing */
async function send(root, card, url, data) {
  const act = ++acts;
  try {
    const answer = await post(url, data);
    if (act > told) {
      told = act;
      tell(root, answer.message);
    }
    if ("stays" in root.dataset) await redrawn(root, card);
    return answer.decision;
  } catch (error) {
    await comeBack(root, card, error instanceof Refusal ? error : new Refusal());
    return "";
  }
}

/** What was not taken is there again, as it is now, with the reason. @param {HTMLElement} root @param {HTMLElement} card @param {Refusal} refusal */
async function comeBack(root, card, refusal) {
  const sentence = refusal.message || (root.dataset.saidFailed ?? "");
  let now = card;
  try {
    if (refusal.status) now = await redrawn(root, card);
  } catch {
    now = card; // as it was drawn, then
  }
  delete now.dataset.sent;
  now.hidden = false;
  if (!now.isConnected) root.prepend(now);
  refuse(now, sentence);
  settle(root);
  tell(root, sentence, true);
  if (!current(root)?.matches(".at")) goTo(root, now);
}

/** @param {HTMLElement} card @param {string} sentence */
function refuse(card, sentence) {
  const line = card.querySelector("[data-error]");
  if (line) line.textContent = sentence;
}

/** Take the last decision back that was made here. @param {HTMLElement} root */
export async function undo(root) {
  const last = made.pop();
  if (!last) {
    tell(root, root.dataset.saidNothing ?? "");
    return;
  }
  const decision = await last.decision;
  if (!decision) return void undo(root);
  const data = new FormData();
  data.set("decision", decision);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token instanceof HTMLInputElement) data.set(token.name, token.value);
  try {
    await post(root.dataset.undo ?? "", data);
    const here = document.getElementById(last.card.id) ?? last.card;
    const now = await redrawn(root, here);
    goTo(root, now);
    tellLast(root, root.dataset.saidUndone ?? "");
  } catch (error) {
    tell(root, (error instanceof Refusal && error.message) || (root.dataset.saidFailed ?? ""), true);
  }
}
