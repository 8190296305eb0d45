/** A page of cards, better with scripts: decisions in place, keys, the next cards ahead, new ones without reloading. */

import { current, fresh, goTo, more } from "./cards.js";
import { decide, tell } from "./decide.js";
import { doors } from "./doors.js";
import { listen } from "./keys.js";
import { json } from "./server.js";

const LOOK = 10_000; // ms between two looks at what came

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-cards]"));
if (root) start(root);

/** @param {HTMLElement} root */
function start(root) {
  root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLElement} */ (event.target);
    const card = /** @type {HTMLElement | null} */ (form.closest("[data-card]"));
    const button = /** @type {SubmitEvent} */ (event).submitter;
    if (!card || !form.matches("[data-decide]") || !(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    decide(root, card, button.value);
  });
  root.addEventListener("focusin", (event) => {
    const card = /** @type {HTMLElement} */ (event.target).closest("[data-card]");
    if (!card || card.matches(".at")) return;
    for (const other of root.querySelectorAll(".at")) other.classList.remove("at");
    card.classList.add("at");
    void more(root);
  });
  root.addEventListener("change", () => {
    const chosen = root.querySelector(".pick input:checked") !== null;
    document.getElementById("many")?.classList.toggle("some", chosen);
  });
  doors(root);
  listen(root);
  if (!("stays" in root.dataset)) goTo(root, current(root));
  if (root.dataset.counts) setInterval(() => void look(root), LOOK);
  void more(root);
}

/** @param {HTMLElement} root */
async function look(root) {
  if (document.hidden) return;
  try {
    const found = await json(root.dataset.counts ?? "");
    count(found);
    if (Number(found.newest) <= Number(root.dataset.newest)) return;
    root.dataset.newest = found.newest;
    if (await fresh(root)) tell(root, root.dataset.saidCame ?? "");
  } catch {
    return; // the next look tells
  }
}

/** @param {{counts: Record<string, number>, most: number}} found */
function count(found) {
  const written = new Intl.NumberFormat(document.documentElement.lang);
  for (const link of document.querySelectorAll("[data-queue]")) {
    const number = found.counts[/** @type {HTMLElement} */ (link).dataset.queue ?? ""] ?? 0;
    const place = link.querySelector("[data-count]");
    if (place) place.textContent = written.format(Math.min(number, found.most)) + (number > found.most ? "+" : "");
  }
}
