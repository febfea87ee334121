/** The controls that a toolbar can have, by the names that sites know them by. */

/** @typedef {{value: string | false, title: string, text?: string}} Choice false is what a text has without it */
/** @typedef {{format: string, title: string, value?: string, choices?: Choice[], icon?: string}} Control */

/** @param {string} paths */
function icon(paths) {
  return `<svg viewBox="0 0 18 18" aria-hidden="true">${paths}</svg>`;
}

const UNDO_ICON = icon(
  '<polyline class="ql-stroke" points="6 3 3 6 6 9"/><path class="ql-stroke" d="M3.5 6H10a4.5 4.5 0 0 1 0 9H6"/>',
);
const REDO_ICON = icon(
  '<polyline class="ql-stroke" points="12 3 15 6 12 9"/><path class="ql-stroke" d="M14.5 6H8a4.5 4.5 0 0 0 0 9h4"/>',
);
const CODE_BLOCK_ICON = icon(
  '<rect class="ql-stroke" x="2" y="3" width="14" height="12" rx="1.5"/>' +
    '<polyline class="ql-stroke" points="7 7 5 9 7 11"/><polyline class="ql-stroke" points="11 7 13 9 11 11"/>',
);

/** @type {Choice[]} */
const HEADINGS = [
  { value: false, title: "Normal text", text: "Normal" },
  ...["1", "2", "3", "4", "5", "6"].map((value) => ({
    value, title: `Heading ${value}`, text: `Heading ${value}`,
  })),
];
/** @type {Choice[]} */
const SIZES = [
  { value: "small", title: "Small text", text: "Small" },
  { value: false, title: "Normal size", text: "Normal" },
  { value: "large", title: "Large text", text: "Large" },
  { value: "huge", title: "Huge text", text: "Huge" },
];
/** @type {Choice[]} */
const FONTS = [
  { value: false, title: "Sans serif font", text: "Sans serif" },
  { value: "serif", title: "Serif font", text: "Serif" },
  { value: "monospace", title: "Monospace font", text: "Monospace" },
];
/** @type {Choice[]} */
const ALIGNS = [
  { value: false, title: "Align left" },
  { value: "center", title: "Align centre" },
  { value: "right", title: "Align right" },
  { value: "justify", title: "Justify" },
];
/** Grey and six hues, from pale to dark. */
const SHADES = [
  ["White", "#ffffff", "Pale red", "#fee2e2", "Pale orange", "#ffedd5", "Pale yellow", "#fef9c3"],
  ["Pale green", "#dcfce7", "Pale blue", "#dbeafe", "Pale purple", "#f3e8ff"],
  ["Light grey", "#d1d5db", "Light red", "#fca5a5", "Light orange", "#fdba74", "Light yellow", "#fde047"],
  ["Light green", "#86efac", "Light blue", "#93c5fd", "Light purple", "#d8b4fe"],
  ["Grey", "#6b7280", "Red", "#dc2626", "Orange", "#ea580c", "Yellow", "#ca8a04"],
  ["Green", "#16a34a", "Blue", "#2563eb", "Purple", "#9333ea"],
  ["Black", "#000000", "Dark red", "#991b1b", "Dark orange", "#9a3412", "Dark yellow", "#854d0e"],
  ["Dark green", "#166534", "Dark blue", "#1e40af", "Dark purple", "#6b21a8"],
].flat();

/**
 * @param {string} title of what is there without a choice
 * @returns {Choice[]}
 */
function colors(title) {
  const found = SHADES.flatMap((name, index) => {
    const value = SHADES[index + 1];
    return index % 2 === 0 && value ? [{ value, title: name }] : [];
  });
  return [...found, { value: false, title }];
}

/** @type {Record<string, Control>} */
const CONTROLS = {
  undo: { format: "undo", title: "Undo", icon: UNDO_ICON },
  redo: { format: "redo", title: "Redo", icon: REDO_ICON },
  heading: { format: "header", title: "Heading", choices: HEADINGS },
  size: { format: "size", title: "Size", choices: SIZES },
  font: { format: "font", title: "Font", choices: FONTS },
  bold: { format: "bold", title: "Bold" },
  italic: { format: "italic", title: "Italic" },
  underline: { format: "underline", title: "Underline" },
  strike: { format: "strike", title: "Strikethrough" },
  color: { format: "color", title: "Text colour", choices: colors("Default colour") },
  background: { format: "background", title: "Highlight", choices: colors("No highlight") },
  numbered: { format: "list", title: "Numbered list", value: "ordered" },
  bullet: { format: "list", title: "Bulleted list", value: "bullet" },
  checklist: { format: "list", title: "Checklist", value: "check" },
  outdent: { format: "indent", title: "Decrease indent", value: "-1" },
  indent: { format: "indent", title: "Increase indent", value: "+1" },
  quote: { format: "blockquote", title: "Quote" },
  code: { format: "code", title: "Code" },
  "code-block": { format: "code-block", title: "Code block", icon: CODE_BLOCK_ICON },
  align: { format: "align", title: "Alignment", choices: ALIGNS },
  link: { format: "link", title: "Link" },
  image: { format: "image", title: "Picture" },
  sub: { format: "script", title: "Subscript", value: "sub" },
  super: { format: "script", title: "Superscript", value: "super" },
  direction: { format: "direction", title: "Right to left", value: "rtl" },
  clear: { format: "clean", title: "Clear formatting" },
};

/** @param {string} name */
export function controlOf(name) {
  return Object.hasOwn(CONTROLS, name) ? CONTROLS[name] : undefined;
}
