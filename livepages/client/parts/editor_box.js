/** What a rich text or code editor stands in: its box, and the words about its state below it. */

import { make, showStyled } from "./elements.js";

const HINT_MS = 4000;

export class EditorBox {
  element;
  /** Where the editor goes. */
  area = make("div", "livepages-area");
  #shared;
  /** @type {(() => void) | null} */
  #onReady = null;
  #onState;
  #alert = make("div", "livepages-alert");
  #hint = make("div", "livepages-hint");
  #passing = "";
  /** @type {number | undefined} */
  #passingTimer;
  #isReady = false;
  #isDestroyed = false;

  /**
   * @param {HTMLElement} host
   * @param {import("./shared_document.js").SharedDocument} shared
   * @param {string} classes
   * @param {() => void} onState hears of every change of the document's state, once the editor is there
   */
  constructor(host, shared, classes, onState) {
    this.#shared = shared;
    this.#onState = onState;
    this.element = make("div", `livepages-box ${classes}`);
    this.#alert.setAttribute("role", "alert");
    this.#hint.setAttribute("role", "status");
    this.element.append(this.area, this.#alert, this.#hint);
    showStyled(this.element);
    host.replaceChildren(this.element);
    shared.watch(this.#update);
  }

  /**
   * The editor comes when both its library and the document's text are there.
   * @template Library
   * @param {Promise<Library>} loading
   * @param {(library: Library) => void} onReady
   */
  async fill(loading, onReady) {
    this.#say();
    try {
      const library = await loading;
      this.#onReady = () => onReady(library);
    } catch (error) {
      console.error("livepages: an editor can't be loaded", error);
      this.#alert.textContent = "The editor can't be loaded. Load the page again to try once more.";
      this.#hint.textContent = "";
      return;
    }
    this.#update();
  }

  /** Something that is to be known for a moment. @param {string} text */
  hint(text) {
    clearTimeout(this.#passingTimer);
    this.#passing = text;
    this.#passingTimer = setTimeout(() => {
      this.#passing = "";
      this.#say();
    }, HINT_MS);
    this.#say();
  }

  destroy() {
    this.#isDestroyed = true;
    clearTimeout(this.#passingTimer);
    this.#shared.unwatch(this.#update);
    this.element.remove();
  }

  #update = () => {
    if (this.#isDestroyed) return;
    const { isKnown, refusal, text } = this.#shared;
    // What was kept from an earlier load is shown even if the server takes no more: it can still be copied.
    const hasText = isKnown || (refusal !== null && text.length > 0);
    if (hasText && this.#onReady && !this.#isReady) {
      this.#isReady = true;
      this.#onReady();
    }
    this.#say();
    if (this.#isReady) this.#onState();
  };

  #say() {
    const { refusal, isOffline, setback } = this.#shared;
    const isReadonly = this.area.querySelector("[aria-readonly=true]") !== null;
    const offline = isReadonly ? "Offline: what others write shows later" : "Offline: your changes are kept and sent later";
    const lasting = isOffline ? offline : "";
    const loading = this.#isReady || refusal !== null ? "" : "Loading…";
    this.element.classList.toggle("livepages-loading", Boolean(loading));
    setText(this.#alert, refusal ?? "");
    const usual = loading && isOffline ? "Connecting…" : loading || lasting;
    setText(this.#hint, this.#passing || setback.reason || usual);
  }
}

/**
 * A live region that is written to speaks, even if it says the same.
 * @param {HTMLElement} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
