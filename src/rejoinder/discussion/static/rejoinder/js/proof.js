/**
 * Proof of work: finds the number that a challenge of the server hides (ALTCHA's first format, SHA-256).
 * The same file is the worker. Its own SHA-256: that of the browser is there in secure contexts only, and asking
 * it a hundred thousand times takes longer than doing it here. Imports nothing.
 */

/** @typedef {{algorithm: string, challenge: string, maxnumber: number, salt: string, signature: string}} Challenge */

const SLICE = 12; // ms of work before the page gets its turn, where there is no worker

/** @param {(n: number) => number} root */
const fractions = (root) => {
  const found = [];
  for (let n = 2; found.length < 64; n++) {
    let prime = true;
    for (let by = 2; by * by <= n; by++) prime &&= n % by > 0;
    if (prime) found.push(((root(n) % 1) * 2 ** 32) | 0);
  }
  return found;
};

const K = new Int32Array(fractions(Math.cbrt));
const START = new Int32Array(fractions(Math.sqrt).slice(0, 8));
const W = new Int32Array(64);

/** One block of SHA-256 (FIPS 180-4, 6.2.2). @param {Int32Array} state @param {DataView} bytes @param {number} at */
function block(state, bytes, at) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    if (i < 16) W[i] = bytes.getInt32(at + i * 4);
    else {
      const x = W[i - 15], y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    const e1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const a0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const one = (h + e1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const two = (a0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  const add = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] += add[i];
}

/** @param {string} text of ASCII @returns {Int32Array} its SHA-256, as eight words */
export function sha256(text) {
  const size = ((text.length + 72) >> 6) << 6;
  const bytes = new DataView(new ArrayBuffer(size));
  for (let i = 0; i < text.length; i++) bytes.setUint8(i, text.charCodeAt(i));
  bytes.setUint8(text.length, 128);
  bytes.setUint32(size - 4, text.length * 8);
  const state = START.slice();
  for (let at = 0; at < size; at += 64) block(state, bytes, at);
  return state;
}

/** Tries numbers, and pauses now and then. @param {Challenge} challenge @param {number} slice ms @returns {Generator<undefined, number>} */
function* search({ challenge, salt, maxnumber }, slice) {
  const wanted = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => parseInt(challenge.slice(i * 8, i * 8 + 8), 16) | 0);
  let until = performance.now() + slice;
  for (let number = 0; number <= maxnumber; number++) {
    const found = sha256(salt + number);
    if (found[0] === wanted[0] && found.every((word, i) => word === wanted[i])) return number;
    if (number % 256 || performance.now() < until) continue;
    yield;
    until = performance.now() + slice;
  }
  return -1;
}

/** @param {Challenge} challenge */
async function inSlices(challenge) {
  const searching = search(challenge, SLICE);
  let step = searching.next();
  while (!step.done) {
    await new Promise((done) => setTimeout(done));
    step = searching.next();
  }
  return step.value;
}

/** @param {Challenge} challenge @returns {Promise<number>} */
function inWorker(challenge) {
  return new Promise((done, fail) => {
    // Throws on a page of another origin, where a worker may not come from ours.
    const worker = new Worker(import.meta.url, { type: "module" });
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      worker.terminate();
      done(data);
    };
    worker.postMessage(challenge);
  });
}

/**
 * @param {Challenge} challenge as the server gave it
 * @returns {Promise<string>} the solution, as the server takes it; empty where there is none
 */
export async function solve(challenge) {
  const number = await inWorker(challenge).catch(() => inSlices(challenge));
  if (number < 0) return "";
  const { algorithm, challenge: hash, salt, signature } = challenge;
  return btoa(JSON.stringify({ algorithm, challenge: hash, number, salt, signature }));
}

if (typeof document === "undefined" && typeof postMessage === "function") {
  addEventListener("message", ({ data }) => postMessage(search(data, Infinity).next().value));
}
