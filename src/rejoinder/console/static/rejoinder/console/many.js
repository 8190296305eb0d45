/** How many are chosen is said as they are. */

const form = document.querySelector("form[data-many]");
form?.addEventListener("change", () => {
  const place = form.querySelector("[data-chosen]");
  const chosen = form.querySelectorAll("input[name=comment]:checked").length;
  if (place) place.textContent = new Intl.NumberFormat(document.documentElement.lang).format(chosen);
  for (const button of form.querySelectorAll("button")) button.disabled = chosen === 0;
});
