/**
 * Brings a stream's DOM to what a snapshot says. Elements are known by their numbers, so whatever people have in them
 * (focus, typed text, scroll, open details) stays: nothing that is still wanted leaves the page on the way.
 */

import { hasNumbers, parseFor } from "./markup.js";
import { arrange } from "./moving.js";
import { isStreamRoot, numberOf } from "./nodes.js";
import { setOpen } from "./dialogs.js";
import { isField, readValue } from "./values.js";

/** @typedef {import("./streams.js").Mount} Mount */

/**
 * @param {Mount} mount
 * @param {string} html the inner HTML of the stream's root
 */
export function applySnapshot(mount, html) {
  new Reconciliation(mount).run(html);
}

class Reconciliation {
  #mount;
  /** @type {Set<Node>} */
  #kept = new Set();
  /** Nodes that may have to go: some are still to be found a new place. @type {Set<ChildNode>} */
  #stale = new Set();

  /** @param {Mount} mount */
  constructor(mount) {
    this.#mount = mount;
  }

  /** @param {string} html */
  run(html) {
    const { root } = this.#mount;
    this.#content(root, parseFor(root, html));
    for (const node of this.#stale) if (!this.#kept.has(node)) node.remove();
    this.#mount.rebuild();
  }

  /**
   * @param {Element} parent
   * @param {ParentNode & Node} source
   */
  #content(parent, source) {
    const spare = [...parent.childNodes].filter((node) => !(node instanceof Element && numberOf(node) !== null));
    const pairs = [...source.childNodes].map((wanted) => ({ wanted, node: this.#match(wanted, spare) }));
    const nodes = pairs.map(({ wanted, node }) => node ?? this.#create(wanted));
    nodes.forEach((node) => this.#kept.add(node));
    parent.childNodes.forEach((node) => this.#stale.add(node));
    arrange(parent, nodes);
    pairs.forEach(({ wanted, node }, index) => {
      this.#inside(node ?? /** @type {ChildNode} */ (nodes[index]), wanted, !node);
    });
  }

  /**
   * The node of the page for a node of the snapshot: by number, or the next of its kind where there is none.
   * @param {ChildNode} wanted
   * @param {ChildNode[]} spare
   * @returns {ChildNode | undefined}
   */
  #match(wanted, spare) {
    const number = wanted instanceof Element ? numberOf(wanted) : null;
    if (number === null || !(wanted instanceof Element)) {
      const index = spare.findIndex((node) => node.nodeName === wanted.nodeName);
      return index < 0 ? undefined : spare.splice(index, 1)[0];
    }
    const found = this.#mount.nodes.find(number);
    if (found?.nodeName !== wanted.nodeName || !found.isConnected) return undefined;
    return found.getAttribute("data-stream") === wanted.getAttribute("data-stream") ? found : undefined;
  }

  /**
   * A new node: without its children where some of those may be in the page already.
   * @param {ChildNode} wanted
   */
  #create(wanted) {
    return document.importNode(wanted, !this.#isContainer(wanted));
  }

  /**
   * @param {ChildNode} node
   * @returns {node is Element}
   */
  #isContainer(node) {
    return node instanceof Element && !isStreamRoot(node) && hasNumbers(node);
  }

  /**
   * @param {ChildNode} node
   * @param {ChildNode} wanted
   * @param {boolean} isNew
   */
  #inside(node, wanted, isNew) {
    if (node instanceof Text && wanted instanceof Text && node.data !== wanted.data) node.data = wanted.data;
    if (!(node instanceof Element && wanted instanceof Element)) return;
    if (!isNew) this.#attributes(node, wanted);
    if (this.#isContainer(wanted)) this.#content(node, wanted);
    else if (!isNew && !isStreamRoot(wanted)) this.#opaque(node, wanted);
  }

  /**
   * An element without elements of the stream inside.
   * @param {Element} element
   * @param {Element} wanted
   */
  #opaque(element, wanted) {
    const { delegate } = this.#mount;
    if (element.hasAttribute("data-document")) return; // what is in it, many have written
    if (isField(element)) {
      const hasOptions = element.localName === "select" && element.innerHTML !== wanted.innerHTML;
      if (hasOptions) delegate.contentReceived(element, wanted.innerHTML);
      delegate.snapshotValueReceived(element, readValue(wanted));
    } else if (withoutOpen(element) !== withoutOpen(wanted)) {
      const content = document.importNode(wanted, true).childNodes;
      element.childNodes.forEach((node) => this.#stale.add(node));
      element.append(...content);
    }
  }

  /**
   * @param {Element} element
   * @param {Element} wanted
   */
  #attributes(element, wanted) {
    const wasOn = element.getAttribute("data-on");
    for (const name of element.getAttributeNames()) {
      if (!wanted.hasAttribute(name) && !isOfPeople(element, name)) element.removeAttribute(name);
    }
    for (const { name, value } of wanted.attributes) {
      if (element.getAttribute(name) !== value && !isOfPeople(element, name)) element.setAttribute(name, value);
    }
    if ("open" in element) {
      const open = wanted.hasAttribute("open");
      if (this.#mount.nodes.learnOpen(element, open)) setOpen(element, open);
    }
    if (element.getAttribute("data-on") !== wasOn) this.#mount.delegate.eventsChanged(element);
  }
}

/**
 * Attributes that the user changes too, or that say where a stream stood when the page was made.
 * @param {Element} element
 * @param {string} name
 */
function isOfPeople(element, name) {
  if (name === "value") return isField(element) && !/^(checkbox|radio)$/.test(element.type);
  if (name === "checked") return isField(element);
  return name === "data-at" || (name === "open" && "open" in element);
}

/** @param {Element} element */
function withoutOpen(element) {
  return element.innerHTML.replace(/(<details\b[^>]*?) open=""/g, "$1");
}
