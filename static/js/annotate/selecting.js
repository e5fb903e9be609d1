// Extends selections to whole words, unless Alt is held or the button for letters is used, and lets them begin in a link.

import { caretAt, rangeBetween, unitsOf } from "./offsets.js";
import { wholeWords } from "./words.js";

const DRAGGED = 4; // pixels; the mouse may move less in a click
let isExact = false;
let kept = null; // a range that is not extended

for (const name of ["pointerup", "pointermove", "keydown"]) {
  document.addEventListener(name, (event) => (isExact = event.altKey), { capture: true, passive: true });
}

/** Let a selection begin in a link, which browsers would drag instead. */
export function selectInLinks(root) {
  for (const link of root.querySelectorAll("a[href]:not(:has(img))")) link.draggable = false;
}

document.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button !== 0 || !event.target.closest("#article-body a[draggable=false]")) return;
  const anchor = caretAt(event.clientX, event.clientY);
  const following = new AbortController();
  const follow = ({ clientX, clientY }) => {
    const isFar = Math.hypot(clientX - event.clientX, clientY - event.clientY) > DRAGGED;
    const focus = caretAt(clientX, clientY);
    if (isFar && anchor[0] && focus[0]) getSelection().setBaseAndExtent(...anchor, ...focus);
  };
  document.addEventListener("pointermove", follow, { signal: following.signal });
  document.addEventListener("dragstart", (drag) => drag.preventDefault(), { signal: following.signal }); // of what is selected
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => following.abort(), { signal: following.signal });
  }
});

// Do not follow a link in which a selection ends.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#article-body a");
  const isOfSelection = link && event.detail > 0 && !getSelection().isCollapsed && getSelection().containsNode(link, true);
  if (isOfSelection) event.preventDefault();
}, { capture: true });

/** The range extended to whole words; the same object if nothing is added. */
export function inWholeWords(root, range) {
  if (isExact || (kept && isSame(kept, range))) return range;
  const [from, to] = unitsOf(root, range);
  const [begin, end] = wholeWords(root.textContent, from, to, root.lang);
  return begin === from && end === to ? range : rangeBetween(root, begin, end);
}

/** Do not extend this range from now on. */
export function keepLetters(range) {
  kept = range.cloneRange();
}

function isSame(one, other) {
  return one.compareBoundaryPoints(Range.START_TO_START, other) === 0
    && one.compareBoundaryPoints(Range.END_TO_END, other) === 0;
}
