/** The site's CSS, which grows as pages come to use classes that no page had before, and may be another one day. */

export class Styles {
  #link = document.querySelector("link[data-css]");
  #whole = new CSSStyleSheet();
  #growing = new CSSStyleSheet();
  version = Number(this.#link?.getAttribute("data-css") ?? 0);

  /**
   * What may grow takes the place of what an earlier version said, in one go, so that nothing flashes. It comes after
   * the page's own sheet, in the same layers, and so wins over what that says of the same classes. A whole sheet takes
   * the place of the page's own too.
   * @param {number} version
   * @param {string} text
   * @param {boolean} isWhole
   */
  adopt(version, text, isWhole) {
    if (version <= this.version) return;
    this.version = version;
    this.#growing.replaceSync(isWhole ? "" : text);
    if (isWhole) this.#whole.replaceSync(text);
    const own = [this.#whole, this.#growing];
    document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter((sheet) => !own.includes(sheet)), ...own];
    if (isWhole) this.#link?.remove();
  }
}
