/** What an element's `data-on` declares: `keydown.enter.prevent`, `input/d500`, `mousemove/t100`. */

/**
 * @typedef {object} Token
 * @property {string} on the event with its modifiers: its name on the wire
 * @property {string} type the DOM's name of the event
 * @property {string[]} modifiers
 * @property {"d" | "t" | null} pace debounced, throttled or neither
 * @property {number} delay in ms
 */

const HELD_KEYS = ["ctrl", "alt", "shift", "meta"];
const FLOW = ["prevent", "stop", "once", "self"];
/** @type {Readonly<Record<string, string>>} */
const KEY_VALUES = Object.freeze({
  space: " ",
  up: "arrowup",
  down: "arrowdown",
  left: "arrowleft",
  right: "arrowright",
});

export class Tokens {
  /** @type {Map<string, Token[]>} */
  #parsed = new Map();

  /**
   * @param {Element} element
   * @returns {Token[]}
   */
  of(element) {
    const text = element.getAttribute("data-on");
    if (!text) return [];
    const tokens = this.#parsed.get(text) ?? text.split(" ").filter(Boolean).map(parseToken);
    this.#parsed.set(text, tokens);
    return tokens;
  }

  /**
   * The token by which a field's value goes to the server.
   * @param {Element} field
   */
  ofValue(field) {
    const tokens = this.of(field);
    return tokens.find(({ type }) => type === "input") ?? tokens.find(({ type }) => type === "change");
  }
}

/**
 * @param {string} text
 * @returns {Token}
 */
function parseToken(text) {
  const [on = "", pace = ""] = text.split("/");
  const [type = "", ...modifiers] = on.split(".");
  const kind = pace[0] === "d" || pace[0] === "t" ? pace[0] : null;
  return { on, type, modifiers, pace: kind, delay: Number(pace.slice(1)) };
}

/**
 * Whether an event is what the token asks for.
 * @param {Token} token
 * @param {Event} event
 * @param {Element} element the one that declares it
 */
export function matchesToken({ type, modifiers }, event, element) {
  if (event.type !== type || (modifiers.includes("self") && event.target !== element)) return false;
  const keys = modifiers.filter((name) => !HELD_KEYS.includes(name) && !FLOW.includes(name));
  const isHeld = modifiers.every((name) => !HELD_KEYS.includes(name) || Reflect.get(event, `${name}Key`));
  return isHeld && (!keys.length || (event instanceof KeyboardEvent && keys.some((name) => isKey(event, name))));
}

/**
 * Letters go by what the key types, by its place only where that is no Latin letter; digits by either.
 * @param {KeyboardEvent} event
 * @param {string} name
 */
function isKey({ key, code }, name) {
  if (key.toLowerCase() === (KEY_VALUES[name] ?? name)) return true;
  if (/^\d$/.test(name)) return code === `Digit${name}`;
  return name.length === 1 && key.length === 1 && key > "~" && code === `Key${name.toUpperCase()}`;
}
