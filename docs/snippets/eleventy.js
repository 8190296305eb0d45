// Change the server, the site and the address of your pages. In eleventy.config.js: import rejoinder from "./rejoinder.js";
// and in the function there: eleventyConfig.addAsyncShortcode("rejoinder", rejoinder);   In a layout: {% rejoinder page.url %}

const SERVER = "https://talk.example";
const SITE = "courier";
const PAGES = "https://courier.example/";

export default async function rejoinder(page) {
  const key = new URL(page, PAGES).href;
  const url = `${SERVER}/embed/included/${SITE}?key=${encodeURIComponent(key)}`;
  const comments = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    .then((response) => (response.ok ? response.text() : ""))
    .catch(() => "");
  const named = key.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  return `<script src="${SERVER}/embed.js" defer></script>
<rejoinder-thread site="${SITE}" key="${named}">${comments}</rejoinder-thread>`;
}
