/** What of a document the server may not have yet, kept in sessionStorage for the next load of the page in this tab. */

const STASH_PREFIX = "livepages/document/";
/** Beyond this, storing may fail or take the room of others. */
const STASH_LIMIT = 2_000_000;

export class Stash {
  #key;

  /** @param {string} room */
  constructor(room) {
    this.#key = STASH_PREFIX + room;
  }

  /** @returns {Uint8Array | null} */
  read() {
    try {
      const kept = sessionStorage.getItem(this.#key);
      return kept === null ? null : Uint8Array.from(atob(kept), (character) => character.charCodeAt(0));
    } catch {
      return null;
    }
  }

  /** @param {Uint8Array} update */
  keep(update) {
    if (update.length > STASH_LIMIT) return;
    try {
      let binary = "";
      for (const byte of update) binary += String.fromCharCode(byte);
      sessionStorage.setItem(this.#key, btoa(binary));
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
