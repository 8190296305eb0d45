// Change the server and the site. In eleventy.config.js: import rejoinder from "./rejoinder.js"; and in the function there
// eleventyConfig.addAsyncShortcode("rejoinder", rejoinder);   In a template: {% rejoinder page.url | htmlBaseUrl %}

const SERVER = "https://talk.example";
const SITE = "courier";

export default async function rejoinder(key) {
  const url = `${SERVER}/embed/included/${SITE}?key=${encodeURIComponent(key)}`;
  const comments = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    .then((response) => (response.ok ? response.text() : ""))
    .catch(() => "");
  const named = key.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  return `<script src="${SERVER}/embed.js" defer></script>
<rejoinder-thread site="${SITE}" key="${named}">${comments}</rejoinder-thread>`;
}
