/** Who is in a document: a row of names, of which one's own can be changed. */

import { NAME_LIMIT } from "./person.js";
import { make, showStyled } from "./elements.js";

/** @typedef {import("./presence.js").Someone} Someone */

const CHIP_LIMIT = 20;

export class People {
  #shared;
  #row = make("div", "livepages-people");
  #more = make("span", "livepages-chip livepages-more");
  /** By the numbers of the tabs. @type {Map<number, Chip>} */
  #chips = new Map();
  #person;

  /**
   * @param {HTMLElement} host
   * @param {import("./shared_document.js").SharedDocument} shared
   * @param {import("./person.js").Person} person
   */
  constructor(host, shared, person) {
    this.#shared = shared;
    this.#person = person;
    this.#row.setAttribute("role", "list");
    this.#row.setAttribute("aria-label", "People here");
    this.#more.setAttribute("role", "listitem");
    showStyled(this.#row);
    host.replaceChildren(this.#row);
    shared.presence.watch(this.#draw);
    shared.presence.join(this);
    this.#draw();
  }

  change() {}

  destroy() {
    this.#shared.presence.unwatch(this.#draw);
    this.#shared.presence.leave(this);
    this.#row.remove();
  }

  #draw = () => {
    const { people } = this.#shared.presence;
    const shown = people.slice(0, CHIP_LIMIT);
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, chip] of this.#chips) if (!ids.has(id)) this.#remove(id, chip);
    shown.forEach((someone, index) => this.#place(someone, index));
    if (people.length === shown.length) return this.#more.remove();
    this.#more.textContent = `+${people.length - shown.length}`;
    this.#row.append(this.#more);
  };

  /**
   * @param {Someone} someone
   * @param {number} index
   */
  #place(someone, index) {
    const chip = this.#chips.get(someone.id) ?? new Chip(someone.isOwn ? this.#person : null);
    this.#chips.set(someone.id, chip);
    chip.show(someone);
    const there = this.#row.children[index] ?? null;
    if (there !== chip.element) this.#row.insertBefore(chip.element, there);
  }

  /**
   * @param {number} id
   * @param {Chip} chip
   */
  #remove(id, chip) {
    this.#chips.delete(id);
    chip.element.remove();
  }
}

class Chip {
  element = make("span", "livepages-chip");
  #dot = make("span", "livepages-dot");
  #name = make("span", "livepages-name");
  #person;

  /** @param {import("./person.js").Person | null} person whose name can be changed here */
  constructor(person) {
    this.#person = person;
    this.element.setAttribute("role", "listitem");
    this.#dot.setAttribute("aria-hidden", "true");
    if (person) this.#name = this.#button();
    this.element.append(this.#dot, this.#name);
  }

  /** @param {Someone} someone */
  show({ name, color, isOwn }) {
    const text = isOwn ? `${name} (you)` : name;
    this.#dot.style.backgroundColor = color;
    if (this.#name.textContent !== text) this.#name.textContent = text;
  }

  #button() {
    const button = make("button", "livepages-name livepages-own");
    button.setAttribute("type", "button");
    button.title = "Change your name";
    button.onclick = () => this.#edit();
    return button;
  }

  #edit() {
    const input = /** @type {HTMLInputElement} */ (make("input", "livepages-rename"));
    input.value = this.#person?.name ?? "";
    input.maxLength = NAME_LIMIT;
    input.setAttribute("aria-label", "Your name");
    input.autocomplete = "off";
    input.onkeydown = (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      this.#finish(input, event.key === "Enter");
      this.#name.focus();
    };
    input.onblur = () => this.#finish(input, true);
    this.#name.replaceWith(input);
    input.select();
    input.focus();
  }

  /**
   * @param {HTMLInputElement} input
   * @param {boolean} isWanted
   */
  #finish(input, isWanted) {
    if (!input.isConnected) return;
    input.onblur = null; // taking it out blurs it
    if (isWanted) this.#person?.rename(input.value);
    input.replaceWith(this.#name);
  }
}
