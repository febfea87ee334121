/** A cursor's place, which stays with the letters around it while the text changes. */

import { compareRelativePositions, createRelativePositionFromTypeIndex } from "./yjs.js";
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON } from "./yjs.js";

/** @typedef {import("./yjs.js").Text} Text */

/**
 * @param {Text} text
 * @param {number} index
 */
export function placeAt(text, index) {
  return createRelativePositionFromTypeIndex(text, index);
}

/**
 * @param {any} one
 * @param {any} other
 */
export function isSamePlace(one, other) {
  return compareRelativePositions(one, other);
}

/**
 * Where a place is now; null if that is not in this text.
 * @param {any} place
 * @param {Text} text
 */
export function indexOf(place, text) {
  try {
    const position = createRelativePositionFromJSON(place);
    const found = text.doc && createAbsolutePositionFromRelativePosition(position, text.doc);
    return found?.type === text ? found.index : null;
  } catch {
    return null;
  }
}

/**
 * Whether it is one at all: others may say anything.
 * @param {any} place
 */
export function isPlace(place) {
  if (!place || typeof place !== "object" || !isId(place.type) || !isId(place.item)) return false;
  return [null, undefined, "text"].includes(place.tname) && Boolean(place.type || place.item || place.tname);
}

/** @param {any} id */
function isId(id) {
  return id === null || id === undefined || (isCount(id.client) && isCount(id.clock));
}

/** @param {unknown} value */
function isCount(value) {
  return Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
}
