/** Keeps a tab from coming back at once, and again, to a server that has said that it takes nothing for the moment. */

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;
/** What has been sent over a connection that lasts so long was taken. */
const HELD_MS = 10_000;

export class Setback {
  /** What the server has said, until it is over. */
  reason = "";
  #connect;
  #tell;
  #wait = FIRST_WAIT_MS;
  #isSaid = false;
  /** Of the wait before a connection, or of the time that it has to last. @type {number | undefined} */
  #timer;

  /**
   * @param {() => void} connect
   * @param {() => void} tell is called when the reason has changed
   */
  constructor(connect, tell) {
    this.#connect = connect;
    this.#tell = tell;
  }

  /** @param {string} reason if the server has given one */
  begin(reason) {
    this.stop();
    this.reason = reason || this.reason;
    this.#timer = setTimeout(this.#connect, this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
    this.#tell();
  }

  /** The server takes again what it is sent, as it seems. */
  synced() {
    this.stop();
    this.#timer = setTimeout(() => this.end(), HELD_MS);
  }

  /** No connection is to be made any more, or what there was is gone. */
  stop() {
    clearTimeout(this.#timer);
  }

  end() {
    this.stop();
    this.#wait = FIRST_WAIT_MS;
    this.#isSaid = false;
    if (!this.reason) return;
    this.reason = "";
    this.#tell();
  }

  /** For what has no place of its own to say it, however many there are. */
  sayOnce() {
    if (!this.reason || this.#isSaid) return;
    this.#isSaid = true;
    document.dispatchEvent(new CustomEvent("livepages:problem", { detail: { text: this.reason } }));
  }
}
