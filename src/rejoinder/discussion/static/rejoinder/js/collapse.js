/** The knob on a thread line folds the replies away. */

import { byId } from "./place.js";

/** @param {HTMLElement} root */
export function start(root) {
  root.classList.add("folds");
  root.addEventListener("click", (event) => {
    const knob = /** @type {HTMLElement} */ (event.target).closest(".fold");
    const replies = byId(root, knob?.getAttribute("aria-controls") ?? "");
    if (!knob || !replies) return;
    const shut = knob.getAttribute("aria-expanded") === "true";
    knob.setAttribute("aria-expanded", String(!shut));
    replies.hidden = shut;
  });
}
