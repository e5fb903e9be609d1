// The bar at the end of a selection: colours, note, copy, link. It is the plain form, filled in from the selection.

import { announce } from "../frame.js";
import { tell } from "./changes.js";
import { chooseWhileWriting } from "./colours.js";
import { copyWords } from "./copying.js";
import { isBusy } from "./busy.js";
import { followGestures } from "./gestures.js";
import { NewNote } from "./new_note.js";
import { describe, describePicture, rangeAt } from "./offsets.js";
import { inWholeWords, keepLetters } from "./selecting.js";
import { keepInSight } from "./sheet.js";

export class Toolbar {
  constructor(article, form) {
    this.article = article;
    this.form = form;
    this.note = new NewNote(form);
    this.passage = null;
    this.colour = "yellow";
    followGestures(form, () => this.look(), () => this.passage?.image && !this.isWriting && this.close());
    form.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    form.addEventListener("click", (event) => this.do(event.target.closest("[data-do]")?.dataset.do));
    chooseWhileWriting(this);
    new ResizeObserver(() => this.isWriting && keepInSight(this.range, form)).observe(form);
    form.addEventListener("submit", (event) => {
      this.colour = event.submitter?.value || this.colour;
      this.note.colour = this.colour;
    });
  }

  get isOpen() {
    return !this.form.hidden;
  }

  get isWriting() {
    return this.isOpen && this.note.isOpen;
  }

  /** Follow the selection, unless a note is being written about an earlier one. */
  look() {
    if (this.isWriting || isBusy(this.form)) return;
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const isOurs = range && !selection.isCollapsed && range.intersectsNode(this.article.body);
    const chosen = isOurs ? inWholeWords(this.article.body, range) : null;
    const passage = isOurs ? describe(this.article.body, chosen) : null;
    const picture = passage && this.pictures.find((each) => range.intersectsNode(each));
    if (passage?.exact.trim()) this.open(chosen, passage, chosen !== range);
    else if (picture) this.openPicture(picture);
    else if (!this.passage?.image && !this.form.contains(document.activeElement)) this.close();
  }

  get pictures() {
    return [...this.article.body.querySelectorAll("img")];
  }

  openPicture(picture) {
    const range = document.createRange();
    range.selectNode(picture);
    this.open(range, describePicture(this.article.body, picture));
    picture.classList.add("pending");
  }

  /** Show the bar for a passage; `isGrown` if it was extended beyond the selection. */
  open(range, passage = describe(this.article.body, range), isGrown = false) {
    const isNew = this.form.hidden;
    this.unmark();
    this.passage = passage;
    this.note.turnTo(passage);
    for (const name of ["exact", "prefix", "suffix", "start", "image"]) {
      this.form.elements[name].value = passage[name] ?? "";
      this.form.elements[name].disabled = passage[name] === undefined;
    }
    this.form.querySelector("[data-do=letters]").hidden = !isGrown;
    this.form.querySelector(".problem").hidden = true;
    this.form.hidden = false;
    CSS.highlights?.set("pending", new Highlight(range));
    this.range = range;
    this.move();
    const hasKeys = document.documentElement.dataset.keys !== "off";
    if (isNew && hasKeys) announce(`${passage.image ? "Image" : "Words"} selected. Press h to highlight, n to write a note.`);
  }

  move() {
    const ends = [...this.range.getClientRects()].filter((rect) => rect.width > 0);
    const end = ends.at(-1) ?? this.range.getBoundingClientRect();
    const frame = this.article.getBoundingClientRect();
    const room = document.documentElement.clientWidth - this.form.offsetWidth - 12;
    const left = Math.max(12, Math.min(end.right - this.form.offsetWidth / 2, room));
    this.form.style.left = `${left - frame.left}px`;
    this.form.style.top = `${end.bottom - frame.top + 10}px`;
  }

  write() {
    this.note.open();
    this.move();
    this.note.focus();
    this.form.scrollIntoView({ block: "nearest" });
    keepInSight(this.range, this.form);
  }

  close() {
    this.form.hidden = true;
    this.note.close();
    this.passage = null;
    this.unmark();
  }

  unmark() {
    CSS.highlights?.delete("pending");
    for (const picture of this.pictures) picture.classList.remove("pending");
  }

  /** Close without a change. What was typed is kept as a draft for this passage. */
  leave() {
    this.close();
    getSelection().removeAllRanges();
  }

  done() {
    this.note.sent();
    this.leave();
  }

  /** Continue a note on a passage, wherever the passage is now. */
  resume(passage) {
    const picture = passage.image && this.pictures.find((each) => describePicture(this.article.body, each).image === passage.image);
    if (picture) this.openPicture(picture);
    else this.open(rangeAt(this.article.body, passage), passage);
    this.range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    this.write();
  }

  /** Use exactly the selected letters instead of whole words. */
  keepLetters() {
    keepLetters(getSelection().getRangeAt(0));
    this.look();
  }

  async do(what) {
    const own = { note: this.write, close: this.leave, letters: this.keepLetters, discard: () => this.note.discard() }[what];
    if (own) return own.call(this);
    const said = await copyWords(what, this.passage?.exact?.trim() ?? "", this.article.dataset);
    if (!said) return;
    tell(said);
    this.leave();
  }
}
