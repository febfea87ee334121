/** Who is in a document: what this tab says of itself, and what it makes of what others say of themselves. */

import { indexOf, isPlace, isSamePlace, placeAt } from "./cursor_place.js";
import { isColor, tidyName } from "./person.js";

/** @typedef {{id: number, name: string, color: string, isOwn: boolean}} Someone */
/** @typedef {Someone & {anchor: number, head: number}} Cursor */

const NAMELESS = "Somebody";
const COLORLESS = "#4b5563";

export class Presence {
  #awareness;
  #person;
  /** What each host of the document wants: true and false are its site's word, undefined is none. */
  #wishes = new Map();
  /** The host whose cursor others see. @type {object | null} */
  #cursorOwner = null;
  /** @type {Set<(ids: number[]) => void>} */
  #listeners = new Set();
  #isAway = false;

  /**
   * @param {import("./yjs.js").Awareness} awareness
   * @param {import("./person.js").Person} person
   */
  constructor(awareness, person) {
    this.#awareness = awareness;
    this.#person = person;
    awareness.setLocalState(null);
    awareness.on("change", this.#changed);
    person.watch(this.#tell);
  }

  destroy() {
    this.#person.unwatch(this.#tell);
    this.#awareness.off("change", this.#changed);
  }

  /**
   * @param {object} host
   * @param {boolean} [wish]
   */
  join(host, wish) {
    this.#wishes.set(host, wish);
    if (wish === false) this.hideCursor(host);
    this.#tell();
  }

  /** @param {object} host */
  leave(host) {
    this.hideCursor(host);
    this.#wishes.delete(host);
    this.#tell();
  }

  /** The page is not shown any more, or again. @param {boolean} isAway */
  away(isAway) {
    this.#isAway = isAway;
    this.#tell();
  }

  /** All that say who they are, this tab first. @returns {Someone[]} */
  get people() {
    const people = [...this.#awareness.getStates()].filter(([, state]) => state["user"]);
    const own = this.#awareness.clientID;
    people.sort(([one], [other]) => Number(other === own) - Number(one === own) || one - other);
    return people.map(([id, state]) => ({ id, ...state["user"], isOwn: id === own }));
  }

  /** Where others are in a text. @param {import("./yjs.js").Text} text @returns {Cursor[]} */
  cursors(text) {
    const states = this.#awareness.getStates();
    return this.people.flatMap((someone) => {
      const cursor = someone.isOwn ? null : states.get(someone.id)?.["cursor"];
      if (!cursor) return [];
      const anchor = indexOf(cursor.anchor, text);
      const head = indexOf(cursor.head, text);
      return anchor === null || head === null ? [] : [{ ...someone, anchor, head }];
    });
  }

  /**
   * @param {object} host
   * @param {import("./yjs.js").Text} text
   * @param {number} anchor
   * @param {number} head
   */
  showCursor(host, text, anchor, head) {
    const state = this.#awareness.getLocalState();
    if (!state || this.#wishes.get(host) === false) return;
    this.#cursorOwner = host;
    const start = placeAt(text, anchor);
    const end = placeAt(text, head);
    const { cursor } = state;
    const isSame = cursor && isSamePlace(cursor.anchor, start) && isSamePlace(cursor.head, end);
    if (!isSame) this.#awareness.setLocalStateField("cursor", { anchor: start, head: end });
  }

  /** @param {object} host */
  hideCursor(host) {
    if (this.#cursorOwner !== host) return;
    this.#cursorOwner = null;
    this.#awareness.setLocalStateField("cursor", null);
  }

  /** @param {(ids: number[]) => void} listener hears whose state has changed */
  watch(listener) {
    this.#listeners.add(listener);
  }

  /** @param {(ids: number[]) => void} listener */
  unwatch(listener) {
    this.#listeners.delete(listener);
  }

  /** Tells others of this tab, or that it does not want to be told of. */
  #tell = () => {
    const wishes = new Set(this.#wishes.values());
    const isShown = !this.#isAway && (wishes.has(true) || (wishes.size > 0 && !wishes.has(false)));
    const state = this.#awareness.getLocalState();
    const user = { name: this.#person.name, color: this.#person.color };
    if (isShown) this.#awareness.setLocalState({ cursor: null, ...state, user });
    else if (state) this.#awareness.setLocalState(null);
  };

  /** Of two people who have one colour, the tab with the lower number keeps it. */
  #chooseColor() {
    const { name, color } = this.#person;
    const others = this.people.filter((someone) => !someone.isOwn && someone.name !== name);
    const { clientID } = this.#awareness;
    if (!this.#awareness.getLocalState() || !others.some((other) => other.color === color && other.id < clientID)) return;
    this.#person.recolor(others.map((other) => other.color));
  }

  /** @type {(change: {added: number[], updated: number[], removed: number[]}) => void} */
  #changed = ({ added, updated, removed }) => {
    const states = this.#awareness.getStates();
    for (const id of [...added, ...updated]) {
      if (id !== this.#awareness.clientID) states.set(id, tidyState(states.get(id)));
    }
    if (added.length > 0) this.#chooseColor();
    for (const listener of this.#listeners) listener([...added, ...updated, ...removed]);
  };
}

/**
 * Others may say anything: only what is known, and as it should be, goes on into the page.
 * @param {Record<string, any> | undefined} state
 */
function tidyState(state) {
  const { user, cursor } = state ?? {};
  const someone = user && typeof user === "object" ? user : null;
  return {
    user: someone && {
      name: tidyName(someone.name) || NAMELESS,
      color: isColor(someone.color) ? someone.color : COLORLESS,
    },
    cursor: isPlace(cursor?.anchor) && isPlace(cursor.head) ? cursor : null,
  };
}
