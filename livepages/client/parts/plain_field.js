/** A plain text field on a document that others edit too. */

import { Places } from "./places.js";
import { enterSplices } from "./pieces.js";
import { endOf, shiftPlace, spliceBetween } from "./text_splice.js";
import { shownText } from "./shown_text.js";
import { undoManager } from "./undo.js";

/** @typedef {import("./text_splice.js").Splice} Splice */
/** @typedef {import("./text_splice.js").Operation} Operation */

export class PlainField {
  #field;
  #shared;
  #undo;
  /** What the field has of the document. */
  #shown;
  /** How the document has changed since `#shown`, where the field could not follow. @type {Places | null} */
  #places = null;
  #isKnown = false;
  #isComposing = false;
  /** Where its user begins, once the text is there. @type {import("./writing_place.js").Place | null} */
  #begin = null;
  /** What the field says of itself, while it says why it was refused. @type {string | null} */
  #title = null;
  #listening = new AbortController();

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {import("./shared_document.js").SharedDocument} shared
   */
  constructor(field, shared) {
    const { text, presence } = shared;
    this.#field = field;
    this.#shared = shared;
    this.#shown = valueFromServer(field);
    this.#undo = undoManager(text, this);
    text.observe(this.#received);
    presence.join(this);
    shared.watch(this.#follow);
    this.#listen();
    this.#follow();
  }

  /** What is selected, if its user is in it. @returns {import("./writing_place.js").Place | null} */
  get place() {
    const { selectionStart: start, selectionEnd: end } = this.#field;
    return this.#hasFocus && start !== null && end !== null ? [start, end] : null;
  }

  /** Where its user begins. @param {import("./writing_place.js").Place} place */
  enter(place) {
    this.#field.focus();
    if (this.#isKnown) this.#field.setSelectionRange(...place);
    else this.#begin = place;
  }

  /** All that can be changed are attributes, which the browser follows itself. */
  change() {}

  destroy() {
    this.#listening.abort();
    this.#shared.text.unobserve(this.#received);
    this.#shared.unwatch(this.#follow);
    this.#shared.presence.leave(this);
    this.#undo.destroy();
  }

  #listen() {
    const { signal } = this.#listening;
    /** @type {(type: string, listener: (event: any) => void) => void} */
    const on = (type, listener) => this.#field.addEventListener(type, listener, { signal });
    on("input", () => this.#isComposing || this.#send());
    on("compositionstart", () => (this.#isComposing = true));
    on("compositionend", () => this.#composed());
    on("beforeinput", (event) => this.#beforeInput(event));
    on("keydown", (event) => this.#pressed(event));
    document.addEventListener("reset", ({ target }) => {
      if (target === this.#field.form) setTimeout(() => this.#write());
    }, { signal });
  }

  /** When the document is there for the first time, what was typed before comes into it. */
  #follow = () => {
    this.#shared.setback.sayOnce();
    this.#showRefusal();
    if (this.#isKnown || !this.#shared.isKnown) return;
    this.#isKnown = true;
    const now = this.#projection();
    const change = spliceBetween(this.#shown, now);
    this.#places = new Places(this.#shown.length);
    if (change) this.#places.follow(operationsOf(change));
    const isTyped = this.#field.value !== this.#shown;
    if (!this.#isComposing) this.#catchUp();
    if (this.#begin && !isTyped && this.#hasFocus) this.#field.setSelectionRange(...this.#begin);
  };

  /** A field has no place of its own for words. */
  #showRefusal() {
    const { refusal } = this.#shared;
    this.#title ??= refusal === null ? null : this.#field.title;
    this.#field.classList.toggle("livepages-refused", refusal !== null);
    if (this.#title !== null) this.#field.title = refusal ?? this.#title;
    if (refusal === null) this.#title = null;
  }

  /** The document's text as the field holds it, unit for unit. */
  #projection() {
    // Fields hold no returns, and one with a single line no line ends.
    return shownText(this.#shared.text).replace(this.#field.localName === "input" ? /[\r\n]/g : /\r/g, " ");
  }

  /** What its user has made of the field goes into the document. */
  #send() {
    if (!this.#isKnown) return;
    if (this.#shared.refusal !== null) return this.#write();
    const { value } = this.#field;
    const splice = spliceBetween(this.#shown, value, this.#field.selectionEnd ?? undefined);
    this.#shown = value;
    if (splice) enterSplices(this.#shared.text, this.#places?.carry(splice) ?? [splice], this);
  }

  /** @type {(event: import("./yjs.js").YTextEvent, transaction: import("./yjs.js").Transaction) => void} */
  #received = ({ delta }, { origin }) => {
    if (origin === this || !this.#isKnown) return;
    const operations = /** @type {Operation[]} */ (delta);
    if (this.#isComposing) {
      this.#places ??= new Places(this.#shown.length);
      this.#places.follow(operations);
    } else if (origin === this.#undo) this.#write(() => endOf(operations));
    else this.#write((place) => shiftPlace(operations, place));
  };

  #composed() {
    this.#isComposing = false;
    if (this.#isKnown) this.#catchUp();
  }

  /** Both sides have changed while the field could not follow. */
  #catchUp() {
    const { value, selectionStart, selectionEnd } = this.#field;
    const places = this.#places;
    this.#send();
    this.#places = null;
    if (!places) return;
    const change = spliceBetween(value, this.#projection());
    if (change && selectionStart !== null && selectionEnd !== null) {
      this.#write((place) => shiftPlace(operationsOf(change), place));
    } else this.#write();
  }

  /**
   * Shows the document, with the selection where it was in the text.
   * @param {(place: number) => number} [move]
   */
  #write(move = (place) => place) {
    const field = this.#field;
    const { selectionStart: start, selectionEnd: end, selectionDirection, scrollTop, scrollLeft } = field;
    const text = this.#projection();
    this.#shown = text;
    if (field.value !== text) field.value = text;
    if (start === null || end === null || !this.#hasFocus) return;
    field.setSelectionRange(move(start), move(end), selectionDirection ?? "none");
    field.scrollTop = scrollTop;
    field.scrollLeft = scrollLeft;
  }

  get #hasFocus() {
    return document.activeElement === this.#field;
  }

  /** @param {InputEvent} event */
  #beforeInput(event) {
    if (this.#shared.refusal !== null) event.preventDefault();
    else if (event.inputType === "historyUndo") this.#step(event, true);
    else if (event.inputType === "historyRedo") this.#step(event, false);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
    if (isComposing || altKey || ctrlKey === metaKey) return;
    const letter = key.toLowerCase();
    if (letter === "z") this.#step(event, !shiftKey);
    else if (letter === "y" && !shiftKey && ctrlKey) this.#step(event, false);
  }

  /**
   * The browser's own undoing knows nothing of others.
   * @param {Event} event
   * @param {boolean} isUndo
   */
  #step(event, isUndo) {
    event.preventDefault();
    if (this.#field.readOnly || this.#field.disabled || this.#isComposing || this.#shared.refusal !== null) return;
    if (isUndo) this.#undo.undo();
    else this.#undo.redo();
  }
}

/**
 * What the server's HTML had in the field. What a browser has put back into it after a load is not what was typed now.
 * @param {HTMLTextAreaElement | HTMLInputElement} field
 */
function valueFromServer(field) {
  const [navigation] = performance.getEntriesByType("navigation");
  const { type } = /** @type {PerformanceNavigationTiming} */ (navigation ?? {});
  return /^(reload|back_forward)$/.test(type) ? field.value : field.defaultValue;
}

/** @param {Splice} splice @returns {Operation[]} */
function operationsOf({ at, removed, inserted }) {
  return [{ retain: at }, { insert: inserted }, { delete: removed }];
}
