/** What of a document the server may not have yet, kept in sessionStorage for the next load of the page in this tab. */

const STASH_PREFIX = "livepages/document/";
/** In bytes. Beyond this, storing may fail or take the room of others. */
const STASH_LIMIT = 2_000_000;

export class Stash {
  #key;

  /** @param {string} room */
  constructor(room) {
    this.#key = STASH_PREFIX + room;
  }

  /** @returns {Uint8Array[]} updates, in their order */
  read() {
    try {
      /** @type {string[]} */
      const kept = JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
      return kept.map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
    } catch {
      return [];
    }
  }

  /** @param {Uint8Array[]} updates */
  keep(updates) {
    if (updates.reduce((size, { length }) => size + length, 0) > STASH_LIMIT) return;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(updates.map(asText)));
    } catch {
      // Full or forbidden: the page works without.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // Forbidden: then nothing was kept either.
    }
  }
}

/** @param {Uint8Array} bytes */
function asText(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
