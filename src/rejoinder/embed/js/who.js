/** The line that says who speaks, with signing in and out. */

import { Refusal } from "./server.js";
import * as session from "./session.js";
import { say, text } from "./voice.js";

/** @typedef {import("./thread.js").About} About */

/**
 * @param {HTMLElement} root
 * @param {About} about
 * @param {(sentence?: string) => Promise<void>} changed
 * @returns {() => void} writes the line anew
 */
export function who(root, about, changed) {
  const line = root.querySelector("[data-who]");
  const before = [...(line?.childNodes ?? [])];
  line?.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target);
    if (button.matches("[data-sign-in]")) signIn(root, about, changed);
    if (button.matches("[data-sign-out]")) session.leave(about).then(() => changed(text(root, "signedOut"))).catch((refusal) => failed(root, refusal));
  });
  return () => {
    const { kind, name, kept } = session.speaker(about);
    const own = kind === "nobody" ? [] : [" ", mine(root, about)];
    if (kind !== "account") return void line?.replaceChildren(...before, ...own);
    line?.replaceChildren(...sentence(text(root, "signedIn"), name), ...own, " ", button(text(root, "signOut")), ...(kept ? [] : [" ", text(root, "notKept")]));
  };
}

/** The name stands in its own direction. @param {string} pattern @param {string} name */
function sentence(pattern, name) {
  const [before, after = ""] = pattern.split("{name}");
  const bdi = document.createElement("bdi");
  bdi.textContent = name;
  return [before, bdi, after];
}

/** Leads to what is held of the reader, whom they mute, and being erased. @param {HTMLElement} root @param {About} about */
function mine(root, about) {
  const link = document.createElement("a");
  link.href = `${about.home}people/me/`;
  link.dataset.actions = "";
  link.textContent = text(root, "mine");
  return link;
}

/** @param {string} label */
function button(label) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.signOut = "";
  made.textContent = label;
  return made;
}

/** @param {HTMLElement} root @param {any} refusal */
const failed = (root, refusal) => say(root, (refusal.code === "foreign" ? text(root, "foreign") : refusal.message) || text(root, "unloaded"));

/**
 * A window of our own origin; it comes back by a code that is good once, within a minute, from this origin.
 * A page with a sign-in of its own listens for `rejoinder-sign-in` and prevents ours.
 * @param {HTMLElement} root @param {About} about @param {(sentence?: string) => Promise<void>} changed
 */
function signIn(root, about, changed) {
  const { host } = /** @type {ShadowRoot} */ (root.getRootNode());
  const asked = new CustomEvent("rejoinder-sign-in", { bubbles: true, cancelable: true });
  if (!host.dispatchEvent(asked)) return;
  if (root.dataset.sso !== undefined) return say(root, text(root, "elsewhere"));
  const state = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const search = new URLSearchParams({ site: about.site, origin: location.origin, state });
  const opened = open(`${about.home}accounts/window/?${search}`, "rejoinder-sign-in", "popup,width=480,height=680");
  if (!opened) return say(root, text(root, "blocked"));
  const done = new AbortController();
  about.signal.addEventListener("abort", () => done.abort());
  addEventListener("message", async (event) => {
    const { rejoinder, code, state: theirs } = Object(event.data);
    if (event.origin !== new URL(about.home).origin || rejoinder !== "code" || theirs !== state || typeof code !== "string") return;
    done.abort();
    try {
      await session.exchange(about, { code });
      await changed();
    } catch (refusal) {
      failed(root, /** @type {Refusal} */ (refusal));
    }
  }, { signal: done.signal });
}
