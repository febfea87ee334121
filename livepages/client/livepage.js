/** One live page in one tab: holds the parts together. Each part knows only what it needs of this, as its delegate. */

import { Connection } from "./connection.js";
import { Events } from "./events.js";
import { Fields } from "./fields.js";
import { Notices } from "./notices.js";
import { Outbox } from "./outbox.js";
import { Parts } from "./parts.js";
import { Streams } from "./streams.js";
import { Styles } from "./styles.js";
import { Tab } from "./tab.js";
import { Tokens } from "./tokens.js";
import { Validity } from "./validity.js";
import { addressOf } from "./nodes.js";
import { carryOut } from "./commands.js";
import { helloMessage } from "./wire.js";
import { isField } from "./values.js";
import { tidyDialogs } from "./dialogs.js";
import { reloadPage, restoreTyped } from "./reload.js";

/** @typedef {import("./values.js").Field} Field */
/** @typedef {import("./wire.js").EventData} EventData */
/** @typedef {import("./wire.js").Value} Value */

export class LivePage {
  #page = document.documentElement.dataset["page"] ?? "";
  #build = document.documentElement.dataset["build"] ?? "";
  #tab = new Tab(this.#page);
  #outbox = new Outbox(this.#page, this.#tab.isNew);
  #parts = new Parts(this.#build);
  #tokens = new Tokens();
  #styles = new Styles();
  #notices = new Notices();
  #validity = new Validity();
  #streams = new Streams(this);
  #fields = new Fields(this);
  #events = new Events(this);
  #connection = new Connection(this);
  #workbench;
  isPatching = false;

  /** @param {import("./workbench.js").Workbench} [workbench] what shows those who develop the site more */
  constructor(workbench) {
    this.#workbench = workbench;
  }

  start() {
    this.#streams.start();
    this.#fields.start();
    this.#events.start();
    this.#notices.start();
    this.#validity.start();
    this.#workbench?.start();
    tidyDialogs();
    this.#parts.load(document.body);
    document.addEventListener("livepages:problem", (event) => this.#tell(event));
    addEventListener("pagehide", () => this.#tab.leave());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#return());
    restoreTyped((field, value) => this.#fields.restore(field, value));
    this.#fields.flush();
    this.#notices.disconnected();
    this.#connection.start();
  }

  /** @param {Event} event what a part of the client has to tell */
  #tell(event) {
    if (event instanceof CustomEvent) this.#notices.error({ message: event.detail.text, id: undefined });
  }

  /** Back from the browser's cache of pages, in which no socket lives. */
  #return() {
    this.#tab.stay();
    this.#connection.connect();
  }

  // Of the connection

  connectionOpened() {
    const { id: tab, secret } = this.#tab;
    const [page, build] = [this.#page, this.#build];
    const [streams, css] = [this.#streams.positions, this.#styles.version];
    this.#connection.send(helloMessage({ page, build, tab, secret, streams, css }));
  }

  connectionLost() {
    this.#streams.answered();
    this.#notices.disconnected();
  }

  /** @param {import("./wire.js").ServerMessage} message */
  messageReceived(message) {
    if (message.type === "patch") this.#patching(() => this.#streams.patch(message));
    else if (message.type === "snapshot") this.#patching(() => this.#streams.snapshot(message));
    else if (message.type === "ack") this.#outbox.settle(message.event);
    else if (message.type === "ready") this.#becomeLive();
    else if (message.type !== "beat") carryOut(message, this);
  }

  #becomeLive() {
    this.#streams.answered();
    if (this.#connection.isLive) return;
    this.#connection.becomeLive();
    this.#notices.connected();
    for (const event of this.#outbox.events) this.#connection.send(event);
  }

  /** @param {() => void} change */
  #patching(change) {
    this.isPatching = true;
    try {
      change();
    } finally {
      this.isPatching = false;
      this.#validity.tidy();
      tidyDialogs();
    }
  }

  // Of the streams

  gapFound() {
    this.connectionOpened();
  }

  /** @param {Element} element */
  elementAdded(element) {
    this.eventsChanged(element);
    const wanted = element.matches("[autofocus]") ? element : element.querySelector("[autofocus]");
    const isFree = !document.activeElement || document.activeElement === document.body;
    if (isFree && wanted instanceof HTMLElement) wanted.focus();
  }

  /** @param {Element} element */
  eventsChanged(element) {
    this.#events.watch(element);
    this.#parts.load(element);
  }

  /**
   * @param {Element} element
   * @param {Value} value
   * @param {string | null} origin
   */
  valueReceived(element, value, origin) {
    this.#validity.show(element, "");
    if (isField(element)) this.#fields.receive(element, value, origin);
    else Reflect.set(element, "value", value); // progress, meter, button
  }

  /**
   * @param {Field} field
   * @param {Value} value
   */
  snapshotValueReceived(field, value) {
    this.#fields.receiveSnapshot(field, value);
  }

  /**
   * @param {Element} element
   * @param {string} html
   */
  contentReceived(element, html) {
    if (element instanceof HTMLSelectElement) this.#fields.receiveOptions(element, html);
    else element.innerHTML = html;
  }

  /**
   * @param {number} version
   * @param {string} text
   * @param {boolean} [isWhole]
   */
  cssReceived(version, text, isWhole = false) {
    this.#styles.adopt(version, text, isWhole);
  }

  // Of the events and fields

  get tabId() {
    return this.#tab.id;
  }

  /** @param {Element} element */
  tokensOf(element) {
    return this.#tokens.of(element);
  }

  /** @param {Field} field */
  valueToken(field) {
    return this.#tokens.ofValue(field);
  }

  /**
   * Fields that wait are sent first, so that a handler reads what its user sees.
   * @param {Element} element
   * @param {string} on
   * @param {EventData} data
   */
  eventFired(element, on, data) {
    this.#fields.flush();
    this.postEvent(element, on, data);
  }

  /**
   * @param {Field} field
   * @param {import("./tokens.js").Token} token
   */
  fieldFired(field, token) {
    this.#fields.fire(field, token);
  }

  /**
   * @param {Element} element
   * @param {string} on
   * @param {EventData} data
   */
  postEvent(element, on, data) {
    const address = addressOf(element);
    if (!address) return 0;
    const event = this.#outbox.add(address, on, data);
    if (this.#connection.isLive) this.#connection.send(event);
    return event.id;
  }

  /** @param {number} id */
  isUnacknowledged(id) {
    return this.#outbox.holds(id);
  }

  // Of the commands

  reloadWanted() {
    this.#connection.stop();
    reloadPage(this.#fields.unsent());
  }

  /** @param {import("./wire.js").Failure} failure */
  eventFailed(failure) {
    if (failure.event) this.#outbox.drop(failure.event);
    // The page may have changed while the event was on its way: that is nobody's fault.
    if (["unknown-event", "unknown-element"].includes(failure.code)) console.warn(`livepages: ${failure.message}`);
    else if (failure.trace && this.#workbench) this.#workbench.handlerFailed(failure);
    else this.#notices.error(failure);
  }

  /**
   * @param {Element | undefined} field
   * @param {string} text
   */
  valueRefused(field, text) {
    this.#validity.show(field, text);
  }

  /** @param {import("./wire.js").ForDevelopers} message */
  developerTold(message) {
    this.#workbench?.receive(message);
  }

  /** @param {import("./wire.js").Toast} toast */
  toastReceived(toast) {
    this.#notices.toast(toast);
  }

  /**
   * @param {string} stream
   * @param {number} node
   */
  elementAt(stream, node) {
    return this.#streams.find(stream, node);
  }
}
