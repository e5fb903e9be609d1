// The annotated article: its body, its margin, and what changes them.

import "./map.js";
import { listen } from "./keys.js";
import { arrange, isBeside } from "./layout.js";
import { announce, openForm, send } from "./sending.js";
import { Toolbar } from "./toolbar.js";

const SHOWN_FOR = 8000; // milliseconds

class AnnotatedArticle extends HTMLElement {
  active = "";

  connectedCallback() {
    this.toolbar = new Toolbar(this, document.getElementById("toolbar"));
    this.toast = document.getElementById("toast");
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("submit", (event) => this.submitted(event));
    this.addEventListener("form-closed", () => this.arrange());
    const observer = new ResizeObserver(() => this.arrange());
    observer.observe(this.body);
    addEventListener("resize", () => this.arrange());
    addEventListener("hashchange", () => this.followHash());
    listen(this);
    this.prepare();
    this.followHash();
  }

  get body() {
    return this.querySelector("#article-body");
  }

  get margin() {
    return this.querySelector("#margin");
  }

  prepare() {
    for (const mark of this.body.querySelectorAll("mark[data-annotations]")) {
      const ids = mark.dataset.annotations.split(" ");
      mark.setAttribute("aria-details", ids.map((id) => `note-${id}`).join(" "));
    }
    this.arrange();
  }

  arrange() {
    arrange(this, this.margin);
    this.querySelector("passage-map").draw();
  }

  followHash() {
    const [, id] = location.hash.match(/^#(?:annotation|note)-([\da-f-]{36})$/) ?? [];
    if (id && document.getElementById(`note-${id}`)?.dataset.annotation) this.activate(id);
  }

  activate(id) {
    this.deactivate();
    this.active = id;
    this.classList.add("has-active");
    for (const mark of this.body.querySelectorAll(`mark[data-annotations~="${id}"]`)) mark.classList.add("active");
    this.note?.classList.add("active");
    this.arrange();
  }

  deactivate() {
    this.classList.remove("has-active");
    for (const each of this.querySelectorAll(".active")) each.classList.remove("active");
    this.active = "";
    this.arrange();
  }

  get note() {
    return this.active ? document.getElementById(`note-${this.active}`) : null;
  }

  /** Go to the note of the active passage: beside the text, or in a sheet over it. */
  openNote() {
    const { note } = this;
    if (!note) return;
    note.tabIndex = -1;
    if (!isBeside(this.margin)) {
      note.popover = "auto";
      note.addEventListener("toggle", (event) => event.newState === "closed" && note.removeAttribute("popover"));
      note.showPopover();
    }
    note.focus({ preventScroll: isBeside(this.margin) });
  }

  async openForm(link = this.note?.querySelector("[data-form]")) {
    if (!link) return;
    const place = link.closest(".note-tools") ?? link.closest(".about");
    await openForm(link, place);
    this.arrange();
  }

  clicked(event) {
    const link = event.target.closest("a");
    if (link?.matches("[data-form]") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.openForm(link);
    }
    const mark = event.target.closest("mark[data-annotations]");
    if (!link && mark && getSelection().isCollapsed) {
      const ids = mark.dataset.annotations.split(" ");
      this.activate(ids[(ids.indexOf(this.active) + 1) % ids.length]);
      if (!isBeside(this.margin)) this.openNote();
    } else if (!event.target.closest(".note, .toolbar, .toast, a, button")) this.deactivate();
  }

  async submitted(event) {
    const { target: form, submitter } = event;
    if (form.method !== "post") return;
    event.preventDefault();
    const known = new Set(this.passages());
    const { html, reason } = await send(form, submitter);
    if (reason) return this.fail(form, reason);
    if (form === this.toolbar.form) this.toolbar.done();
    this.swap(html);
    const made = this.passages().find((id) => !known.has(id));
    if (made) this.goTo(made);
  }

  passages() {
    return [...this.querySelectorAll(".note[data-annotation]")].map((note) => note.dataset.annotation);
  }

  swap(html) {
    const changed = new DOMParser().parseFromString(html, "text/html");
    const active = this.active;
    for (const id of ["article-body", "margin"]) {
      document.getElementById(id).replaceChildren(...changed.getElementById(id).childNodes);
    }
    this.active = "";
    this.prepare();
    if (active && document.getElementById(`note-${active}`)) this.goTo(active);
    else this.deactivate();
    this.tell(changed.getElementById("said").textContent, true);
  }

  goTo(id) {
    this.activate(id);
    const mark = document.getElementById(`annotation-${id}`)?.closest("mark");
    if (!mark) return;
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
  }

  fail(form, reason) {
    if (form === this.toolbar.form) this.toolbar.say(reason);
    else if (form.querySelector(".problem")) {
      const place = form.querySelector(".problem");
      place.textContent = reason;
      place.hidden = false;
    } else this.tell(reason);
    announce(reason);
    this.arrange();
  }

  /** Say what was done, for a while, with a way back where it can be undone. */
  tell(said, canUndo = false) {
    announce(said);
    this.toast.querySelector("span").textContent = said;
    this.toast.querySelector("button").hidden = !canUndo;
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.toast.hidden = true), SHOWN_FOR);
  }
}

customElements.define("annotated-article", AnnotatedArticle);
