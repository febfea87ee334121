/** The message in which the server says why it takes no more, by the protocol of y-websocket. */

/** @typedef {{arr: Uint8Array, pos: number}} Decoder of lib0, of which the vendored Yjs shows no more */

const PERMISSION_DENIED = 0;

/** @param {Decoder} decoder after the kind of the message */
export function readRefusal(decoder) {
  if (readNumber(decoder) !== PERMISSION_DENIED) return "";
  const length = readNumber(decoder);
  return new TextDecoder().decode(decoder.arr.subarray(decoder.pos, decoder.pos + length));
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
