/** From HTML text to nodes, without running or loading anything on the way. */

/**
 * The nodes of `html` as children of `parent`. They belong to an inert document: import or read them.
 * @param {Node} parent
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function parseFor(parent, html) {
  const template = document.createElement("template");
  const isSvg = parent instanceof SVGElement && parent.localName !== "foreignObject";
  template.innerHTML = isSvg ? `<svg>${html}</svg>` : html;
  const { content } = template;
  if (isSvg) content.replaceChildren(...(content.firstElementChild?.childNodes ?? []));
  return content;
}

/** @param {Element} element */
export function hasNumbers(element) {
  return element.querySelector("[data-n]") !== null;
}
