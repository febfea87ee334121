/** CodeMirror's extensions: its own usual ones, but with the document's way to undo, and limits. */

import { codeSync } from "./code_sync.js";
import { keptLengths } from "./text_splice.js";

/** @typedef {typeof import("./codemirror.js")} CodeMirror */

/**
 * @param {CodeMirror} library
 * @param {import("./yjs.js").Text} text
 * @param {import("./yjs.js").UndoManager} undoManager
 */
export function baseExtensions(library, text, undoManager) {
  const { EditorState, EditorView, indentWithTab, keymap } = library;
  return [
    codeSync(library, text, undoManager),
    keymap.of([indentWithTab]),
    setupWithoutHistory(library),
    // Any other line end would make two units of a text one.
    EditorState.lineSeparator.of("\n"),
    EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
    EditorState.tabSize.of(4),
    library.indentUnit.of("    "),
  ];
}

/**
 * CodeMirror's basic setup has a history, which knows nothing of others: it is what makes the setup's undo work.
 * @param {CodeMirror} library
 */
function setupWithoutHistory({ EditorState, basicSetup, keymap }) {
  const all = /** @type {any[]} */ (basicSetup);
  const bindings = EditorState.create({ extensions: all }).facet(keymap).flat();
  const undo = /** @type {any} */ (bindings.find(({ key }) => key === "Mod-z")?.run);
  return all.filter((extension) => {
    const { state } = EditorState.create({ extensions: [extension] }).update({ changes: { from: 0, insert: "x" } });
    return !undo?.({ state, dispatch() {} });
  });
}

/**
 * @param {CodeMirror} library
 * @param {string} name
 */
export function languageOf({ languages }, name) {
  return languages[name]?.() ?? [];
}

/**
 * Cuts what is typed or pasted beyond a limit.
 * @param {CodeMirror} library
 * @param {number} limit
 * @param {() => void} tell
 */
export function limitTo({ EditorState }, limit, tell) {
  if (limit === Infinity) return [];
  return EditorState.transactionFilter.of((transaction) => {
    const { length } = transaction.newDoc;
    const surplus = length - Math.max(limit, transaction.startState.doc.length);
    const isTyped = transaction.docChanged && transaction.isUserEvent("input");
    if (!isTyped || length <= limit) return transaction;
    queueMicrotask(tell);
    return cutChanges(transaction, surplus > 0 ? length - limit : surplus);
  });
}

/**
 * @param {import("./codemirror.js").Transaction} transaction
 * @param {number} surplus
 */
function cutChanges(transaction, surplus) {
  /** @type {{from: number, to: number, insert: string}[]} */
  const changes = [];
  transaction.changes.iterChanges((from, to, _fromB, _toB, insert) => {
    changes.push({ from, to, insert: insert.toString() });
  });
  const kept = keptLengths(changes.map(({ insert }) => insert), surplus);
  changes.forEach((change, index) => (change.insert = change.insert.slice(0, kept[index])));
  const [first] = changes;
  const anchor = first ? first.from + first.insert.length : 0;
  return { changes, userEvent: "input", ...(changes.length === 1 && { selection: { anchor } }) };
}
