/** What the server says is wrong with what fields hold, shown beside them. */

import { isField } from "./values.js";
import { make } from "./notices.js";

export class Validity {
  /** The messages by their fields. @type {Map<Element, HTMLElement>} */
  #messages = new Map();

  start() {
    // What the user makes of it now, the server has not seen: it must not keep a form from being sent.
    document.addEventListener("input", ({ target }) => isField(target) && target.setCustomValidity(""), true);
  }

  /**
   * @param {Element | undefined} field
   * @param {string} text empty where nothing is wrong any more
   */
  show(field, text) {
    if (!isField(field) || (!text && !this.#messages.has(field))) return;
    field.setCustomValidity(text);
    if (text) this.#put(field, text);
    else this.#remove(field);
  }

  /** Keeps messages with their fields, whatever a patch has done to these. */
  tidy() {
    for (const [field, message] of this.#messages) {
      if (!field.isConnected) this.#remove(field);
      else if (field.nextSibling !== message) this.#put(field, message.textContent ?? "");
    }
  }

  /**
   * @param {Element} field
   * @param {string} text
   */
  #put(field, text) {
    const message = this.#messages.get(field) ?? make("span", "livepages-invalid");
    message.setAttribute("role", "alert");
    message.textContent = text;
    this.#messages.set(field, message);
    field.setAttribute("aria-invalid", "true");
    field.after(message);
  }

  /** @param {Element} field */
  #remove(field) {
    field.removeAttribute("aria-invalid");
    this.#messages.get(field)?.remove();
    this.#messages.delete(field);
  }
}
