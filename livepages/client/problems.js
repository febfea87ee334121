/** What is wrong with the site, shown over the page to those who develop it: the page beneath goes on. */

import { PROBLEM_CSS } from "./problem_styles.js";
import { make } from "./notices.js";

/** @typedef {import("./wire.js").Failure} Failure */
/** @typedef {import("./wire.js").Finding} Finding */
/** @typedef {Record<string, string>} Links  addresses by what is written in the text */
/** @typedef {{text: string, links: Links}} Entry */
/** @typedef {{key: string, failure: Failure, count: number}} Failed */

const FAILURE_LIMIT = 20;
const EDITOR_ADDRESS = /^(?!javascript|data|vbscript|blob|file)[a-z][a-z0-9+.-]*:\/\//;

/**
 * In a shadow tree, with a style sheet of its own, so that neither the site's CSS reaches it nor a patch; in the top
 * layer, so that nothing of the page covers it. It never takes the focus: who types goes on typing.
 */
export class Problems {
  #host = document.createElement("livepages-problems");
  #shadow = this.#host.attachShadow({ mode: "open" });
  #title = make("h2", "title");
  #note = make("p", "note", "The page goes on as it was.");
  #list = make("div", "list");
  #fold = make("button", "", "Fold");
  #close = make("button", "close", "×");
  #heading = "";
  /** @type {Finding[]} */
  #findings = [];
  /** By their streams. @type {Map<string, Finding[]>} */
  #faults = new Map();
  /** The newest first. @type {Failed[]} */
  #failures = [];
  /** What was shown of files and expressions when it was closed. */
  #dismissed = "";
  /** Failures that nobody's doing brings about, such as a timer's, and that were closed once. @type {Set<string>} */
  #muted = new Set();
  /** What had the focus before something in here got it. @type {HTMLElement | SVGElement | null} */
  #former = null;

  start() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(PROBLEM_CSS);
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#shadow.append(this.#panel());
    this.#host.popover = "manual";
    this.#fold.onclick = () => this.#toggle();
    this.#close.onclick = () => this.#dismiss();
    this.#host.addEventListener("focusin", ({ relatedTarget: from }) => {
      this.#former = from instanceof HTMLElement || from instanceof SVGElement ? from : null;
    });
    document.addEventListener("keydown", (event) => this.#keyPressed(event));
  }

  /**
   * The site's files were read again. What its handlers have done wrong is the past, once that went well.
   * @param {import("./wire.js").ProblemsMessage} message
   */
  filesRead({ title, findings }) {
    this.#heading = title;
    this.#findings = findings;
    if (!findings.length) {
      this.#failures = [];
      this.#muted.clear();
      this.#dismissed = "";
    }
    this.#show();
  }

  /** @param {import("./wire.js").Faults} message */
  faultsChanged({ stream, findings }) {
    this.#faults.set(stream, findings);
    this.#show();
  }

  /** @param {Failure} failure */
  handlerFailed(failure) {
    const key = `${failure.message}\n${failure.trace}`;
    if (!failure.event && this.#muted.has(key)) return;
    const count = (this.#failures.find((failed) => failed.key === key)?.count ?? 0) + 1;
    const others = this.#failures.filter((failed) => failed.key !== key);
    this.#failures = [{ key, failure, count }, ...others].slice(0, FAILURE_LIMIT);
    this.#show();
  }

  #panel() {
    const panel = make("section", "panel");
    const alert = make("div", "alert");
    const header = make("header", "");
    panel.setAttribute("aria-labelledby", "title");
    alert.setAttribute("role", "alert");
    this.#title.id = "title";
    this.#list.id = "list";
    this.#list.tabIndex = 0; // so that the keyboard can scroll it
    this.#list.setAttribute("role", "group");
    this.#list.setAttribute("aria-labelledby", "title");
    this.#fold.setAttribute("aria-controls", "list");
    this.#fold.setAttribute("aria-expanded", "true");
    this.#close.setAttribute("aria-label", "Close");
    alert.append(this.#title);
    header.append(alert, this.#fold, this.#close);
    panel.append(header, this.#list);
    return panel;
  }

  /** Shows what there is now, or nothing where there is nothing, or only what was closed before. */
  #show() {
    const entries = this.#entries();
    if (!entries.length || (!this.#failures.length && this.#standing === this.#dismissed)) this.#hide();
    else this.#fill(entries);
  }

  /** @param {Entry[]} entries */
  #fill(entries) {
    if (!this.#host.isConnected) {
      document.body.append(this.#host);
      this.#host.showPopover();
    }
    // Before it goes: the focus stays in here then, and where it came from stays known.
    if (this.#list.contains(this.#shadow.activeElement)) this.#list.focus({ preventScroll: true });
    const heading = this.#headings().join(" · ");
    if (this.#title.textContent !== heading) this.#title.textContent = heading; // told again only if it is news
    this.#list.replaceChildren(...(this.#findings.length ? [this.#note] : []), ...entries.map(entryElement));
    this.#makeRoom();
  }

  #hide() {
    if (!this.#host.isConnected) return;
    const hadFocus = document.activeElement === this.#host;
    this.#host.remove();
    this.#title.textContent = "";
    this.#makeRoom();
    if (hadFocus) this.#former?.focus({ preventScroll: true });
  }

  /** Toasts show above it. */
  #makeRoom() {
    document.documentElement.style.setProperty("--livepages-problems", `${this.#host.offsetHeight}px`);
  }

  #toggle() {
    this.#list.hidden = !this.#list.hidden;
    this.#fold.textContent = this.#list.hidden ? "Unfold" : "Fold";
    this.#fold.setAttribute("aria-expanded", String(!this.#list.hidden));
    this.#makeRoom();
  }

  #dismiss() {
    for (const { key } of this.#failures) this.#muted.add(key);
    this.#failures = [];
    this.#dismissed = this.#standing;
    this.#hide();
  }

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    const { activeElement: active, body } = document;
    const isOurs = !active || active === body || active === this.#host;
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    if (isOurs && this.#host.isConnected) this.#dismiss();
  }

  get #standing() {
    return JSON.stringify([this.#findings, [...this.#faults]]);
  }

  #headings() {
    const faults = [...this.#faults.values()].flat().length;
    const failures = this.#failures.reduce((sum, { count }) => sum + count, 0);
    return [
      this.#findings.length ? this.#heading : "",
      faults ? (faults === 1 ? "An expression has no value" : `${faults} expressions have no value`) : "",
      failures ? (failures === 1 ? "A handler failed" : `Handlers failed ${failures} times`) : "",
    ].filter(Boolean);
  }

  /** @returns {Entry[]} */
  #entries() {
    const findings = [...this.#findings, ...[...this.#faults.values()].flat()];
    return [...findings.map(findingEntry), ...this.#failures.map(failureEntry)];
  }
}

/**
 * @param {Finding} finding
 * @returns {Entry}
 */
function findingEntry({ where, link, text, links }) {
  return { text, links: where && link ? { ...links, [where]: link } : links };
}

/**
 * @param {Failed} failed
 * @returns {Entry}
 */
function failureEntry({ failure: { message, id, trace, links }, count }) {
  const often = count > 1 ? ` ×${count}` : "";
  return { text: `${message} (${id})${often}\n${trace}`, links: links ?? {} };
}

/**
 * The text as it is, with its lines marked for what they are and its places linked.
 * @param {Entry} entry
 */
function entryElement({ text, links }) {
  const element = make("pre", "entry");
  const lines = text.split("\n").map((line, index, all) => (index < all.length - 1 ? `${line}\n` : line));
  lines.forEach((line, index) => {
    const part = make("span", index ? lineClass(line) : "first");
    part.append(...linked(line, links));
    element.append(part);
  });
  return element;
}

/** @param {string} line */
function lineClass(line) {
  if (/^ *\| +\^+\s*$/.test(line)) return "caret";
  return /^ *= /.test(line) ? "hint" : "";
}

/**
 * @param {string} text
 * @param {Links} links
 * @returns {(string | HTMLElement)[]}
 */
function linked(text, links) {
  // The longest first: `line 1` is the beginning of `line 12`.
  const places = Object.keys(links).sort((one, other) => other.length - one.length);
  const place = places.find((written) => text.includes(written));
  const address = place && links[place];
  if (!place || !address || !EDITOR_ADDRESS.test(address)) return text ? [text] : [];
  const at = text.indexOf(place);
  const link = /** @type {HTMLAnchorElement} */ (make("a", "", place));
  link.href = address;
  link.title = "Open in the editor";
  return [...linked(text.slice(0, at), links), link, ...linked(text.slice(at + place.length), links)];
}
