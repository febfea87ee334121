/** What the server says of a document's host, with what goes without saying. */

/**
 * @typedef {object} Options
 * @property {string[][]} toolbar groups of the names of controls
 * @property {string} placeholder
 * @property {boolean} readonly
 * @property {boolean} spellcheck
 * @property {boolean} presence whether others are shown, and this tab to them
 * @property {number} maxLength
 * @property {string} language
 * @property {boolean} lineNumbers
 */

/** @type {Options} */
const DEFAULTS = {
  toolbar: [],
  placeholder: "",
  readonly: false,
  spellcheck: true,
  presence: true,
  maxLength: Infinity,
  language: "",
  lineNumbers: true,
};

/**
 * @param {string} text
 * @returns {Options}
 */
export function parseOptions(text) {
  const given = Object.entries(JSON.parse(text) ?? {}).filter(([, value]) => value !== null);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}
