// Resizes the active highlight, with its handles or with Shift and the arrow keys. Alt moves by letters.

import { announce } from "../frame.js";
import { isComposing } from "../keys.js";
import { Handles } from "./handles.js";
import { describe, rangeBetween, unitAt, unitsOf } from "./offsets.js";
import { nextEdge, nextLetter, wholeWords } from "./words.js";

export class Resizer {
  constructor(article) {
    this.article = article;
    this.form = article.querySelector("#resize");
    this.handles = new Handles(article, this);
    this.units = this.original = null;
    article.addEventListener("keydown", (event) => this.key(event));
    article.addEventListener("focusout", ({ relatedTarget }) => this.isPlace(relatedTarget) || this.send());
  }

  get body() {
    return this.article.body;
  }

  get marks() {
    return [...this.body.querySelectorAll(`mark[data-annotations~="${this.article.active}"]`)];
  }

  get isRightToLeft() {
    return getComputedStyle(this.marks[0]).direction === "rtl";
  }

  /**
   * Update the handles' position after the active note or the layout changed. This only measures;
   * `place` moves them later, so that a browser lays out a page with 1,000 passages once.
   */
  measure() {
    const { note, active } = this.article;
    if (this.units && this.id !== active) this.send(); // another highlight became active
    const { marks } = this;
    const canResize = /^\d+$/.test(note?.dataset.own ?? "") && marks.length > 0;
    if (!canResize) this.drop();
    this.id = active;
    if (!canResize) return null;
    const rects = this.units ? [...this.shown().getClientRects()] : marks.flatMap((mark) => [...mark.getClientRects()]);
    return { rects, frame: this.article.getBoundingClientRect(), isRightToLeft: this.isRightToLeft };
  }

  place(measured = this.measure()) {
    if (!measured) return this.handles.hide();
    this.form.elements.version.value = this.article.note.dataset.own;
    this.handles.show(measured);
  }

  begin() {
    if (this.units) return;
    const range = document.createRange();
    range.setStartBefore(this.marks[0]);
    range.setEndAfter(this.marks.at(-1));
    this.units = unitsOf(this.body, range);
    this.original = [...this.units];
  }

  /** Move an end (0 or 1), but not past the other one; some of the words must stay, or it would be another highlight. */
  move(number, at) {
    const other = this.units[1 - number];
    this.units[number] = number ? Math.max(at, other + 1, this.original[0] + 1) : Math.min(at, other - 1, this.original[1] - 1);
    CSS.highlights?.set("pending", new Highlight(this.shown()));
    this.place();
  }

  shown() {
    return rangeBetween(this.body, ...this.units);
  }

  /** Handle dragging to a point of the window. */
  drag(number, { altKey }, x, y) {
    const at = unitAt(this.body, x, y);
    if (at === null) return;
    this.move(number, altKey ? at : wholeWords(this.body.textContent, at, at, this.body.lang)[number]);
  }

  /** Shift and the arrow keys on the passage: left and right move its end, up and down its beginning. */
  key(event) {
    if (!this.isPlace(event.target) || !this.handles.areShown) return;
    if (event.ctrlKey || event.metaKey || isComposing(event)) return;
    const number = this.handles.elements.indexOf(event.target);
    if (event.key.startsWith("Arrow") && (number >= 0 || event.shiftKey)) this.step(event, number);
    else if (event.key === "Enter" && this.units) this.send();
    else if (event.key === "Escape" && this.units) this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  step({ key, altKey }, handle) {
    const isVertical = key === "ArrowUp" || key === "ArrowDown";
    const number = handle >= 0 ? handle : isVertical ? 0 : 1;
    const isOnwards = key === "ArrowDown" || key === (this.isRightToLeft ? "ArrowLeft" : "ArrowRight");
    const text = this.body.textContent;
    this.begin();
    const at = this.units[number];
    const step = isOnwards ? 1 : -1;
    this.move(number, altKey ? nextLetter(text, at, step) : nextEdge(text, at, step, number, this.body.lang));
    const words = text.slice(...this.units).trim().split(/\s+/);
    announce(number ? `Ends with: ${words.slice(-3).join(" ")}` : `Begins with: ${words.slice(0, 3).join(" ")}`);
  }

  isPlace(element) {
    const isMark = element?.matches?.(`mark[data-annotations~="${this.article.active}"]`);
    return Boolean(isMark) || this.handles.elements.includes(element);
  }

  send() {
    const { units, original, form } = this;
    if (units?.some((unit, number) => unit !== original[number])) {
      const passage = describe(this.body, this.shown());
      for (const name of ["exact", "prefix", "suffix", "start"]) form.elements[name].value = passage[name];
      form.setAttribute("action", form.getAttribute("action").replace(/[\da-f-]{36}/, this.id));
      form.requestSubmit();
    }
    this.leave();
  }

  /** Cancel: leave the highlight as it is. */
  leave() {
    if (!this.units) return;
    this.drop();
    this.place();
  }

  drop() {
    if (this.units) CSS.highlights?.delete("pending");
    this.units = this.original = null;
  }
}
