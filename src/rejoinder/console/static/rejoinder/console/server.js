/** Asking the server on the console's own pages: forms go as they are, answers are JSON or markup. */

const PATIENCE = 20_000; // ms; after that whoever decided is told that nothing came

/** The server said no, with a sentence; or nothing understandable came, and `message` is empty. */
export class Refusal extends Error {
  /** @param {string} [message] @param {number} [status] 0 where nothing came */
  constructor(message = "", status = 0) {
    super(message);
    this.status = status;
  }
}

/** @param {string} url @param {FormData} data @returns {Promise<any>} the answer @throws {Refusal} */
export async function post(url, data) {
  const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  const answer = await ask(url, { method: "POST", body, headers: { Accept: "application/json" } });
  return answer.json();
}

/** @param {string} url @returns {Promise<any>} */
export async function json(url) {
  return (await ask(url, { headers: { Accept: "application/json" } })).json();
}

/** @param {string} url @returns {Promise<Document>} */
export async function markup(url) {
  const text = await (await ask(url, {})).text();
  return new DOMParser().parseFromString(text, "text/html");
}

/** @param {string} url @param {RequestInit} how @returns {Promise<Response>} */
async function ask(url, how) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(url, { ...how, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Refusal();
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Refusal(said.message ?? "", answer.status);
}
