/** The large libraries, loaded when something on the page first needs them. */

import { loadStyles } from "./elements.js";
import { prepareQuill } from "./quill_setup.js";

export class Libraries {
  /** @type {Promise<import("./quill_setup.js").QuillModule> | null} */
  #quill = null;
  /** @type {Promise<typeof import("./codemirror.js")> | null} */
  #codemirror = null;

  get quill() {
    this.#quill ??= this.#loadQuill().catch((error) => {
      this.#quill = null; // the next one may have more luck
      throw error;
    });
    return this.#quill;
  }

  get codemirror() {
    this.#codemirror ??= import("./codemirror.js").catch((error) => {
      this.#codemirror = null;
      throw error;
    });
    return this.#codemirror;
  }

  async #loadQuill() {
    const [module] = await Promise.all([import("./quill.js"), loadStyles("quill.css"), loadStyles("parts.css")]);
    prepareQuill(module);
    return module;
  }
}
