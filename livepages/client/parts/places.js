/** Where each character of an old text is in what has become of it, so that a late change of the old one still fits. */

import { lengthOf } from "./text_splice.js";

/** @typedef {import("./text_splice.js").Splice} Splice */
/** @typedef {import("./text_splice.js").Operation} Operation */

const GONE = -1;

export class Places {
  /** @type {number[]} */
  #places;

  /** @param {number} length of the old text */
  constructor(length) {
    this.#places = Array.from({ length }, (_, index) => index);
  }

  /** @param {Operation[]} operations */
  follow(operations) {
    let index = 0;
    for (const operation of operations) {
      const length = lengthOf(operation);
      if (operation.insert !== undefined) this.#move(index, 0, length);
      else if (operation.delete !== undefined) this.#move(index, length, 0);
      if (operation.delete === undefined) index += length;
    }
  }

  /**
   * A change of the old text as changes of the new one, to be done one after another.
   * @param {Splice} splice
   * @returns {Splice[]}
   */
  carry({ at, removed, inserted }) {
    const start = this.#placeOf(at);
    const gone = this.#places.slice(at, at + removed).filter((place) => place !== GONE);
    const removals = gone.toReversed().map((place) => ({ at: place, removed: 1, inserted: "" }));
    return inserted ? [...removals, { at: start, removed: 0, inserted }] : removals;
  }

  /**
   * @param {number} from
   * @param {number} removed
   * @param {number} inserted
   */
  #move(from, removed, inserted) {
    this.#places = this.#places.map((place) => {
      if (place === GONE || place < from) return place;
      return place < from + removed ? GONE : place - removed + inserted;
    });
  }

  /** Behind the last character before it that is still there. @param {number} index */
  #placeOf(index) {
    const before = this.#places.slice(0, index).findLast((place) => place !== GONE);
    return before === undefined ? 0 : before + 1;
  }
}
