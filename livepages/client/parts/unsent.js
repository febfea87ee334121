/** The edits of this tab that the server may not have: it does not say which ones it has, so time must tell. */

import { mergeUpdates } from "./yjs.js";

/** A connection that is dead without saying so is given up after 30 s: what was sent before that may be lost. */
const CERTAIN_MS = 35_000;
/** Merged from time to time, so that a long stay offline does not pile up. */
const MERGE_AT = 200;

export class Unsent {
  /** @type {Uint8Array[]} */
  #updates = [];
  #since = 0;

  /**
   * @param {Uint8Array} update
   * @param {boolean} isQuiet whether all that could be sent has been
   */
  add(update, isQuiet) {
    this.#settle(isQuiet);
    this.#updates.push(update);
    if (this.#updates.length >= MERGE_AT) this.#updates = [mergeUpdates(this.#updates)];
    this.#since = Date.now();
  }

  /** They are being sent, again or for the first time. */
  resent() {
    this.#since = Date.now();
  }

  /**
   * @param {boolean} isQuiet
   * @returns {Uint8Array | null} all in one
   */
  take(isQuiet) {
    this.#settle(isQuiet);
    return this.#updates.length === 0 ? null : mergeUpdates(this.#updates);
  }

  /** @param {boolean} isQuiet */
  #settle(isQuiet) {
    if (isQuiet && Date.now() - this.#since > CERTAIN_MS) this.#updates = [];
  }
}
