/** One document of the server in this page: its text, its connection, who is in it. All hosts that show it share it. */

import { Doc, WebsocketProvider, applyUpdate } from "./yjs.js";
import { Presence } from "./presence.js";
import { Setback } from "./setback.js";
import { Stash } from "./stash.js";
import { Unsent } from "./unsent.js";
import { REFUSAL, SYNC, answersOf, asksForState, isAnswer, readRefusal } from "./protocol.js";

const DOCUMENTS_PATH = "/_livepages/documents";
const LONGEST_RETRY_MS = 2500;
/** A server that sends nothing for 30 s is taken for gone, so it is asked for something now and then. */
const ASK_MS = 15_000;
/** A moment without a connection is no news. */
const OFFLINE_DELAY_MS = 1200;
/** More bytes than this are not sent in one message: what was done offline may be too much for that. */
const ANSWER_LIMIT = 300_000;
const MESSAGE_TOO_BIG = 1009;
/** It can only be read, for now or for good. */
const LOCKED = 4403;
/** No page shows it, for now or for good. */
const NOT_SHOWN = 4404;
const KEPT_HERE = "What you wrote is kept in this tab until it shows again.";
const KEPT_BACK = "What you wrote last is in this tab only, and is saved when this can be written in again.";
const NOT_SAVED = "What you wrote last is not saved: copy it, and load the page again.";
const TOO_BIG = "The last change is too large to be kept. Copy what you need, and load the page again.";

export class SharedDocument {
  doc = new Doc();
  /** What every kind of host shows. */
  text = this.doc.getText("text");
  presence;
  /** Whether the server's text has been seen: until then there is nothing to show. */
  isKnown = false;
  isOffline = false;
  /** Why the server takes no more from this tab, if it does not. @type {string | null} */
  refusal = null;
  /** That it takes no more for the moment. */
  setback = new Setback(() => this.#provider.connect(), () => this.#tell());
  #reason = "";
  #isLockedOut = false;
  #provider;
  #stash;
  #unsent = new Unsent();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {number | undefined} */
  #offlineTimer;

  /**
   * @param {string} room
   * @param {import("./person.js").Person} person
   */
  constructor(room, person) {
    this.#stash = new Stash(room);
    const server = location.origin.replace(/^http/, "ws") + DOCUMENTS_PATH;
    // Without other tabs of this browser: what they show has to be on the server's disk.
    const options = { connect: false, disableBc: true, maxBackoffTime: LONGEST_RETRY_MS, resyncInterval: ASK_MS };
    this.#provider = new WebsocketProvider(server, room, this.doc, { ...options, shouldReconnect });
    this.presence = new Presence(this.#provider.awareness, person);
    this.doc.on("update", this.#updated);
    this.#provider.on("status", ({ status }) => this.#connectionIs(status === "connected"));
    this.#provider.on("sync", (isSynced) => isSynced && this.#synced());
    this.#provider.on("connection-close", (event) => this.#closed(event));
    this.#provider.on("closed", ({ code, reason }) => this.#refused(code, reason));
    this.#provider.messageHandlers[REFUSAL] = (_encoder, decoder) => {
      this.#reason = readRefusal(decoder);
    };
    this.#answerInPieces();
    this.#unstash();
    this.#connectionIs(false);
    this.#provider.connect();
  }

  /** Whether nothing waits to be sent: then it can go. */
  get isSaved() {
    return this.refusal !== null || (this.#isQuiet && this.isKnown);
  }

  /** @param {() => void} listener hears of every change of state, not of text */
  watch(listener) {
    this.#listeners.add(listener);
  }

  /** @param {() => void} listener */
  unwatch(listener) {
    this.#listeners.delete(listener);
  }

  /** Keeps what would be lost with the page. */
  stash() {
    const updates = this.refusal === null ? this.#unsent.pieces(this.#isQuiet) : [];
    if (updates.length > 0) this.#stash.keep(updates);
  }

  /** The page goes away: others see that at once, and not only when the connection is missed. */
  suspend() {
    this.stash();
    this.presence.away(true);
    this.setback.stop();
    this.#provider.disconnect();
  }

  /** Back from the browser's cache of pages. */
  resume() {
    this.presence.away(false);
    if (this.refusal === null) this.#provider.connect();
  }

  /** It can be written in, as far as the page says. */
  unlocked() {
    if (!this.#isLockedOut) return;
    this.#isLockedOut = false;
    this.refusal = null;
    this.#provider.connect();
    this.#tell();
  }

  destroy() {
    clearTimeout(this.#offlineTimer);
    this.setback.stop();
    this.presence.destroy();
    this.#provider.destroy();
    this.doc.destroy();
  }

  get #isQuiet() {
    const { synced, ws } = this.#provider;
    return synced && ws?.bufferedAmount === 0;
  }

  #unstash() {
    try {
      for (const update of this.#stash.read()) {
        applyUpdate(this.doc, update, this.#stash);
        this.#unsent.add(update, false);
      }
    } catch (error) {
      console.error("livepages: what was kept of a document can't be read", error);
      this.#stash.forget();
    }
  }

  /** @type {(update: Uint8Array, origin: unknown) => void} */
  #updated = (update, origin) => {
    if (origin !== this.#provider && origin !== this.#stash) this.#unsent.add(update, this.#isQuiet);
  };

  /** What the server lacks goes to it as it was made, and not all at once, if that is much. */
  #answerInPieces() {
    const { messageHandlers } = this.#provider;
    const usual = /** @type {(typeof messageHandlers)[number]} */ (messageHandlers[SYNC]);
    messageHandlers[SYNC] = (encoder, decoder, ...rest) => {
      const isAsked = asksForState(decoder);
      const isMuch = isAsked && this.#unsent.size > ANSWER_LIMIT;
      if (isMuch) for (const message of answersOf(this.#unsent.pieces(false))) this.#provider.ws?.send(message);
      else usual(encoder, decoder, ...rest);
      if (isMuch || (isAsked && isAnswer(encoder))) this.#unsent.resent();
    };
  }

  #synced() {
    this.isKnown = true;
    this.#stash.forget();
    this.setback.synced();
    this.#tell();
  }

  /** @param {boolean} isConnected */
  #connectionIs(isConnected) {
    if (!isConnected) {
      this.#offlineTimer ??= setTimeout(() => this.#offlineIs(true), OFFLINE_DELAY_MS);
      return;
    }
    clearTimeout(this.#offlineTimer);
    this.#offlineTimer = undefined;
    this.#reason = "";
    this.#offlineIs(false);
  }

  /** @param {boolean} isOffline */
  #offlineIs(isOffline) {
    if (this.isOffline === isOffline) return;
    this.isOffline = isOffline;
    this.#tell();
  }

  /** @param {CloseEvent | null} event null if it was closed here */
  #closed(event) {
    this.setback.stop();
    if (!event || event.code < 4500 || event.code > 4599) return;
    this.#provider.shouldConnect = false;
    this.setback.begin(this.#reason);
  }

  /**
   * @param {number} code of the closed connection
   * @param {string} reason
   */
  #refused(code, reason) {
    const isOwnWord = code !== MESSAGE_TOO_BIG && (this.#reason || reason);
    const told = isOwnWord || (code === MESSAGE_TOO_BIG ? TOO_BIG : "This document can't be edited here any more.");
    const updates = this.#unsent.pieces(this.#isQuiet);
    clearTimeout(this.#offlineTimer);
    this.isOffline = false;
    this.setback.end();
    if (code === NOT_SHOWN && updates.length > 0) this.#stash.keep(updates);
    // Kept for the next load, it would be refused again, and again.
    else this.#stash.forget();
    this.#isLockedOut = code === LOCKED;
    const advice = code === NOT_SHOWN ? KEPT_HERE : this.#isLockedOut ? KEPT_BACK : NOT_SAVED;
    this.refusal = updates.length === 0 || told === TOO_BIG ? told : `${told} ${advice}`;
    document.dispatchEvent(new CustomEvent("livepages:problem", { detail: { text: this.refusal } }));
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}

/**
 * Codes from 4400 are the server's last word, as those of HTTP are from 400; a message that is too big stays so.
 * @param {CloseEvent} event
 */
function shouldReconnect({ code }) {
  return !(code >= 4400 && code < 4500) && code !== MESSAGE_TOO_BIG;
}
