/**
 * A client of the y-websocket package that a test drives. It is told what to do by lines of JSON, such as
 * `{"do": "insert", "at": 0, "text": "Hi", "formats": {"bold": true}}`, and says in the same way what it sees.
 */

import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import { Doc } from "yjs";

const doc = new Doc();
const text = doc.getText("text");
/** @type {WebsocketProvider} */
let provider;

/** What can be told; places are counted as JavaScript does, in UTF-16. */
const COMMANDS = {
  connect({ server, key }) {
    // Without BroadcastChannel, so that all that others see has been on the server.
    provider = new WebsocketProvider(server, key, doc, { WebSocketPolyfill: WebSocket, disableBc: true });
    provider.on("status", ({ status }) => say({ status }));
    provider.on("sync", (synced) => say({ synced }));
    provider.on("closed", ({ code, reason }) => say({ closed: [code, reason] }));
    provider.awareness.on("change", () => say({ others: others() }));
  },
  disconnect: () => provider.disconnect(),
  reconnect: () => provider.connect(),
  insert: ({ at, text: inserted, formats }) => text.insert(at, inserted, formats ?? {}),
  delete: ({ at, length }) => text.delete(at, length),
  format: ({ at, length, formats }) => text.format(at, length, formats),
  state: ({ state }) => provider.awareness.setLocalState(state),
};

/** @param {Record<string, unknown>} news */
function say(news) {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

/** What the other clients tell of themselves. */
function others() {
  return [...provider.awareness.getStates()].filter(([id]) => id !== doc.clientID).map(([, state]) => state);
}

text.observe(() => say({ delta: text.toDelta() }));
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const { do: name, ...given } = JSON.parse(line);
  COMMANDS[name](given);
});
lines.on("close", () => process.exit());
