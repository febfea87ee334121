/** Where others are in a code editor, with their names for a moment after they have moved. */

/** @typedef {typeof import("./codemirror.js")} CodeMirror */
/** @typedef {import("./presence.js").Cursor} Cursor */

/**
 * @param {CodeMirror} library
 * @param {import("./presence.js").Presence} presence
 * @param {import("./yjs.js").Text} text
 */
export function codeCursors(library, presence, text) {
  const { Decoration, StateEffect, ViewPlugin } = library;
  const redraw = StateEffect.define();
  const Caret = caretClass(library);

  class Cursors {
    decorations = Decoration.none;
    /** How often each has moved, so that its name is shown anew. @type {Map<number, number>} */
    #moves = new Map();
    #view;

    /** @param {import("./codemirror.js").EditorView} view */
    constructor(view) {
      this.#view = view;
      presence.watch(this.#moved);
      this.#draw(view.state);
    }

    /** @param {import("./codemirror.js").ViewUpdate} update */
    update({ changes, docChanged, transactions, state }) {
      const isAsked = transactions.some(({ effects }) => effects.some((effect) => effect.is(redraw)));
      if (docChanged && this.#view.composing) this.decorations = this.decorations.map(changes);
      else if (docChanged || isAsked) this.#draw(state);
    }

    destroy() {
      presence.unwatch(this.#moved);
    }

    /** @type {(ids: number[]) => void} */
    #moved = (ids) => {
      const others = ids.filter((id) => id !== text.doc?.clientID);
      for (const id of others) this.#moves.set(id, (this.#moves.get(id) ?? 0) + 1);
      // A composition is not to be disturbed, and ends with a change.
      if (others.length > 0 && !this.#view.composing) this.#view.dispatch({ effects: redraw.of(null) });
    };

    /** @param {import("./codemirror.js").EditorState} state */
    #draw({ doc }) {
      const cursors = presence.cursors(text);
      this.decorations = Decoration.set(cursors.flatMap((cursor) => this.#drawn(cursor, doc.length)), true);
    }

    /**
     * @param {Cursor} cursor
     * @param {number} length
     */
    #drawn({ id, name, color, anchor, head }, length) {
      const [from, to] = [Math.min(anchor, head, length), Math.min(Math.max(anchor, head), length)];
      const widget = new Caret(`${id} ${this.#moves.get(id) ?? 0} ${name}`, name, color);
      const caret = Decoration.widget({ widget, side: head > anchor ? -1 : 1 }).range(Math.min(head, length));
      const attributes = { style: `background-color: ${color}33` };
      return from === to ? [caret] : [Decoration.mark({ attributes }).range(from, to), caret];
    }
  }
  return ViewPlugin.fromClass(Cursors, { decorations: ({ decorations }) => decorations });
}

/** @param {CodeMirror} library */
function caretClass({ WidgetType }) {
  return class extends WidgetType {
    #key;
    #name;
    #color;

    /**
     * @param {string} key
     * @param {string} name
     * @param {string} color
     */
    constructor(key, name, color) {
      super();
      this.#key = key;
      this.#name = name;
      this.#color = color;
    }

    /** @param {any} other */
    eq(other) {
      return other.#key === this.#key;
    }

    toDOM() {
      const caret = document.createElement("span");
      const flag = document.createElement("span");
      caret.className = "livepages-caret";
      caret.style.borderColor = this.#color;
      flag.className = "livepages-flag";
      flag.style.backgroundColor = this.#color;
      flag.textContent = this.#name;
      caret.append(flag);
      return caret;
    }

    ignoreEvent() {
      return true;
    }
  };
}
