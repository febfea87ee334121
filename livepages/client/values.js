/** What fields hold, by kind of field: reading, writing, and merging what two sides have made of it. */

import { parseFor } from "./markup.js";

/** @typedef {import("./wire.js").Value} Value */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** Inputs without a value of their user's. */
const NO_FIELDS = /^(button|submit|reset|image|hidden)$/;

/**
 * @param {unknown} element
 * @returns {element is Field}
 */
export function isField(element) {
  return holdsValue(element) && !element.dataset["document"]; // a document is no field's value
}

/**
 * Whether it has a value that goes with its form, even if that is a document's.
 * @param {unknown} element
 * @returns {element is Field}
 */
export function holdsValue(element) {
  if (element instanceof HTMLInputElement) return !NO_FIELDS.test(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/**
 * The value of a field: checked or not for checkboxes and radios, the names of files, null for a number that is none.
 * @param {Element} field
 * @returns {Value}
 */
export function readValue(field) {
  if (field instanceof HTMLSelectElement) {
    const chosen = [...field.selectedOptions].map((option) => option.value);
    return field.multiple ? chosen : (chosen[0] ?? null);
  }
  if (field instanceof HTMLTextAreaElement) return field.value;
  if (!(field instanceof HTMLInputElement)) return null;
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.type === "file") return [...(field.files ?? [])].map((file) => file.name);
  if (field.type !== "number" && field.type !== "range") return field.value;
  return Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber;
}

/**
 * What the field's HTML says, whatever the user has made of it since.
 * @param {Field} field
 * @returns {Value}
 */
export function initialValue(field) {
  const [fresh] = parseFor(document.body, field.outerHTML).children;
  return fresh ? readValue(fresh) : null;
}

/**
 * A value of the server as the field would hold it.
 * @param {Field} field
 * @param {Value} value
 * @returns {Value}
 */
export function fittingValue(field, value) {
  const held = readValue(field);
  if (typeof held === "boolean") return value === true || value === field.value;
  return typeof held === "string" && field.localName !== "select" ? String(value ?? "") : value;
}

/**
 * Writes without an event, and with the caret where it was in the text.
 * @param {Field} field
 * @param {Value} value
 * @param {number} [tail] how many characters at the end of the old text are at the end of the new one too
 */
export function writeValue(field, value, tail = 0) {
  if (field instanceof HTMLSelectElement) writeChoice(field, value);
  else if (field.type === "checkbox" || field.type === "radio") Reflect.set(field, "checked", value === true);
  else if (field.type === "file") field.value = ""; // all that a script may do to it
  else writeText(field, String(value ?? ""), tail);
}

/**
 * @param {HTMLSelectElement} field
 * @param {Value} value
 */
function writeChoice(field, value) {
  const chosen = Array.isArray(value) ? value : [String(value ?? "")];
  if (!field.multiple && value === null) field.selectedIndex = -1;
  else if (!field.multiple) field.value = /** @type {string} */ (chosen[0] ?? "");
  else for (const option of field.options) option.selected = chosen.includes(option.value);
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} text
 * @param {number} tail
 */
function writeText(field, text, tail) {
  const { value: old, selectionStart: start, selectionEnd: end, selectionDirection: direction, scrollTop } = field;
  if (old === text) return;
  field.value = text;
  if (document.activeElement !== field || start === null || end === null) return;
  field.setSelectionRange(shiftCaret(old, text, start, tail), shiftCaret(old, text, end, tail), direction ?? "none");
  field.scrollTop = scrollTop;
}

/**
 * Where in `next` a place in `old` has gone, by what the two have in common at their ends.
 * @param {string} old
 * @param {string} next
 * @param {number} at
 * @param {number} tail
 */
export function shiftCaret(old, next, at, tail) {
  const growth = next.length - old.length;
  if (at > old.length - tail) return at + growth;
  const shorter = Math.min(old.length, next.length);
  let prefix = 0;
  while (prefix < shorter && old[prefix] === next[prefix]) prefix++;
  if (at <= prefix) return at;
  let suffix = 0;
  while (suffix < shorter - prefix && old[old.length - 1 - suffix] === next[next.length - 1 - suffix]) suffix++;
  return at >= old.length - suffix ? at + growth : Math.min(at, next.length - suffix);
}

/**
 * @param {Value} one
 * @param {Value} other
 */
export function sameValue(one, other) {
  return one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));
}

/**
 * Three-way: what the server knew, what the field holds, and what the server says now.
 * A user who has only typed on keeps what was typed; one who has changed the rest wins, as it will be sent.
 * @param {Value} base
 * @param {Value} mine
 * @param {Value} theirs
 * @returns {{value: Value, tail: number}} tail: how many characters of `mine` were put behind `theirs`
 */
export function mergeValues(base, mine, theirs) {
  if (sameValue(mine, base)) return { value: theirs, tail: 0 };
  if (typeof base === "string" && typeof mine === "string" && mine !== theirs && mine.startsWith(base)) {
    return { value: `${theirs ?? ""}${mine.slice(base.length)}`, tail: mine.length - base.length };
  }
  return { value: mine, tail: 0 };
}
