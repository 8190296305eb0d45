/**
 * The one file that a page names: <rejoinder-thread>, <rejoinder-count> and the one global name, rejoinder.
 * It fetches nothing before a discussion comes near the window; what it leaves in the page is these three.
 */
(() => {
  "use strict";
  // A page's other scripts may have written on Object.prototype: what we hand to the browser has none.
  const bare = (/** @type {any} */ given) => Object.assign(Object.create(null), given);
  // Nor does a form of the page with name=createElement stand before the document's own.
  const document = new Proxy(window.document, bare({
    get(/** @type {Document} */ page, /** @type {string} */ name) {
      const found = Reflect.get(Document.prototype, name, page);
      return typeof found === "function" ? found.bind(page) : found;
    },
  }));
  const tag = /** @type {HTMLScriptElement | null} */ (document.currentScript ?? document.querySelector('script[src*="embed.js"]'));
  if (!tag?.src || customElements.get("rejoinder-thread")) return;
  const home = new URL(".", tag.src).href;
  const folder = `${home}embed/files/VERSION/`;
  /** @type {Record<string, string[]>} */
  const sentences = {/* SENTENCES */};
  const near = bare({ rootMargin: "800px 0px" });

  // The page's rules reach the element itself; of two important ones the inner one wins.
  const ground = new CSSStyleSheet();
  ground.replaceSync(":host{display:block!important;min-block-size:var(--rejoinder-reserve,100vh)}:host([hidden]){display:none!important}");

  /** Modules and styles come once a page, however many discussions it has; one that failed is asked for again.
   * @type {Map<string, Promise<any>>} */
  const asked = new Map();
  /** @param {string} name @param {() => Promise<any>} ask @returns {Promise<any>} */
  const once = (name, ask) => {
    const found = asked.get(name) ?? ask();
    asked.set(name, found);
    found.catch(() => asked.delete(name));
    return found;
  };
  /** @param {string} name */
  const load = (name) => once(name, () => import(folder + name));
  const styles = () =>
    once("css", async () => {
      const response = await fetch(`${folder}embed.css`, bare({ credentials: "omit" }));
      if (!response.ok) throw new Error("styles");
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(await response.text());
      return sheet;
    });

  /** The page's own address: as it calls itself, else as it was asked for. */
  const canonical = () => {
    const named = /** @type {any} */ (document.querySelector("link[rel=canonical][href]"));
    return named?.href || location.href.replace(/#.*/, "");
  };

  let token = "";

  class Thread extends HTMLElement {
    static observedAttributes = ["site", "key", "url", "sort", "lang", "mode", "token", "passages"];
    /** @type {AbortController | null} */
    stop = null;
    /** @type {any} what the reading module gives: {signIn, signOut} */
    shown = null;
    planned = false;

    connectedCallback() {
      this.plan();
    }

    disconnectedCallback() {
      // Moved within the page, it is back at once, and goes on.
      queueMicrotask(() => this.isConnected || this.end());
    }

    /** @param {string} name @param {string | null} before @param {string | null} after */
    attributeChangedCallback(name, before, after) {
      if (before === after || !this.isConnected) return;
      if (name === "token") return void (after && this.shown?.signIn(after));
      this.end();
      this.plan();
    }

    /** Frameworks set attributes one by one: begin when they are done. */
    plan() {
      if (this.planned || this.stop) return;
      this.planned = true;
      queueMicrotask(() => {
        this.planned = false;
        if (this.isConnected && !this.stop) this.begin();
      });
    }

    end() {
      this.stop?.abort();
      this.stop = this.shown = null;
    }

    /** @param {string} name */
    word(name) {
      return this.getAttribute(name) || "";
    }

    begin() {
      const stop = (this.stop = new AbortController());
      const before = this.shadowRoot;
      const shadow = before ?? this.attachShadow(bare({ mode: "open" }));
      shadow.adoptedStyleSheets = [ground];
      // What stands in the element (a link, the comments as the page's server put them) stays until there is more.
      shadow.replaceChildren(...(before ? [] : [document.createElement("slot")]));
      if (!this.word("site")) return console.error("rejoinder: <rejoinder-thread> needs a site, as in site=\"courier\".");
      // Marks stand in the page's text, far above; a discussion is there without them, too.
      if (this.word("passages")) load("passages.js").then(({ $passages }) => $passages.begin(this, shadow, this.given(stop.signal))).catch(console.error);
      const watch = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        this.show(shadow, stop.signal);
      }, near);
      watch.observe(this);
      stop.signal.addEventListener("abort", () => watch.disconnect());
      if (!location.hash.startsWith("#comment-")) return;
      watch.disconnect();
      this.show(shadow, stop.signal);
    }

    /** Of the page, the nearest that is said. */
    get language() {
      return /** @type {any} */ (this.closest("[lang]"))?.lang || "";
    }

    get words() {
      return sentences[this.language.toLowerCase().split("-")[0]] ?? sentences.en;
    }

    /** @param {AbortSignal} signal */
    given(signal) {
      const [site, page, sort, title] = ["site", "page", "sort", "page-title"].map((name) => this.word(name));
      const url = this.word("url") || canonical();
      const key = this.word("key") || url;
      return { home, signal, bare, load, styles, site, key, url, page, sort, title, language: this.language };
    }

    /** @param {ShadowRoot} shadow @param {AbortSignal} signal */
    async show(shadow, signal) {
      const given = this.given(signal);
      try {
        if (this.word("mode") === "iframe") return (await load("outer.js")).$outer.show(this, shadow, given, this.words[0]);
        const sheet = styles();
        const { $thread } = await load("read.js");
        const first = $thread.fetchWindow(given);
        first.catch(() => {});
        const [drawn, html] = [await sheet, await first];
        if (signal.aborted) return;
        shadow.adoptedStyleSheets = [ground, drawn, new CSSStyleSheet()];
        this.shown = await $thread.show(this, shadow, given, html);
        const ticket = this.word("token") || token;
        if (ticket) this.shown.signIn(ticket);
      } catch (error) {
        if (!signal.aborted) this.lost(shadow, given, error);
      }
    }

    /** Says that it did not come, and tries again: by a button, and when the line is back.
     * @param {ShadowRoot} shadow @param {any} given @param {any} error */
    lost(shadow, { signal, site, key }, error) {
      const why = error?.message || "the server could not be reached, or the page's policy does not allow it";
      console.error(`rejoinder: the discussion of site "${site}", key "${key}" did not load: ${why}`);
      const [, sentence, button] = this.words;
      const said = Object.assign(document.createElement("p"), { textContent: `${sentence} ` });
      const again = Object.assign(document.createElement("button"), { type: "button", textContent: button });
      const retry = () => {
        if (signal.aborted || !said.isConnected) return;
        said.remove();
        this.show(shadow, signal);
      };
      again.addEventListener("click", retry);
      addEventListener("online", retry, bare({ once: true, signal }));
      said.setAttribute("role", "status");
      said.append(again);
      shadow.append(said);
    }
  }

  class Count extends HTMLElement {
    static observedAttributes = ["site", "key", "url"];

    connectedCallback() {
      load("count.js").then(({ count }) => count(this, home, bare));
    }

    attributeChangedCallback() {
      if (this.isConnected) this.connectedCallback();
    }
  }

  const threads = () => /** @type {Thread[]} */ ([...document.querySelectorAll("rejoinder-thread")]);
  const all = Object.freeze({
    /** Signs the reader in by a token that the page's own server signed. @param {string} given */
    signIn(given) {
      token = String(given);
      for (const thread of threads()) thread.shown?.signIn(token);
    },
    signOut() {
      token = "";
      for (const thread of threads()) thread.shown?.signOut();
    },
  });
  Object.defineProperty(window, "rejoinder", bare({ value: all, configurable: true }));
  customElements.define("rejoinder-thread", Thread);
  customElements.define("rejoinder-count", Count);
})();
