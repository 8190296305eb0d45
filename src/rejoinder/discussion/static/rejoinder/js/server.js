/** Asking our server: by forms and cookies on pages of its own origin; elsewhere by what the embed puts in their place. */

const PATIENCE = 20_000; // ms; after that the sender is told, and may try again with the same key

/**
 * How a discussion on a foreign page asks for what is private, and writes.
 * @typedef {object} Way
 * @property {(root: HTMLElement) => Promise<any>} own
 * @property {(root: HTMLElement, url: string) => Promise<Document>} aside
 * @property {(root: HTMLElement, url: string, data: Iterable<[string, FormDataEntryValue]>, headers: Record<string, string>) => Promise<any>} post
 * @property {(root: HTMLElement) => Promise<any>} [challenge]
 */

/** @type {WeakMap<HTMLElement, Way>} */
const ways = new WeakMap();

/** @param {HTMLElement} root @param {Way} way */
export function goBy(root, way) {
  ways.set(root, way);
}

/** The server said no, with a sentence; or nothing understandable came, and `message` is empty. */
export class Refusal extends Error {
  /** @param {{message?: string, field?: string, code?: string, again?: string}} [answer] @param {number} [status] 0 where nothing came */
  constructor(answer, status = 0) {
    super(answer?.message ?? "");
    this.field = answer?.field ?? "";
    this.code = answer?.code ?? "";
    this.again = answer?.again ?? "";
    this.status = status;
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} url
 * @param {Iterable<[string, FormDataEntryValue]>} data of a form without files
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>} the answer
 * @throws {Refusal}
 */
export async function post(root, url, data, headers = {}) {
  const way = ways.get(root);
  if (way) return way.post(root, url, data, headers);
  const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  return json(url, { method: "POST", body, headers: { Accept: "application/json", ...headers } });
}

/** What is the reader's own in this thread. @param {HTMLElement} root @returns {Promise<any>} */
export async function own(root) {
  return ways.get(root)?.own(root) ?? json(root.dataset.mine ?? "");
}

/** A puzzle for whoever writes here; nothing where none is given. @param {HTMLElement} root @returns {Promise<any>} */
export async function challenge(root) {
  const way = ways.get(root);
  if (way) return way.challenge?.(root);
  return root.dataset.challenge ? json(root.dataset.challenge) : null;
}

/** The private page of a comment. @param {HTMLElement} root @param {string} url @returns {Promise<Document>} */
export async function aside(root, url) {
  return ways.get(root)?.aside(root, url) ?? page(url);
}

/** @param {string | URL} url @param {RequestInit} [request] @returns {Promise<any>} */
export function json(url, request) {
  return ask(url, { headers: { Accept: "application/json" }, ...request }, (response) => response.json());
}

/** @param {string | URL} url @param {RequestInit} [request] @returns {Promise<Document>} */
export async function page(url, request) {
  const found = { headers: { Accept: "text/html" }, ...request };
  return parse(await ask(url, found, (response) => response.text()));
}

/** Markup of our own server as a document: nothing in it runs. @param {string} html */
export function parse(html) {
  return new DOMParser().parseFromString(trusted(html), "text/html");
}

/** A page may ask for markup under the name of a policy (Trusted Types). @type {{createHTML: (html: string) => any} | undefined} */
let policy;

/** @param {string} html */
function trusted(html) {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return html;
  try {
    policy ??= types.createPolicy("rejoinder", { createHTML: (/** @type {string} */ markup) => markup });
  } catch {
    policy = { createHTML: (markup) => markup }; // The page allows no policy of this name.
  }
  return /** @type {any} */ (policy).createHTML(html);
}

/**
 * @param {string | URL} url
 * @param {RequestInit} request
 * @param {(response: Response) => Promise<any>} read
 */
async function ask(url, request, read) {
  let response, answer;
  const signal = AbortSignal.timeout?.(PATIENCE);
  try {
    // Without a prototype: what a page's other scripts put on Object.prototype is no part of the request.
    response = await fetch(url, /** @type {any} */ ({ __proto__: null, credentials: "same-origin", signal, ...request }));
    answer = await read(response);
  } catch {
    throw new Refusal();
  }
  if (!response.ok) throw new Refusal(typeof answer === "string" ? told(answer) : answer, response.status);
  return answer;
}

/** What a refusal says that came as text. @param {string} text */
function told(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a page for people
  }
}
