/** "More…" opens the comment's private page in a dialog; what is done there is shown here. */

import { find, item, leadTo, redraw, retitle } from "./place.js";
import { aside, post } from "./server.js";
import { say, text } from "./voice.js";
import * as wrong from "./wrong.js";

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[data-actions]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(root, link);
  });
  root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("dialog [data-action]")) return;
    event.preventDefault();
    act(root, form, /** @type {SubmitEvent} */ (event).submitter);
  });
}

/** @param {HTMLElement} root @param {HTMLAnchorElement} link */
async function open(root, link) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  try {
    const main = (await aside(root, link.href)).querySelector("main");
    const dialog = made(root);
    dialog.append(...(main?.children ?? []));
    named(dialog);
    dialog.showModal();
  } catch {
    leadTo(root, "", link.href);
  } finally {
    link.ariaBusy = "false";
  }
}

/** @param {HTMLElement} root */
function made(root) {
  root.querySelector("dialog")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "rejoinder";
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "button shut";
  shut.textContent = text(root, "close");
  shut.addEventListener("click", () => dialog.close());
  dialog.append(shut);
  // The browser gives the focus back to the link; the dialog itself is not needed any more.
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  return dialog;
}

/** @param {HTMLDialogElement} dialog */
function named(dialog) {
  const heading = dialog.querySelector("h1");
  if (!heading) return;
  heading.id = "rejoinder-dialog";
  dialog.setAttribute("aria-labelledby", heading.id);
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {HTMLElement | null} button */
async function act(root, form, button) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  wrong.clear(form);
  const data = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
  try {
    done(root, form, await post(root, form.getAttribute("action") ?? "", data));
  } catch (refusal) {
    const { message, field } = /** @type {{message: string, field: string}} */ (refusal);
    wrong.show(form, field, message || text(root, "failed"));
  } finally {
    delete form.dataset.busy;
  }
}

/**
 * @param {HTMLElement} root
 * @param {HTMLFormElement} form
 * @param {{id?: string, html?: string, message?: string, heading?: string, more?: {url: string, label: string}}} answer
 */
function done(root, form, answer) {
  const message = answer.message || text(root, "done");
  const dialog = /** @type {HTMLDialogElement} */ (form.closest("dialog"));
  say(root, message);
  if (!answer.html) return thanked(dialog, message, answer.more);
  redraw(root, item(answer.html));
  retitle(root, answer.heading);
  dialog.close();
  find(root, answer.id ?? "")?.focus();
}

/**
 * Nothing changes on the page: say so where the reader looks, and where one can go on.
 * @param {HTMLDialogElement} dialog @param {string} message @param {{url: string, label: string}} [more]
 */
function thanked(dialog, message, more) {
  const shut = /** @type {HTMLElement} */ (dialog.querySelector(".shut"));
  const sentence = document.createElement("p");
  sentence.className = "notice";
  sentence.textContent = message;
  dialog.replaceChildren(shut, sentence);
  if (more) {
    const link = Object.assign(document.createElement("a"), { href: more.url, target: "_blank", textContent: more.label });
    dialog.append(link);
  }
  dialog.removeAttribute("aria-labelledby");
  dialog.setAttribute("aria-label", message);
  shut.focus();
}
