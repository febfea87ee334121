/** Undoing one's own changes of a document, and nobody else's. */

import { UndoManager } from "./yjs.js";

/** What is typed within this time is undone at once. */
const UNDO_STEP_MS = 500;

/**
 * @param {import("./yjs.js").Text} text
 * @param {...object} origins of the changes that are one's own
 */
export function undoManager(text, ...origins) {
  return new UndoManager(text, { trackedOrigins: new Set(origins), captureTimeout: UNDO_STEP_MS });
}
