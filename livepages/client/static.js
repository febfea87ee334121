/** Has the page show files anew that have changed on the server. */

/** @param {string[]} paths those of their addresses */
export function loadAnew(paths) {
  const version = `?v=${Date.now()}`;
  /**
   * @param {string} before an address up to its fragment
   * @param {string} path
   */
  const anew = (before, path) => {
    return paths.some((each) => each === path || each === encodeURI(path)) ? path + version : before;
  };
  for (const element of document.querySelectorAll("img, source, video, audio, image, use, link"))
    for (const name of ["src", "srcset", "href", "poster"]) {
      const before = element.getAttribute(name) ?? "";
      const address = name === "srcset" ? /([^\s,?]+)(\?[^\s,]*)?/g : /([^?#]+)(\?[^#]*)?/;
      const after = before.replace(address, anew);
      if (after !== before) element.setAttribute(name, after);
    }
}
