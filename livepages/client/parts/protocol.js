/** What of the protocol of y-websocket the provider leaves to others: why the server refuses, and how to send less. */

/** @typedef {{arr: Uint8Array, pos: number}} Decoder of lib0, of which the vendored Yjs shows no more */
/** @typedef {{cpos: number, bufs: Uint8Array[]}} Encoder of it too */

/** The kinds of messages. */
export const SYNC = 0;
export const REFUSAL = 2;

const STATE_ASKED = 0;
const STATE_ANSWER = 1;
const CHANGE = 2;
const PERMISSION_DENIED = 0;
const NO_CHANGE = new Uint8Array([0, 0]);

/**
 * Whether a message asks for all that the other side lacks.
 * @param {Decoder} decoder after the kind of the message
 */
export function asksForState({ arr, pos }) {
  return arr[pos] === STATE_ASKED;
}

/**
 * The answer to that in small messages.
 * @param {Uint8Array[]} updates
 */
export function answersOf(updates) {
  return [...updates.map((update) => syncMessage(CHANGE, update)), syncMessage(STATE_ANSWER, NO_CHANGE)];
}

/**
 * Whether there is anything in the usual answer to that.
 * @param {Encoder} encoder
 */
export function isAnswer({ cpos, bufs }) {
  return bufs.length > 0 || cpos > syncMessage(STATE_ANSWER, NO_CHANGE).length;
}

/** @param {Decoder} decoder after the kind of the message */
export function readRefusal(decoder) {
  if (readNumber(decoder) !== PERMISSION_DENIED) return "";
  const length = readNumber(decoder);
  return new TextDecoder().decode(decoder.arr.subarray(decoder.pos, decoder.pos + length));
}

/**
 * @param {number} step
 * @param {Uint8Array} update
 */
function syncMessage(step, update) {
  return new Uint8Array([SYNC, step, ...numberBytes(update.length), ...update]);
}

/** @param {number} number */
function numberBytes(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
  return [...bytes, number];
}

/** @param {Decoder} decoder */
function readNumber(decoder) {
  let number = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = decoder.arr[decoder.pos++] ?? 0;
    number += (byte & 127) * factor;
    if (byte < 128) return number;
  }
}
