/** The place that was kept free for a discussion. */

/**
 * It is given up once that moves nothing that is in sight.
 * @param {HTMLElement} host @param {HTMLElement} content @param {AbortSignal} signal
 */
export function released(host, content, signal) {
  const watch = new IntersectionObserver(([entry]) => {
    if (entry.isIntersecting && content.getBoundingClientRect().bottom < innerHeight) return;
    watch.disconnect();
    host.shadowRoot?.adoptedStyleSheets.at(-1)?.insertRule(":host { min-block-size: 0 !important; }");
  });
  watch.observe(host);
  signal.addEventListener("abort", () => watch.disconnect());
}
