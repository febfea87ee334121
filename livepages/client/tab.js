/** Who this tab is: an id that the server knows it by, and a secret that proves it. */

import { recall, remember } from "./storage.js";

/** @param {number} bytes */
function randomText(bytes) {
  const raw = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The identity is kept in sessionStorage, so it outlives a reload. A duplicated tab gets a copy of that storage while
 * the first tab is still at work, so an identity is taken up again only where its page was left before.
 */
export class Tab {
  #key;
  id;
  secret;
  isNew;

  /** @param {string} page */
  constructor(page) {
    this.#key = `tab/${page}`;
    const kept = recall(this.#key);
    this.isNew = !kept?.left;
    this.id = this.isNew ? randomText(12) : String(kept.id);
    this.secret = this.isNew ? randomText(24) : String(kept.secret);
    this.stay();
  }

  /** The page is shown: a copy of the storage made from now on is another tab's. */
  stay() {
    this.#keep(false);
  }

  /** The page goes away: the next one that finds this identity may take it up. */
  leave() {
    this.#keep(true);
  }

  /** @param {boolean} left */
  #keep(left) {
    remember(this.#key, { id: this.id, secret: this.secret, left });
  }
}
