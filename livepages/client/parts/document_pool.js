/** The documents of the page by their rooms, each held as long as a host shows it and a little longer. */

import { SharedDocument } from "./shared_document.js";

/** A host that goes often comes back at once, elsewhere on the page. */
const LINGER_MS = 1000;

export class DocumentPool {
  #person;
  /** @type {Map<string, {document: SharedDocument, hosts: number}>} */
  #entries = new Map();

  /** @param {import("./person.js").Person} person */
  constructor(person) {
    this.#person = person;
  }

  start() {
    addEventListener("pagehide", () => this.#each((document) => document.suspend()));
    addEventListener("pageshow", ({ persisted }) => persisted && this.#each((document) => document.resume()));
    addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#each((shared) => shared.stash());
    });
  }

  /** @param {string} room */
  acquire(room) {
    const known = this.#entries.get(room);
    // One that was refused when nothing showed it may be wanted now.
    const over = known?.hosts === 0 && known.document.refusal !== null ? known : null;
    over?.document.destroy();
    const entry = known && !over ? known : { document: new SharedDocument(room, this.#person), hosts: 0 };
    this.#entries.set(room, entry);
    entry.hosts++;
    return entry.document;
  }

  /** @param {string} room */
  release(room) {
    const entry = this.#entries.get(room);
    if (!entry) return;
    entry.hosts--;
    if (entry.hosts === 0) this.#discardLater(room);
  }

  /** What the server may not have is not thrown away with the last host. @param {string} room */
  #discardLater(room) {
    setTimeout(() => {
      const entry = this.#entries.get(room);
      if (!entry || entry.hosts > 0) return;
      if (!entry.document.isSaved) return this.#discardLater(room);
      this.#entries.delete(room);
      entry.document.destroy();
    }, LINGER_MS);
  }

  /** @param {(document: SharedDocument) => void} action */
  #each(action) {
    for (const { document } of this.#entries.values()) action(document);
  }
}
