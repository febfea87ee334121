/** The edits of this tab that the server may not have: it does not say which ones it has, so time must tell. */

import { mergeUpdates } from "./yjs.js";

/** A connection that is dead without saying so is given up after 30 s: what was sent before that may be lost. */
const CERTAIN_MS = 35_000;
/** Merged from time to time, so that a long stay offline does not pile up. */
const MERGE_AT = 200;
/** Well under what the server takes in one message. */
const PIECE_LIMIT = 100_000;

export class Unsent {
  /** In the order they were made, as later ones build on earlier ones. @type {Uint8Array[]} */
  #pieces = [];
  #mergeAt = MERGE_AT;
  #since = 0;

  /**
   * @param {Uint8Array} update
   * @param {boolean} isQuiet whether all that could be sent has been
   */
  add(update, isQuiet) {
    this.#settle(isQuiet);
    this.#pieces.push(update);
    this.#since = Date.now();
    if (this.#pieces.length >= this.#mergeAt) this.#merge();
  }

  /** They are being sent, again or for the first time. */
  resent() {
    this.#since = Date.now();
  }

  /** @param {boolean} isQuiet */
  pieces(isQuiet) {
    this.#settle(isQuiet);
    return this.#pieces;
  }

  /** In bytes. */
  get size() {
    return this.#pieces.reduce((size, { length }) => size + length, 0);
  }

  /** @param {boolean} isQuiet */
  #settle(isQuiet) {
    if (isQuiet && Date.now() - this.#since > CERTAIN_MS) this.#pieces = [];
  }

  #merge() {
    /** @type {Uint8Array[][]} */
    const groups = [];
    let size = Infinity;
    for (const piece of this.#pieces) {
      size += piece.length;
      if (size > PIECE_LIMIT) groups.push([]);
      if (size > PIECE_LIMIT) size = piece.length;
      groups.at(-1)?.push(piece);
    }
    this.#pieces = groups.map((group) => mergeUpdates(group));
    this.#mergeAt = this.#pieces.length + MERGE_AT;
  }
}
