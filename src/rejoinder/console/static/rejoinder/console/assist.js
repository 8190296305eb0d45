/** The sliders say what they stand at, and the price follows once they rest. Without scripts there is the button. */

for (const slider of document.querySelectorAll("form.prices input[type=range]")) {
  const input = /** @type {HTMLInputElement} */ (slider);
  const said = document.querySelector(`output[for="${input.id}"]`);
  const written = new Intl.NumberFormat(document.documentElement.lang || undefined, { minimumFractionDigits: 1 });
  input.addEventListener("input", () => {
    if (said) said.textContent = `${written.format(Number(input.value))}\u00a0%`;
  });
  input.addEventListener("change", () => input.form?.requestSubmit());
}
