/** What is put into a document at once may be too much for one message, and each transaction is one. */

import { lengthOf } from "./text_splice.js";

/** @typedef {import("./text_splice.js").Operation} Operation */
/** @typedef {import("./text_splice.js").Splice} Splice */

/** In units of UTF-16, each of which is three bytes at most: well under what the server takes in one message. */
const PIECE_UNITS = 200_000;
/** What an operation takes beside its text, about. */
const OPERATION_UNITS = 100;

/**
 * Changes a document's text as a delta says.
 * @param {import("./yjs.js").Text} text
 * @param {Operation[]} operations
 * @param {unknown} origin
 */
export function enterDelta(text, operations, origin) {
  for (const piece of piecesOf(operations)) text.doc?.transact(() => text.applyDelta(piece), origin);
}

/**
 * Changes a document's text at several places, one after another.
 * @param {import("./yjs.js").Text} text
 * @param {Splice[]} splices
 * @param {unknown} origin
 */
export function enterSplices(text, splices, origin) {
  const parts = splices.flatMap(partsOf);
  const groups = parts.length > splices.length ? parts.map((part) => [part]) : [parts];
  for (const group of groups) {
    text.doc?.transact(() => {
      for (const { at, removed, inserted } of group) {
        if (removed > 0) text.delete(at, removed);
        if (inserted) text.insert(at, inserted);
      }
    }, origin);
  }
}

/** @param {Operation[]} operations @returns {Operation[][]} deltas that do the same, one after another */
function piecesOf(operations) {
  /** @type {Operation[][]} */
  const pieces = [];
  let size = Infinity;
  let at = 0;
  for (const operation of operations.flatMap(operationsIn)) {
    const units = unitsOf(operation);
    size += units;
    if (size > PIECE_UNITS) pieces.push(at > 0 && pieces.length > 0 ? [{ retain: at }] : []);
    if (size > PIECE_UNITS) size = units;
    pieces.at(-1)?.push(operation);
    if (operation.delete === undefined) at += lengthOf(operation);
  }
  return pieces;
}

/** @param {Operation} operation @returns {Operation[]} */
function operationsIn(operation) {
  const { insert } = operation;
  return typeof insert === "string" ? chunksOf(insert).map((chunk) => ({ ...operation, insert: chunk })) : [operation];
}

/** @param {Operation} operation */
function unitsOf({ insert }) {
  const content = typeof insert === "string" ? insert : JSON.stringify(insert ?? "");
  return OPERATION_UNITS + content.length;
}

/** @param {Splice} splice @returns {Splice[]} */
function partsOf({ at, removed, inserted }) {
  let place = at;
  return chunksOf(inserted).map((chunk, number) => {
    const part = { at: place, removed: number === 0 ? removed : 0, inserted: chunk };
    place += chunk.length;
    return part;
  });
}

/** @param {string} text @returns {string[]} one at least; both halves of a character are in the same */
function chunksOf(text) {
  const chunks = [];
  let start = 0;
  do {
    const end = start + PIECE_UNITS - OPERATION_UNITS;
    const isHalf = /[\ud800-\udbff]/.test(text.charAt(end - 1));
    chunks.push(text.slice(start, isHalf ? end - 1 : end));
    start = isHalf ? end - 1 : end;
  } while (start < text.length);
  return chunks;
}
