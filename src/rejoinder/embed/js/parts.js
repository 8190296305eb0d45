/** Names for a page's style sheets: ::part(name) of what is in the discussion. Documented in docs/embed.md. */

const PARTS = Object.entries({
  discussion: ".discussion",
  head: ".discussion-head",
  heading: ".discussion-head h2",
  orders: ".orders",
  form: ".compose",
  field: ".compose textarea, .compose input",
  button: ".compose button",
  comment: ".comment > article",
  name: ".comment > article .name",
  badge: ".badge",
  body: ".comment > article .body",
  acts: ".comment > article > footer",
  more: ".more",
});

/** @param {Element} where */
export function named(where) {
  for (const [part, selector] of PARTS) for (const element of where.querySelectorAll(selector)) element.part.add(part);
}
