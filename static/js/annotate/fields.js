// Note forms: Ctrl or Cmd + Enter saves, text fields grow with their text, and "More" stays open or closed.

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
    // Only the summary's clicks count: a details that is inserted open fires a toggle event as well.
    this.querySelector("summary").addEventListener("click", () => remember(this.details.open ? "closed" : "open"));
    for (const name of ["input", "change"]) this.addEventListener(name, () => this.tellFilled());
    this.tellFilled();
  }

  /** Indicate whether the closed element has content. (A selector with :has() would restyle the whole page.) */
  tellFilled() {
    const isFilled = this.querySelector("[name=tags]").value.trim() || this.querySelector("[name=visibility]").value !== "private";
    this.details.classList.toggle("filled", Boolean(isFilled));
    return Boolean(isFilled);
  }

  /** Open the fields after a script filled them in, so that their content is seen before it is sent. */
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
    // use the default
  }
}

customElements.define("more-fields", MoreFields);
