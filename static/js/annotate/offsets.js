// Browsers count text in UTF-16 units, the archive in code points. Conversion only happens here.

const CONTEXT = 64; // code points on each side of a quote

function countCodePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Where the n-th code point of the text begins, in UTF-16 units. */
function toUnits(text, codePoints) {
  let units = 0;
  for (let n = 0; n < codePoints && units < text.length; n += 1) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}

/** The range's words in the element's text, with their context and their position in code points. */
export function describe(root, range) {
  const inside = clipped(root, range);
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(inside.startContainer, inside.startOffset);
  const text = root.textContent;
  const exact = inside.toString();
  const at = before.toString().length;
  const start = countCodePoints(text.slice(0, at));
  return {
    exact,
    prefix: [...text.slice(Math.max(0, at - 2 * CONTEXT), at)].slice(-CONTEXT).join(""),
    suffix: [...text.slice(at + exact.length, at + exact.length + 2 * CONTEXT)].slice(0, CONTEXT).join(""),
    start,
    end: start + countCodePoints(exact),
  };
}

/** An image in the element: its address, and the length of the text before it. */
export function describePicture(root, picture) {
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEndBefore(picture);
  const image = picture.getAttribute("src") ?? picture.dataset.remoteSrc;
  return { image, start: countCodePoints(before.toString()) };
}

/** The range between two offsets (code points) of the element's text. */
export function rangeOf(root, start, end) {
  const text = root.textContent;
  return rangeBetween(root, toUnits(text, start), toUnits(text, end));
}

/** Where the range begins and ends in the element's text, in UTF-16 units. */
export function unitsOf(root, range) {
  const inside = clipped(root, range);
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(inside.startContainer, inside.startOffset);
  const from = before.toString().length;
  return [from, from + inside.toString().length];
}

/** The range between two offsets (UTF-16 units) of the element's text. */
export function rangeBetween(root, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let [offset, begun] = [0, false];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = offset + node.length;
    if (!begun && from < next) {
      range.setStart(node, from - offset);
      begun = true;
    }
    if (begun && to <= next) {
      range.setEnd(node, to - offset);
      break;
    }
    offset = next;
  }
  return range;
}

/** The range of a described passage; at the beginning of the text if its words are gone. */
export function rangeAt(root, { exact = "", start }) {
  const text = root.textContent;
  const units = toUnits(text, start);
  const at = text.startsWith(exact, units) ? units : text.indexOf(exact);
  const from = countCodePoints(text.slice(0, Math.max(0, at)));
  return rangeOf(root, from, from + (at < 0 ? 1 : Math.max(1, countCodePoints(exact))));
}

/** The node and offset at a point of the window; undefined if there is no text. */
export function caretAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [];
}

/** The offset in the element's text at a point of the window, in UTF-16 units; null outside it. */
export function unitAt(root, x, y) {
  const [node, offset] = caretAt(x, y);
  if (!node || !root.contains(node)) return null;
  const range = document.createRange();
  range.setStart(node, offset);
  return unitsOf(root, range)[0];
}

function clipped(root, range) {
  const inside = range.cloneRange();
  const whole = document.createRange();
  whole.selectNodeContents(root);
  if (inside.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(root, 0);
  if (inside.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(root, root.childNodes.length);
  return inside;
}
