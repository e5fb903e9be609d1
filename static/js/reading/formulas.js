// Formulas are shown in shadow roots; their text is TeX. This attaches roots that the parser did not, and extends a
// selection that begins or ends within a formula to all of it: a browser would leave it out.

const FEWEST_PIXELS = 4; // minimum of a drag; less is a click
const body = document.getElementById("article-body");
let pressed = { formula: null, x: 0, y: 0 };

/** Templates are not attached in markup inserted by a script, nor in older browsers. */
function attach() {
  for (const template of body.querySelectorAll("template[shadowrootmode]")) {
    const host = template.parentElement;
    template.remove();
    if (!host.shadowRoot) host.attachShadow({ mode: "open" }).append(template.content);
  }
}

function formulaOf(event) {
  const target = event.composedPath().find((each) => each instanceof Element && each.matches(".math"));
  return target?.shadowRoot && body.contains(target) ? target : null;
}

/** Select from the first to the last of these: formulas, and the point where the selection's other end is. */
function select(formulas, point) {
  const range = document.createRange();
  range.selectNode(formulas[0]);
  for (const formula of formulas) {
    if (range.comparePoint(formula.parentNode, indexOf(formula)) < 0) range.setStartBefore(formula);
    if (range.comparePoint(formula.parentNode, indexOf(formula) + 1) > 0) range.setEndAfter(formula);
  }
  if (point) {
    const place = range.comparePoint(...point);
    if (place < 0) range.setStart(...point);
    if (place > 0) range.setEnd(...point);
  }
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

function indexOf(node) {
  return [...node.parentNode.childNodes].indexOf(node);
}

/** The pointer's position in the text: browsers do not say where a selection ends that begins in a shadow root. */
function pointAt({ clientX, clientY }) {
  const caret = document.caretPositionFromPoint?.(clientX, clientY);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(clientX, clientY);
  return range && [range.startContainer, range.startOffset];
}

function released(event) {
  const [from, to] = [pressed.formula, formulaOf(event)];
  const isClick = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < FEWEST_PIXELS;
  pressed = { formula: null, x: 0, y: 0 };
  if (isClick || !(from || to)) return;
  const selection = getSelection();
  const point = from ? pointAt(event) : [selection.anchorNode, selection.anchorOffset];
  const isOutside = !(from && to) && point?.[0] && document.contains(point[0]);
  select([from, to].filter(Boolean), isOutside && point);
}

if (body) {
  attach();
  new MutationObserver(attach).observe(body, { childList: true });
  document.addEventListener("pointerdown", (event) => {
    pressed = { formula: formulaOf(event), x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointerup", released);
  body.addEventListener("dblclick", (event) => {
    const formula = formulaOf(event);
    if (formula) select([formula]);
  });
}
