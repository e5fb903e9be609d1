// The fields of a new note, below the bar of colours. They are only sent while open, and belong to one passage:
// for another passage they are empty, and for the first one they show what was typed before.

import { discardDraft, keyOf, newKey, placeOf, readDraft, writeDraft } from "./drafts.js";

const FIELDS = ["note", "tags", "visibility"];

export class NewNote {
  constructor(form) {
    this.form = form;
    this.fieldset = form.querySelector(".toolbar-note");
    this.place = "";
    this.fieldset.addEventListener("input", () => this.keep());
  }

  get isOpen() {
    return !this.fieldset.hidden;
  }

  set colour(colour) {
    this.fieldset.querySelector("[name=colour]").value = colour;
  }

  /** Use the fields for this passage from now on. */
  turnTo(passage) {
    const place = placeOf(this.form.action, passage);
    if (place === this.place) return;
    this.close();
    this.place = place;
    this.passage = passage;
    this.form.elements.form_key.value = keyOf(place) ?? newKey();
    this.fill();
  }

  /** What was typed for this passage, or nothing. */
  fill() {
    const draft = readDraft(this.place);
    for (const name of FIELDS) this.form.elements[name].value = draft?.fields[name] ?? "";
    if (!draft) this.form.elements.visibility.selectedIndex = 0;
    this.form.querySelector("more-fields").showFilled();
    this.form.querySelector(".draft-line").hidden = !draft;
    this.form.querySelector("[data-do=note]").textContent = draft ? "Continue your draft" : "Note";
  }

  keep() {
    const fields = Object.fromEntries(FIELDS.map((name) => [name, this.form.elements[name].value]));
    const page = placeOf(this.form.action);
    writeDraft(this.place, { page, passage: this.passage, fields });
  }

  open() {
    this.fieldset.hidden = this.fieldset.disabled = false;
    this.tellOfChange();
  }

  focus() {
    this.form.elements.note.focus();
  }

  close() {
    this.fieldset.hidden = this.fieldset.disabled = true;
    if (this.place) this.fill();
    this.tellOfChange();
  }

  /** The note was saved. Annotating the same passage again needs a new form key. */
  sent() {
    this.place = "";
  }

  discard() {
    discardDraft(this.place);
    this.fill();
    this.focus();
  }

  tellOfChange() {
    this.form.dispatchEvent(new CustomEvent("drafts-changed", { bubbles: true }));
  }
}
