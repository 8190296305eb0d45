/**
 * One discussion in a page of somebody else's: drawn in a shadow tree from the markup of our server, read, sorted,
 * folded, gone through. What writes comes with the first act.
 */

import * as collapse from "./collapse.js";
import * as keys from "./keys.js";
import * as more from "./more.js";
import { find, goTo } from "./place.js";
import { named } from "./parts.js";
import { scheme } from "./scheme.js";
import { released } from "./released.js";
import * as seen from "./seen.js";
import { goBy, page, Refusal } from "./server.js";
import * as time from "./time.js";
import { say, text } from "./voice.js";

/**
 * @typedef {object} About what the page says of a discussion
 * @property {string} home our address
 * @property {AbortSignal} signal ends with the element, or when another discussion takes its place
 * @property {(given: any) => any} bare
 * @property {(name: string) => Promise<any>} load
 * @property {string} site
 * @property {string} key
 * @property {string} url of the page that the thread belongs to
 * @property {string} page where links to a comment lead; empty: this page
 * @property {string} sort
 * @property {string} title of the story; empty: the page's
 * @property {string} language
 */

const BEHAVIOURS = [collapse, more, keys, time];
const HINT = "rejoinder:signed-in";
const PERMALINK = /^#comment-([0-9a-z]+)$/;

/** Which comment the page's address names. */
const asked = () => PERMALINK.exec(location.hash)?.[1] ?? "";

/** The discussion as markup, or the part of it around a comment. @param {About} about @param {string} [at] @returns {Promise<Document>} */
export async function fetchWindow(about, at = asked()) {
  const url = new URL(`embed/threads/${encodeURIComponent(about.site)}`, about.home);
  const named = { key: about.key, sort: about.sort, at, lang: about.language };
  for (const [name, value] of Object.entries(named)) if (value) url.searchParams.set(name, value);
  const request = { credentials: "omit", headers: { Accept: "application/json" } };
  const ask = () => page(url, /** @type {RequestInit} */ (request));
  try {
    return await ask();
  } catch (refusal) {
    const known = url.searchParams;
    // A comment that is gone: the discussion without it. A thread that nobody has written in: by its page's address.
    if (known.has("at")) known.delete("at");
    else if (!(/** @type {Refusal} */ (refusal).status === 404 && about.url) || known.has("url")) throw refusal;
    if (/** @type {Refusal} */ (refusal).status === 404 && about.url) known.set("url", about.url);
    return ask();
  }
}

/**
 * @param {HTMLElement} host
 * @param {ShadowRoot} shadow
 * @param {About} about
 * @param {Document} drawn
 * @returns {Promise<{signIn: (token: string) => void, signOut: () => void}>}
 */
export async function show(host, shadow, about, drawn) {
  const ground = document.createElement("div");
  ground.className = "rejoinder-ground";
  let root = made(about, drawn);
  ground.append(root);
  shadow.replaceChildren(ground);
  measured(ground, shadow);
  scheme(host, ground, about.signal);
  released(host, ground, about.signal);

  /** The writing half, with the discussion as it is now. @type {Promise<any> | null} */
  let writing = null;
  const write = () => {
    const now = root;
    writing ??= about.load("write.js").then(({ $write }) => $write.begin(now, about, redraw));
    writing.catch(() => {
      writing = null;
      unloaded(now);
    });
    return writing;
  };

  /** Anew: in another order, around a comment, or for another reader. @param {string} [at] */
  const redraw = async (at = "") => {
    say(root, text(root, "loading"));
    try {
      const fresh = made(about, await fetchWindow(about, at));
      if (about.signal.aborted) return;
      const wrote = writing;
      writing = null;
      here.abort();
      here = new AbortController();
      root.replaceWith(fresh);
      root = fresh;
      begin(root, about, here.signal, write, redraw);
      if (at) to(root, at);
      else /** @type {HTMLElement | null} */ (root.querySelector(".orders [aria-current]"))?.focus({ preventScroll: true });
      if (wrote) await write();
    } catch {
      say(root, text(root, "unloaded"));
    }
  };

  let here = new AbortController();
  about.signal.addEventListener("abort", () => here.abort());
  begin(root, about, here.signal, write, redraw);
  if (asked()) to(root, asked());
  addEventListener("hashchange", () => asked() && to(root, asked(), redraw), about.bare({ signal: about.signal }));
  return { signIn: async (token) => (await write()).signIn(token), signOut: async () => (await write()).signOut() };
}

/** The markup of our server as it stands in the page. @param {About} about @param {Document} drawn @returns {HTMLElement} */
function made(about, drawn) {
  const root = /** @type {HTMLElement | null} */ (drawn.querySelector("body > .rejoinder"));
  const inner = /** @type {HTMLElement | null | undefined} */ (root?.querySelector("rejoinder-discussion"));
  if (!root || !inner) throw new Refusal();
  document.adoptNode(root);
  about.language = root.lang;
  const who = root.querySelector("[data-who]");
  // The page may have a <rejoinder-discussion> of its own, which would begin to work in here too.
  for (const { name, value } of inner.attributes) if (name.startsWith("data-")) root.setAttribute(name, value);
  inner.replaceWith(...inner.childNodes);
  root.querySelector("form[data-compose]")?.before(...(who ? [who] : []));
  return root;
}

/**
 * @param {HTMLElement} root @param {About} about @param {AbortSignal} signal ends with this root
 * @param {() => Promise<any>} write @param {(at?: string) => void} redraw
 */
function begin(root, about, signal, write, redraw) {
  const dress = (/** @type {Element} */ where) => {
    named(where);
    linked(where, about);
  };
  dress(root);
  goBy(root, way(write));
  root.addEventListener("rejoinder:added", (event) => dress(/** @type {CustomEvent} */ (event).detail));
  root.addEventListener("rejoinder:away", (event) => {
    event.preventDefault();
    const id = /** @type {CustomEvent} */ (event).detail;
    if (id) redraw(id);
    else say(root, text(root, "unloaded"));
  });
  sorted(root, about, redraw);
  for (const behaviour of BEHAVIOURS) behaviour.start(root);
  acts(root, write);
  // Nobody who has not acted is asked after: no request, no cookie.
  if (remembers()) write().catch(() => {});
  seen.start(root, signal);
}

/** The writing half did not come: what is typed stays, and the next act asks for it again. @param {HTMLElement} root */
function unloaded(root) {
  for (const state of root.querySelectorAll("[data-state]")) {
    state.textContent = text(root, "unloaded");
    /** @type {HTMLElement} */ (state).dataset.kind = "failed";
  }
  say(root, text(root, "unloaded"));
}

/** Whether this browser has spoken here before, or has something unfinished. */
function remembers() {
  try {
    return Object.keys(localStorage).some((name) => name === HINT || name.startsWith("rejoinder:draft:"));
  } catch {
    return false;
  }
}

/** What the reading behaviours ask for is private: nothing, until there is somebody. @param {() => Promise<any>} write */
function way(write) {
  const later = async () => (await write()).way;
  return {
    own: () => Promise.reject(new Refusal()),
    aside: async (/** @type {any[]} */ ...given) => (await later()).aside(...given),
    post: async (/** @type {any[]} */ ...given) => (await later()).post(...given),
  };
}

/** To a comment, here or fetched. @param {HTMLElement} root @param {string} id @param {(at: string) => void} [fetchIt] */
function to(root, id, fetchIt) {
  const article = find(root, id);
  if (article) goTo(root, article);
  else fetchIt?.(id);
}

/** Links to a comment lead to it in this page; all others to our server. @param {Element} where @param {About} about */
function linked(where, about) {
  for (const name of ["href", "action"]) {
    for (const element of where.querySelectorAll(`[${name}^="/"]`)) {
      element.setAttribute(name, new URL(element.getAttribute(name) ?? "", about.home).href);
    }
  }
  const page = about.page || location.href.replace(/#.*/, "");
  // A page that keeps its own place after the # has no room for ours.
  if (!about.page && /^#[!/]/.test(location.hash)) return;
  for (const link of where.querySelectorAll("a[rel=bookmark]")) {
    const id = /** @type {HTMLElement | null} */ (link.closest(".comment"))?.dataset.id;
    if (id) /** @type {HTMLAnchorElement} */ (link).href = `${page}#comment-${id}`;
  }
}

/** @param {HTMLElement} root @param {About} about @param {(at?: string) => void} redraw */
function sorted(root, about, redraw) {
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest(".orders a, .part a"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    about.sort = new URL(link.href).searchParams.get("sort") ?? about.sort;
    redraw();
  });
}

/** The first act brings what writes, and is then done. @param {HTMLElement} root @param {() => Promise<any>} write */
function acts(root, write) {
  const done = new AbortController();
  const once = { signal: done.signal, capture: true };
  /** @param {() => void} [then] */
  const begun = (then) => write().then(() => (done.abort(), then?.())).catch(() => {});
  root.addEventListener("focusin", (event) => {
    if (/** @type {Element} */ (event.target).closest("form[data-compose]")) begun();
  }, once);
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a[data-reply], a[data-actions], [data-sign-in]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    begun(() => link.click());
  }, once);
  root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const by = /** @type {SubmitEvent} */ (event).submitter;
    event.preventDefault();
    event.stopPropagation();
    begun(() => form.requestSubmit(by));
  }, once);
}

/** What a rem is here: the reader's own size of text. @param {HTMLElement} ground @param {ShadowRoot} shadow */
function measured(ground, shadow) {
  shadow.adoptedStyleSheets[2].replaceSync(`:host { --rem: var(--rejoinder-rem, ${getComputedStyle(ground).fontSize}); }`);
}
