/** Parts of the client that few pages need: what shows documents is loaded once there is one on the page. */

export class Parts {
  #folder;
  #isLoaded = false;

  /** @param {string} build the build of the client, which its parts are of too */
  constructor(build) {
    this.#folder = `/_livepages/parts/${build}`;
  }

  /**
   * Loads what an element needs, or one inside it.
   * @param {Element} element
   */
  load(element) {
    if (this.#isLoaded || !(element.matches("[data-document]") || element.querySelector("[data-document]"))) return;
    this.#isLoaded = true;
    import(`${this.#folder}/documents.js`)
      .then(({ start }) => start())
      .catch((error) => {
        this.#isLoaded = false;
        console.error("livepages: what shows documents can't be loaded", error);
      });
  }
}
