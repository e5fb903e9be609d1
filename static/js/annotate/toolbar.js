// The bar at the end of a selection: colours, note, copy, link. It is the plain form, filled in from the selection.

import { announce } from "../frame.js";
import { tell } from "./changes.js";
import { copy, fragmentLink } from "./copying.js";
import { isBusy } from "./busy.js";
import { followGestures } from "./gestures.js";
import { NewNote } from "./new_note.js";
import { describe, describePicture, rangeAt } from "./offsets.js";

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

  /** Follow the selection, unless a note is being written on an earlier one. */
  look() {
    if (this.isWriting || isBusy(this.form)) return;
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const isOurs = range && !selection.isCollapsed && range.intersectsNode(this.article.body);
    const passage = isOurs ? describe(this.article.body, range) : null;
    const picture = passage && this.pictures.find((each) => range.intersectsNode(each));
    if (passage?.exact.trim()) this.open(range, passage);
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

  open(range, passage = describe(this.article.body, range)) {
    const isNew = this.form.hidden;
    this.unmark();
    this.passage = passage;
    this.note.turnTo(passage);
    for (const name of ["exact", "prefix", "suffix", "start", "image"]) {
      this.form.elements[name].value = passage[name] ?? "";
      this.form.elements[name].disabled = passage[name] === undefined;
    }
    this.form.querySelector(".problem").hidden = true;
    this.form.hidden = false;
    CSS.highlights?.set("pending", new Highlight(range));
    this.range = range;
    this.move();
    const hasKeys = document.documentElement.dataset.keys !== "off";
    if (isNew && hasKeys) announce(`${passage.image ? "Picture" : "Words"} selected. h to mark, n to write a note.`);
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

  /** Leave without a change. What was typed is kept as a draft for this passage. */
  leave() {
    this.close();
    getSelection().removeAllRanges();
  }

  done() {
    this.note.sent();
    this.leave();
  }

  /** Go on with a note on a passage, wherever that is now. */
  resume(passage) {
    const picture = passage.image && this.pictures.find((each) => describePicture(this.article.body, each).image === passage.image);
    if (picture) this.openPicture(picture);
    else this.open(rangeAt(this.article.body, passage), passage);
    this.range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    this.write();
  }

  async do(what) {
    if (what === "note") this.write();
    if (what === "close") this.leave();
    if (what === "discard") this.note.discard();
    const { citation, source } = this.article.dataset;
    const words = this.passage?.exact?.trim() ?? "";
    const copied = {
      copy: [words ? `“${words}” — ${citation}` : citation, "Copied with citation."],
      "link-here": [fragmentLink(location.href, words), "Link to this passage copied."],
      "link-original": [fragmentLink(source, words), "Link to the original page copied."],
    }[what];
    if (!copied) return;
    await copy(copied[0]);
    tell(copied[1]);
    this.leave();
  }
}
