/** The writing half of a discussion on a foreign page: comes with the first act. */

import * as actions from "./actions.js";
import { door } from "./door.js";
import { begin as work } from "./guard.js";
import { again } from "./mine.js";
import * as posting from "./post.js";
import * as reply from "./reply.js";
import { challenge, goBy } from "./server.js";
import * as session from "./session.js";
import { say, text } from "./voice.js";
import * as vote from "./vote.js";
import { who } from "./who.js";

/** @typedef {import("./thread.js").About} About */

/** One a discussion, however often it is drawn. @type {WeakMap<About, BroadcastChannel>} */
const channels = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {About} about
 * @param {() => Promise<void>} redraw for another reader
 */
export async function begin(root, about, redraw) {
  const way = door(about);
  goBy(root, way);
  for (const behaviour of [posting, reply, vote, actions]) behaviour.start(root);
  const line = who(root, about, changed);
  const tree = /** @type {ShadowRoot} */ (root.getRootNode());
  if (tree.activeElement?.closest("form[data-compose]")) work(root, challenge);

  /** Tells the other tabs of this page's site. @param {string} [sentence] */
  async function changed(sentence) {
    channels.get(about)?.postMessage(session.speaker(about).kind);
    await redraw();
    if (sentence) say(/** @type {HTMLElement} */ (tree.querySelector(".rejoinder")), sentence);
  }
  if (!channels.has(about)) heard(about, redraw);

  if (!session.speaker(about).access_token) await session.exchange(about).catch(() => {});
  await again(root);
  line();
  root.addEventListener("rejoinder:signed-out", () => {
    line();
    for (const field of root.querySelectorAll("[data-compose] [name=name]")) /** @type {HTMLInputElement} */ (field).readOnly = false;
  });

  return {
    way,
    /** @param {string} token */
    async signIn(token) {
      try {
        await session.exchange(about, { token });
      } catch (refusal) {
        console.error(`rejoinder: the token was not taken: ${/** @type {Error} */ (refusal).message || "the server could not be reached"}`);
        return;
      }
      await again(root);
      line();
    },
    async signOut() {
      await session.leave(about);
      await changed(text(root, "signedOut"));
    },
  };
}

/** What happens in other tabs: who signs in or out there does so here. @param {About} about @param {() => Promise<void>} redraw */
function heard(about, redraw) {
  const channel = new BroadcastChannel(`rejoinder:${about.home}:${about.site}`);
  channel.addEventListener("message", async ({ data }) => {
    if (data === "nobody") session.speak(about, {});
    else await session.exchange(about).catch(() => null);
    redraw();
  });
  about.signal.addEventListener("abort", () => channel.close());
  channels.set(about, channel);
}
