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
 * Fulfilled when a style sheet beside the modules is in force; also when it can't be had, as text without looks is text.
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
