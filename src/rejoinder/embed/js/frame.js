/** Tells the page around this frame how high the discussion is: that page alone, and nothing else. */
(() => {
  const origin = document.body.dataset.origin;
  if (!origin || parent === window) return;
  const tell = () => parent.postMessage({ rejoinder: "height", height: Math.ceil(document.body.scrollHeight) }, origin);
  new ResizeObserver(tell).observe(document.body);
})();
