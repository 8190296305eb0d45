/** Posting in place: kept until acknowledged, sent once, shown where it belongs. */

import * as draft from "./draft.js";
import { begin, evidence } from "./guard.js";
import { find, item, put, retitle, welcome } from "./place.js";
import { challenge, post } from "./server.js";
import { say, text } from "./voice.js";
import * as wrong from "./wrong.js";

const LOW = 1_000; // characters left from which on it says how many

/** @param {HTMLElement} root */
export function start(root) {
  for (const form of root.querySelectorAll("form[data-compose]")) prepare(root, /** @type {HTMLFormElement} */ (form));
  root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-compose]")) return;
    event.preventDefault();
    send(root, form);
  });
  root.addEventListener("focusin", (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest("form[data-compose]")) {
      begin(root, challenge);
      welcome(root);
    }
  });
  root.addEventListener("input", (event) => {
    const form = /** @type {HTMLElement} */ (event.target).closest("form");
    if (form?.matches("[data-compose]")) typed(root, form);
  });
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
export const field = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/**
 * Brings back what was unfinished. What is typed already, before this script came, is never touched.
 * @param {HTMLElement} root
 * @param {HTMLFormElement} form
 */
export function prepare(root, form) {
  const body = field(form, "body");
  const name = field(form, "name");
  const kept = draft.read(root, form);
  if (!name.value) name.value = draft.signature();
  if (body.value) typed(root, form);
  else if (kept?.body) {
    body.value = kept.body;
    state(form, "restored", text(root, "restored"));
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
function typed(root, form) {
  const body = field(form, "body");
  if (body.value) draft.keep(root, form, { ...draft.read(root, form), body: body.value });
  else draft.drop(root, form);
  if (field(form, "name").value) draft.signature(field(form, "name").value);
  // As the server counts: characters, not UTF-16 units.
  const left = Number(body.dataset.max) - [...body.value].length;
  if (left < 0) state(form, "over", text(root, "over", { n: -left }));
  else if (left < LOW) state(form, "left", text(root, "left", { n: left }));
  else state(form, "", "");
}

/** @param {HTMLFormElement} form @param {string} kind @param {string} sentence */
function state(form, kind, sentence) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-state]"));
  if (!place) return;
  place.dataset.kind = kind;
  place.textContent = sentence;
}

/**
 * The key of this text: the same text sent again is the same comment, another text is another one.
 * @param {HTMLElement} root
 * @param {HTMLFormElement} form
 */
function keyOf(root, form) {
  const body = field(form, "body").value;
  const kept = draft.read(root, form);
  const hidden = field(form, "idempotency_key");
  if (kept?.id && kept.of === body) hidden.value = kept.id;
  else if (!hidden.value || hidden.dataset.of !== body) hidden.value = random();
  hidden.dataset.of = body;
  draft.keep(root, form, { body, id: hidden.value, of: body });
  return hidden.value;
}

/** crypto.randomUUID is missing on plain http; this is not. */
function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
async function send(root, form) {
  if (form.dataset.busy) return;
  wrong.clear(form);
  if (!field(form, "body").value.trim()) return wrong.show(form, "body", text(root, "empty"));
  busy(form, true);
  state(form, "sending", text(root, "sending"));
  say(root, text(root, "sending"));
  try {
    const key = keyOf(root, form);
    const url = form.getAttribute("action") ?? "";
    const data = new FormData(form);
    for (const [name, value] of await evidence(root, challenge)) data.set(name, value);
    taken(root, form, await post(root, url, data, { "Idempotency-Key": key }));
  } catch (refusal) {
    refused(root, form, refusal);
  } finally {
    busy(form, false);
  }
}

/** @param {HTMLFormElement} form @param {boolean} on */
function busy(form, on) {
  if (on) form.dataset.busy = "1";
  else delete form.dataset.busy;
  form.querySelector(".primary")?.setAttribute("aria-disabled", String(on));
}

/**
 * @param {HTMLElement} root
 * @param {HTMLFormElement} form
 * @param {{html?: string, message?: string, state: string, heading?: string, until?: string | null}} answer
 */
function taken(root, form, answer) {
  const parent = field(form, "parent")?.value ?? "";
  draft.drop(root, form);
  // Kept until its writer's address is confirmed: there is nothing to show yet.
  if (!answer.html) return afresh(form, answer.message ?? "", root);
  const comment = item(answer.html);
  comment.classList.add("came");
  comment.dataset.until = answer.until ?? "";
  put(root, comment, parent);
  const sentence = answer.message || text(root, answer.state === "held" ? "held" : "posted");
  retitle(root, answer.heading);
  if (parent) form.remove();
  else afresh(form, sentence);
  find(root, comment.dataset.id ?? "")?.focus();
  say(root, sentence);
}

/** @param {HTMLFormElement} form @param {string} sentence @param {HTMLElement} [root] to say it in, too */
function afresh(form, sentence, root) {
  field(form, "body").value = "";
  field(form, "idempotency_key").value = "";
  form.querySelector(".guidelines")?.removeAttribute("open");
  for (const place of form.querySelectorAll("[data-place]")) place.remove();
  again(form, "");
  state(form, "posted", sentence);
  if (root) say(root, sentence);
}

/** A template of a host's may lack the field. @param {HTMLFormElement} form @param {string} value */
function again(form, value) {
  const input = field(form, "again") ?? form.appendChild(document.createElement("input"));
  Object.assign(input, { type: "hidden", name: "again", value });
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {any} refusal */
function refused(root, form, refusal) {
  const sentence = refusal.message || text(root, "failed");
  // Something is to be read first: sent once more, it is taken.
  if (refusal.again) again(form, refusal.again);
  state(form, "failed", refusal.field ? "" : sentence);
  if (refusal.field) wrong.show(form, refusal.field, sentence);
  say(root, sentence);
}
