/** The moment in the reader's own time zone, as a title: the text stays, nothing moves. */

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("pointerover", (event) => {
    const time = /** @type {HTMLTimeElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("time[datetime]"));
    if (!time || time.title) return;
    const form = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "full", timeStyle: "short" });
    time.title = form.format(new Date(time.dateTime));
  });
}
