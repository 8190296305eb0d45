/** Unfinished text, kept in this browser until it is acknowledged: a reload, a crash, a lost line lose nothing. */

/** @typedef {{body: string, id?: string, of?: string}} Draft `id`: the key that was sent with the text `of` */

/** Where there is no storage (private window, full): as long as the page. @type {Map<string, string>} */
const memory = new Map();

/** @param {string} name @returns {string | null} */
function recall(name) {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

/** @param {string} name @param {string} value */
function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    memory.set(name, value);
  }
}

/** @param {string} name */
function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // As above.
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
function name(root, form) {
  const parent = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=parent]"));
  return `rejoinder:draft:${root.dataset.site}:${root.dataset.key}:${parent?.value ?? ""}`;
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @returns {Draft | null} */
export function read(root, form) {
  try {
    const draft = JSON.parse(recall(name(root, form)) ?? "null");
    return draft && typeof draft.body === "string" ? draft : null;
  } catch {
    return null;
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {Draft} draft */
export function keep(root, form, draft) {
  store(name(root, form), JSON.stringify(draft));
}

/** @param {HTMLElement} root @param {HTMLFormElement} form */
export function drop(root, form) {
  forget(name(root, form));
}

/** The name one signed with last. @param {string} [given] to remember @returns {string} */
export function signature(given) {
  if (given !== undefined) store("rejoinder:name", given);
  return recall("rejoinder:name") ?? "";
}
