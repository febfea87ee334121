/**
 * Keeps Quill and a document's text alike. Like y-quill, with what that leaves out: an input method's composition is
 * not disturbed, whatever others write has the length here that it has in the document, and the length has a limit.
 */

import { shownOperation } from "./rich_formats.js";
import { endOf } from "./text_splice.js";
import { enterDelta } from "./pieces.js";
import { withinLimit } from "./rich_limit.js";

export class RichBinding {
  #owner;
  #text;
  #quill;
  #presence;
  #Delta;
  #hitLimit;
  /** How many characters may be typed. */
  limit = Infinity;
  /** Of this editor's own changes. @type {import("./yjs.js").UndoManager | null} */
  undo = null;
  /** What others have changed while an input method composes here. @type {any} */
  #waiting = null;

  /**
   * @param {object} parts
   * @param {object} parts.owner who shows the cursor
   * @param {import("./yjs.js").Text} parts.text
   * @param {import("./presence.js").Presence} parts.presence
   * @param {any} parts.quill
   * @param {any} parts.Delta
   * @param {() => void} parts.hitLimit
   */
  constructor({ owner, text, presence, quill, Delta, hitLimit }) {
    this.#owner = owner;
    this.#text = text;
    this.#presence = presence;
    this.#quill = quill;
    this.#Delta = Delta;
    this.#hitLimit = hitLimit;
    quill.setContents(this.#contents(), this);
    quill.on("editor-change", this.#changed);
    quill.on("composition-end", this.#composed);
    quill.root.addEventListener("blur", () => presence.hideCursor(owner));
    text.observe(this.#received);
  }

  destroy() {
    this.#text.unobserve(this.#received);
    this.#quill.off("editor-change", this.#changed);
    this.#quill.off("composition-end", this.#composed);
  }

  /** @type {(type: string, change: any, before: any, source: unknown) => void} */
  #changed = (type, change, _before, source) => {
    if (type === "text-change" && source !== this) this.#send(change);
    if (!this.#waiting) this.showCursor();
  };

  /** @param {any} change of Quill, by its user */
  #send(change) {
    let own = this.#limited(change);
    if (this.#waiting) {
      const theirs = this.#waiting;
      this.#waiting = own.transform(theirs, false);
      own = theirs.transform(own, true);
    }
    enterDelta(this.#text, own.ops, this);
  }

  /** What is too much is taken out again before anybody sees it. @param {any} change */
  #limited(change) {
    const surplus = this.#quill.getLength() - 1 - this.limit;
    const cut = surplus > 0 ? withinLimit(this.#Delta, change, surplus) : null;
    if (!cut) return change;
    this.#quill.updateContents(cut, this);
    const kept = change.compose(cut);
    const isPut = kept.ops.some(({ insert }) => insert !== undefined);
    const range = isPut ? { index: endOf(kept.ops), length: 0 } : this.#quill.getSelection();
    // Quill is still busy with the change, and will put the caret to where that has left it.
    if (range && this.#quill.hasFocus()) queueMicrotask(() => this.#quill.setSelection(range, "silent"));
    this.#hitLimit();
    return kept;
  }

  /** @type {(event: import("./yjs.js").YTextEvent, transaction: import("./yjs.js").Transaction) => void} */
  #received = (event, { origin }) => {
    if (origin === this) return;
    const change = new this.#Delta(event.delta.map(shownOperation));
    if (this.#quill.composition.isComposing) this.#waiting = this.#waiting?.compose(change) ?? change;
    else this.#apply(change);
    if (origin === this.undo) this.#showUndone(change);
  };

  #composed = () => {
    const change = this.#waiting;
    this.#waiting = null;
    if (change) this.#apply(change);
  };

  /** @param {any} change of others */
  #apply(change) {
    const { activeElement } = document;
    const hasFocus = this.#quill.hasFocus();
    try {
      this.#quill.updateContents(change, this);
    } catch (error) {
      console.warn("livepages: Quill can't apply a change; its text is made anew", error);
    }
    this.#carryRanges(change);
    this.#mend();
    // Quill takes the focus with every change while its selection is the page's, even from its own toolbar.
    if (!hasFocus && this.#quill.hasFocus()) giveFocus(activeElement);
  }

  /** Ranges that Quill keeps for when it has the focus again, and forgets to move. @param {any} change */
  #carryRanges(change) {
    const { selection, theme } = this.#quill;
    if (!selection.lastRange) selection.savedRange = carried(selection.savedRange, change);
    if (theme.tooltip?.linkRange) theme.tooltip.linkRange = carried(theme.tooltip.linkRange, change);
  }

  /** Whatever Quill has made of a change, its places have to be those of the document. */
  #mend() {
    if (this.#quill.getLength() === this.#text.length) return;
    const wanted = this.#contents();
    if (this.#quill.getLength() === wanted.length()) return;
    try {
      this.#quill.updateContents(this.#quill.getContents().diff(wanted), this);
    } finally {
      if (this.#quill.getLength() !== wanted.length()) this.#quill.setContents(wanted, this);
    }
  }

  /** The document as Quill can show it: always with a line end at its end. */
  #contents() {
    const contents = new this.#Delta(this.#text.toDelta().map(shownOperation));
    const last = contents.ops.at(-1)?.insert;
    return typeof last === "string" && last.endsWith("\n") ? contents : contents.insert("\n");
  }

  /** The caret goes to where the undone change was. @param {any} change */
  #showUndone(change) {
    this.#quill.setSelection(Math.min(endOf(change.ops), this.#quill.getLength() - 1), 0, "user");
  }

  /** Says where the caret is, if it is here. */
  showCursor() {
    const range = this.#quill.hasFocus() ? this.#quill.getSelection() : null;
    if (range) this.#presence.showCursor(this.#owner, this.#text, range.index, range.index + range.length);
  }
}

/**
 * @param {{index: number, length: number}} range
 * @param {any} change
 */
function carried({ index, length }, change) {
  const start = change.transformPosition(index, true);
  return { index: start, length: change.transformPosition(index + length, true) - start };
}

/** @param {Element | null} element */
function giveFocus(element) {
  if (element instanceof HTMLElement && element !== document.body) element.focus({ preventScroll: true });
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
