/**
 * Keeps CodeMirror and a document's text alike. Like y-codemirror, with what that leaves out: an input method's
 * composition is not disturbed by others, and what they put in that is no text takes no more place than it has.
 */

import { endOf, lengthOf, spliceBetween } from "./text_splice.js";
import { enterSplices } from "./pieces.js";
import { shownInsert, shownText } from "./shown_text.js";

/** @typedef {typeof import("./codemirror.js")} CodeMirror */
/** @typedef {import("./codemirror.js").ChangeSet} ChangeSet */

/** The last of a composition's changes may come after its end. */
const COMPOSED_MS = 20;

/**
 * @param {CodeMirror} library
 * @param {import("./yjs.js").Text} text
 * @param {import("./yjs.js").UndoManager} undo of what this editor changes
 */
export function codeSync(library, text, undo) {
  const { Annotation, EditorView, ViewPlugin, keymap } = library;
  const fromDocument = Annotation.define();
  const plugin = ViewPlugin.define((view) => new CodeSync(view, text, undo, fromDocument), {
    eventHandlers: {
      compositionend() {
        setTimeout(() => this.settle(), COMPOSED_MS);
      },
    },
  });
  return [plugin, keymap.of(undoKeys(undo)), EditorView.domEventHandlers({ beforeinput: undoInput(undo) })];
}

class CodeSync {
  #view;
  #text;
  #undo;
  #fromDocument;
  /** What has changed here and is not in the document, from the same text on as `#theirs`. @type {ChangeSet | null} */
  #own = null;
  /** What others have changed and is not here. @type {ChangeSet | null} */
  #theirs = null;

  /**
   * @param {import("./codemirror.js").EditorView} view
   * @param {import("./yjs.js").Text} text
   * @param {import("./yjs.js").UndoManager} undo
   * @param {import("./codemirror.js").AnnotationType<boolean>} fromDocument
   */
  constructor(view, text, undo, fromDocument) {
    this.#view = view;
    this.#text = text;
    this.#undo = undo;
    this.#fromDocument = fromDocument;
    undo.addTrackedOrigin(this);
    text.observe(this.#received);
  }

  /** @param {import("./codemirror.js").ViewUpdate} update */
  update({ docChanged, changes, transactions }) {
    if (!docChanged || transactions.some((one) => one.annotation(this.#fromDocument))) return;
    this.#own = this.#own?.compose(changes) ?? changes;
    if (this.#isComposing) return;
    if (this.#theirs) setTimeout(() => this.settle());
    else this.#send();
  }

  destroy() {
    this.#text.unobserve(this.#received);
    this.#send();
  }

  /** Brings both sides together again. */
  settle() {
    if (this.#isComposing || !(this.#own || this.#theirs)) return;
    const theirs = this.#own ? this.#theirs?.map(this.#own) : this.#theirs;
    this.#send();
    if (theirs) this.#show(theirs);
  }

  get #isComposing() {
    return this.#view.composing || this.#view.compositionStarted;
  }

  /** @type {(event: import("./yjs.js").YTextEvent, transaction: import("./yjs.js").Transaction) => void} */
  #received = ({ delta }, { origin }) => {
    if (origin === this) return;
    const changes = this.#changesOf(delta);
    if (this.#isComposing || this.#own) this.#theirs = this.#theirs?.compose(changes) ?? changes;
    else this.#show(changes, origin === this.#undo ? { anchor: endOf(delta) } : undefined);
  };

  /** What was changed here goes into the document. */
  #send() {
    const changes = this.#theirs ? this.#own?.map(this.#theirs, true) : this.#own;
    this.#own = null;
    this.#theirs = null;
    if (!changes) return;
    /** @type {import("./text_splice.js").Splice[]} */
    const splices = [];
    changes.iterChanges((start, end, from, _to, inserted) => {
      splices.push({ at: from, removed: end - start, inserted: inserted.toString() });
    });
    enterSplices(this.#text, splices, this);
  }

  /**
   * @param {ChangeSet} changes
   * @param {{anchor: number}} [selection]
   */
  #show(changes, selection) {
    const annotations = this.#fromDocument.of(true);
    const spec = selection ? { selection, scrollIntoView: true } : {};
    try {
      this.#view.dispatch({ ...spec, changes, annotations });
    } catch (error) {
      console.warn("livepages: the code editor can't apply a change; its text is made anew", error);
    }
    const { doc } = this.#view.state;
    const splice = doc.length === this.#text.length ? null : spliceBetween(doc.toString(), shownText(this.#text));
    if (splice) this.#view.dispatch({ changes: replacement(splice), annotations });
  }

  /**
   * @param {import("./text_splice.js").Operation[]} delta
   * @returns {ChangeSet}
   */
  #changesOf(delta) {
    const specs = [];
    let index = 0;
    let growth = 0;
    for (const operation of delta) {
      const length = lengthOf(operation);
      const { insert, delete: removed } = operation;
      if (insert !== undefined) specs.push({ from: index, insert: shownInsert(insert) });
      else if (removed) specs.push({ from: index, to: index + length });
      if (insert === undefined) index += length;
      growth += insert !== undefined ? length : removed ? -length : 0;
    }
    const { constructor: ChangeSets } = this.#view.state.changes([]);
    return /** @type {any} */ (ChangeSets).of(specs, this.#text.length - growth, "\n");
  }
}

/** @param {import("./text_splice.js").Splice} splice */
function replacement({ at, removed, inserted }) {
  return { from: at, to: at + removed, insert: inserted };
}

/** @param {import("./yjs.js").UndoManager} undo */
function undoKeys(undo) {
  const step = (/** @type {"undo" | "redo"} */ name) => (/** @type {any} */ { state }) => {
    if (!state.readOnly) undo[name]();
    return true;
  };
  return [
    { key: "Mod-z", run: step("undo"), shift: step("redo"), preventDefault: true },
    { key: "Mod-y", run: step("redo"), preventDefault: true },
  ];
}

/** @param {import("./yjs.js").UndoManager} undo */
function undoInput(undo) {
  return (/** @type {InputEvent} */ { inputType }, /** @type {import("./codemirror.js").EditorView} */ { state }) => {
    if (inputType !== "historyUndo" && inputType !== "historyRedo") return false;
    if (!state.readOnly) undo[inputType === "historyUndo" ? "undo" : "redo"]();
    return true;
  };
}
