/** Loads the page anew without losing what its user has typed and the server has not got. */

import { forget, recall, remember } from "./storage.js";
import { isField, readValue } from "./values.js";

/** @typedef {import("./values.js").Field} Field */
/** @typedef {import("./wire.js").Value} Value */
/** @typedef {{id: string, value: Value, isActive: boolean, start: number | null, end: number | null}} Typed */

/** A page that is told to reload again within this time waits for as long, so that it does not spin. */
const RELOAD_REST_MS = 5000;

/** @param {Field[]} fields those to be kept, by their ids */
export function reloadPage(fields) {
  const typed = fields.map((field) => ({
    id: field.id,
    value: readValue(field),
    isActive: document.activeElement === field,
    start: field instanceof HTMLSelectElement ? null : field.selectionStart,
    end: field instanceof HTMLSelectElement ? null : field.selectionEnd,
  }));
  remember(`typed${location.pathname}`, typed);
  const isEarly = Date.now() - (recall("reloaded") ?? 0) < RELOAD_REST_MS;
  remember("reloaded", Date.now());
  setTimeout(() => location.reload(), isEarly ? RELOAD_REST_MS : 0);
}

/**
 * Puts back what was typed before a reload.
 * @param {(field: Field, value: Value) => void} restore
 */
export function restoreTyped(restore) {
  /** @type {Typed[]} */
  const typed = recall(`typed${location.pathname}`) ?? [];
  forget(`typed${location.pathname}`);
  for (const { id, value, isActive, start, end } of typed) {
    const field = document.getElementById(id);
    if (!isField(field)) continue;
    restore(field, value);
    if (isActive) field.focus();
    if (isActive && start !== null && !(field instanceof HTMLSelectElement)) field.setSelectionRange(start, end);
  }
}
