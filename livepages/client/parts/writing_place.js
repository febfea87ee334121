/** Where its user writes survives that the page is loaded anew, as after a restart of the server. */

/** @typedef {[start: number, end: number]} Place in a text, in units of UTF-16 */
/** @typedef {{path: string, number: number, key: string, place: Place, at: number}} Kept */

const PLACE_KEY = "livepages/writing";
/** Who comes back later begins as on any page. */
const KEPT_MS = 10_000;

/**
 * @param {string} key of the document and its kind of host
 * @param {number} number of the host among all in the page
 * @param {Place} place
 */
export function keepPlace(key, number, place) {
  storePlace(JSON.stringify({ path: location.pathname, number, key, place, at: Date.now() }));
}

/**
 * The place that was kept for a host, once; null if there is none, or its user is somewhere else now.
 * @param {string} key
 * @param {number} number
 * @returns {Place | null}
 */
export function takePlace(key, number) {
  const kept = /** @type {Kept | null} */ (JSON.parse(readPlace() ?? "null"));
  const isIt = kept?.path === location.pathname && kept.key === key && kept.number === number;
  if (isIt) storePlace("");
  const isMeant = isIt && Date.now() - kept.at < KEPT_MS && document.activeElement === document.body;
  return isMeant ? kept.place : null;
}

/** @param {string} text */
function storePlace(text) {
  try {
    if (text) sessionStorage.setItem(PLACE_KEY, text);
    else sessionStorage.removeItem(PLACE_KEY);
  } catch {
    // Full or forbidden: the page works without.
  }
}

function readPlace() {
  try {
    return sessionStorage.getItem(PLACE_KEY);
  } catch {
    return null;
  }
}
