/** The elements of one stream by their numbers, so that an operation finds its element without a search. */

/** @param {Element} element */
export function isStreamRoot(element) {
  return element.hasAttribute("data-stream");
}

/** @param {Element} element */
export function numberOf(element) {
  const text = element.getAttribute("data-n");
  return text === null ? null : Number(text);
}

/**
 * Where an element stands: its stream and its number there; null outside of every stream.
 * A stream's root is numbered in the stream around it, and is node 0 of its own only where there is none.
 * @param {Element} element
 */
export function addressOf(element) {
  const number = numberOf(element);
  const root = number === null && isStreamRoot(element) ? element : element.parentElement?.closest("[data-stream]");
  if (!element.isConnected || !root || (number === null && root !== element)) return null;
  return { stream: root.getAttribute("data-stream") ?? "", node: number ?? 0 };
}

export class Nodes {
  #root;
  /** @type {Map<number, Element>} */
  #elements = new Map();
  /** Whether the server wants these open: people open and close them too. @type {WeakMap<Element, boolean>} */
  #open = new WeakMap();

  /** @param {Element} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {number} number */
  find(number) {
    return number === 0 ? this.#root : this.#elements.get(number);
  }

  /** @param {number} number */
  get(number) {
    const element = this.find(number);
    if (!element) throw new Error(`stream ${this.#root.getAttribute("data-stream")} has no element ${number}`);
    return element;
  }

  /**
   * Takes in an element with all inside it that belongs to this stream.
   * @param {Element} element
   * @returns {Element[]} the roots of other streams that were met
   */
  add(element) {
    /** @type {Element[]} */
    const roots = [];
    this.#visit(element, (number, found) => {
      this.#elements.set(number, found);
      if ("open" in found && !this.#open.has(found)) this.#open.set(found, found.hasAttribute("open"));
    }, roots);
    return roots;
  }

  /** @param {Element} element */
  remove(element) {
    this.#visit(element, (number, found) => {
      if (this.#elements.get(number) === found) this.#elements.delete(number);
    }, []);
  }

  /** @param {Element} element */
  removeInside(element) {
    for (const child of element.children) this.remove(child);
  }

  /** Numbers everything anew. */
  rebuild() {
    this.#elements.clear();
    return [...this.#root.children].flatMap((child) => this.add(child));
  }

  /**
   * The server says whether a details or dialog is open; true if that is news.
   * @param {Element} element
   * @param {boolean} open
   */
  learnOpen(element, open) {
    const news = this.#open.get(element) !== open;
    this.#open.set(element, open);
    return news;
  }

  /**
   * @param {Element} element
   * @param {(number: number, element: Element) => void} action
   * @param {Element[]} roots
   */
  #visit(element, action, roots) {
    const number = numberOf(element);
    if (number !== null) action(number, element);
    if (isStreamRoot(element)) roots.push(element);
    else for (const child of element.children) this.#visit(child, action, roots);
  }
}
