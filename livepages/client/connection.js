/** The WebSocket to the server: opened again and again, ever more slowly, until it stays open. */

import { decode, encode } from "./wire.js";

/**
 * @typedef {object} ConnectionDelegate
 * @property {() => void} connectionOpened to say hello; also to ask whether the other side is still there
 * @property {() => void} connectionLost
 * @property {(message: import("./wire.js").ServerMessage) => void} messageReceived
 */
/** @typedef {"stopped" | "connecting" | "greeting" | "live" | "waiting"} ConnectionState */

const SOCKET_PATH = "/_livepages/socket";
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;
/** How long an answer may take before the connection counts as dead. */
const PATIENCE_MS = 10_000;
/** A silence after which a page that becomes visible doubts its connection: a machine that slept has lost it. */
const DOUBT_MS = 30_000;
/** A silence after which any page does: the server says something at least every 20 s. */
const SILENCE_MS = 50_000;

export class Connection {
  #delegate;
  /** @type {WebSocket | null} */
  #socket = null;
  #failures = 0;
  #heardAt = 0;
  /** @type {number | undefined} */
  #timer;
  /** @type {ConnectionState} */
  state = "stopped";

  /** @param {ConnectionDelegate} delegate */
  constructor(delegate) {
    this.#delegate = delegate;
  }

  start() {
    addEventListener("online", () => this.#hurry(0));
    addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#hurry(DOUBT_MS);
    });
    this.connect();
  }

  get isLive() {
    return this.state === "live";
  }

  connect() {
    this.#drop();
    this.state = "connecting";
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + SOCKET_PATH);
    this.#socket = socket;
    socket.onopen = () => {
      this.state = "greeting";
      this.#delegate.connectionOpened();
    };
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = () => this.#lose();
    this.#wait(PATIENCE_MS, () => this.#lose());
  }

  /** The server has taken the tab in. */
  becomeLive() {
    this.state = "live";
    this.#failures = 0;
    this.#wait(SILENCE_MS, () => this.probe());
  }

  /** @param {import("./wire.js").ClientMessage} message */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encode(message));
  }

  /** Asks for a sign of life, and connects anew when none comes. */
  probe() {
    this.#delegate.connectionOpened();
    this.#wait(PATIENCE_MS, () => this.#lose());
  }

  stop() {
    this.#drop();
    this.state = "stopped";
  }

  /** @param {number} doubt a live connection that was silent for as long, in ms, is probed */
  #hurry(doubt) {
    if (this.state === "waiting") this.connect();
    else if (this.isLive && Date.now() - this.#heardAt >= doubt) this.probe();
  }

  /** @param {string} text */
  #hear(text) {
    this.#heardAt = Date.now();
    if (this.isLive) this.#wait(SILENCE_MS, () => this.probe());
    else this.#wait(PATIENCE_MS, () => this.#lose());
    this.#delegate.messageReceived(decode(text));
  }

  #lose() {
    this.#drop();
    this.state = "waiting";
    const delay = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, LONGEST_RETRY_MS);
    this.#wait(delay * (0.75 + Math.random() / 2), () => this.connect());
    this.#delegate.connectionLost();
  }

  /** Lets go of the socket without waiting for the other side, which may be gone. */
  #drop() {
    clearTimeout(this.#timer);
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  /**
   * @param {number} delay
   * @param {() => void} action
   */
  #wait(delay, action) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, delay);
  }
}
