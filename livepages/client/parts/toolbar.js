/** The toolbar of a rich text: Quill's own, with names for everybody, and made anew while the editor stays. */

import { controlOf } from "./toolbar_controls.js";
import { make } from "./elements.js";

/** @typedef {import("./toolbar_controls.js").Control} Control */

export class Toolbar {
  #Quill;
  #quill;
  #bar;
  #shown = "";
  /** @type {{select: HTMLSelectElement, update: () => void, close: () => void}[]} */
  #pickers = [];

  /**
   * @param {any} Quill
   * @param {any} quill
   * @param {HTMLElement} bar
   */
  constructor(Quill, quill, bar) {
    this.#Quill = Quill;
    this.#quill = quill;
    this.#bar = bar;
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Text formatting");
    bar.addEventListener("keydown", (event) => this.#pressed(event));
    const { textbox } = quill.theme.tooltip;
    textbox.setAttribute("data-link", "https://");
    textbox.setAttribute("aria-label", "Link address");
    quill.on("editor-change", () => this.#pickers.forEach((picker) => picker.update()));
    /** @type {(range: unknown, context: any) => void} */
    const askForLink = (_range, { format }) => this.#module.handlers.link.call(this.#module, !format.link);
    quill.keyboard.addBinding({ key: "k", shortKey: true }, askForLink);
  }

  /** @param {string[][]} groups the names of the controls */
  show(groups) {
    const wanted = JSON.stringify(groups);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const active = this.#bar.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    this.#bar.replaceChildren(...groups.map((names) => this.#group(names)));
    this.#bar.hidden = this.#bar.querySelector("button, select") === null;
    this.#attach();
    if (active) focusOn(this.#bar, active);
  }

  /** @param {boolean} isEnabled */
  enable(isEnabled) {
    this.#bar.inert = !isEnabled;
  }

  get #module() {
    return this.#quill.getModule("toolbar");
  }

  /** @param {string[]} names */
  #group(names) {
    const group = make("span", "ql-formats");
    group.append(...names.flatMap((name) => {
      const control = controlOf(name);
      return control ? [elementOf(name, control)] : [];
    }));
    return group;
  }

  #attach() {
    const module = this.#module;
    const icons = this.#Quill.import("ui/icons");
    module.controls = [];
    for (const input of this.#bar.querySelectorAll("button, select")) module.attach(input);
    for (const button of this.#bar.querySelectorAll("button")) drawButton(button, icons);
    this.#pickers = [...this.#bar.querySelectorAll("select")].map((select) => this.#pickerOf(select, icons));
    this.#quill.theme.pickers = this.#pickers;
    const [range] = this.#quill.selection.getRange();
    module.update(range);
    this.#pickers.forEach((picker) => picker.update());
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {any} icons
   */
  #pickerOf(select, icons) {
    const name = nameOf(select) ?? "";
    const [kind, ...rest] = pickerKind(name, icons);
    const picker = new (this.#Quill.import(`ui/${kind}`))(select, ...rest);
    const title = controlOf(name)?.title ?? name;
    picker.label.setAttribute("aria-label", title);
    picker.label.setAttribute("aria-haspopup", "true");
    picker.label.title = title;
    picker.container.removeAttribute("title");
    /** @type {HTMLElement[]} */
    const items = [...picker.container.querySelectorAll(".ql-picker-item")];
    items.forEach((item, index) => {
      const text = select.options[index]?.dataset["title"] ?? "";
      item.setAttribute("aria-label", text);
      if (kind !== "picker") item.title = text;
    });
    return picker;
  }

  /**
   * Quill's pickers are buttons that hear the Enter key alone; a list that is open closes by Escape.
   * @param {KeyboardEvent} event
   */
  #pressed(event) {
    const { target, key } = event;
    if (key !== " " || !(target instanceof HTMLElement) || target.getAttribute("role") !== "button") return;
    event.preventDefault();
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  }
}

/**
 * @param {string} name
 * @param {any} icons
 */
function pickerKind(name, icons) {
  if (name === "align") return ["icon-picker", icons.align];
  return name === "color" || name === "background" ? ["color-picker", icons[name]] : ["picker"];
}

/**
 * @param {string} name
 * @param {Control} control
 */
function elementOf(name, control) {
  const { format, title, value, choices } = control;
  const element = document.createElement(choices ? "select" : "button");
  element.className = `ql-${format}`;
  element.dataset["name"] = name;
  element.title = title;
  element.setAttribute("aria-label", title);
  if (element instanceof HTMLButtonElement) {
    element.type = "button";
    if (value !== undefined) element.value = value;
  } else for (const choice of choices ?? []) element.append(optionOf(choice));
  return element;
}

/** @param {{value: string | false, title: string, text?: string}} choice */
function optionOf({ value, title, text = "" }) {
  const option = make("option", "", text);
  option.dataset["title"] = title;
  option.setAttribute(value === false ? "selected" : "value", value || "");
  return option;
}

/**
 * @param {HTMLButtonElement} button
 * @param {any} icons
 */
function drawButton(button, icons) {
  const control = controlOf(nameOf(button) ?? "");
  const icon = icons[control?.format ?? ""];
  if (control?.icon) button.innerHTML = control.icon;
  else if (control?.format === "direction") button.innerHTML = icon[""] + icon.rtl;
  else button.innerHTML = typeof icon === "string" ? icon : icon[button.value];
}

/** @param {Element | null} element */
function nameOf(element) {
  return element?.closest("[data-name]")?.getAttribute("data-name") ?? null;
}

/**
 * @param {HTMLElement} bar
 * @param {string} name
 */
function focusOn(bar, name) {
  const found = bar.querySelector(`[data-name="${CSS.escape(name)}"]`);
  const label = found?.querySelector(".ql-picker-label");
  /** @type {HTMLElement | null | undefined} */ (label ?? found)?.focus({ preventScroll: true });
}
