/** sessionStorage for small JSON values. It may be full or forbidden: then nothing is kept over a page load. */

const STORAGE_PREFIX = "livepages/";

/**
 * @param {string} key
 * @returns {any} null where nothing is kept
 */
export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function remember(key, value) {
  try {
    sessionStorage.setItem(STORAGE_PREFIX + key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page works without.
  }
}

/** @param {string} key */
export function forget(key) {
  try {
    sessionStorage.removeItem(STORAGE_PREFIX + key);
  } catch {
    // Forbidden: then nothing was kept either.
  }
}
