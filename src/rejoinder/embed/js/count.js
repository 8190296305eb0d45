/** <rejoinder-count>: how many comments a page has. A list of stories is one request. */

const AT_ONCE = 25; // keys that fit into one address (8 kB), as long as they may be
const PAUSE = 50; // ms, in which a list comes together

/** Frameworks that keep "key" to themselves say "url". @param {HTMLElement} element */
const keyOf = (element) => element.getAttribute("key") || element.getAttribute("url") || "";

/** @type {Map<string, Set<HTMLElement>>} */
const waiting = new Map();

/** @param {HTMLElement} element @param {string} home @param {(given: any) => any} bare */
export function count(element, home, bare) {
  const site = element.getAttribute("site");
  if (!site || !keyOf(element)) return console.error("rejoinder: <rejoinder-count> needs a site and a key.");
  if (!waiting.size) setTimeout(() => ask(home, bare), PAUSE);
  waiting.set(site, (waiting.get(site) ?? new Set()).add(element));
}

/** @param {string} home @param {(given: any) => any} bare */
function ask(home, bare) {
  const all = [...waiting];
  waiting.clear();
  for (const [site, elements] of all) {
    const keys = [...new Set([...elements].map(keyOf))];
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const search = new URLSearchParams(keys.slice(at, at + AT_ONCE).map((key) => ["key", key]));
      const url = `${home}api/v1/sites/${encodeURIComponent(site)}/counts?${search}`;
      numbers(url, elements, bare).catch((error) => {
        console.error(`rejoinder: the numbers of comments on site "${site}" did not load: ${error.message}`);
      });
    }
  }
}

/** @param {string} url @param {Set<HTMLElement>} elements @param {(given: any) => any} bare */
async function numbers(url, elements, bare) {
  const response = await fetch(url, bare({ credentials: "omit" }));
  const { counts, detail } = await response.json();
  if (!response.ok) throw new Error(detail);
  for (const element of elements) {
    const key = keyOf(element);
    const language = /** @type {HTMLElement | null} */ (element.closest("[lang]"))?.lang || undefined;
    if (Object.hasOwn(counts, key)) element.textContent = counts[key].toLocaleString(language);
  }
}
