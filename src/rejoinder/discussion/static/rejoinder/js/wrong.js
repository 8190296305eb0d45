/** What is wrong with an entry, said at its field. */

/** @param {HTMLFormElement} form */
export function clear(form) {
  form.querySelector(":scope > .errors")?.remove();
  for (const error of form.querySelectorAll(".error")) error.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name of a field, or "" when it is about the whole
 * @param {string} sentence
 */
export function show(form, name, sentence) {
  const field = name ? form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`) : null;
  const place = field && errorOf(form, field);
  if (!field || !place) return about(form, sentence);
  place.textContent = sentence;
  field.setAttribute("aria-invalid", "true");
  /** @type {HTMLElement} */ (field).focus();
}

/** @param {HTMLFormElement} form @param {Element} field */
function errorOf(form, field) {
  const holder = field.closest("[aria-describedby]");
  const id = holder?.getAttribute("aria-describedby")?.split(" ")[0];
  return id ? form.querySelector(`#${CSS.escape(id)}.error`) : null;
}

/** @param {HTMLFormElement} form @param {string} sentence */
function about(form, sentence) {
  const box = document.createElement("p");
  box.className = "errors";
  box.tabIndex = -1;
  box.setAttribute("role", "alert");
  box.textContent = sentence;
  form.prepend(box);
  box.focus();
}
