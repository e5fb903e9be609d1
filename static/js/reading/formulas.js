// Formulas are shown in shadow roots, and their text is TeX. What a parser did not attach is attached here, and a
// selection that begins or ends within a formula takes it whole: a browser would leave it out.

const FEWEST_PIXELS = 4; // of a drag; less is a click
const body = document.getElementById("article-body");
let pressed = { formula: null, x: 0, y: 0 };

/** Markup that a script put in place comes with its templates as they were written; so it does in older browsers. */
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

/** Select from the first to the last of these: formulas and the point where the other end of the selection is. */
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

/** Where in the text the pointer is; of a selection that begins in a shadow root, browsers do not say where it ends. */
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
