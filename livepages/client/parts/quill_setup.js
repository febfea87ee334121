/** What Quill is made to know before its first editor: pictures, strange things, cursors of others, its user's undo. */

import { isShownImage } from "./rich_formats.js";

/** @typedef {typeof import("./quill.js")} QuillModule */
/** @typedef {any} Class one of Quill's, of which no types are at hand */

/** @param {QuillModule} module */
export function prepareQuill({ Quill, QuillCursors }) {
  const changes = {
    "modules/cursors": QuillCursors,
    "modules/clipboard": clipboardModule(Quill.import("modules/clipboard")),
    "modules/history": historyModule(Quill.import("core/module")),
    "formats/image": imageBlot(Quill.import("formats/image")),
    "formats/livepages-unknown": unknownBlot(Quill.import("blots/embed")),
  };
  Quill.register(changes, true);
}

/**
 * Pictures that the page's policy would not load are not asked for, but stay what they are in the document.
 * @param {Class} Base
 */
function imageBlot(Base) {
  return class extends Base {
    /** @param {unknown} value */
    static create(value) {
      const node = super.create();
      if (isShownImage(value)) node.setAttribute("src", value);
      else node.setAttribute("data-source", String(value));
      return node;
    }

    /** @param {Element} node */
    static value(node) {
      return node.getAttribute("data-source") ?? node.getAttribute("src");
    }

    static match() {
      return false;
    }
  };
}

/**
 * Styles and scripts in what is pasted do nothing; without them the browser has nothing to complain of either.
 * @param {Class} Base
 */
function clipboardModule(Base) {
  return class extends Base {
    /** @param {string} html */
    convertHTML(html) {
      return super.convertHTML(html.replace(/<style\b[^]*?<\/style\s*>|\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)/gi, ""));
    }
  };
}

/**
 * Stands for what other clients have put in and Quill does not know. It is not copied.
 * @param {Class} Base
 */
function unknownBlot(Base) {
  return class extends Base {
    static blotName = "livepages-unknown";
    static tagName = "SPAN";
    static className = "livepages-unknown";

    /** @param {unknown} value */
    static create(value) {
      const node = super.create(value);
      node.title = "Something that this editor can't show";
      return node;
    }

    static value() {
      return null;
    }
  };
}

/**
 * Undoes by the document's own manager, which knows whose changes are whose.
 * @param {Class} Base
 */
function historyModule(Base) {
  return class extends Base {
    /** Set by the editor. @type {import("./yjs.js").UndoManager | null} */
    manager = null;

    /**
     * @param {any} quill
     * @param {any} options
     */
    constructor(quill, options) {
      super(quill, options);
      /** @type {(key: string | string[], shiftKey: boolean, action: () => void) => void} */
      const bind = (key, shiftKey, action) => quill.keyboard.addBinding({ key, shortKey: true, shiftKey }, action);
      bind("z", false, () => this.undo());
      bind(["z", "Z"], true, () => this.redo());
      bind("y", false, () => this.redo());
      quill.root.addEventListener("beforeinput", (/** @type {InputEvent} */ event) => {
        if (!["historyUndo", "historyRedo"].includes(event.inputType)) return;
        event.preventDefault();
        if (event.inputType === "historyUndo") this.undo();
        else this.redo();
      });
    }

    undo() {
      if (this["quill"].isEnabled()) this.manager?.undo();
    }

    redo() {
      if (this["quill"].isEnabled()) this.manager?.redo();
    }

    /** What follows is a step of its own. */
    cutoff() {
      this.manager?.stopCapturing();
    }

    clear() {
      this.manager?.clear();
    }
  };
}
