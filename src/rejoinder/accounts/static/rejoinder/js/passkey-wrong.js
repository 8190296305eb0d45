// @ts-check
/* A passkey that was not used, or cannot be: say so where the button is. */

document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey-wrong");
  if (!place) return;
  event.preventDefault();
  place.textContent = place.dataset.sentence ?? "";
});
