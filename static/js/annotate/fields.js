// The forms of notes: Ctrl or Cmd and Enter save, a text field grows with its text, and "More" stays as it was left.

import { isComposing } from "../keys.js";

const MORE = "more fields of a note";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
  const form = event.target.closest(".annotation-form, .toolbar");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".primary"));
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches(".annotation-form textarea, .toolbar textarea")) return;
  if (!CSS.supports("field-sizing", "content")) {
    target.style.blockSize = "auto";
    target.style.blockSize = `${target.scrollHeight + target.offsetHeight - target.clientHeight}px`;
  }
  target.closest("annotated-article")?.arrange();
});

class MoreFields extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.details.open ||= remembered() === "open";
    // What opens it is the summary; a details that is open when it comes tells of a change, too.
    this.querySelector("summary").addEventListener("click", () => remember(this.details.open ? "closed" : "open"));
    for (const name of ["input", "change"]) this.addEventListener(name, () => this.tellFilled());
    this.tellFilled();
  }

  /** Closed, it tells whether there is anything in it. (A selector with :has() would cost a restyling of the page.) */
  tellFilled() {
    const isFilled = this.querySelector("[name=tags]").value.trim() || this.querySelector("[name=visibility]").value !== "private";
    this.details.classList.toggle("filled", Boolean(isFilled));
    return Boolean(isFilled);
  }

  /** The fields were filled in by a script: what is in them is seen before it is sent. */
  showFilled() {
    this.details.open = this.tellFilled() || remembered() === "open";
  }
}

function remembered() {
  try {
    return localStorage.getItem(MORE);
  } catch {
    return null; // no storage
  }
}

function remember(state) {
  try {
    localStorage.setItem(MORE, state);
  } catch {
    // It opens as ever.
  }
}

customElements.define("more-fields", MoreFields);
