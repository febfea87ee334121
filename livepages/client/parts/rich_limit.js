/** Cuts what was typed or pasted beyond a limit. */

import { keptLengths, lengthOf } from "./text_splice.js";

/**
 * The change that takes the surplus out of what another has put in, from its end; null if that has put in nothing.
 * @param {any} Delta
 * @param {{ops: any[]}} change
 * @param {number} surplus
 */
export function withinLimit(Delta, { ops }, surplus) {
  const inserts = ops.flatMap(({ insert }) => (insert === undefined ? [] : [insert]));
  const kept = keptLengths(inserts, surplus);
  const cut = new Delta();
  for (const { insert, retain = 0 } of ops) {
    cut.retain(retain);
    if (insert === undefined) continue;
    const stays = kept.shift() ?? 0;
    cut.retain(stays).delete(lengthOf({ insert }) - stays);
  }
  return cut.chop().ops.length > 0 ? cut : null;
}
