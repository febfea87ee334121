/** Dialogs: while one is open nothing else of the page can be used, unless it says otherwise. */

/**
 * Opens or closes a details or a dialog for the server, who is not told of that.
 * @param {Element} element
 * @param {boolean} open
 */
export function setOpen(element, open) {
  if (!(element instanceof HTMLDialogElement) || open || !element.open) return void Reflect.set(element, "open", open);
  /** @param {Event} event */
  const keep = (event) => {
    if (event.target !== element) return;
    event.stopPropagation();
    removeEventListener("close", keep, true);
  };
  addEventListener("close", keep, true); // at the window, before the document, where events are told
  element.close();
}

/** Makes those dialogs modal that are open and should be, however that came. */
export function tidyDialogs() {
  for (const dialog of document.getElementsByTagName("dialog")) {
    if (!dialog.matches("[open][data-n]:not(:modal, [data-modeless])")) continue;
    dialog.removeAttribute("open");
    dialog.showModal();
  }
}
