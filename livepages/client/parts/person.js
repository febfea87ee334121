/** The person at this browser as others see it: a name and a colour, the same in all tabs and documents. */

const PERSON_KEY = "livepages/person";
export const NAME_LIMIT = 40;

const MOODS = (
  "Brave Bright Busy Calm Cheerful Clever Curious Daring Eager Gentle Happy Honest Jolly Kind Lively Lucky Merry " +
  "Mighty Nimble Patient Playful Polite Proud Quick Quiet Sunny Swift Tidy Warm Wise"
).split(" ");
const ANIMALS = (
  "Badger Bear Beaver Bee Crane Deer Dolphin Eagle Falcon Finch Fox Gecko Hare Hedgehog Heron Koala Lark Lynx Marten " +
  "Mole Moose Otter Owl Panda Penguin Puffin Raven Robin Seal Sparrow Squirrel Swan Tiger Turtle Whale Wolf"
).split(" ");
/** White text reads well on each of them, and each on white. */
const COLORS = (
  "#b91c1c #c2410c #a16207 #4d7c0f #15803d #0f766e #0e7490 #0369a1 #1d4ed8 #4338ca #7e22ce #a21caf #be185d"
).split(" ");

export class Person {
  #kept = readPerson();
  /** @type {Set<() => void>} */
  #listeners = new Set();

  start() {
    keepPerson(this.#kept);
    addEventListener("storage", ({ key }) => key === PERSON_KEY && this.#become(readPerson(this.#kept)));
  }

  get name() {
    return this.#kept.name;
  }

  get color() {
    return this.#kept.color;
  }

  /** @param {string} name */
  rename(name) {
    const tidy = tidyName(name);
    if (!tidy || tidy === this.name) return;
    this.#become({ ...this.#kept, name: tidy });
    keepPerson(this.#kept);
  }

  /** Takes another colour, if there is one that nobody else has. @param {string[]} taken by others */
  recolor(taken) {
    const free = COLORS.filter((color) => !taken.includes(color));
    if (free.length === 0) return;
    this.#become({ ...this.#kept, color: anyOf(free) });
    keepPerson(this.#kept);
  }

  /** @param {() => void} listener */
  watch(listener) {
    this.#listeners.add(listener);
  }

  /** @param {() => void} listener */
  unwatch(listener) {
    this.#listeners.delete(listener);
  }

  /** @param {{name: string, color: string}} kept */
  #become(kept) {
    this.#kept = kept;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * A name without what would let it pass for more than one.
 * @param {unknown} name
 */
export function tidyName(name) {
  if (typeof name !== "string") return "";
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return plain.slice(0, NAME_LIMIT).replace(/[\ud800-\udbff]$/, "").trim();
}

/** @param {unknown} color */
export function isColor(color) {
  return typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color);
}

/** @param {{name: string, color: string}} [fallback] */
function readPerson(fallback = { name: `${anyOf(MOODS)} ${anyOf(ANIMALS)}`, color: anyOf(COLORS) }) {
  try {
    const kept = JSON.parse(localStorage.getItem(PERSON_KEY) ?? "null");
    return { name: tidyName(kept?.name) || fallback.name, color: isColor(kept?.color) ? kept.color : fallback.color };
  } catch {
    return fallback;
  }
}

/** @param {{name: string, color: string}} person */
function keepPerson(person) {
  try {
    localStorage.setItem(PERSON_KEY, JSON.stringify(person));
  } catch {
    // Full or forbidden: the next page gives another name.
  }
}

/** @param {string[]} words */
function anyOf(words) {
  return /** @type {string} */ (words[Math.floor(Math.random() * words.length)]);
}
