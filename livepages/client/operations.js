/** The whole vocabulary of patches. */

import { parseFor } from "./markup.js";
import { placeBefore } from "./moving.js";
import { setOpen } from "./dialogs.js";

/** @typedef {import("./streams.js").Mount} Mount */
/** @typedef {import("./wire.js").Operation} Operation */
/** @typedef {import("./wire.js").OperationArguments} OperationArguments */

/** @type {{[Name in keyof OperationArguments]: (mount: Mount, ...rest: OperationArguments[Name]) => void}} */
const OPERATIONS = {
  text(mount, node, text) {
    const element = mount.nodes.get(node);
    mount.nodes.removeInside(element);
    const { firstChild } = element;
    if (firstChild instanceof Text && !firstChild.nextSibling) firstChild.data = text;
    else element.textContent = text;
  },

  attr(mount, node, name, value) {
    const element = mount.nodes.get(node);
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    if (name === "data-on" || name === "data-document") mount.delegate.eventsChanged(element);
  },

  prop(mount, node, name, value) {
    const element = mount.nodes.get(node);
    if (name !== "open") return void Reflect.set(element, name, value);
    mount.nodes.learnOpen(element, value === true);
    setOpen(element, value === true);
  },

  value(mount, node, value, origin) {
    mount.delegate.valueReceived(mount.nodes.get(node), value, origin);
  },

  html(mount, node, html) {
    const element = mount.nodes.get(node);
    mount.nodes.removeInside(element);
    mount.delegate.contentReceived(element, html);
  },

  insert(mount, parent, before, html) {
    const [container, next] = place(mount, parent, before);
    const content = document.importNode(parseFor(container, html), true);
    const elements = [...content.children];
    container.insertBefore(content, next);
    for (const element of elements) mount.add(element);
  },

  move(mount, parent, before, node) {
    const [container, next] = place(mount, parent, before);
    placeBefore(container, mount.nodes.get(node), next);
  },

  remove(mount, node) {
    const element = mount.nodes.get(node);
    mount.nodes.remove(element);
    element.remove();
  },

  animate(mount, node) {
    const element = mount.nodes.get(node);
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return;
    const { animationName } = element.style;
    element.style.animationName = "none";
    element.getBoundingClientRect(); // an animation starts anew only if a layout has seen the element without it
    element.style.animationName = animationName;
  },

  css(mount, version, text, isWhole) {
    mount.delegate.cssReceived(version, text, isWhole);
  },
};

/**
 * @param {Mount} mount
 * @param {Operation} operation
 */
export function applyOperation(mount, operation) {
  const [name, ...rest] = operation;
  const apply = /** @type {(mount: Mount, ...rest: unknown[]) => void} */ (OPERATIONS[name]);
  if (!apply) throw new Error(`there is no operation ${name}`);
  apply(mount, ...rest);
}

/**
 * Where a child goes. Rows can stand in a `tbody` that the HTML parser made, which has no number.
 * @param {Mount} mount
 * @param {number} parent
 * @param {number | null} before
 * @returns {[container: Element, next: Element | null]}
 */
function place(mount, parent, before) {
  const element = mount.nodes.get(parent);
  if (before !== null) {
    const next = mount.nodes.get(before);
    const container = next.parentElement;
    if (!container || !element.contains(container)) throw new Error(`element ${before} is not inside ${parent}`);
    return [container, next];
  }
  const last = element instanceof HTMLTableElement ? element.lastElementChild : null;
  return last?.localName === "tbody" && !last.hasAttribute("data-n") ? [last, null] : [element, null];
}
