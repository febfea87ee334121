/** The documents that many edit at once: finds their hosts in the page, and follows what the server makes of them. */

import { CodeEditor } from "./code_editor.js";
import { DocumentPool } from "./document_pool.js";
import { Libraries } from "./libraries.js";
import { People } from "./people.js";
import { Person } from "./person.js";
import { PlainField } from "./plain_field.js";
import { RichEditor } from "./rich_editor.js";
import { keepPlace, takePlace } from "./writing_place.js";
import { loadStyles } from "./elements.js";
import { parseOptions } from "./options.js";

/**
 * @typedef {object} Part what shows a document in a host
 * @property {(options: import("./options.js").Options) => void} change
 * @property {() => void} destroy
 * @property {import("./writing_place.js").Place | null} [place] what is selected in it, if its user is there
 * @property {(place: import("./writing_place.js").Place) => void} [enter]
 */
/** @typedef {{room: string, kind: string, options: string}} Wanted */
/** @typedef {{part: Part, wanted: Wanted, shared: import("./shared_document.js").SharedDocument}} Attached */

const HOST = "[data-document]";
const WATCHED = ["data-document", "data-kind", "data-options", "readonly", "disabled"];
const MARK = "livepagesDocuments";

/** Once for the page; from then on hosts are found by themselves. */
export function start() {
  if (MARK in document) return;
  Reflect.set(document, MARK, true);
  new Documents().start();
}

class Documents {
  #person = new Person();
  #pool = new DocumentPool(this.#person);
  #libraries = new Libraries();
  /** @type {Map<HTMLElement, Attached>} */
  #attached = new Map();

  start() {
    this.#person.start();
    this.#pool.start();
    loadStyles("parts.css");
    addEventListener("pagehide", () => this.#keepPlace());
    const observer = new MutationObserver((records) => this.#follow(records));
    observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: WATCHED });
    for (const host of hostsIn(document)) this.#settle(host);
  }

  /** @param {MutationRecord[]} records */
  #follow(records) {
    const hosts = new Set();
    let hasRemoved = false;
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (type === "attributes") hosts.add(target);
      for (const node of addedNodes) for (const host of hostsIn(node)) hosts.add(host);
      hasRemoved ||= removedNodes.length > 0;
    }
    // What was taken out and put in again meanwhile was moved.
    if (hasRemoved) for (const host of this.#attached.keys()) if (!host.isConnected) hosts.add(host);
    for (const host of hosts) this.#settle(host);
  }

  /**
   * Makes of a host what it is to be now. What goes wrong in one does not keep the others from it.
   * @param {HTMLElement} host
   */
  #settle(host) {
    try {
      const attached = this.#attached.get(host);
      const wanted = host.isConnected ? wantedBy(host) : null;
      if (!wanted || (attached && !isSameDocument(attached.wanted, wanted))) this.#detach(host);
      if (!wanted) return;
      if (!this.#attached.has(host)) this.#attach(host, wanted);
      else if (attached && attached.wanted.options !== wanted.options) this.#change(attached, wanted);
      if (isWritable(host, wanted)) this.#attached.get(host)?.shared.unlocked();
    } catch (error) {
      console.error("livepages: a document can't be shown", host, error);
    }
  }

  /**
   * @param {HTMLElement} host
   * @param {Wanted} wanted
   */
  #attach(host, wanted) {
    const shared = this.#pool.acquire(wanted.room);
    try {
      const part = this.#make(host, wanted, shared);
      this.#attached.set(host, { part, wanted, shared });
      const place = takePlace(...this.#nameOf(host, wanted));
      if (place) part.enter?.(place);
    } catch (error) {
      this.#pool.release(wanted.room);
      throw error;
    }
  }

  #keepPlace() {
    for (const [host, { part, wanted }] of this.#attached) {
      if (part.place) keepPlace(...this.#nameOf(host, wanted), part.place);
    }
  }

  /**
   * Which host of its document it is, for the next load of the page.
   * @param {HTMLElement} host
   * @param {Wanted} wanted
   * @returns {[key: string, number: number]}
   */
  #nameOf(host, wanted) {
    const alike = [...this.#attached].filter(([, other]) => isSameDocument(other.wanted, wanted));
    return [`${wanted.kind} ${wanted.room}`, alike.findIndex(([each]) => each === host)];
  }

  /**
   * @param {HTMLElement} host
   * @param {Wanted} wanted
   * @param {import("./shared_document.js").SharedDocument} shared
   * @returns {Part}
   */
  #make(host, { kind, options }, shared) {
    const parsed = parseOptions(options);
    if (kind === "rich") return new RichEditor(host, shared, parsed, this.#libraries);
    if (kind === "code") return new CodeEditor(host, shared, parsed, this.#libraries);
    if (kind === "people") return new People(host, shared, this.#person);
    return new PlainField(/** @type {HTMLTextAreaElement} */ (host), shared);
  }

  /**
   * @param {Attached} attached
   * @param {Wanted} wanted
   */
  #change(attached, wanted) {
    attached.wanted = wanted;
    attached.part.change(parseOptions(wanted.options));
  }

  /** @param {HTMLElement} host */
  #detach(host) {
    const attached = this.#attached.get(host);
    if (!attached) return;
    this.#attached.delete(host);
    try {
      attached.part.destroy();
    } finally {
      this.#pool.release(attached.wanted.room);
    }
  }
}

/** @param {Node} node @returns {HTMLElement[]} */
function hostsIn(node) {
  if (!(node instanceof Element || node instanceof Document)) return [];
  const inside = /** @type {HTMLElement[]} */ ([...node.querySelectorAll(HOST)]);
  return node instanceof HTMLElement && node.matches(HOST) ? [node, ...inside] : inside;
}

/** @param {HTMLElement} host @returns {Wanted | null} */
function wantedBy(host) {
  const { document: name, kind, options } = host.dataset;
  if (!name || !kind || !isFit(host, kind)) return null;
  return { room: prefixOf(host) + encodeURIComponent(name), kind, options: options ?? "{}" };
}

/**
 * @param {HTMLElement} host
 * @param {string} kind
 */
function isFit(host, kind) {
  const isField = host instanceof HTMLTextAreaElement || host instanceof HTMLInputElement;
  return kind === "plain" ? isField : ["rich", "code", "people"].includes(kind) && !isField;
}

/**
 * @param {HTMLElement} host
 * @param {Wanted} wanted
 */
function isWritable(host, { kind, options }) {
  const isOpen = !host.hasAttribute("readonly") && !host.hasAttribute("disabled");
  return kind !== "people" && isOpen && !parseOptions(options).readonly;
}

/** What the live page's rooms begin with; a page of one tab has its own. @param {HTMLElement} host */
function prefixOf(host) {
  const root = /** @type {HTMLElement | null} */ (host.closest("[data-stream]"));
  const prefix = root?.dataset["documents"] ?? "";
  return prefix === "~" ? `~${document.documentElement.dataset["page"] ?? ""}/` : prefix;
}

/**
 * @param {Wanted} one
 * @param {Wanted} other
 */
function isSameDocument(one, other) {
  return one.room === other.room && one.kind === other.kind;
}
