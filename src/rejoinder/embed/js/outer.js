/** mode="iframe": a page of ours in a frame. It tells its height, and nothing else. */

import { released } from "./released.js";

const LEAST = 120; // px
const MOST = 60_000; // px; a discussion that is longer scrolls within

/**
 * @param {HTMLElement} host
 * @param {ShadowRoot} shadow
 * @param {any} about as in thread.js
 * @param {string} title
 */
export function show(host, shadow, { home, signal, bare, site, key, url, page, sort, language }, title) {
  const frame = document.createElement("iframe");
  const scheme = used(host);
  const asked = { key, url, page: page || location.href.replace(/#.*/, ""), sort, lang: language, scheme, origin: location.origin };
  const search = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  frame.src = `${home}embed/frame/${encodeURIComponent(site)}?${search}${location.hash}`;
  frame.title = title;
  Object.assign(frame.style, { display: "block", inlineSize: "100%", border: "0", blockSize: "600px", colorScheme: scheme });
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, new CSSStyleSheet()];
  let told = false;
  addEventListener("message", (event) => {
    const { rejoinder, height } = Object(event.data);
    if (event.source !== frame.contentWindow || event.origin !== new URL(home).origin || rejoinder !== "height") return;
    if (!Number.isFinite(height)) return;
    frame.style.blockSize = `${Math.min(Math.max(height, LEAST), MOST)}px`;
    if (!told) released(host, frame, signal);
    told = true;
  }, bare({ signal }));
  shadow.replaceChildren(frame);
}

/** Light or dark, as the page is drawn here: by the colour that text without any has. @param {HTMLElement} host */
function used(host) {
  const probe = document.createElement("p");
  probe.style.color = "CanvasText";
  host.shadowRoot?.append(probe);
  const [red = 0] = getComputedStyle(probe).color.match(/\d+/g)?.map(Number) ?? [];
  probe.remove();
  return red > 127 ? "dark" : "light";
}
