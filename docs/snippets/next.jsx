// Change the server and the site. Save as app/discussion.jsx, a component of the server; in a page: <Discussion url={…} />
import Script from "next/script";

const SERVER = "https://talk.example";
const SITE = "courier";

export default async function Discussion({ url }) {
  const included = `${SERVER}/embed/included/${SITE}?key=${encodeURIComponent(url)}`;
  const comments = await fetch(included, { next: { revalidate: 60 }, signal: AbortSignal.timeout(2_000) })
    .then((response) => (response.ok ? response.text() : ""))
    .catch(() => "");
  return (
    <>
      <Script src={`${SERVER}/embed.js`} strategy="afterInteractive" />
      <rejoinder-thread site={SITE} url={url} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: comments }} />
    </>
  );
}
