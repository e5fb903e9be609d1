// The handles at either end of the active highlight: their position, and dragging them.

const EDGE = 48; // pixels from the window's edge at which the page scrolls
const DRAGGED = 4; // pixels; a pointer may move less in a click
const LABEL = "of the highlight: drag it, or press the arrow keys";

export class Handles {
  /** `dragging` handles begin(), drag(number, event, x, y), send() and leave(). */
  constructor(article, dragging) {
    this.article = article;
    this.dragging = dragging;
    this.elements = ["Beginning", "End"].map((name, number) => this.made(name, number));
  }

  made(name, number) {
    const handle = document.createElement("button");
    Object.assign(handle, { type: "button", hidden: true, className: "handle" });
    handle.dataset.side = number ? "end" : "start";
    handle.setAttribute("aria-label", `${name} ${LABEL}`);
    handle.addEventListener("pointerdown", (event) => this.press(event, handle, number));
    // They may cover a whole short highlight: clicking one without dragging is a click on the passage.
    handle.addEventListener("click", () => this.isDragged || this.article.openNote());
    this.article.append(handle);
    return handle;
  }

  get areShown() {
    return !this.elements[0].hidden;
  }

  hide() {
    for (const handle of this.elements) handle.hidden = true;
  }

  /** Put them at the first and last of the highlight's rectangles. */
  show({ rects, frame, isRightToLeft }) {
    const ends = [rects[0], [...rects].at(-1)];
    this.elements.forEach((handle, number) => {
      handle.hidden = !ends[number];
      if (handle.hidden) return;
      const { left, right, top, height } = ends[number];
      const isLeft = (number === 0) !== isRightToLeft;
      handle.style.left = `${(isLeft ? left : right) - frame.left}px`;
      handle.style.top = `${top - frame.top}px`;
      handle.style.blockSize = `${height}px`;
    });
  }

  press(event, handle, number) {
    if (event.button !== 0) return;
    const frame = handle.getBoundingClientRect();
    const [x, y] = [event.clientX - (frame.left + frame.right) / 2, event.clientY - (frame.top + frame.bottom) / 2];
    const following = new AbortController();
    const listen = (name, does) => handle.addEventListener(name, does, { signal: following.signal });
    const end = () => {
      following.abort();
      this.article.classList.remove("resizing");
    };
    this.isDragged = false;
    this.dragging.begin();
    handle.setPointerCapture(event.pointerId);
    this.article.classList.add("resizing");
    listen("pointermove", (moved) => {
      this.isDragged ||= Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) > DRAGGED;
      scrollAt(moved.clientY);
      this.dragging.drag(number, moved, moved.clientX - x, moved.clientY - y);
    });
    listen("pointerup", () => [end(), this.dragging.send()]);
    listen("pointercancel", () => [end(), this.dragging.leave()]);
    listen("lostpointercapture", () => [end(), this.dragging.leave()]);
  }
}

function scrollAt(y) {
  if (y < EDGE) scrollBy({ top: -EDGE / 3 });
  else if (y > innerHeight - EDGE) scrollBy({ top: EDGE / 3 });
}
