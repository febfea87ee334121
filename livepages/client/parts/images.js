/** Pictures in a rich text are part of it, as data: made small enough for a message first. */

import { isShownImage } from "./rich_formats.js";

export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const LONGEST_SIDE = 1600;
/** Of a picture's data in characters: well under what the server takes in one message. */
const DATA_LIMIT = 500_000;
/** What is tried one after another until the data is small enough: share of the size, kind, quality. */
const ATTEMPTS = /** @type {const} */ ([
  [1, "image/webp", 0.9], [1, "image/webp", 0.75], [1, "image/webp", 0.55], [0.7, "image/webp", 0.6],
  [0.5, "image/webp", 0.5], [0.35, "image/webp", 0.4],
]);

/**
 * Puts pictures in place of a range; says how many could not be used.
 * @param {any} quill
 * @param {any} Delta
 * @param {{index: number, length: number}} range
 * @param {File[]} files
 */
export async function insertImages(quill, Delta, range, files) {
  const found = await Promise.all(files.map((file) => dataOf(file).catch(() => null)));
  const images = found.filter((data) => data !== null);
  if (images.length === 0) return files.length;
  // The text may have changed meanwhile: where the caret is now is the best that is known.
  const { index, length } = quill.getSelection() ?? { index: Math.min(range.index, quill.getLength() - 1), length: 0 };
  // One by one, as each is a message.
  images.forEach((image, place) => {
    const change = new Delta().retain(index + place).delete(place === 0 ? length : 0).insert({ image });
    quill.updateContents(change, "user");
  });
  quill.setSelection(index + images.length, 0, "user");
  return files.length - images.length;
}

/**
 * What becomes of pictures in pasted HTML: those of other sites are links, as the page may not load them.
 * @param {any} Delta
 * @param {() => any} getQuill
 * @returns {[string, (node: any) => any][]}
 */
export function pasteMatchers(Delta, getQuill) {
  const image = (/** @type {HTMLImageElement} */ node) => {
    const source = node.getAttribute("src") ?? "";
    if (isShownImage(source) && source.length <= DATA_LIMIT) return new Delta().insert({ image: source });
    if (isShownImage(source)) uploadLater(getQuill(), source);
    const isLink = /^https?:/i.test(source);
    return isLink ? new Delta().insert(node.alt || "Picture", { link: source }) : new Delta();
  };
  return [["img", image], ["script, template, title", () => new Delta()]];
}

/**
 * @param {any} quill
 * @param {string} source
 */
function uploadLater(quill, source) {
  const [head = "", data = ""] = source.split(",");
  const type = head.slice("data:".length, head.indexOf(";"));
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  // After the paste, which has moved the caret.
  setTimeout(() => quill.uploader.upload(quill.getSelection(true), [new File([bytes], "picture", { type })]));
}

/** @param {File} file */
async function dataOf(file) {
  const image = await createImageBitmap(file);
  try {
    const isSmall = Math.max(image.width, image.height) <= LONGEST_SIDE;
    if (isSmall && file.size * 1.37 < DATA_LIMIT) return await readData(file);
    return shrink(image);
  } finally {
    image.close();
  }
}

/** @param {ImageBitmap} image */
function shrink(image) {
  const fit = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  for (const [share, type, quality] of ATTEMPTS) {
    const data = drawn(image, fit * share).toDataURL(type, quality);
    if (isShownImage(data) && data.length <= DATA_LIMIT) return data;
  }
  const data = drawn(image, fit * 0.5, "white").toDataURL("image/jpeg", 0.6);
  return data.length <= DATA_LIMIT ? data : null;
}

/**
 * @param {ImageBitmap} image
 * @param {number} share
 * @param {string} [ground]
 */
function drawn(image, share, ground) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * share));
  canvas.height = Math.max(1, Math.round(image.height * share));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("there is no canvas");
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {File} file @returns {Promise<string>} */
function readData(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
