/** The streams of the page: where each stands, and how it gets from one position to the next. */

import { Nodes } from "./nodes.js";
import { applyOperation } from "./operations.js";
import { applySnapshot } from "./snapshot.js";

/** @typedef {import("./wire.js").Patch} Patch */
/** @typedef {import("./wire.js").Snapshot} Snapshot */
/** @typedef {import("./wire.js").Positions} Positions */

/**
 * @typedef {object} StreamsDelegate
 * @property {() => void} gapFound
 * @property {(element: Element) => void} elementAdded
 * @property {(element: Element) => void} eventsChanged
 * @property {(element: Element, value: import("./wire.js").Value, origin: string | null) => void} valueReceived
 * @property {(element: Element, html: string) => void} contentReceived
 * @property {(field: import("./values.js").Field, value: import("./wire.js").Value) => void} snapshotValueReceived
 * @property {(version: number, text: string, isWhole?: boolean) => void} cssReceived
 */

/** One place in the page that shows a stream. A shared element can stand in several, each at its own position. */
export class Mount {
  name;
  root;
  nodes;
  delegate;
  #streams;
  epoch;
  pos;
  /** Whether a hello is out for what is missing. */
  isAsking = false;

  /**
   * @param {Element} root
   * @param {Streams} streams
   * @param {StreamsDelegate} delegate
   */
  constructor(root, streams, delegate) {
    this.name = root.getAttribute("data-stream") ?? "";
    const at = root.getAttribute("data-at") ?? "";
    this.epoch = at.slice(0, at.lastIndexOf(":"));
    this.pos = Number(at.slice(at.lastIndexOf(":") + 1));
    this.root = root;
    this.nodes = new Nodes(root);
    this.delegate = delegate;
    this.#streams = streams;
  }

  /**
   * An element has come into the page, with all inside it.
   * @param {Element} element
   */
  add(element) {
    this.#streams.adopt(this.nodes.add(element));
    this.delegate.elementAdded(element);
  }

  /** Numbers all elements anew, after more than a few have changed. */
  rebuild() {
    this.#streams.adopt(this.nodes.rebuild());
    this.delegate.eventsChanged(this.root);
  }
}

export class Streams {
  #delegate;
  /** @type {Mount[]} */
  #mounts = [];

  /** @param {StreamsDelegate} delegate */
  constructor(delegate) {
    this.#delegate = delegate;
  }

  start() {
    this.adopt([...document.querySelectorAll("[data-stream]")]);
  }

  /** @returns {Positions} */
  get positions() {
    /** @type {Positions} */
    const positions = {};
    for (const { name, epoch, pos } of this.#present()) {
      const known = positions[name];
      if (!known || known[1] > pos || epoch === "") positions[name] = [epoch, pos];
    }
    return positions;
  }

  /** What was asked for has been answered, or the connection that was asked is gone. */
  answered() {
    for (const mount of this.#mounts) mount.isAsking = false;
  }

  /** @param {Patch} message */
  patch({ stream, prev, pos, ops }) {
    for (const mount of this.#present(stream)) {
      if (pos <= mount.pos) continue;
      if (prev !== mount.pos) this.#ask(mount);
      else this.#advance(mount, pos, () => ops.forEach((operation) => applyOperation(mount, operation)));
    }
  }

  /** @param {Snapshot} message */
  snapshot({ stream, epoch, pos, html, css, classes }) {
    if (css) this.#delegate.cssReceived(...css);
    for (const mount of this.#present(stream)) {
      mount.epoch = epoch;
      if (classes) mount.root.setAttribute("class", classes);
      else if (classes === "") mount.root.removeAttribute("class");
      this.#advance(mount, pos, () => applySnapshot(mount, html));
    }
  }

  /**
   * @param {string} stream
   * @param {number} node
   */
  find(stream, node) {
    return this.#present(stream)[0]?.nodes.find(node);
  }

  /**
   * Mounts the streams whose roots have come into the page.
   * @param {Element[]} roots
   */
  adopt(roots) {
    for (const root of roots) {
      if (!this.#mounts.some((mount) => mount.root === root)) this.#mount(root);
    }
  }

  /** @param {Element} root */
  #mount(root) {
    const mount = new Mount(root, this, this.#delegate);
    this.#mounts.push(mount);
    this.adopt(mount.nodes.rebuild());
  }

  /** @param {string} [name] */
  #present(name) {
    this.#mounts = this.#mounts.filter((mount) => mount.root.isConnected);
    return name === undefined ? this.#mounts : this.#mounts.filter((mount) => mount.name === name);
  }

  /**
   * A DOM that does not fit what the server sends is not patched on: without an epoch the server sends a snapshot.
   * @param {Mount} mount
   * @param {number} pos
   * @param {() => void} change
   */
  #advance(mount, pos, change) {
    try {
      change();
      mount.pos = pos;
      mount.isAsking = false;
    } catch (error) {
      console.error(`livepages: ${mount.name} can't be brought to ${pos}; asking for a snapshot`, error);
      mount.epoch = "";
      this.#ask(mount);
    }
  }

  /** @param {Mount} mount */
  #ask(mount) {
    if (mount.isAsking) return;
    mount.isAsking = true;
    this.#delegate.gapFound();
  }
}
