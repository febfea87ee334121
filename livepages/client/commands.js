/** What the server can tell this one tab to do, beside changing its page. */


/** @typedef {import("./wire.js").Command} Command */
/** @typedef {import("./wire.js").Failure} Failure */

/**
 * @typedef {object} CommandsDelegate
 * @property {() => void} reloadWanted
 * @property {(failure: Failure) => void} eventFailed
 * @property {(message: import("./wire.js").ForDevelopers) => void} developerTold
 * @property {(toast: import("./wire.js").Toast) => void} toastReceived
 * @property {(stream: string, node: number) => Element | undefined} elementAt
 * @property {(field: Element | undefined, text: string) => void} valueRefused
 */

/**
 * @template {Command["type"]} Name
 * @typedef {(command: Extract<Command, {type: Name}>, delegate: CommandsDelegate) => void} Performer
 */

/** @type {{[Name in Command["type"]]: Performer<Name>}} */
const COMMANDS = {
  reload({ reason }, delegate) {
    console.info(`livepages: loading the page anew: ${reason}`);
    delegate.reloadWanted();
  },

  error(failure, delegate) {
    delegate.eventFailed(failure);
  },

  problems: tellDeveloper,
  faults: tellDeveloper,
  static: tellDeveloper,

  toast(toast, delegate) {
    delegate.toastReceived(toast);
  },

  go({ url }) {
    const target = webAddress(url);
    if (target) location.assign(target);
  },

  address({ url }) {
    history.replaceState(history.state, "", url + location.search + location.hash);
  },

  focus({ stream, node }, delegate) {
    const element = delegate.elementAt(stream, node);
    if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
  },

  invalid({ stream, node, text }, delegate) {
    delegate.valueRefused(delegate.elementAt(stream, node), text);
  },

  title({ text }) {
    document.title = text;
  },

  download({ url, name }) {
    const target = webAddress(url);
    if (!target) return;
    const link = document.createElement("a");
    link.href = target.href;
    link.download = name;
    link.click();
  },

  run({ url }, delegate) {
    const target = webAddress(url);
    if (target?.origin !== location.origin) return;
    import(target.href).catch((error) => {
      console.error(error);
      delegate.eventFailed({ type: "error", code: "run", message: `A script of this page failed: ${error}` });
    });
  },
};

/**
 * @param {Command} command
 * @param {CommandsDelegate} delegate
 */
export function carryOut(command, delegate) {
  const perform = /** @type {(command: Command, delegate: CommandsDelegate) => void} */ (COMMANDS[command.type]);
  if (perform) perform(command, delegate);
  else console.warn("livepages: a message of an unknown type", command);
}

/**
 * An address that runs no script when it is gone to.
 * @param {string} text
 */
function webAddress(text) {
  const url = URL.canParse(text, location.href) ? new URL(text, location.href) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  console.warn(`livepages: not an address to go to: ${text}`);
  return null;
}

/**
 * @param {import("./wire.js").ForDevelopers} message
 * @param {CommandsDelegate} delegate
 */
function tellDeveloper(message, delegate) {
  delegate.developerTold(message);
}
