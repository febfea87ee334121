/** Holds back events that are declared with a debounce or a throttle. */

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {{timer: number, late: (() => void) | null}} Slot */

export class Timing {
  /** @type {WeakMap<Element, Map<string, Slot>>} */
  #slots = new WeakMap();

  /**
   * Acts now or later: a debounce waits for a pause, a throttle acts first and then at most once an interval,
   * its last call included.
   * @param {Element} element
   * @param {Token} token
   * @param {() => void} act
   */
  run(element, token, act) {
    if (token.pace === "d") this.#debounce(this.#slot(element, token), token.delay, act);
    else if (token.pace === "t") this.#throttle(this.#slot(element, token), token.delay, act);
    else act();
  }

  /**
   * @param {Slot} slot
   * @param {number} delay
   * @param {() => void} act
   */
  #debounce(slot, delay, act) {
    clearTimeout(slot.timer);
    slot.timer = setTimeout(act, delay);
  }

  /**
   * @param {Slot} slot
   * @param {number} delay
   * @param {() => void} act
   */
  #throttle(slot, delay, act) {
    if (slot.timer) {
      slot.late = act;
      return;
    }
    act();
    slot.timer = setTimeout(() => {
      const { late } = slot;
      slot.timer = 0;
      slot.late = null;
      if (late) this.#throttle(slot, delay, late);
    }, delay);
  }

  /**
   * @param {Element} element
   * @param {Token} token
   * @returns {Slot}
   */
  #slot(element, token) {
    const slots = this.#slots.get(element) ?? new Map();
    this.#slots.set(element, slots);
    const slot = slots.get(token.on) ?? { timer: 0, late: null };
    slots.set(token.on, slot);
    return slot;
  }
}
