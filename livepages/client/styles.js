/** The site's CSS, which grows as pages come to use classes that no page had before. */

export class Styles {
  #sheet = new CSSStyleSheet();
  version = Number(document.querySelector("link[data-css]")?.getAttribute("data-css") ?? 0);

  /**
   * What may grow takes the place of what an earlier version said, in one go, so that nothing flashes. It comes after
   * the page's own sheet, in the same layers, and so wins over what that says of the same classes.
   * @param {number} version
   * @param {string} text
   */
  adopt(version, text) {
    if (version <= this.version) return;
    this.version = version;
    this.#sheet.replaceSync(text);
    const others = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    document.adoptedStyleSheets = [...others, this.#sheet];
  }
}
