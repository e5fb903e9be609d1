// Shows footnotes in the margin next to their numbers, if there is room. The page keeps them at the end.

import { place } from "../annotate/layout.js";

const GAP = 32; // pixels between the text and its notes
const LEAST = 176; // minimum width of a note in pixels

/** The footnotes that fit next to the body, as {element, top} with each one's preferred position on the screen. */
export function footnotes(body) {
  const section = body.querySelector(":scope > .footnotes");
  if (!section) return [];
  section.classList.add("beside");
  const notes = [...section.querySelectorAll(":scope > ol > li")].map((element) => ({
    element,
    number: document.getElementById(element.id.replace("fn-", "fnref-")),
  }));
  const fits = room(body) >= LEAST && notes.every(({ number }) => number) && !section.querySelector("pre, table, img");
  section.classList.toggle("beside", fits);
  if (!fits) return [];
  body.style.setProperty("--beside", `${Math.min(room(body), 256)}px`);
  const height = notes.reduce((sum, { element }) => sum + element.offsetHeight, 0);
  section.classList.toggle("beside", height < body.offsetHeight);
  if (height >= body.offsetHeight) return [];
  return notes.map(({ element, number }) => ({ element, top: number.getBoundingClientRect().top }));
}

function room(body) {
  const frame = body.closest(".reading").getBoundingClientRect();
  return frame.right - body.getBoundingClientRect().right - GAP;
}

const body = document.getElementById("article-body");
if (body && !body.closest("annotated-article")) {
  const resized = new ResizeObserver(() => {
    const notes = footnotes(body);
    const from = body.getBoundingClientRect().top;
    const wishes = notes.map(({ element, top }) => ({ top: top - from, height: element.offsetHeight }));
    place(wishes).forEach((top, n) => (notes[n].element.style.insetBlockStart = `${top}px`));
  });
  resized.observe(body);
  resized.observe(body.closest(".reading"));
}
