/** Sourcing at the desk: words that are selected in a story's text are taken to the panel beside it by two keys. */

const PATIENCE = 20_000; // ms
const AROUND = 64; // characters on either side: the server keeps 32 of its own kind
const TEXTS = "[data-sourcing-text], .public-DraftEditor-content, #page-edit-form textarea";

/** @typedef {{ quote: string, before: string, after: string }} Words */

/** What was selected in the text last: a click into the panel takes the selection away. @type {Words | null} */
let chosen = null;

/** @param {Node | null | undefined} node */
function textOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return /** @type {HTMLElement | null} */ (element?.closest(TEXTS) ?? null);
}

/** @returns {Words | null} */
function selected() {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement && field.matches(TEXTS)) {
    const { value, selectionStart: begin, selectionEnd: end } = field;
    return around(value.slice(begin, end), value.slice(0, begin), value.slice(end));
  }
  const selection = getSelection();
  if (!selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const text = textOf(range.startContainer);
  if (!text || textOf(range.endContainer) !== text) return null;
  const [first, last] = [range.cloneRange(), range.cloneRange()];
  first.selectNodeContents(text);
  first.setEnd(range.startContainer, range.startOffset);
  last.selectNodeContents(text);
  last.setStart(range.endContainer, range.endOffset);
  return around(selection.toString(), first.toString(), last.toString());
}

/** @param {string} quote @param {string} before @param {string} after @returns {Words | null} */
function around(quote, before, after) {
  if (!quote.trim()) return null;
  return { quote, before: before.slice(-AROUND), after: after.slice(0, AROUND) };
}

/** Answers may overtake each other: what was asked for last stands in the panel. */
let asked = 0;

/** @param {HTMLElement} root @param {string} address @param {RequestInit} [how] @returns {Promise<boolean>} whether it stands there */
async function load(root, address, how = {}) {
  const turn = ++asked;
  root.setAttribute("aria-busy", "true");
  try {
    const headers = { "X-Rejoinder-Panel": "1" };
    const answer = await fetch(address, { ...how, headers, signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.headers.has("X-Rejoinder-Panel")) throw new Error("not ours");
    const drawn = await answer.text();
    if (turn === asked) root.innerHTML = drawn;
  } catch {
    if (turn === asked) wrong(root);
  }
  if (turn === asked) root.removeAttribute("aria-busy");
  return turn === asked;
}

/** What was typed stays. @param {HTMLElement} root */
function wrong(root) {
  root.querySelector("[data-lost]")?.remove();
  const line = document.createElement("p");
  line.dataset.lost = "";
  line.className = "sourcing-wrong";
  line.setAttribute("role", "alert");
  line.textContent = root.dataset.wrong ?? "";
  root.prepend(line);
}

/** Where to go on from: what went wrong, the field of the source in a form, else what was said.
 *  @param {HTMLElement} root */
function goOn(root) {
  const field = root.querySelector(".sourcing-field:has([role=alert]) :is(input, textarea, select)");
  const place = field ?? root.querySelector("[name=source_0], [data-said]");
  if (place instanceof HTMLElement) place.focus();
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {HTMLElement | null} by */
async function submit(root, form, by) {
  const data = new FormData(form, by);
  const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  if (await load(root, by?.getAttribute("formaction") ?? form.action, { method: "POST", body })) goOn(root);
}

/** @param {ParentNode} place @param {Words} words */
function fill(place, words) {
  for (const [name, value] of Object.entries(words)) {
    const field = place.querySelector(`[name=${name}]`);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
  }
}

/** Words that were selected become a statement. @param {HTMLElement | null} root */
async function take(root) {
  const words = selected() ?? chosen;
  const shut = root?.closest("[data-side-panel][hidden]");
  if (shut) {
    /** @type {HTMLElement | null} */ (document.querySelector('[data-side-panel-toggle="sourcing"]'))?.click();
  }
  if (root && (shut || !root.querySelector("[data-words]"))) await load(root, root.dataset.address ?? "");
  /** @type {HTMLFormElement | null} */
  const form = (root ?? document).querySelector("[data-words]");
  if (!form) return;
  if (words) {
    fill(form, words);
    chosen = null;
    form.requestSubmit();
  } else {
    /** @type {HTMLElement | null} */ (form.querySelector("textarea"))?.focus();
  }
}

/** A register may be longer than the list that came along. @param {HTMLInputElement} field */
async function offer(field) {
  const address = field.closest("[data-names]")?.getAttribute("data-names");
  if (!address || !field.value) return;
  const answer = await fetch(`${address}?q=${encodeURIComponent(field.value)}`).catch(() => null);
  const said = answer?.ok ? await answer.json().catch(() => null) : null;
  const options = (said?.names ?? []).map((/** @type {{ name: string, about: string }} */ one) => {
    const option = new Option(one.about, one.name);
    return option;
  });
  if (options.length) field.list?.replaceChildren(...options);
}

/** @param {HTMLElement | null} root */
function start(root) {
  document.addEventListener("selectionchange", () => (chosen = selected() ?? chosen));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyS") return;
    event.preventDefault();
    void take(root);
  });
  document.addEventListener("focusin", ({ target }) => {
    // A mark that is put elsewhere: the field takes the words that were selected.
    if (target instanceof HTMLTextAreaElement && target.matches("[data-selected]") && !target.value && chosen) {
      fill(/** @type {HTMLFormElement} */ (target.form), chosen);
      chosen = null;
    }
  });
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.list?.id === "sourcing-names") void offer(target);
  });
  if (root) live(root);
}

/** @param {HTMLElement} root the panel: forms and links in it stay in it */
function live(root) {
  const panel = root.closest("[data-side-panel]");
  panel?.addEventListener("show", () => {
    if (!root.querySelector(".sourcing")) void load(root, root.dataset.address ?? "");
  });
  root.addEventListener("submit", (event) => {
    const { target, submitter } = /** @type {SubmitEvent} */ (event);
    if (!(target instanceof HTMLFormElement) || target.method !== "post") return;
    event.preventDefault();
    void submit(root, target, submitter);
  });
  root.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[href*='/sourcing/']");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void load(root, link.href).then((stands) => stands && goOn(root));
  });
}

start(document.querySelector("[data-sourcing]"));

export {};
