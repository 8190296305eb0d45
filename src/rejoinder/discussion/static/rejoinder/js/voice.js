/** What the page says, in its own language: from the data-text-* of the discussion. */

/**
 * @param {HTMLElement} root
 * @param {string} name of a sentence: "failed" is data-text-failed
 * @param {Record<string, string | number>} [values] for the {places} in it
 */
export function text(root, name, values = {}) {
  const sentence = root.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (place, key) => String(values[key] ?? place));
}

/** The language that the discussion speaks. @param {HTMLElement} root @returns {string | undefined} */
export const language = (root) => root.lang || document.documentElement.lang || undefined;

/**
 * Says it to those who listen to the page. The same sentence twice is said twice.
 * @param {HTMLElement} root
 * @param {string} sentence
 */
export function say(root, sentence) {
  const live = root.querySelector("[data-live]");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => (live.textContent = sentence), 50);
}
