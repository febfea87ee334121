/** Where others are in a rich text, with their names for a moment after they have moved. */

const FLAG_MS = 2500;

export class RichCursors {
  #quill;
  #module;
  #text;
  #presence;
  #isShown = false;
  #isPlanned = false;
  /** The looks of those that are shown. @type {Map<string, string>} */
  #looks = new Map();
  /** Those that have moved since they were last drawn. @type {Set<string>} */
  #fresh = new Set();
  /** @type {Map<string, number>} */
  #timers = new Map();

  /**
   * @param {any} quill
   * @param {import("./yjs.js").Text} text
   * @param {import("./presence.js").Presence} presence
   */
  constructor(quill, text, presence) {
    this.#quill = quill;
    this.#module = quill.getModule("cursors");
    this.#text = text;
    this.#presence = presence;
    quill.on("text-change", this.#plan);
    presence.watch(this.#moved);
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.#isShown = isShown;
    this.#draw();
  }

  destroy() {
    this.#isShown = false;
    this.#quill.off("text-change", this.#plan);
    this.#presence.unwatch(this.#moved);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#module.destroy();
  }

  /** @type {(ids: number[]) => void} */
  #moved = (ids) => {
    for (const id of ids) this.#fresh.add(String(id));
    this.#plan();
  };

  /** However much changes, cursors are drawn once for each frame: each time the browser has to lay the text out. */
  #plan = () => {
    if (this.#isPlanned || !this.#isShown) return;
    this.#isPlanned = true;
    requestAnimationFrame(() => {
      this.#isPlanned = false;
      if (!this.#isShown) return;
      this.#draw();
      for (const id of this.#fresh) if (this.#looks.has(id)) this.#flag(id);
      this.#fresh.clear();
    });
  };

  #draw() {
    const cursors = this.#isShown ? this.#presence.cursors(this.#text) : [];
    const ids = new Set(cursors.map(({ id }) => String(id)));
    for (const id of this.#looks.keys()) if (!ids.has(id)) this.#remove(id);
    for (const { id, name, color, anchor, head } of cursors) {
      const key = String(id);
      const looks = `${color}${name}`;
      if (this.#looks.has(key) && this.#looks.get(key) !== looks) this.#remove(key);
      this.#looks.set(key, looks);
      this.#module.createCursor(key, name, color);
      this.#module.moveCursor(key, { index: anchor, length: head - anchor });
    }
  }

  /** @param {string} id */
  #flag(id) {
    clearTimeout(this.#timers.get(id));
    this.#module.toggleFlag(id, true);
    this.#timers.set(id, setTimeout(() => this.#module.toggleFlag(id, false), FLAG_MS));
  }

  /** @param {string} id */
  #remove(id) {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#looks.delete(id);
    this.#module.removeCursor(id);
  }
}
