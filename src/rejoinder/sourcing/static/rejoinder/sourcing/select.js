/** Words of a story that are selected can be commented on, and errors in them reported: they go along with the form. */

const CONTEXT = 60; // characters on either side; the server keeps fewer
const LINGER = 400; // ms: a finger that goes to the button may end the selection first

const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-select]"));
const story = document.querySelector("article.story");

/** @type {Range | null} */
let last = null;
let timer = 0;

/** @returns {Range | null} what is selected of the story */
function chosen() {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed || !story?.contains(range.commonAncestorContainer)) return null;
  return /[\p{L}\p{N}]/u.test(range.toString()) ? range.cloneRange() : null;
}

/** The words of a range without numbers of notes and the notes themselves. @param {Range} range */
function words(range) {
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  for (const extra of holder.querySelectorAll(".ref, .meta, [data-note], details, aside")) extra.remove();
  for (const block of holder.querySelectorAll("p, h1, h2, h3, li, blockquote, figcaption, br")) block.after("\n\n");
  return (holder.textContent ?? "").trim();
}

/** What stands around a range. @param {Range} range @param {boolean} ahead */
function around(range, ahead) {
  const beside = document.createRange();
  beside.selectNodeContents(/** @type {Element} */ (story));
  if (ahead) beside.setEnd(range.startContainer, range.startOffset);
  else beside.setStart(range.endContainer, range.endOffset);
  return ahead ? words(beside).slice(-CONTEXT) : words(beside).slice(0, CONTEXT);
}

/** Puts the words, and what stands around them, into a form. @param {Element} holder @param {Range} range */
function put(holder, range) {
  const sent = { quote: words(range), before: around(range, true), after: around(range, false) };
  for (const [name, value] of Object.entries(sent)) {
    holder.querySelector(`input[name=${name}]`)?.remove();
    holder.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  return sent.quote;
}

/** @param {HTMLFormElement} form @param {Range} range */
function tie(form, range) {
  for (const before of form.querySelectorAll("[data-place]")) before.remove();
  const pattern = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-about]"));
  const about = /** @type {HTMLElement} */ (pattern.content.firstElementChild?.cloneNode(true));
  /** @type {HTMLElement} */ (about.querySelector("blockquote")).textContent = put(about, range);
  const body = /** @type {HTMLElement} */ (form.elements.namedItem("body"));
  about.querySelector("button")?.addEventListener("click", () => {
    about.remove();
    body.focus();
  });
  form.prepend(about);
  body.focus();
}

if (bar && story) {
  document.addEventListener("selectionchange", () => {
    const range = chosen();
    last = range ?? last;
    clearTimeout(timer);
    if (range) bar.hidden = false;
    else timer = setTimeout(() => (bar.hidden = true), LINGER);
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.querySelector("form")?.addEventListener("submit", (event) => {
    if (last) put(/** @type {HTMLFormElement} */ (event.target), last);
  });
  bar.querySelector("[data-comment]")?.addEventListener("click", () => {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".discussion > form[data-compose]"));
    bar.hidden = true;
    if (form && last) tie(form, last);
  });
}
