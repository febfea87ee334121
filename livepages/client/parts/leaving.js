/** A way out of an editor in which Tab indents: Escape first, as in CodeMirror. */

const LEAVING_MS = 2000;

/** @param {HTMLElement} element */
export function leaveByTab(element) {
  let escapedAt = -Infinity;
  const listener = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") escapedAt = event.timeStamp;
    else if (event.key === "Tab" && event.timeStamp - escapedAt < LEAVING_MS) event.stopImmediatePropagation();
    else if (event.key !== "Shift") escapedAt = -Infinity;
  };
  element.addEventListener("keydown", listener, true);
}
