/** Rich text: Quill on a document that others edit too. */

import { EditorBox } from "./editor_box.js";
import { FORMAT_NAMES } from "./rich_formats.js";
import { RichBinding } from "./rich_binding.js";
import { RichCursors } from "./rich_cursors.js";
import { Toolbar } from "./toolbar.js";
import { IMAGE_TYPES, insertImages, pasteMatchers } from "./images.js";
import { leaveByTab } from "./leaving.js";
import { make } from "./elements.js";
import { undoManager } from "./undo.js";

export class RichEditor {
  #shared;
  #options;
  #box;
  #bar = make("div", "livepages-toolbar");
  /** @type {any} */
  #quill = null;
  /** @type {Toolbar | null} */
  #toolbar = null;
  /** What was selected when its user had to stop writing. @type {{index: number, length: number} | null} */
  #left = null;
  /** @type {RichBinding | null} */
  #binding = null;
  /** @type {RichCursors | null} */
  #cursors = null;
  /** @type {import("./yjs.js").UndoManager | null} */
  #undo = null;

  /**
   * @param {HTMLElement} host
   * @param {import("./shared_document.js").SharedDocument} shared
   * @param {import("./options.js").Options} options
   * @param {import("./libraries.js").Libraries} libraries
   */
  constructor(host, shared, options, libraries) {
    this.#shared = shared;
    this.#options = options;
    this.#box = new EditorBox(host, shared, "livepages-rich", () => this.#enable());
    this.#box.element.prepend(this.#bar);
    shared.presence.join(this, options.presence);
    this.#box.fill(libraries.quill, (module) => this.#show(module));
  }

  /** What is selected, if its user is in it. @returns {import("./writing_place.js").Place | null} */
  get place() {
    const range = this.#quill?.hasFocus() ? this.#quill.getSelection() : null;
    return range && [range.index, range.index + range.length];
  }

  /** Where its user begins, once it is there. @param {import("./writing_place.js").Place} place */
  enter([start, end]) {
    this.#left = { index: start, length: end - start };
  }

  /** @param {import("./options.js").Options} options */
  change(options) {
    this.#options = options;
    this.#shared.presence.join(this, options.presence);
    if (this.#quill) this.#apply();
  }

  destroy() {
    this.#shared.presence.leave(this);
    this.#cursors?.destroy();
    this.#binding?.destroy();
    this.#undo?.destroy();
    this.#box.destroy();
  }

  /** @param {import("./quill_setup.js").QuillModule} module */
  #show({ Quill, Delta }) {
    const root = this.#box.area.appendChild(make("div", "livepages-text"));
    const quill = new Quill(root, {
      theme: "snow",
      formats: FORMAT_NAMES,
      bounds: this.#box.element,
      modules: {
        toolbar: { container: this.#bar, handlers: this.#handlers() },
        clipboard: { matchers: pasteMatchers(Delta, () => this.#quill) },
        uploader: { mimetypes: IMAGE_TYPES, handler: this.#uploader(Delta) },
        cursors: { selectionChangeSource: null },
      },
    });
    this.#quill = quill;
    const { text, presence } = this.#shared;
    const hitLimit = () => this.#box.hint(`There is room for no more than ${this.#options.maxLength} characters`);
    this.#binding = new RichBinding({ owner: this, text, presence, quill, Delta, hitLimit });
    this.#undo = undoManager(text, this.#binding);
    this.#binding.undo = this.#undo;
    quill.history.manager = this.#undo;
    this.#cursors = new RichCursors(quill, text, presence);
    this.#toolbar = new Toolbar(Quill, quill, this.#bar);
    quill.root.setAttribute("role", "textbox");
    quill.root.setAttribute("aria-multiline", "true");
    leaveByTab(quill.root);
    this.#apply();
    this.#goOn();
  }

  #apply() {
    const { root } = this.#quill;
    const { toolbar, placeholder, readonly, spellcheck, presence, maxLength } = this.#options;
    this.#toolbar?.show(readonly ? [] : toolbar);
    root.setAttribute("data-placeholder", placeholder);
    root.setAttribute("aria-label", placeholder || "Text");
    root.setAttribute("spellcheck", String(spellcheck));
    if (this.#binding) this.#binding.limit = maxLength;
    this.#cursors?.show(presence);
    this.#binding?.showCursor();
    this.#enable();
  }

  /** Nothing is typed where it would not be kept; reading and copying go on. */
  #enable() {
    if (!this.#quill) return;
    const isEnabled = !this.#options.readonly && this.#shared.refusal === null;
    if (this.#quill.isEnabled() !== isEnabled) this.#switch(isEnabled);
    this.#quill.root.setAttribute("aria-readonly", String(!isEnabled));
    this.#toolbar?.enable(isEnabled);
  }

  /**
   * Who was writing when it was closed writes on when it is opened, if he has gone nowhere else.
   * @param {boolean} isEnabled
   */
  #switch(isEnabled) {
    if (!isEnabled) this.#left = this.#quill.hasFocus() ? this.#quill.getSelection() : null;
    this.#quill.enable(isEnabled);
    if (isEnabled) this.#goOn();
  }

  /** Puts the caret where it was, unless it is somewhere else on the page now. */
  #goOn() {
    if (this.#left && document.activeElement === document.body) this.#quill.setSelection(this.#left, "user");
    this.#left = null;
  }

  #handlers() {
    return {
      undo: () => this.#quill.history.undo(),
      redo: () => this.#quill.history.redo(),
    };
  }

  /** @param {any} Delta */
  #uploader(Delta) {
    return async (/** @type {{index: number, length: number}} */ range, /** @type {File[]} */ files) => {
      const failed = await insertImages(this.#quill, Delta, range, files);
      const text = files.length === 1 ? "This picture can't be used" : "Some pictures can't be used";
      if (failed > 0) this.#box.hint(text);
    };
  }
}
