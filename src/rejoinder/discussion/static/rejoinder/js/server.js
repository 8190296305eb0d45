/** Asking our own server. */

const PATIENCE = 20_000; // ms; after that the sender is told, and may try again with the same key

/** The server said no, with a sentence; or nothing understandable came, and `message` is empty. */
export class Refusal extends Error {
  /** @param {{message?: string, field?: string}} [answer] */
  constructor(answer) {
    super(answer?.message ?? "");
    this.field = answer?.field ?? "";
  }
}

/**
 * @param {string} url
 * @param {Iterable<[string, FormDataEntryValue]>} data of a form without files
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>} the answer
 * @throws {Refusal}
 */
export async function post(url, data, headers = {}) {
  const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  const request = { method: "POST", body, headers: { Accept: "application/json", ...headers } };
  return ask(url, request, (response) => response.json());
}

/** @param {string | URL} url @param {RequestInit} [request] @returns {Promise<any>} */
export function json(url, request) {
  return ask(url, { headers: { Accept: "application/json" }, ...request }, (response) => response.json());
}

/** @param {string | URL} url @returns {Promise<Document>} */
export async function page(url) {
  return parse(await ask(url, { headers: { Accept: "text/html" } }, (response) => response.text()));
}

/** Markup of our own server as a document: nothing in it runs. @param {string} html */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/**
 * @param {string | URL} url
 * @param {RequestInit} request
 * @param {(response: Response) => Promise<any>} read
 */
async function ask(url, request, read) {
  let response, answer;
  try {
    response = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE), ...request });
    answer = await read(response);
  } catch {
    throw new Refusal();
  }
  if (!response.ok) throw new Refusal(answer);
  return answer;
}
