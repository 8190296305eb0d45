/**
 * What a reader has seen of a thread, kept in this browser alone, so that a later visit can tell what is new.
 */

import { later } from "./later.js";

/**
 * @typedef {object} Visit
 * @property {string} since the newest comment of the visit before; empty on the first
 * @property {string} newest the newest comment of this visit
 * @property {string} walked how far "Next new" has come
 * @property {number} at when this visit was last left, ms
 */

const KEPT = "rejoinder:seen:";
const THREADS = 200; // the oldest are forgotten
const PAUSE = 30 * 60_000; // ms; who comes back sooner goes on with the same visit
const ID = /^[1-9a-z][0-9a-z]{0,12}$/;

/** @param {HTMLElement} root @param {AbortSignal} [signal] when it is taken off the page */
export async function start(root, signal) {
  const page = root.dataset.newest;
  if (!page) return;
  const name = `${KEPT}${root.dataset.site}:${root.dataset.key}`;
  const visit = begun(read(name));
  const keep = () => write(name, { ...visit, newest: later(page, visit.newest) ? page : visit.newest, at: Date.now() });
  whenLeft(root, keep, signal);
  if (visit.since && later(page, visit.since)) (await import("./new.js")).start(root, visit, keep);
}

/** This visit, after what the last one left. @param {Visit | null} last @returns {Visit} */
function begun(last) {
  if (!last) return { since: "", newest: "", walked: "", at: 0 };
  return Date.now() - last.at < PAUSE ? last : { ...last, since: last.newest, walked: last.newest };
}

/**
 * Once the discussion was on the screen; above it one has seen nothing of it.
 * @param {HTMLElement} root @param {() => void} keep @param {AbortSignal} [signal]
 */
function whenLeft(root, keep, signal) {
  let seen = false;
  const watch = new IntersectionObserver((entries) => (seen ||= entries.some((entry) => entry.isIntersecting)));
  watch.observe(root);
  const left = () => seen && keep();
  addEventListener("pagehide", left, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && left(), { signal });
  signal?.addEventListener("abort", () => (watch.disconnect(), left()));
}

/** @param {string} name @returns {Visit | null} */
function read(name) {
  try {
    const visit = JSON.parse(localStorage.getItem(name) ?? "null");
    const whole = visit && ID.test(visit.newest) && [visit.since, visit.walked].every((id) => id === "" || ID.test(id));
    return whole && Number.isFinite(visit.at) ? visit : null;
  } catch {
    return null; // No storage here, or nothing that we wrote.
  }
}

/** @param {string} name @param {Visit} visit */
function write(name, visit) {
  try {
    const kept = Object.keys(localStorage).filter((other) => other.startsWith(KEPT) && other !== name);
    const oldest = kept.map((other) => ({ other, at: read(other)?.at ?? 0 })).sort((one, two) => one.at - two.at);
    for (const { other } of oldest.slice(0, Math.max(0, kept.length - THREADS + 1))) localStorage.removeItem(other);
    localStorage.setItem(name, JSON.stringify(visit));
  } catch {
    // No storage here (private window, full): each visit is the first.
  }
}
