/** Moves nodes to other places, with what people have there: focus, caret, scroll, running animations. */

/**
 * The children of `parent` become `wanted`, in that order and with the least moves. Others stay, wherever that is.
 * @param {Element} parent
 * @param {ChildNode[]} wanted
 */
export function arrange(parent, wanted) {
  const places = new Map([...parent.childNodes].map((node, index) => [node, index]));
  const still = longestRise(wanted.map((node) => places.get(node) ?? -1));
  /** @type {ChildNode | null} */
  let next = null;
  for (let index = wanted.length - 1; index >= 0; index--) {
    const node = /** @type {ChildNode} */ (wanted[index]);
    if (!still.has(index)) placeBefore(parent, node, next);
    next = node;
  }
}

/**
 * @param {Element} parent
 * @param {ChildNode} node
 * @param {ChildNode | null} next
 */
export function placeBefore(parent, node, next) {
  const mover = /** @type {{moveBefore?: (node: Node, next: Node | null) => void}} */ (parent);
  if (mover.moveBefore && node.isConnected && parent.isConnected) mover.moveBefore(node, next);
  else keepingState(node, () => parent.insertBefore(node, next));
}

/**
 * For browsers without `moveBefore`, in which a move takes focus and scroll away.
 * @param {ChildNode} node
 * @param {() => void} move
 */
function keepingState(node, move) {
  if (!(node instanceof Element) || !node.isConnected) return move();
  const active = document.activeElement;
  const scrolled = [node, ...node.querySelectorAll("*")].filter((element) => element.scrollTop || element.scrollLeft);
  const offsets = scrolled.map((element) => [element.scrollLeft, element.scrollTop]);
  move();
  scrolled.forEach((element, index) => element.scrollTo(...(/** @type {[number, number]} */ (offsets[index]))));
  if (active instanceof HTMLElement && node.contains(active)) active.focus({ preventScroll: true });
}

/**
 * The indexes of a longest strictly rising run of `values`, negative ones left out (patience sorting).
 * @param {number[]} values
 * @returns {Set<number>}
 */
export function longestRise(values) {
  /** @type {number[]} */
  const ends = []; // ends[length - 1]: index of the lowest value that ends a run of that length
  const previous = new Map();
  values.forEach((value, index) => {
    if (value < 0) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (values[/** @type {number} */ (ends[middle])]) < value) low = middle + 1;
      else high = middle;
    }
    previous.set(index, ends[low - 1]);
    ends[low] = index;
  });
  const run = new Set();
  for (let index = ends.at(-1); index !== undefined; index = previous.get(index)) run.add(index);
  return run;
}
