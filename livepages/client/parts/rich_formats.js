/**
 * What a rich document may hold as Quill shows it. Others may write anything into it: what is not known is shown as
 * far as it can be, in as many places as it takes, and stays in the document as it is.
 */

/** Embeds that Quill does not know are this to it. */
const UNKNOWN = { "livepages-unknown": true };
/** Of this site: what else begins with a slash, a browser may take for an address elsewhere. */
const OWN_ADDRESS = /^\/(?![/\\])\S{0,2000}$/;
const IMAGE_DATA = /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=\s]*$/i;
const COLOR = /^[#a-z0-9(),.%\s-]{1,60}$/i;
/** A return is a line's end to Quill, two of them in a row are one, and the mark is its own. */
const TROUBLE = /[\r\ufeff]/g;

/** @typedef {(value: any) => boolean} Test */

/** @type {Test} */
const isTrue = (value) => value === true;
/** @type {Test} */
const isText = (value) => typeof value === "string" && value.length <= 2000;
/** @type {Test} */
const isShownColor = (value) => typeof value === "string" && COLOR.test(value);
/** @type {Test} */
const isSize = (value) => /^\d{1,4}(px|%)?$/.test(String(value));
/** @type {(...values: string[]) => Test} */
const oneOf = (...values) => (value) => values.includes(value);
/** @type {(limit: number) => Test} */
const upTo = (limit) => (value) => /^[1-9]$/.test(String(value)) && Number(value) <= limit;

/** @type {Record<string, Test>} */
const FORMATS = {
  bold: isTrue,
  italic: isTrue,
  underline: isTrue,
  strike: isTrue,
  code: isTrue,
  blockquote: isTrue,
  "code-block": (value) => value === true || (isText(value) && value !== ""), // or the name of its language
  link: isText,
  color: isShownColor,
  background: isShownColor,
  header: upTo(6),
  indent: upTo(8),
  list: oneOf("ordered", "bullet", "checked", "unchecked"),
  align: oneOf("center", "right", "justify"),
  direction: oneOf("rtl"),
  script: oneOf("sub", "super"),
  size: oneOf("small", "large", "huge"),
  font: oneOf("serif", "monospace"),
};
/** With those of pictures. @type {Record<string, Test>} */
const ANY_FORMATS = { ...FORMATS, alt: isText, width: isSize, height: isSize };

/** The names of Quill's formats that an editor has. */
export const FORMAT_NAMES = [...Object.keys(FORMATS), "image", ...Object.keys(UNKNOWN)];

/** What the page's policy loads: pictures of this site, and what the address itself holds. @param {unknown} value */
export function isShownImage(value) {
  return typeof value === "string" && (OWN_ADDRESS.test(value) || IMAGE_DATA.test(value));
}

/**
 * An operation of the document as Quill can apply it, with the same length.
 * @param {any} operation
 */
export function shownOperation(operation) {
  const { insert, attributes } = operation;
  const isEmbed = insert !== undefined && typeof insert !== "string";
  const shown = { ...operation };
  if (isEmbed) shown.insert = shownEmbed(insert);
  else if (insert !== undefined) shown.insert = insert.replace(TROUBLE, " ");
  delete shown.attributes;
  const known = shownAttributes(attributes, isEmbed || insert === undefined ? ANY_FORMATS : FORMATS);
  // One that can't be shown takes the place of what was there before all the same; what is new had nothing before.
  const wanted = known.filter(([, value]) => insert === undefined || value !== null);
  return wanted.length > 0 ? { ...shown, attributes: Object.fromEntries(wanted) } : shown;
}

/** @param {any} embed */
function shownEmbed(embed) {
  const isPlain = embed && Object.getPrototypeOf(embed) === Object.prototype;
  return isPlain && typeof embed.image === "string" ? { image: embed.image } : UNKNOWN;
}

/**
 * @param {Record<string, any> | undefined} attributes
 * @param {Record<string, Test>} formats
 */
function shownAttributes(attributes, formats) {
  return Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    const isFit = Object.hasOwn(formats, name) ? formats[name] : undefined;
    return isFit ? [[name, value !== null && isFit(value) ? value : null]] : [];
  });
}
