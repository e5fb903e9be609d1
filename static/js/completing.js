// Completes the word at the caret in the search box and tag fields: an editable combobox, by the ARIA pattern.

import { announce } from "./frame.js";
import { isComposing } from "./keys.js";

const WAIT = 120; // milliseconds after a key

class CompletingBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]") ?? this.addList();
    this.rest = "";
    this.field.type = "text"; // a search field cannot be a combobox
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", (event) => event.isComposing || this.ask(WAIT));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.field.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  addList() {
    const list = document.createElement("ul");
    Object.assign(list, { id: `${this.field.id}-options`, className: "completions", role: "listbox", hidden: true });
    list.setAttribute("aria-label", "Suggestions");
    this.append(list);
    return list;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  ask(wait) {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.load().catch(() => this.close()), wait);
  }

  async load() {
    const { value, selectionStart } = this.field;
    const parts = new URLSearchParams({ before: value.slice(0, selectionStart), after: value.slice(selectionStart) });
    this.asking = new AbortController();
    const { signal } = this.asking;
    const answer = await fetch(`${this.dataset.from}?${parts}`, { signal });
    const { options, rest } = await answer.json();
    if (!signal.aborted && document.activeElement === this.field) this.show(options, rest);
  }

  show(options, rest) {
    this.rest = rest;
    this.list.replaceChildren(...options.map((option, number) => element(option, `${this.list.id}-${number}`)));
    this.list.hidden = !options.length;
    this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.field.removeAttribute("aria-activedescendant");
    const number = options.filter(({ href }) => !href).length; // without the tips
    if (number) announce(`${number} ${number === 1 ? "suggestion" : "suggestions"}`);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.show([], "");
  }

  key(event) {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" && !this.isOpen) this.ask(0);
    else if (event.key === "Escape" && !this.isOpen && this.localName === "search-box") this.field.value = "";
    else if (!this.isOpen) return;
    else if (event.key === "ArrowDown") this.go(1);
    else if (event.key === "ArrowUp") this.go(-1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active) this.take(this.active);
    else return this.leaveList(event);
    event.preventDefault();
    event.stopPropagation(); // the key does nothing else
  }

  /** Any other key is for the text at the caret; Enter searches, Tab moves on. */
  leaveList(event) {
    if (["Enter", "Tab"].includes(event.key)) this.close();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) this.ask(WAIT);
  }

  /** Move from the field into the list, through it, and from its other end back to the field. */
  go(step) {
    const places = [null, ...this.list.children];
    const next = places[(places.indexOf(this.active) + step + places.length) % places.length];
    this.active?.setAttribute("aria-selected", "false");
    next?.setAttribute("aria-selected", "true");
    next?.scrollIntoView({ block: "nearest" });
    if (next) this.field.setAttribute("aria-activedescendant", next.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  take(option) {
    if (!option) return;
    if (option.dataset.href) return location.assign(option.dataset.href);
    const { before } = option.dataset;
    this.field.value = before + this.rest;
    this.field.setSelectionRange(before.length, before.length);
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    if (!before.endsWith(" ")) this.ask(0); // the name of a field: its values are next
  }
}

function element({ text, note, before, href }, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.before = before;
  if (href) option.dataset.href = href;
  for (const part of [text, note]) {
    const span = document.createElement("span");
    span.textContent = part;
    span.dir = "auto";
    option.append(span, " ");
  }
  return option;
}

customElements.define("search-box", CompletingBox);
customElements.define("tag-box", class extends CompletingBox {});
