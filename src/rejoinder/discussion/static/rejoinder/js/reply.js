/** "Reply" opens the form under the comment it answers; Escape closes it. */

import * as draft from "./draft.js";
import { field, prepare } from "./post.js";
import { text } from "./voice.js";

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (open(root, /** @type {HTMLElement} */ (link))) event.preventDefault();
  });
  root.addEventListener("keydown", (event) => {
    const form = /** @type {HTMLElement} */ (event.target).closest("form[data-reply-form]");
    if (event.key === "Escape" && form) close(root, /** @type {HTMLFormElement} */ (form));
  });
}

/** @param {HTMLElement} root @param {HTMLElement} link @returns {boolean} whether it could */
function open(root, link) {
  const comment = /** @type {HTMLElement} */ (link.closest(".comment"));
  const there = comment.querySelector(":scope > form[data-reply-form]");
  const pattern = root.querySelector(".discussion > form[data-compose]");
  if (!pattern) return false;
  const form = /** @type {HTMLFormElement} */ (there ?? copy(root, pattern, comment));
  if (!there) {
    comment.querySelector(":scope > article")?.after(form);
    prepare(root, form);
  }
  field(form, "body").focus();
  return true;
}

/** @param {HTMLElement} root @param {Element} pattern @param {HTMLElement} comment */
function copy(root, pattern, comment) {
  const id = comment.dataset.id ?? "";
  const form = /** @type {HTMLFormElement} */ (pattern.cloneNode(true));
  const name = comment.querySelector(".name")?.textContent ?? "";
  const sentence = text(root, "replyTo", { name });
  delete form.dataset.busy;
  form.dataset.replyForm = "";
  form.setAttribute("aria-label", sentence);
  const known = root.matches("[data-newcomer]") ? "" : ".guidelines, ";
  for (const leftover of form.querySelectorAll(`.errors, .notice, ${known}[name=parent], [name=passage], [data-place], [name=again]`)) leftover.remove();
  for (const error of form.querySelectorAll(".error")) error.textContent = "";
  rename(form, id);
  form.prepend(hidden("parent", id));
  field(form, "body").value = "";
  field(form, "idempotency_key").value = "";
  field(form, "name").value = /** @type {HTMLInputElement} */ (pattern.querySelector("[name=name]")).value;
  /** @type {HTMLElement} */ (form.querySelector("label")).textContent = sentence;
  finish(root, form);
  return form;
}

/** Ids are one a page: body-new becomes body-<id>. @param {HTMLFormElement} form @param {string} id */
function rename(form, id) {
  for (const attribute of ["id", "for", "aria-describedby"]) {
    for (const element of form.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, (element.getAttribute(attribute) ?? "").replace(/-new\b/g, `-${id}`));
    }
  }
}

/** @param {string} name @param {string} value */
function hidden(name, value) {
  const input = document.createElement("input");
  return Object.assign(input, { type: "hidden", name, value });
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
function finish(root, form) {
  const submit = /** @type {HTMLElement} */ (form.querySelector(".primary"));
  submit.textContent = text(root, "postReply");
  submit.removeAttribute("aria-disabled");
  const state = form.querySelector("[data-state]");
  if (state) state.textContent = "";
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.textContent = text(root, "cancel");
  cancel.addEventListener("click", () => close(root, form));
  submit.before(cancel);
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
function close(root, form) {
  if (field(form, "body").value.trim() && !confirm(text(root, "discard"))) return;
  const link = form.closest(".comment")?.querySelector("a[data-reply]");
  draft.drop(root, form);
  form.remove();
  /** @type {HTMLElement | null | undefined} */ (link)?.focus();
}
