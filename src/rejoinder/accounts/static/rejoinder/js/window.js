/**
 * The end of the sign-in window: tell the page that opened it, and nobody else, who has signed in.
 *
 * The message goes to exactly the origin that the server has compared; a browser gives it to no other.
 */

const handed = /** @type {HTMLElement} */ (document.getElementById("handed"));
const { code, origin, state } = handed.dataset;
if (window.opener && code && origin) {
  window.opener.postMessage({ rejoinder: "code", code, state }, origin);
  window.close();
} else {
  // Some providers cut the tie between windows on the way.
  handed.hidden = true;
  /** @type {HTMLElement} */ (document.getElementById("alone")).hidden = false;
}
// Worth nothing after this; it need not stand in the page either.
delete handed.dataset.code;
export {};
