/** A document's text as what holds text only can show it: unit for unit. */

/** Stands for what a rich text has and a plain one can't show. */
const EMBED = "\ufffc";

/** @param {import("./yjs.js").Text} text */
export function shownText(text) {
  return text.toDelta().map((/** @type {{insert: unknown}} */ { insert }) => shownInsert(insert)).join("");
}

/** @param {unknown} insert */
export function shownInsert(insert) {
  return typeof insert === "string" ? insert : EMBED;
}
