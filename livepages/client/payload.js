/** The data that goes with an event, by kind of event and of element. */

import { holdsValue, isField, readValue } from "./values.js";

/** @typedef {import("./wire.js").EventData} EventData */
/** @typedef {import("./wire.js").Value} Value */
/** @typedef {import("./values.js").Field} Field */

/**
 * @param {Event} event
 * @param {Element} element the one that declares the event
 * @returns {EventData}
 */
export function eventData(event, element) {
  const { type, target } = event;
  return {
    ...(event instanceof KeyboardEvent && { key: event.key, code: event.code, ...heldKeys(event) }),
    ...(event instanceof MouseEvent && { button: event.button, ...pointData(event), ...heldKeys(event) }),
    ...("changedTouches" in event && touchData(/** @type {TouchEvent} */ (event))),
    ...(event instanceof WheelEvent && { dx: Math.round(event.deltaX), dy: Math.round(event.deltaY) }),
    ...(event instanceof DragEvent && dropData(event)),
    ...(event instanceof SubmitEvent && submitData(event)),
    ...(/^(input|change|select|invalid)$/.test(type) && isField(target) && fieldData(target)),
    ...(/^scroll/.test(type) && { top: Math.round(element.scrollTop), left: Math.round(element.scrollLeft) }),
    ...(/^(beforetoggle|toggle|close|cancel)$/.test(type) && openData(event, element)),
    ...(element instanceof HTMLMediaElement && mediaData(element)),
  };
}

/**
 * What a field's own event says. A radio says which choice it is.
 * @param {Field} field
 * @returns {EventData}
 */
export function fieldData(field) {
  if (field instanceof HTMLInputElement) {
    if (field.type === "radio") return { value: field.value, checked: field.checked };
    if (field.type === "checkbox") return { value: field.checked, checked: field.checked };
    if (field.type === "file") return { value: readValue(field), files: fileData(field.files ?? []) };
  }
  return { value: readValue(field) };
}

/** @param {KeyboardEvent | MouseEvent | TouchEvent} event */
function heldKeys(event) {
  return { alt: event.altKey, ctrl: event.ctrlKey, shift: event.shiftKey, meta: event.metaKey };
}

/** @param {MouseEvent | Touch} point */
function pointData(point) {
  return { x: Math.round(point.clientX), y: Math.round(point.clientY) };
}

/** @param {TouchEvent} event */
function touchData(event) {
  const [touch] = event.changedTouches;
  return { ...(touch && pointData(touch)), ...heldKeys(event) };
}

/** @param {DragEvent} event */
function dropData({ dataTransfer }) {
  return dataTransfer?.files.length ? { files: fileData(dataTransfer.files) } : {};
}

/** @param {Iterable<File>} files */
function fileData(files) {
  return [...files].map(({ name, size, type }) => ({ name, size, type }));
}

/**
 * @param {Event} event
 * @param {Element} element
 */
function openData(event, element) {
  const news = /** @type {{newState?: string}} */ (event).newState;
  return { open: news ? news === "open" : Reflect.get(element, "open") === true };
}

/** @param {HTMLMediaElement} media */
function mediaData({ currentTime, duration }) {
  return { time: currentTime, ...(Number.isFinite(duration) && { duration }) };
}

/** @param {SubmitEvent} event */
function submitData({ target, submitter }) {
  const name = submitter?.getAttribute("name");
  return { form: formData(/** @type {HTMLFormElement} */ (target)), ...(name && { submitter: name }) };
}

/**
 * The named fields that are not disabled. Radios of a name are one field; others of the same name make a list,
 * checkboxes that of the ones checked.
 * @param {HTMLFormElement} form
 * @returns {Record<string, Value | Value[]>}
 */
function formData(form) {
  /** @type {Map<string, Field[]>} */
  const groups = new Map();
  for (const field of form.elements) {
    if (!holdsValue(field) || !field.name || field.matches(":disabled")) continue;
    groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
  }
  return Object.fromEntries([...groups].map(([name, fields]) => [name, groupValue(fields)]));
}

/**
 * @param {Field[]} fields
 * @returns {Value | Value[]}
 */
function groupValue(fields) {
  const [first] = fields;
  const checked = fields.filter((field) => "checked" in field && field.checked).map((field) => field.value);
  if (first?.type === "radio") return checked[0] ?? null;
  if (first && fields.length === 1) return readValue(first);
  return first?.type === "checkbox" ? checked : fields.map(readValue);
}
