/** What goes along with a text as evidence that a person wrote it: a solved puzzle, and how long the page was open. */

import { solve } from "./proof.js";

const PATIENCE = 8_000; // ms that a sender waits for the puzzle; then the text goes without
const FRESH = 15 * 60_000; // ms; the server takes a solution a little longer

/** @typedef {{at: number, solution: Promise<string>}} Work */
/** @typedef {(root: HTMLElement) => Promise<any>} Ask */

/** @type {WeakMap<HTMLElement, Work>} */
const begun = new WeakMap();

/**
 * Begins to work on a puzzle, unless one is in hand: once somebody turns to a form, not for those who read.
 * @param {HTMLElement} root
 * @param {Ask} ask for a challenge
 */
export function begin(root, ask) {
  const now = performance.now();
  const work = begun.get(root);
  if (work && now - work.at < FRESH) return work;
  const solution = ask(root).then((challenge) => (challenge?.challenge ? solve(challenge) : "")).catch(() => "");
  const fresh = { at: now, solution };
  begun.set(root, fresh);
  return fresh;
}

/**
 * What to send along. A solution is good once: the next text gets another.
 * @param {HTMLElement} root
 * @param {Ask} ask
 * @returns {Promise<[string, string][]>}
 */
export async function evidence(root, ask) {
  const { solution } = begin(root, ask);
  begun.delete(root);
  /** @type {Promise<string>} */
  const late = new Promise((done) => setTimeout(done, PATIENCE, ""));
  const proof = await Promise.race([solution, late]);
  return [["proof", proof], ["elapsed", String(Math.round(performance.now()))]];
}
