/** The moment in the reader's own time zone, as a title: the text stays, nothing moves. */

import { language } from "./voice.js";

/** @param {HTMLElement} root */
export function start(root) {
  root.addEventListener("pointerover", (event) => {
    const time = /** @type {HTMLTimeElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("time[datetime]"));
    if (!time || time.title) return;
    const form = new Intl.DateTimeFormat(language(root), /** @type {any} */ ({ __proto__: null, dateStyle: "full", timeStyle: "short" }));
    time.title = form.format(new Date(time.dateTime));
  });
}
