// The annotated article: its body, its margin, and the active passage.

import "./map.js";
import { footnotes } from "../reading/footnotes.js";
import { submitted } from "./changes.js";
import { offerColours } from "./colours.js";
import { DraftList } from "./draft_list.js";
import { discardStored } from "./drafts.js";
import "./fields.js";
import { listen } from "./keys.js";
import { arrange, isBeside } from "./layout.js";
import { keepDraftOf } from "./opened_form.js";
import { Resizer } from "./resizing.js";
import { selectInLinks } from "./selecting.js";
import { openForm } from "./sending.js";
import { openSheet } from "./sheet.js";
import { Toolbar } from "./toolbar.js";

class AnnotatedArticle extends HTMLElement {
  active = "";

  connectedCallback() {
    this.toolbar = new Toolbar(this, document.getElementById("toolbar"));
    this.resizer = new Resizer(this);
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("focusin", (event) => this.focused(event.target.closest(".note[data-annotation]")));
    this.addEventListener("annotate", (event) => this.toolbar.openPicture(event.target));
    this.addEventListener("submit", (event) => submitted(this, event));
    this.addEventListener("form-closed", () => this.arrange());
    this.addEventListener("toggle", (event) => event.target.matches(".more-fields") && this.arrange(), { capture: true });
    const resized = new ResizeObserver(() => this.layOut());
    resized.observe(this);
    resized.observe(this.closest(".reading"));
    addEventListener("hashchange", () => this.followHash());
    listen(this);
    this.prepare();
    discardStored();
    this.drafts = new DraftList(this, document.getElementById("drafts"));
    this.followHash();
  }

  get body() {
    return this.querySelector("#article-body");
  }

  get margin() {
    return this.querySelector("#margin");
  }

  get note() {
    return this.active ? document.getElementById(`note-${this.active}`) : null;
  }

  get passages() {
    return [...this.querySelectorAll(".note[data-annotation]")].map((note) => note.dataset.annotation);
  }

  /** Handle a new body and margin. */
  prepare() {
    selectInLinks(this.body);
    for (const mark of this.body.querySelectorAll("mark[data-annotations]")) {
      const ids = mark.dataset.annotations.split(" ");
      mark.setAttribute("aria-details", ids.map((id) => `note-${id}`).join(" "));
    }
    this.layOut();
  }

  /** Handle a changed layout: passages are at different heights. */
  layOut() {
    this.arrange();
    this.querySelector("passage-map").draw();
  }

  arrange() {
    const handles = this.resizer.measure();
    arrange(this, this.margin, footnotes(this.body));
    this.resizer.place(handles);
  }

  followHash() {
    const [, id] = location.hash.match(/^#(?:annotation|note)-([\da-f-]{36})$/) ?? [];
    if (this.passages.includes(id)) this.activate(id);
  }

  activate(id) {
    for (const each of this.querySelectorAll(".active")) each.classList.remove("active");
    this.active = id;
    this.classList.toggle("has-active", Boolean(id));
    if (id) {
      for (const mark of this.body.querySelectorAll(`mark[data-annotations~="${id}"]`)) mark.classList.add("active");
      this.note?.classList.add("active");
    }
    offerColours(this.note);
    this.arrange();
  }

  /** Activate and focus a passage, or the note if it has no passage. */
  goTo(id) {
    this.activate(id);
    const place = document.getElementById(`annotation-${id}`)?.closest("mark") ?? this.note;
    this.body.querySelector(".current")?.classList.remove("current");
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    return place;
  }

  /** Go to the note of the active passage: beside the text, or in a sheet over it. */
  openNote() {
    const { note } = this;
    if (!note) return;
    note.tabIndex = -1;
    const beside = isBeside(this.margin);
    if (!beside) openSheet(note, this.body.querySelector("mark.active"));
    note.focus({ preventScroll: beside });
  }

  async openForm(link = this.note?.querySelector("[data-form]")) {
    if (!link) return;
    const form = await openForm(link, link.closest(".note-tools") ?? link.closest(".about"));
    if (form) keepDraftOf(form, this.drafts.page);
    this.drafts.show();
    this.arrange();
  }

  focused(note) {
    if (note && note.dataset.annotation !== this.active) this.activate(note.dataset.annotation);
  }

  clicked(event) {
    const link = event.target.closest("a");
    if (link?.matches("[data-form]") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.openForm(link);
    }
    const mark = event.target.closest("mark[data-annotations]");
    const picture = !link && !mark && event.target.closest("#article-body img");
    if (picture) this.toolbar.openPicture(picture);
    // For an image that opens large, the first click shows its note.
    const isFirst = link?.matches(".enlarge") && mark && !mark.matches(".active");
    if (isFirst) event.preventDefault();
    if ((!link || isFirst) && mark && getSelection().isCollapsed) {
      const ids = mark.dataset.annotations.split(" ");
      this.activate(ids[(ids.indexOf(this.active) + 1) % ids.length]);
      if (!isBeside(this.margin)) this.openNote();
    } else if (!event.target.closest(".note, .toolbar, .toast, .drafts, .handle, dialog, a, button, summary")) this.activate("");
  }
}

customElements.define("annotated-article", AnnotatedArticle);
