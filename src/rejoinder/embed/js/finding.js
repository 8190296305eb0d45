/**
 * Words of a text in a page that somebody else made: found whatever the page makes of blanks, breaks, quotes and dashes,
 * and not at all where it is not sure which they are.
 */

/** @typedef {{text: string, nodes: Text[], of: number[], from: number[], to: number[]}} Folded `of`, `from`, `to`: where each of the text's units stands */

const NOT_READ = "script, style, noscript, template, textarea, select, button, [hidden], rejoinder-thread, rejoinder-count";
const UNSEEN = /[\s\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const CONTEXT = 400; // characters on either side, as they stand in the page's source; the server tidies them and keeps fewer
const ENOUGH = 8; // letters around a place that tell it from others
const TELLING = 24; // letters: words that stand nowhere else by chance

/** @type {Record<string, string>} */
const ALIKE = { "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-" };

/** @param {string} letter */
const fold = (letter) => (letter > "\x7f" ? (ALIKE[letter] ?? letter.normalize("NFD")) : letter).replace(UNSEEN, "");

/** @param {string} words */
const foldAll = (words) => [...words].map(fold).join("");

/** What is read of an element. @param {Element} element @returns {Text[]} */
export function nodes(element) {
  const found = [];
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = /** @type {Text} */ (walk.currentNode);
    if (!node.parentElement?.closest(NOT_READ)) found.push(node);
  }
  return found;
}

/** @param {Element} element @returns {Folded} */
export function folded(element) {
  /** @type {Folded} */
  const page = { text: "", nodes: nodes(element), of: [], from: [], to: [] };
  page.nodes.forEach((node, number) => {
    let at = 0;
    for (const letter of node.data) {
      const plain = fold(letter);
      for (let unit = 0; unit < plain.length; unit++) {
        page.of.push(number);
        page.from.push(at);
        page.to.push(at + letter.length);
      }
      page.text += plain;
      at += letter.length;
    }
  });
  return page;
}

/**
 * The place of words, by what stands around them where they stand more than once; null where that does not tell.
 * @param {Folded} page @param {{quote?: string, before?: string, after?: string}} words @returns {Range | null}
 */
export function find(page, { quote = "", before = "", after = "" }) {
  const [wanted, ahead, behind] = [quote, before, after].map(foldAll);
  let [best, most, count, twice] = [-1, -1, 0, false];
  for (let at = wanted ? page.text.indexOf(wanted) : -1; at >= 0; at = page.text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const score = common(backwards(page.text.slice(Math.max(0, at - ahead.length), at)), backwards(ahead)) + common(page.text.slice(end, end + behind.length), behind);
    count += 1;
    if (score === most) twice = true;
    if (score > most) [best, most, twice] = [at, score, false];
  }
  const sure = most >= ENOUGH || most === ahead.length + behind.length || (count === 1 && wanted.length >= TELLING);
  if (best < 0 || twice || !sure) return null;
  const last = best + wanted.length - 1;
  const range = new Range();
  range.setStart(page.nodes[page.of[best]], page.from[best]);
  range.setEnd(page.nodes[page.of[last]], page.to[last]);
  return range;
}

/** @param {string} text */
const backwards = (text) => [...text].reverse().join("");

/** How many letters two texts have in common from their beginning. @param {string} one @param {string} other */
function common(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** The words of a range and what stands around them, blocks apart. @param {Element} element @param {Range} range */
export function spelled(element, range) {
  let [text, from, to] = ["", -1, -1];
  let last = null;
  for (const node of nodes(element)) {
    const block = blockOf(node, element);
    if (last && block !== last) text += "\n\n";
    last = block;
    if (range.intersectsNode(node)) {
      if (from < 0) from = text.length + (node === range.startContainer ? range.startOffset : 0);
      to = text.length + (node === range.endContainer ? range.endOffset : node.length);
    }
    text += node.data;
  }
  if (from < 0) return { quote: "", before: "", after: "" };
  return { quote: text.slice(from, to).trim(), before: text.slice(Math.max(0, from - CONTEXT), from), after: text.slice(to, to + CONTEXT) };
}

/** @param {Text} node @param {Element} element */
function blockOf(node, element) {
  let at = /** @type {Element} */ (node.parentElement);
  while (at !== element && at.parentElement && getComputedStyle(at).display.startsWith("inline")) at = at.parentElement;
  return at;
}
