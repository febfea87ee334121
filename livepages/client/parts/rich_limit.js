/** Cuts what was typed or pasted beyond a limit. */

import { isHighSurrogate } from "./text_splice.js";

/**
 * The change that takes the surplus out of what another has put in, from its end; null if that has put in nothing.
 * @param {any} Delta
 * @param {{ops: any[]}} change
 * @param {number} surplus
 */
export function withinLimit(Delta, { ops }, surplus) {
  const cuts = [];
  let index = 0;
  for (const { insert, retain = 0 } of ops) {
    index += retain;
    if (insert === undefined) continue;
    const length = insert.length ?? 1;
    cuts.push({ index, length, insert });
    index += length;
  }
  const cut = new Delta();
  let end = 0;
  for (const { from, length } of lastOnes(cuts, surplus)) {
    cut.retain(from - end).delete(length);
    end = from + length;
  }
  return end > 0 || cut.ops.length > 0 ? cut : null;
}

/**
 * Where what is left of it ends, of what a change has put in last.
 * @param {{ops: any[]}} change
 */
export function endOfInserts({ ops }) {
  let index = 0;
  let end = 0;
  for (const { insert, retain = 0 } of ops) {
    index += retain + (insert === undefined ? 0 : (insert.length ?? 1));
    if (insert !== undefined) end = index;
  }
  return end;
}

/**
 * @param {{index: number, length: number, insert: any}[]} inserts
 * @param {number} surplus
 */
function lastOnes(inserts, surplus) {
  /** @type {{from: number, length: number}[]} */
  const last = [];
  for (const { index, length, insert } of inserts.toReversed()) {
    if (surplus <= 0) break;
    let kept = Math.max(length - surplus, 0);
    if (kept > 0 && isHighSurrogate(insert, kept - 1)) kept--;
    last.unshift({ from: index + kept, length: length - kept });
    surplus -= length - kept;
  }
  return last;
}
