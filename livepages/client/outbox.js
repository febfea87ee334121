/** The events of this tab that the server has not acknowledged: numbered, in order, kept over a page reload. */

import { recall, remember } from "./storage.js";
import { eventMessage } from "./wire.js";

/** @typedef {import("./wire.js").FiredEvent} FiredEvent */
/** @typedef {import("./wire.js").EventData} EventData */

const OUTBOX_LIMIT = 1000;

export class Outbox {
  #key;
  #last = 0;
  /** @type {FiredEvent[]} */
  #events = [];

  /**
   * @param {string} page
   * @param {boolean} isNew whether the tab is new: what the storage holds is another tab's then
   */
  constructor(page, isNew) {
    this.#key = `outbox/${page}`;
    const kept = isNew ? null : recall(this.#key);
    if (kept) {
      this.#last = kept.last;
      this.#events = kept.events;
    }
  }

  /** The unacknowledged events, oldest first. */
  get events() {
    return this.#events;
  }

  /**
   * Numbers an event and keeps it; past the limit the oldest goes.
   * @param {{stream: string, node: number}} address
   * @param {string} on
   * @param {EventData} data
   */
  add(address, on, data) {
    const message = eventMessage(++this.#last, address, on, data);
    this.#events.push(message);
    if (this.#events.length > OUTBOX_LIMIT) this.#events.shift();
    this.#keep();
    return message;
  }

  /** @param {number} id */
  holds(id) {
    return this.#events.some((event) => event.id === id);
  }

  /**
   * All events up to `id` are applied.
   * @param {number} id
   */
  settle(id) {
    this.#retain((event) => event.id > id);
  }

  /**
   * The server refused this event, and would again.
   * @param {number} id
   */
  drop(id) {
    this.#retain((event) => event.id !== id);
  }

  /** @param {(event: FiredEvent) => boolean} wanted */
  #retain(wanted) {
    this.#events = this.#events.filter(wanted);
    this.#keep();
  }

  #keep() {
    remember(this.#key, { last: this.#last, events: this.#events });
  }
}
