/** What the program itself shows above the page: the reconnecting mark, toasts, errors. */

const MARK_DELAY_MS = 1000;
const TOAST_MS = 5000;
const ERROR_MS = 10_000;
const NOTICE_LIMIT = 6;

/** @typedef {import("./wire.js").Toast} Toast */
/** @typedef {import("./wire.js").Failure} Failure */

export class Notices {
  /** @type {HTMLElement | null} */
  #mark = null;
  /** @type {number | undefined} */
  #markTimer;
  #stack = make("div", "livepages-notices");

  start() {
    // A live region has to be in the page before what it tells of.
    this.#mark = make("div", "livepages-mark");
    this.#mark.setAttribute("role", "status");
    this.#stack.setAttribute("role", "status");
    this.#stack.setAttribute("aria-live", "polite");
    document.body.append(this.#mark, this.#stack);
  }

  /** The page is not connected; a moment of that is no news. */
  disconnected() {
    this.#markTimer ??= setTimeout(() => this.#mark?.replaceChildren("Reconnecting…"), MARK_DELAY_MS);
  }

  connected() {
    clearTimeout(this.#markTimer);
    this.#markTimer = undefined;
    this.#mark?.replaceChildren();
  }

  /** @param {Toast} toast */
  toast({ text, kind }) {
    const notice = make("div", `livepages-toast livepages-toast-${kind}`, text);
    notice.onclick = () => notice.remove();
    this.#show(notice, TOAST_MS);
  }

  /**
   * An error with its id, by which the server's log has it.
   * @param {Pick<Failure, "message" | "id">} failure
   */
  error({ message, id }) {
    const notice = make("div", "livepages-error", message);
    if (id) notice.append(" ", make("code", "livepages-error-id", id));
    const close = make("button", "livepages-close", "×");
    close.setAttribute("aria-label", "Close");
    close.onclick = () => notice.remove();
    notice.prepend(close);
    this.#show(notice, ERROR_MS);
  }

  /**
   * @param {HTMLElement} notice
   * @param {number} time in ms until it goes by itself
   */
  #show(notice, time) {
    this.#stack.append(notice);
    if (this.#stack.childElementCount > NOTICE_LIMIT) this.#stack.firstElementChild?.remove();
    setTimeout(() => notice.remove(), time);
  }
}

/**
 * @param {string} tag
 * @param {string} classes
 * @param {string} [text]
 */
export function make(tag, classes, text = "") {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = text;
  return element;
}
