/** Light or dark as the page is, where it does not say so itself (`color-scheme`). */

/** @param {HTMLElement} host @param {HTMLElement} ground @param {AbortSignal} signal */
export function scheme(host, ground, signal) {
  const look = () => {
    const stands = getComputedStyle(host).colorScheme === "normal" ? on(host) : "";
    ground.style.colorScheme = stands || "inherit";
  };
  look();
  // A switch on the page changes a class or an attribute of one of these.
  const watch = new MutationObserver(look);
  const of = { __proto__: null, attributes: true };
  watch.observe(document.documentElement, of);
  if (document.body) watch.observe(document.body, of);
  signal.addEventListener("abort", () => watch.disconnect());
}

/** What the element stands on: "dark" or "light", or nothing where that is the browser's own paper. @param {Element} element */
function on(element) {
  for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) {
    const [red, green, blue, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
    // Relative luminance, near enough: 18 % grey is what looks half as bright as white.
    if (alpha > 0.5) return 0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2 < 0.18 * 255 ** 2.2 ? "dark" : "light";
  }
  return "";
}
