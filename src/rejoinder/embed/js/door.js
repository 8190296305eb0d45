/** What the discussion's forms would post on our own pages, asked of the public API instead. */

import { again } from "./mine.js";
import { page, Refusal } from "./server.js";
import * as session from "./session.js";
import { text } from "./voice.js";

/** @typedef {import("./thread.js").About} About */

const NOTES = ["parent", "body", "name", "email", "proof", "website", "again", "quote", "before", "after"];

/** @param {About} about @returns {import("./server.js").Way} */
export function door(about) {
  return {
    own: () => own(about),
    aside: (root, url) => aside(about, root, url),
    post: (root, url, data, headers) => said(root, /\/api\/v1\//.test(url) ? plain(root, about, url, data) : post(about, url, new Map(data), headers)),
    challenge: () => session.ask(about, "GET", `sites/${about.site}/challenge?${named(about)}`),
  };
}

/** The thread, as the API takes it. @param {About} about */
const named = (about) => new URLSearchParams(Object.entries(thread(about)));

/** @param {About} about @returns {Record<string, string>} */
const thread = ({ key, url }) => (/^https?:/.test(url) && url !== key ? { key, url } : { key });

/** What is the reader's own, as the pages' scripts know it. @param {About} about */
async function own(about) {
  if (!(await session.bearer(about))) return { name: "", account: false, newcomer: true, votes: {}, own: {}, held: [], tools: [] };
  const mine = await session.ask(about, "GET", `sites/${about.site}/mine?${named(about)}`);
  session.speaker(about).name = mine.name;
  const held = mine.held.map((/** @type {{html: string}} */ { html }) => html);
  return { ...mine, account: mine.kind === "account", held, tools: [] };
}

/** What one may do with a comment, or what is one's own, as a page. @param {About} about @param {HTMLElement} root @param {string} url */
async function aside(about, root, url) {
  const id = /\/comments\/(\w+)\//.exec(url)?.[1];
  const token = await session.bearer(about);
  const headers = about.bare({ Accept: "text/html", ...(token && { Authorization: `Bearer ${token}` }) });
  return page(`${about.home}embed/${id ? `comments/${id}` : `me/${about.site}`}?lang=${root.lang}`, about.bare({ headers, credentials: "omit" }));
}

/**
 * A form that names an address of the API itself, and the method.
 * @param {HTMLElement} root @param {About} about @param {string} url @param {Iterable<[string, any]>} data
 */
async function plain(root, about, url, data) {
  const { method, ...body } = Object.fromEntries(data);
  const path = url.split("/api/v1/")[1];
  const answer = await session.ask(about, method, path, method === "POST" ? { body } : {});
  if (answer instanceof Blob) return saved(answer);
  if (path.endsWith("/erase")) {
    session.speak(about, {});
    root.dispatchEvent(new CustomEvent("rejoinder:signed-out"));
  }
  await again(root);
  return answer;
}

/** @param {Blob} lines */
function saved(lines) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(lines);
  link.download = "everything-of-mine.jsonl";
  link.click();
  return {};
}

/** @param {About} about @param {string} url @param {Map<string, any>} data @param {Record<string, string>} headers @returns {Promise<any>} */
async function post(about, url, data, headers) {
  const [, id, act = ""] = /(?:\/comments\/(\w+))?\/(\w+)\/?$/.exec(new URL(url, about.home).pathname) ?? [];
  const comment = `comments/${id ?? data.get("comment")}`;
  if (act === "comments") return comments(about, data, headers["Idempotency-Key"]);
  if (act === "votes") return vote(about, comment, Number(data.get("value")));
  if (act === "flags") return flag(about, comment, data);
  if (act === "appeals") return session.ask(about, "POST", `${comment}/appeal`, { body: picked(data, ["words"]) });
  if (act === "edits") return drawn(await session.ask(about, "PATCH", comment, { body: picked(data, ["body"]) }));
  if (act === "deletion") return drawn(await session.ask(about, "DELETE", comment));
  throw new Refusal();
}

/** @param {About} about @param {Map<string, any>} data @param {string} idempotency */
async function comments(about, data, idempotency) {
  /** @type {Record<string, any>} */
  const body = { ...thread(about), ...picked(data, NOTES), title: (about.title || document.title).slice(0, 300) };
  if (data.get("elapsed")) body.elapsed = Number(data.get("elapsed"));
  if (data.get("notify")) body.notify = true;
  return drawn(await session.ask(about, "POST", `sites/${about.site}/comments`, { body, idempotency }));
}

/** @param {About} about @param {string} comment @param {Map<string, any>} data */
function flag(about, comment, data) {
  /** @type {Record<string, any>} */
  const body = picked(data, ["reason", "note"]);
  if (data.get("tell")) body.tell = true;
  return session.ask(about, "POST", `${comment}/flags`, { body });
}

/** @param {About} about @param {string} comment @param {number} value */
function vote(about, comment, value) {
  if (!value) return session.ask(about, "DELETE", `${comment}/vote`);
  return session.ask(about, "PUT", `${comment}/vote`, { body: { value } });
}

/** @param {Map<string, any>} data @param {string[]} names @returns {Record<string, any>} those that were filled in */
const picked = (data, names) => Object.fromEntries(names.flatMap((name) => (data.get(name) ? [[name, String(data.get(name))]] : [])));

/** An answer as the pages' scripts know it. @param {any} answer */
function drawn({ comment, heading, message, detail }) {
  const { id, state, html, until } = comment ?? {}; // none yet where an address is to be confirmed first
  return { id, state, html, until, heading, message: message ?? detail };
}

/** A refusal whose sentence is ours. @param {HTMLElement} root @param {Promise<any>} answer */
async function said(root, answer) {
  try {
    return await answer;
  } catch (refusal) {
    if (/** @type {Refusal} */ (refusal).status === 401) root.dispatchEvent(new CustomEvent("rejoinder:signed-out"));
    if (/** @type {Refusal} */ (refusal).code === "foreign") throw new Refusal({ message: text(root, "foreign"), code: "foreign" });
    throw refusal;
  }
}
