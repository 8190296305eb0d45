/**
 * Who says so, in a page of somebody else's: marks on its words, a card with the note where one is pressed, all notes above
 * the discussion, and comments about words that are selected. Nothing is put into the page's own document: marks are
 * highlights, and cards stand in the discussion's shadow tree.
 */

import { find, folded, spelled } from "./finding.js";
import { scheme } from "./scheme.js";
import { page } from "./server.js";

const SAID = "rejoinder-said";
const CONTESTED = "rejoinder-contested";
const MARK = /^#p-([0-9a-z]+)$/;
const PAUSE = 200; // ms in which a page that draws itself anew comes to rest
const LINGER = 400; // ms: a finger that goes to the button may end the selection first
const EDGE = 8; // px

/** @typedef {{item: HTMLElement, range: Range | null}} Place a passage and where it stands in the page */

/** @param {string} name @returns {any} shared by all discussions of a page */
function highlight(name) {
  const known = /** @type {any} */ (CSS).highlights;
  if (!known) return new Set(); // notes quote their words
  if (!known.has(name)) known.set(name, new Highlight());
  return known.get(name);
}

/** @param {About} about @returns {Promise<CSSStyleSheet>} */
async function looks(about) {
  const response = await fetch(new URL("passages.css", import.meta.url), about.bare({ credentials: "omit" }));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await response.text());
  return sheet;
}

/** @typedef {import("./thread.js").About & {styles: () => Promise<CSSStyleSheet>}} About */

/** @param {HTMLElement} host @param {ShadowRoot} shadow @param {About} about */
export async function begin(host, shadow, about) {
  if (host.getAttribute("mode")) return; // the discussion stands in a frame
  const asked = new URL(`embed/passages/${encodeURIComponent(about.site)}`, about.home);
  const named = { key: about.key, url: about.url, lang: about.language };
  for (const [name, value] of Object.entries(named)) if (value) asked.searchParams.set(name, value);
  const [drawn, ...sheets] = await Promise.all([page(asked, { credentials: "omit" }), about.styles(), looks(about)]);
  const root = /** @type {HTMLElement | null} */ (drawn.querySelector("body > .rejoinder"));
  if (about.signal.aborted || !root) return;
  const ground = document.createElement("div");
  ground.className = "rejoinder-ground";
  ground.append(document.adoptNode(root));
  const aside = document.createElement("aside");
  const inner = aside.attachShadow(about.bare({ mode: "open" }));
  inner.adoptedStyleSheets = sheets;
  inner.append(ground);
  stand(shadow, aside, root, about);
  aside.style.setProperty("--rem", `var(--rejoinder-rem, ${getComputedStyle(ground).fontSize})`);
  scheme(host, ground, about.signal);
  const marks = new Marks(host, root, ground, about);
  if (root.dataset.selects !== undefined) selecting(shadow, root, marks, about);
}

/**
 * Above the discussion from the moment in which that is drawn, so that nothing moves; beneath it where it was first.
 * @param {ShadowRoot} shadow @param {HTMLElement} aside @param {HTMLElement} root @param {About} about
 */
function stand(shadow, aside, root, about) {
  const section = /** @type {HTMLElement} */ (root.querySelector("section"));
  const drawn = () => shadow.querySelector(".rejoinder-ground");
  const put = () => {
    if (!aside.parentNode) {
      shadow.prepend(aside);
      document.dispatchEvent(new Event("selectionchange")); // what was offered for it went with the old drawing
    }
    section.hidden = !drawn();
  };
  if (drawn()) shadow.append(aside);
  put();
  const watch = new MutationObserver(put);
  watch.observe(shadow, about.bare({ childList: true }));
  about.signal.addEventListener("abort", () => {
    watch.disconnect();
    aside.remove();
  });
}

/** The marks of a page, as long as its discussion stands there. */
class Marks {
  /** @param {HTMLElement} host @param {HTMLElement} root @param {HTMLElement} ground @param {About} about */
  constructor(host, root, ground, about) {
    this.host = host;
    this.root = root;
    this.card = /** @type {HTMLElement} */ (root.querySelector("[data-card]"));
    /** @type {Place[]} */
    this.places = [...root.querySelectorAll("li[data-quote]")].map((item) => ({ item: /** @type {HTMLElement} */ (item), range: null }));
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    const paint = () => sheet.replaceSync(rules(root));
    paint();
    this.draw();
    const { signal } = about;
    const until = about.bare({ signal });
    const look = new MutationObserver(paint);
    look.observe(ground, about.bare({ attributes: true }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint, until);
    addEventListener("click", (event) => this.pressed(event), until);
    root.addEventListener("click", (event) => this.followed(event), until);
    addEventListener("hashchange", () => this.follow(location.hash), until);
    this.follow(location.hash);
    this.watch(about);
    signal.addEventListener("abort", () => {
      look.disconnect();
      this.clear();
      document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1);
    });
  }

  /** The element of the page that has the text. @returns {Element | null} */
  get text() {
    try {
      return document.querySelector(this.host.getAttribute("passages") || "article");
    } catch {
      return null; // no selector
    }
  }

  clear() {
    for (const { range } of this.places) if (range) for (const name of [SAID, CONTESTED]) highlight(name).delete(range);
  }

  draw() {
    this.clear();
    const text = this.text;
    const page = text && folded(text);
    for (const place of this.places) {
      const { item } = place;
      place.range = page && find(page, item.dataset);
      if (place.range) highlight(item.dataset.contested === undefined ? SAID : CONTESTED).add(place.range);
      /** @type {HTMLElement} */ (item.querySelector("[data-missing]")).hidden = Boolean(place.range);
    }
  }

  /** A page that draws its text later, or anew, is marked then. @param {About} about */
  watch(about) {
    let timer = 0;
    const watch = new MutationObserver((changes) => {
      const text = this.text;
      if (!changes.some(({ target }) => text?.contains(target) || target.contains(text))) return;
      clearTimeout(timer);
      timer = setTimeout(() => about.signal.aborted || this.draw(), PAUSE);
    });
    watch.observe(document.documentElement, about.bare({ childList: true, characterData: true, subtree: true }));
    about.signal.addEventListener("abort", () => watch.disconnect());
  }

  /** A press on marked words shows their notes. @param {MouseEvent} event */
  pressed({ target, clientX: x, clientY: y }) {
    const on = /** @type {Element} */ (target);
    if (!this.text?.contains(on) || on.closest("a, button, input, label") || !getSelection()?.isCollapsed) return;
    const hit = (/** @type {DOMRect} */ box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    const those = this.places.filter(({ range }) => range && [...range.getClientRects()].some(hit));
    if (those.length) this.show(those, x, y);
  }

  /** @param {Place[]} those @param {number} x @param {number} y */
  show(those, x, y) {
    const { card } = this;
    if (!card.showPopover) return; // the list has them
    const notes = those.map(({ item }) => /** @type {HTMLElement} */ (item.querySelector("details.note")).cloneNode(true));
    for (const note of /** @type {HTMLDetailsElement[]} */ (notes)) {
      note.open = true;
    }
    /** @type {Element} */ (card.firstElementChild).replaceChildren(...notes);
    card.showPopover();
    const { width, height } = card.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - EDGE;
    const below = y + 3 * EDGE;
    const top = below + height < innerHeight - EDGE ? below : Math.max(EDGE, y - height - 2 * EDGE);
    card.style.left = `${Math.max(EDGE, Math.min(x - width / 2, room)) + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  /** Links to marks lead to the page's own words. @param {Event} event */
  followed(event) {
    const link = /** @type {Element} */ (event.target).closest('a[href^="#p-"]');
    if (link && this.follow(/** @type {string} */ (link.getAttribute("href")))) event.preventDefault();
  }

  /** To the words of a passage, which are selected then. @param {string} hash */
  follow(hash) {
    const id = MARK.exec(hash)?.[1];
    const range = this.places.find(({ item }) => item.dataset.passage === id)?.range;
    if (!id || !range) return false;
    if (this.card.matches(":popover-open")) this.card.hidePopover();
    range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range.cloneRange());
    return true;
  }

  /** What is selected of the text. @returns {Range | null} */
  get chosen() {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !this.text?.contains(range.commonAncestorContainer)) return null;
    return /[\p{L}\p{N}]/u.test(range.toString()) ? range.cloneRange() : null;
  }
}

/** As the marks of our own pages look; in the page's document custom properties of ours are not set. @param {HTMLElement} root */
function rules(root) {
  const colour = (/** @type {string} */ name) => {
    root.style.color = `var(--rejoinder-${name})`;
    const used = getComputedStyle(root).color;
    root.style.color = "";
    return used;
  };
  const mark = (/** @type {string} */ name, /** @type {string} */ line) => `::highlight(${name}){text-decoration:underline ${line};text-underline-offset:.22em}`;
  return mark(SAID, `2px ${colour("blue")}`) + mark(CONTESTED, `wavy 1px ${colour("red")}`);
}

/**
 * Selected words can be commented on: they go along with the form, whichever stands there by then.
 * @param {ShadowRoot} shadow @param {HTMLElement} root @param {Marks} marks @param {About} about
 */
function selecting(shadow, root, marks, { bare, signal }) {
  const bar = /** @type {HTMLElement} */ (root.querySelector("[data-select]"));
  const pattern = /** @type {HTMLTemplateElement} */ (root.querySelector("template"));
  if (!bar.showPopover) return;
  /** @type {Range | null} */
  let last = null;
  /** @type {Record<string, string> | null} */
  let words = null;
  /** @type {Element | null} */
  let tied = null;
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    const range = marks.chosen;
    last = range ?? last;
    clearTimeout(timer);
    if (range) bar.matches(":popover-open") || bar.showPopover();
    else timer = setTimeout(() => bar.hidePopover(), LINGER);
  }, bare({ signal }));
  const tie = () => {
    const form = /** @type {HTMLFormElement | null} */ (shadow.querySelector(".discussion > form[data-compose]"));
    // It was posted, or is about the whole story after all.
    if (tied && form === tied && !form.querySelector("[data-place]")) words = tied = null;
    if (!words || !form || form === tied) return;
    tied = form;
    about(form, /** @type {Element} */ (pattern.content.firstElementChild), words);
  };
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", () => {
    const text = marks.text;
    bar.hidePopover();
    if (!text || !last) return;
    words = spelled(text, last);
    tied = null;
    marks.host.scrollIntoView();
    tie();
  });
  const watch = new MutationObserver(tie);
  watch.observe(shadow, bare({ childList: true, subtree: true }));
  signal.addEventListener("abort", () => watch.disconnect());
}

/** @param {HTMLFormElement} form @param {Element} pattern @param {Record<string, string>} words */
function about(form, pattern, words) {
  for (const before of form.querySelectorAll("[data-place]")) before.remove();
  const said = /** @type {Element} */ (document.importNode(pattern, true));
  /** @type {Element} */ (said.querySelector("blockquote")).textContent = words.quote;
  for (const [name, value] of Object.entries(words)) {
    const input = document.createElement("input");
    said.append(Object.assign(input, { type: "hidden", name, value }));
  }
  const body = /** @type {HTMLElement} */ (form.elements.namedItem("body"));
  said.querySelector("button")?.addEventListener("click", () => {
    said.remove();
    body.focus();
  });
  form.prepend(said);
  body.focus();
}
