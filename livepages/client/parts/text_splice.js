/** What one side has made of a text: some of it replaced at one place. All in units of UTF-16, as in the DOM. */

/** @typedef {{at: number, removed: number, inserted: string}} Splice */
/** @typedef {{insert?: any, delete?: number, retain?: number, attributes?: object}} Operation of a document's text */

/**
 * What has become of a text. Where letters repeat, the caret tells which of them is new.
 * @param {string} before
 * @param {string} after
 * @param {number} [caret] where it stands after the change
 * @returns {Splice | null}
 */
export function spliceBetween(before, after, caret = after.length) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const behind = Math.min(after.length - caret, shorter);
  let suffix = 0;
  while (suffix < behind && isSameFromEnd(before, after, suffix)) suffix++;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix++;
  while (suffix < shorter - prefix && isSameFromEnd(before, after, suffix)) suffix++;
  // Both halves of a character change, or none.
  if (prefix > 0 && isHighSurrogate(before, prefix - 1)) prefix--;
  if (suffix > 0 && isLowSurrogate(before, before.length - suffix)) suffix--;
  const removed = before.length - suffix - prefix;
  return { at: prefix, removed, inserted: after.slice(prefix, after.length - suffix) };
}

/**
 * @param {string} one
 * @param {string} other
 * @param {number} index
 */
function isSameFromEnd(one, other, index) {
  return one[one.length - 1 - index] === other[other.length - 1 - index];
}

/**
 * Whether the first half of a character that takes two units stands there.
 * @param {string} text
 * @param {number} index
 */
function isHighSurrogate(text, index) {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/**
 * @param {string} text
 * @param {number} index
 */
function isLowSurrogate(text, index) {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** @param {Operation} operation */
export function lengthOf({ insert, delete: removed, retain }) {
  if (insert === undefined) return removed ?? retain ?? 0;
  return typeof insert === "string" ? insert.length : 1;
}

/**
 * Where a place in a text has gone. What is put in right there comes after it.
 * @param {Operation[]} operations
 * @param {number} place
 */
export function shiftPlace(operations, place) {
  let index = 0;
  for (const operation of operations) {
    const length = lengthOf(operation);
    if (index > place || (index === place && operation.delete === undefined)) break;
    if (operation.insert !== undefined) place += index < place ? length : 0;
    else if (operation.delete !== undefined) place -= Math.min(length, place - index);
    if (operation.delete === undefined) index += length;
  }
  return place;
}

/**
 * Where the last of the changes ends.
 * @param {Operation[]} operations
 */
export function endOf(operations) {
  let index = 0;
  let end = 0;
  for (const operation of operations) {
    if (operation.delete === undefined) index += lengthOf(operation);
    if (operation.retain === undefined || operation.attributes) end = index;
  }
  return end;
}

/**
 * How much stays of each of what was put in, if a surplus is cut from the end.
 * @param {any[]} inserts
 * @param {number} surplus
 */
export function keptLengths(inserts, surplus) {
  let rest = Math.max(surplus, 0);
  const kept = inserts.toReversed().map((insert) => {
    const length = lengthOf({ insert });
    let stays = Math.max(length - rest, 0);
    if (stays > 0 && stays < length && isHighSurrogate(insert, stays - 1)) stays--;
    rest = Math.max(rest - (length - stays), 0);
    return stays;
  });
  return kept.reverse();
}
