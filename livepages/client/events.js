/** Listens for the events that elements declare, all at the document, and for no others. */

import { Timing } from "./timing.js";
import { eventData } from "./payload.js";
import { matchesToken } from "./tokens.js";
import { isField } from "./values.js";

/** @typedef {import("./tokens.js").Token} Token */

/**
 * @typedef {object} EventsDelegate
 * @property {boolean} isPatching
 * @property {(element: Element) => Token[]} tokensOf
 * @property {(element: Element, on: string, data: import("./wire.js").EventData) => void} eventFired
 * @property {(field: import("./values.js").Field, token: Token) => void} fieldFired
 */

export class Events {
  #delegate;
  #timing = new Timing();
  /** @type {Set<string>} */
  #types = new Set();
  /** Tokens with `once` that have had their event. @type {WeakMap<Element, Set<string>>} */
  #spent = new WeakMap();

  /** @param {EventsDelegate} delegate */
  constructor(delegate) {
    this.#delegate = delegate;
  }

  start() {
    this.watch(document.documentElement);
    document.addEventListener("submit", keepPage, true);
  }

  /**
   * Listens for what an element, and those inside it, declare.
   * @param {Element} root
   */
  watch(root) {
    for (const element of [root, ...root.querySelectorAll("[data-on]")]) {
      for (const { type } of this.#delegate.tokensOf(element)) this.#listen(type);
    }
  }

  /**
   * The capture phase at the document sees the events that do not bubble as well. Not passive, for `prevent`.
   * @param {string} type
   */
  #listen(type) {
    if (this.#types.has(type)) return;
    this.#types.add(type);
    document.addEventListener(type, (event) => this.#handle(event), { capture: true, passive: false });
  }

  /** @param {Event} event */
  #handle(event) {
    const isComposing = (event instanceof KeyboardEvent || event instanceof InputEvent) && event.isComposing;
    if (this.#delegate.isPatching || isComposing || !(event.target instanceof Element)) return;
    /** @type {Element | null} */
    let element = event.target;
    while (element && !this.#offer(element, event) && event.bubbles) element = element.parentElement;
  }

  /**
   * Gives the event to one element; true if it goes no further.
   * @param {Element} element
   * @param {Event} event
   */
  #offer(element, event) {
    const tokens = this.#delegate.tokensOf(element).filter((token) => this.#takes(element, token, event));
    for (const token of tokens) {
      if (token.modifiers.includes("prevent")) event.preventDefault();
      if (token.modifiers.includes("once")) this.#spend(element, token);
      this.#timing.run(element, token, this.#action(element, token, event));
    }
    return tokens.some(({ modifiers }) => modifiers.includes("stop"));
  }

  /**
   * @param {Element} element
   * @param {Token} token
   * @param {Event} event
   */
  #takes(element, token, event) {
    return matchesToken(token, event, element) && !this.#spent.get(element)?.has(token.on);
  }

  /**
   * @param {Element} element
   * @param {Token} token
   */
  #spend(element, token) {
    this.#spent.set(element, (this.#spent.get(element) ?? new Set()).add(token.on));
  }

  /**
   * What the event does when its time has come. Its data is that of now, but a field's value that of then.
   * @param {Element} element
   * @param {Token} token
   * @param {Event} event
   * @returns {() => void}
   */
  #action(element, token, event) {
    if (/^(input|change)$/.test(token.type) && event.target === element && isField(element)) {
      return () => this.#delegate.fieldFired(element, token);
    }
    const data = eventData(event, element);
    return () => this.#delegate.eventFired(element, token.on, data);
  }
}

/**
 * A form of a live page does not load another one, unless it says which or only closes its dialog.
 * @param {SubmitEvent} event
 */
function keepPage(event) {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-n")) return;
  const method = submitter?.getAttribute("formmethod") ?? form.method;
  const isDeclared = /(^| )submit\b/.test(form.getAttribute("data-on") ?? "");
  if (method !== "dialog" && (isDeclared || !form.hasAttribute("action"))) event.preventDefault();
}
