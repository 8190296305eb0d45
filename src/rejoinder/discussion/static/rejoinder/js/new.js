/** What was written since the last visit: marked, counted, and gone through by "Next new" or the key n. */

import { known } from "./mine.js";
import { find, goTo, leadTo } from "./place.js";
import { json, Refusal } from "./server.js";
import { later } from "./later.js";
import { language, say, text } from "./voice.js";

/** @typedef {{count: number, more: boolean, next: {id: string, url: string}[]}} News after the one walked to last */

/** @param {HTMLElement} root @param {import("./seen.js").Visit} visit @param {() => void} keep */
export async function start(root, visit, keep) {
  const own = (await known(root))?.own ?? {};
  const isNew = (/** @type {string} */ id) => later(id, visit.since) && !(id in own);
  mark(root, root, isNew);
  root.addEventListener("rejoinder:added", (event) => mark(root, /** @type {CustomEvent} */ (event).detail, isNew));

  const ask = async () => {
    const url = new URL(root.dataset.new ?? "", location.href);
    url.searchParams.set("after", visit.walked);
    /** @type {News} */
    const news = await json(url, { credentials: "omit" });
    const next = news.next.filter(({ id }) => !(id in own));
    return { ...news, next, count: news.count - news.next.length + next.length };
  };

  let news = await ask().catch((error) => {
    // A mark that the server does not know (a restored backup): the next visit is the first again.
    if (error instanceof Refusal && error.message) visit.newest = visit.since = visit.walked = "";
    return null;
  });
  if (!news?.next.length) return;
  const bar = made(root, () => step());
  say(root, tell(root, bar, news));

  const step = async () => {
    if (!news) return;
    // What is not on the page may have been removed meanwhile: ask where to go before going.
    if (!there(root, news.next[0]?.id)) news = (await ask().catch(() => null)) ?? news;
    const [to, ...rest] = news.next;
    if (!to) return say(root, tell(root, bar, { ...news, count: 0 }));
    news = { ...news, next: rest, count: news.count - 1 };
    visit.walked = to.id;
    keep();
    const article = there(root, to.id);
    if (!article) return leadTo(root, to.id, to.url);
    goTo(root, article);
    if (!rest.length && news.count > 0) news = (await ask().catch(() => null)) ?? news;
    const sentence = tell(root, bar, news);
    if (!news.count) say(root, sentence);
  };

  root.addEventListener("keydown", (event) => {
    const typing = /** @type {HTMLElement} */ (event.target).closest("input, textarea, select, dialog");
    if (event.key === "n" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) step();
  });
}

/** Where it is drawn here, with its words. @param {HTMLElement} root @param {string} [id] */
function there(root, id) {
  const article = id ? find(root, id) : null;
  return article?.querySelector(".name") ? article : null;
}

/** @param {HTMLElement} root @param {HTMLElement} where @param {(id: string) => boolean} isNew */
function mark(root, where, isNew) {
  for (const name of where.querySelectorAll(".comment > article:not(.new) .name")) {
    const article = /** @type {HTMLElement} */ (name.closest("article"));
    if (!isNew(article.id.slice(2))) continue;
    article.classList.add("new");
    const word = document.createElement("span");
    word.className = "sr";
    word.textContent = `${text(root, "newMark")} `;
    name.prepend(word);
  }
}

/** The bar: it lies over the page, so that nothing moves. @param {HTMLElement} root @param {() => void} step */
function made(root, step) {
  const frame = document.createElement("div");
  const bar = document.createElement("div");
  const next = button("next", text(root, "newNext"), step);
  const close = button("close", "", () => frame.remove());
  frame.className = "news";
  close.ariaLabel = text(root, "close");
  bar.append(document.createElement("p"), next, close);
  frame.append(bar);
  root.querySelector(".discussion-head")?.after(frame);
  return bar;
}

/** @param {string} name @param {string} label @param {() => void} pressed */
function button(name, label, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = label;
  made.addEventListener("click", pressed);
  return made;
}

/** @param {HTMLElement} root @param {HTMLElement} bar @param {News} news @returns {string} what it says now */
function tell(root, bar, news) {
  const number = news.count.toLocaleString(language(root)) + (news.more ? "+" : "");
  const sentence = news.count ? text(root, "new", { n: number }) : text(root, "newEnd");
  /** @type {HTMLElement} */ (bar.firstElementChild).textContent = sentence;
  if (!news.count) bar.querySelector(".next")?.remove();
  return sentence;
}
