/**
 * <rejoinder-discussion>: a discussion that works by links and forms, made quicker in place.
 * Each behaviour is a file of its own; one that does not load or fails leaves the page as it was.
 */

/** @typedef {HTMLElement} Root the <rejoinder-discussion>, with its addresses and sentences in data-* */

const BEHAVIOURS = [
  () => import("./collapse.js"),
  () => import("./more.js"),
  () => import("./vote.js"),
  () => import("./post.js"),
  () => import("./reply.js"),
  () => import("./actions.js"),
  () => import("./keys.js"),
  () => import("./time.js"),
  () => import("./mine.js"),
  () => import("./seen.js"),
];

class Discussion extends HTMLElement {
  started = false;

  connectedCallback() {
    if (this.started) return;
    this.started = true;
    for (const load of BEHAVIOURS) this.begin(load);
  }

  /** @param {() => Promise<{start: (root: Root) => void}>} load */
  async begin(load) {
    try {
      (await load()).start(this);
    } catch (error) {
      console.warn("rejoinder: the page goes on without a behaviour", error);
    }
  }
}

if (!customElements.get("rejoinder-discussion")) customElements.define("rejoinder-discussion", Discussion);
