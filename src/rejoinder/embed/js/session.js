/**
 * Who speaks from this page: an access token in the memory of the page, renewed by the cookie of our own origin, by
 * the sign-in window's code or by a token of the page's own server. Nothing secret is stored here or stands in an address.
 */

import { Refusal } from "./server.js";

/** @typedef {{kind: "nobody" | "guest" | "account", name: string, access_token: string | null, expires_in: number, kept: boolean}} Spoken */
/** @typedef {import("./thread.js").About} About */

const HINT = "rejoinder:signed-in";
const EARLY = 30; // seconds before its end that a token is renewed
const PATIENCE = 20_000; // ms

/** @type {Spoken} */
const NOBODY = { kind: "nobody", name: "", access_token: null, expires_in: 0, kept: true };

/** By server and site: all discussions of a page speak as one person. @type {Map<string, {spoken: Spoken, until: number}>} */
const speaking = new Map();
/** @type {Map<string, Promise<Spoken>>} */
const underWay = new Map();
/** Whose session ended while something was only asked for: told at the next act, which is not to be a guest's. @type {Map<string, Refusal>} */
const lost = new Map();

/** @param {About} about */
const name = (about) => `${about.home} ${about.site}`;

/** @param {About} about @returns {Spoken} */
export const speaker = (about) => speaking.get(name(about))?.spoken ?? NOBODY;

/** @param {About} about @param {Partial<Spoken>} spoken */
export function speak(about, spoken) {
  const whole = { ...NOBODY, ...spoken };
  speaking.set(name(about), { spoken: whole, until: performance.now() + (whole.expires_in - EARLY) * 1000 });
  hint(Boolean(whole.access_token));
}

/** Only that somebody has spoken here, for the next page. @param {boolean} on */
function hint(on) {
  try {
    if (on) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // No storage here: the next page asks at the first act.
  }
}

/**
 * Who speaks, by the cookie, a code or a token. Those who ask at once share one answer.
 * @param {About} about
 * @param {{code?: string, token?: string}} [by]
 * @returns {Promise<Spoken>}
 */
export async function exchange(about, by = {}) {
  const key = `${name(about)} ${JSON.stringify({ ...by })}`;
  const asked = underWay.get(key) ?? request(about, "POST", `sites/${about.site}/session`, { body: by, include: true });
  underWay.set(key, asked);
  try {
    speak(about, await asked);
  } finally {
    underWay.delete(key);
  }
  return speaker(about);
}

/** Signs out here and in the other tabs. @param {About} about */
export async function leave(about) {
  const token = speaker(about).access_token;
  await request(about, "DELETE", `sites/${about.site}/session`, { include: true, token });
  speak(about, NOBODY);
}

/**
 * Asks the public API as whoever speaks. A session that ended is tried once more by the cookie.
 * @param {About} about
 * @param {string} method
 * @param {string} path
 * @param {{body?: any, idempotency?: string}} [more]
 * @returns {Promise<any>}
 * @throws {Refusal}
 */
export async function ask(about, method, path, more = {}) {
  const token = await bearer(about);
  const writes = method !== "GET";
  const gone = lost.get(name(about));
  if (writes) lost.delete(name(about));
  if (writes && gone) throw gone;
  try {
    // Only what may begin a guest's session is allowed to bring a cookie back.
    return began(about, await request(about, method, path, { ...more, token, include: !token && writes }));
  } catch (refusal) {
    if (/** @type {Refusal} */ (refusal).status !== 401 || !token) throw refusal;
    if ((await exchange(about)).access_token) return request(about, method, path, { ...more, token: speaker(about).access_token });
    if (!writes) lost.set(name(about), /** @type {Refusal} */ (refusal));
    throw refusal;
  }
}

/** A token that is good for a moment yet, or null. @param {About} about */
export async function bearer(about) {
  const found = speaking.get(name(about));
  if (!found?.spoken.access_token) return null;
  if (performance.now() < found.until) return found.spoken.access_token;
  const before = found.spoken;
  // An account that is not known any more is told so by the server; a guest goes on as another one.
  return (await exchange(about)).access_token ?? (before.kind === "account" ? before.access_token : null);
}

/** A guest's first act begins a session. @param {About} about @param {any} answer */
function began(about, answer) {
  if (answer?.session) speak(about, { kind: "guest", ...answer.session });
  return answer;
}

/**
 * @param {About} about
 * @param {string} method
 * @param {string} path
 * @param {{body?: any, idempotency?: string, token?: string | null, include?: boolean}} more
 */
async function request(about, method, path, { body, idempotency, token, include }) {
  const headers = about.bare({ Accept: "application/json" });
  if (body) headers["Content-Type"] = "application/json";
  if (about.language) headers["Accept-Language"] = about.language;
  if (token) headers.Authorization = `Bearer ${token}`;
  if (idempotency) headers["Idempotency-Key"] = idempotency;
  const credentials = include ? "include" : "omit";
  const sent = { method, headers, credentials, signal: AbortSignal.timeout(PATIENCE) };
  let response, answer;
  try {
    response = await fetch(`${about.home}api/v1/${path}`, about.bare(body ? { ...sent, body: JSON.stringify(body) } : sent));
    const lines = response.headers.get("Content-Type")?.includes("ndjson");
    answer = response.status === 204 ? {} : await (lines ? response.blob() : response.json());
  } catch {
    throw await why(about);
  }
  if (response.ok) return answer;
  throw new Refusal({ ...answer, message: answer.detail }, response.status);
}

/** Nothing came back: the line is down, or this page may not speak here, which is for its developer to know. @param {About} about */
async function why(about) {
  try {
    const response = await fetch(`${about.home}embed/origins/${about.site}`, about.bare({ credentials: "omit" }));
    const { speaks } = await response.json();
    if (speaks) return new Refusal();
    console.error(`rejoinder: ${location.origin} is no origin of the site "${about.site}", so nothing can be written from this page. Whoever runs the server adds it: rejoinder site change ${about.site} --add-origin ${location.origin}`);
    return new Refusal({ code: "foreign" });
  } catch {
    return new Refusal();
  }
}
