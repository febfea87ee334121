/** The fields of the page: what the server knows of each, and what its user has typed since. */

import { fieldData } from "./payload.js";
import { fittingValue, initialValue, isField, mergeValues, readValue, sameValue, writeValue } from "./values.js";

/** @typedef {import("./wire.js").Value} Value */
/** @typedef {import("./wire.js").EventData} EventData */
/** @typedef {import("./values.js").Field} Field */
/** @typedef {import("./tokens.js").Token} Token */

/**
 * @typedef {object} FieldsDelegate
 * @property {string} tabId
 * @property {boolean} isPatching whether what happens in the page is the server's doing
 * @property {(element: Element, on: string, data: EventData) => number} postEvent its number, 0 for none
 * @property {(id: number) => boolean} isUnacknowledged
 * @property {(field: Field) => Token | undefined} valueToken
 */

/**
 * @typedef {object} FieldState
 * @property {Value} base what the server knows, in the terms of the DOM
 * @property {Value[]} echoes values sent, which will come back with this tab as their origin
 * @property {number} event the last event that carried the value
 * @property {string | null} told the token that has carried the present value before its DOM event came
 * @property {boolean} isComposing
 * @property {(() => void) | null} deferred what to do when the composition ends
 */

const ECHO_LIMIT = 50;

export class Fields {
  #delegate;
  /** @type {WeakMap<Element, FieldState>} */
  #states = new WeakMap();
  /** Fields that the user has changed, oldest first. @type {Set<Field>} */
  #touched = new Set();

  /** @param {FieldsDelegate} delegate */
  constructor(delegate) {
    this.#delegate = delegate;
  }

  start() {
    this.#listen("input", (field) => this.#touch(field));
    this.#listen("change", (field, event) => this.#flushBefore(field, event));
    this.#listen("focusout", (field) => this.#flushField(field));
    this.#listen("compositionstart", (field) => (this.#state(field).isComposing = true));
    this.#listen("compositionend", (field) => this.#composed(field));
    document.addEventListener("reset", ({ target }) => setTimeout(() => this.#touchForm(target)), true);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush(), true);
    addEventListener("pagehide", () => this.flush(), true);
    this.#settleAtStart();
  }

  /** Sends what waits, so that what is sent after it finds the fields as the user sees them. */
  flush() {
    for (const field of [...this.#touched]) this.#flushField(field);
  }

  /**
   * A field's event has come, and its debounce is over.
   * @param {Field} field
   * @param {Token} token
   */
  fire(field, token) {
    const state = this.#state(field);
    const isSame = sameValue(readValue(field), state.base);
    const isTold = state.told === token.on;
    state.told = null;
    if (!isSame || (token.type === "change" && !isTold)) this.#send(field, token.on);
  }

  /**
   * The server says what the field holds.
   * @param {Field} field
   * @param {Value} value
   * @param {string | null} origin the tab whose user typed it
   */
  receive(field, value, origin) {
    const state = this.#state(field);
    const theirs = fittingValue(field, value);
    const echo = origin === this.#delegate.tabId ? state.echoes.findIndex((sent) => sameValue(sent, theirs)) : -1;
    if (echo >= 0) state.echoes.splice(0, echo + 1);
    else if (state.isComposing) state.deferred = () => this.#merge(field, theirs);
    else this.#merge(field, theirs);
  }

  /**
   * A snapshot may be older than what was sent and is not acknowledged yet; that will be applied after it.
   * @param {Field} field
   * @param {Value} value
   */
  receiveSnapshot(field, value) {
    if (!this.#delegate.isUnacknowledged(this.#state(field).event)) this.receive(field, value, null);
  }

  /**
   * New options: the choice stays where it can, unless they come with another.
   * @param {HTMLSelectElement} field
   * @param {string} html
   */
  receiveOptions(field, html) {
    const state = this.#state(field);
    const mine = readValue(field);
    const isDirty = !sameValue(mine, state.base);
    field.innerHTML = html;
    if (isDirty || !field.querySelector("option[selected]")) writeValue(field, mine);
    if (!isDirty) state.base = readValue(field);
  }

  /** What would be lost with the page: fields with an id whose value the server may not have. */
  unsent() {
    return allFields().filter((field) => {
      const state = this.#states.get(field);
      if (!state || !field.id || field.type === "file") return false;
      return !sameValue(readValue(field), state.base) || this.#delegate.isUnacknowledged(state.event);
    });
  }

  /**
   * Puts back what the user had typed before the page was loaded anew.
   * @param {Field} field
   * @param {Value} value
   */
  restore(field, value) {
    this.#state(field);
    writeValue(field, value);
    this.#touch(field);
  }

  /**
   * @param {Field} field
   * @param {Value} theirs
   */
  #merge(field, theirs) {
    const state = this.#state(field);
    const mine = readValue(field);
    const { value, tail } = mergeValues(state.base, mine, theirs);
    state.echoes = []; // one that still comes was applied after this value, so it counts
    if (!sameValue(value, mine)) writeValue(field, value, tail);
    if (sameValue(value, theirs)) state.base = readValue(field);
    else {
      state.base = theirs;
      this.#touched.add(field);
    }
  }

  /** @param {Field} field */
  #touch(field) {
    this.#state(field).told = null;
    this.#touched.add(field);
  }

  /** @param {Field} field */
  #flushField(field) {
    if (this.#state(field).isComposing) return;
    const isTouched = this.#touched.delete(field);
    const token = this.#delegate.valueToken(field);
    if (!isTouched || !token || sameValue(readValue(field), this.#state(field).base)) return;
    this.#send(field, token.on);
    this.#state(field).told = token.on;
  }

  /**
   * A field with an `input` token sends its value by that before its `change` is told of.
   * @param {Field} field
   * @param {Event} event
   */
  #flushBefore(field, event) {
    if (this.#delegate.valueToken(field)?.type !== event.type) this.#flushField(field);
  }

  /**
   * @param {Field} field
   * @param {string} on
   */
  #send(field, on) {
    const state = this.#state(field);
    if (state.isComposing) return;
    this.#touched.delete(field);
    state.base = readValue(field);
    state.event = this.#delegate.postEvent(field, on, fieldData(field));
    state.echoes = [...state.echoes, state.base].slice(-ECHO_LIMIT);
    for (const other of radiosBeside(field)) this.#state(other).base = other.checked;
  }

  /** @param {Field} field */
  #composed(field) {
    const state = this.#state(field);
    state.isComposing = false;
    state.deferred?.();
    state.deferred = null;
    // The `input` events of a composition are not told of: this one stands for them all.
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  /** @param {EventTarget | null} form */
  #touchForm(form) {
    if (!(form instanceof HTMLFormElement)) return;
    for (const field of form.elements) if (isField(field)) this.#touch(field);
    this.flush();
  }

  /**
   * A value that differs from the HTML was typed before this script ran, and counts, or the browser brought it back
   * from an earlier visit, and does not: the server had been told of it.
   */
  #settleAtStart() {
    const [navigation] = performance.getEntriesByType("navigation");
    const isReturn = /^(reload|back_forward)$/.test(/** @type {PerformanceNavigationTiming} */ (navigation)?.type);
    for (const field of allFields()) {
      if (sameValue(readValue(field), this.#state(field).base)) continue;
      if (isReturn) writeValue(field, this.#state(field).base);
      else this.#touch(field);
    }
  }

  /**
   * @param {string} type
   * @param {(field: Field, event: Event) => void} action
   */
  #listen(type, action) {
    const listener = (/** @type {Event} */ event) => {
      if (isField(event.target) && !this.#delegate.isPatching) action(event.target, event);
    };
    document.addEventListener(type, listener, true);
  }

  /**
   * @param {Field} field
   * @returns {FieldState}
   */
  #state(field) {
    const known = this.#states.get(field);
    if (known) return known;
    const state = { base: initialValue(field), echoes: [], event: 0, told: null, isComposing: false, deferred: null };
    this.#states.set(field, state);
    return state;
  }
}

/**
 * The other radios of a radio's group, which its choice has changed as well.
 * @param {Field} field
 * @returns {HTMLInputElement[]}
 */
function radiosBeside(field) {
  if (field.type !== "radio" || !field.name) return [];
  /** @type {NodeListOf<HTMLInputElement>} */
  const radios = document.querySelectorAll(`input[type=radio][name="${CSS.escape(field.name)}"]`);
  return [...radios].filter((radio) => radio.form === field.form);
}

function allFields() {
  return [...document.querySelectorAll("[data-n]:is(input, textarea, select)")].filter(isField);
}
