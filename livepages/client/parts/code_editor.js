/** Code: CodeMirror on a document that others edit too. In a shadow root, where its styles need no exception. */

import { EditorBox } from "./editor_box.js";
import { baseExtensions, languageOf, limitTo } from "./code_setup.js";
import { codeCursors } from "./code_cursors.js";
import { codeTheme } from "./code_theme.js";
import { make } from "./elements.js";
import { shownText } from "./shown_text.js";
import { undoManager } from "./undo.js";

/** @typedef {typeof import("./codemirror.js")} CodeMirror */

export class CodeEditor {
  #shared;
  #options;
  #box;
  /** @type {CodeMirror | null} */
  #library = null;
  /** @type {import("./codemirror.js").EditorView | null} */
  #view = null;
  /** @type {import("./yjs.js").UndoManager | null} */
  #undo = null;
  /** Where its user begins. @type {import("./writing_place.js").Place | null} */
  #place = null;
  /** What of the extensions can change, and what it was made from. */
  #parts = new Map();

  /**
   * @param {HTMLElement} host
   * @param {import("./shared_document.js").SharedDocument} shared
   * @param {import("./options.js").Options} options
   * @param {import("./libraries.js").Libraries} libraries
   */
  constructor(host, shared, options, libraries) {
    this.#shared = shared;
    this.#options = options;
    this.#box = new EditorBox(host, shared, "livepages-code", () => this.#configure());
    shared.presence.join(this, options.presence);
    this.#box.fill(libraries.codemirror, (library) => this.#show(library));
  }

  /** What is selected, if its user is in it. @returns {import("./writing_place.js").Place | null} */
  get place() {
    if (!this.#view?.hasFocus) return null;
    const { anchor, head } = this.#view.state.selection.main;
    return [anchor, head];
  }

  /** Where its user begins, once it is there. @param {import("./writing_place.js").Place} place */
  enter(place) {
    this.#place = place;
  }

  /** @param {import("./options.js").Options} options */
  change(options) {
    this.#options = options;
    this.#shared.presence.join(this, options.presence);
    this.#configure();
  }

  destroy() {
    this.#shared.presence.leave(this);
    this.#view?.destroy();
    this.#undo?.destroy();
    this.#box.destroy();
  }

  /** @param {CodeMirror} library */
  #show(library) {
    const { text } = this.#shared;
    const root = this.#box.area.appendChild(make("div", "livepages-shadow")).attachShadow({ mode: "open" });
    this.#library = library;
    this.#undo = undoManager(text);
    const { EditorState, EditorView, Compartment } = library;
    const names = Object.keys(this.#wanted());
    for (const name of names) this.#parts.set(name, { compartment: new Compartment(), made: null });
    const extensions = [
      baseExtensions(library, text, this.#undo),
      codeTheme(library),
      EditorView.updateListener.of((update) => this.#showCursor(update)),
      [...this.#parts.values()].map(({ compartment }) => compartment.of([])),
    ];
    const state = EditorState.create({ doc: shownText(text), extensions });
    this.#view = new EditorView({ state, root, parent: root });
    this.#configure();
    this.#begin();
  }

  #begin() {
    if (!this.#view || !this.#place || document.activeElement !== document.body) return;
    const [anchor, head] = this.#place.map((place) => Math.min(place, this.#shared.text.length));
    this.#view.focus();
    this.#view.dispatch({ selection: { anchor, head }, scrollIntoView: true });
  }

  /** What each changeable part is made from, as text, and how. */
  #wanted() {
    const { presence: people, text, refusal } = this.#shared;
    const { language, placeholder, presence, lineNumbers, maxLength, readonly } = this.#options;
    const isReadonly = readonly || refusal !== null;
    const library = /** @type {CodeMirror} */ (this.#library);
    const { EditorState, EditorView } = library;
    const tellLimit = () => this.#box.hint(`There is room for no more than ${maxLength} characters`);
    const noNumbers = { ".cm-gutters": { display: "none" } };
    /** @type {Record<string, [made: string, make: () => any]>} */
    const wanted = {
      language: [language, () => languageOf(library, language)],
      placeholder: [placeholder, () => (placeholder ? library.placeholder(placeholder) : [])],
      label: [placeholder, () => EditorView.contentAttributes.of({ "aria-label": placeholder || "Code" })],
      readonly: [String(isReadonly), () => EditorState.readOnly.of(isReadonly)],
      presence: [String(presence), () => (presence ? codeCursors(library, people, text) : [])],
      numbers: [String(lineNumbers), () => (lineNumbers ? [] : EditorView.theme(noNumbers))],
      limit: [String(maxLength), () => limitTo(library, maxLength, tellLimit)],
    };
    return wanted;
  }

  /** Changes what has to be, and leaves the rest alone. */
  #configure() {
    if (!this.#view) return;
    const effects = Object.entries(this.#wanted()).flatMap(([name, [made, makeIt]]) => {
      const part = this.#parts.get(name);
      if (part.made === made) return [];
      part.made = made;
      return [part.compartment.reconfigure(makeIt())];
    });
    if (effects.length > 0) this.#view.dispatch({ effects });
  }

  /** @param {import("./codemirror.js").ViewUpdate} update */
  #showCursor({ view, state, docChanged, selectionSet, focusChanged }) {
    const { presence, text } = this.#shared;
    if (!view.hasFocus) presence.hideCursor(this);
    else if (docChanged || selectionSet || focusChanged) {
      const { anchor, head } = state.selection.main;
      presence.showCursor(this, text, anchor, head);
    }
  }
}
