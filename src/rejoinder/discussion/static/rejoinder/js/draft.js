/** Unfinished text, kept in this browser until it is acknowledged: a reload, a crash, a lost line lose nothing. */

/** @typedef {{body: string, id?: string, of?: string}} Draft `id`: the key that was sent with the text `of` */

/** @param {HTMLElement} root @param {HTMLFormElement} form */
function name(root, form) {
  const parent = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=parent]"));
  return `rejoinder:draft:${root.dataset.site}:${root.dataset.key}:${parent?.value ?? ""}`;
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @returns {Draft | null} */
export function read(root, form) {
  try {
    const draft = JSON.parse(localStorage.getItem(name(root, form)) ?? "null");
    return draft && typeof draft.body === "string" ? draft : null;
  } catch {
    return null;
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {Draft} draft */
export function keep(root, form, draft) {
  try {
    localStorage.setItem(name(root, form), JSON.stringify(draft));
  } catch {
    // No storage here (private window, full): the text is still in the form.
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
export function drop(root, form) {
  try {
    localStorage.removeItem(name(root, form));
  } catch {
    // As above.
  }
}

/** The name one signed with last. @param {string} [given] to remember @returns {string} */
export function signature(given) {
  try {
    if (given !== undefined) localStorage.setItem("rejoinder:name", given);
    return localStorage.getItem("rejoinder:name") ?? "";
  } catch {
    return given ?? "";
  }
}
