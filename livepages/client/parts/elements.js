/** What the parts of a document's host are made of, and where their looks come from. */

/**
 * @param {string} tag
 * @param {string} classes
 * @param {string} [text]
 */
export function make(tag, classes, text = "") {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = text;
  return element;
}

/**
 * Shows an element as soon as its looks are there.
 * @param {HTMLElement} element
 */
export function showStyled(element) {
  element.hidden = true;
  loadStyles("parts.css").then(() => (element.hidden = false));
}

/**
 * Fulfilled when a style sheet beside the modules is in force, or can't be had: text without looks is text.
 * @param {string} name
 * @returns {Promise<void>}
 */
export function loadStyles(name) {
  const { href } = new URL(`./${name}`, import.meta.url);
  const known = document.querySelector(`link[rel=stylesheet][href="${CSS.escape(href)}"]`);
  const link = /** @type {HTMLLinkElement} */ (known ?? document.createElement("link"));
  if (link.sheet) return Promise.resolve();
  const loaded = new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
  });
  if (!known) {
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }
  return loaded.then(() => {});
}
