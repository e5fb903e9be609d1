// The chart above the list: dragging over its bars, or Shift and the arrow keys, selects a range, which is submitted
// with the form under Dates. A single bar remains a link.

import { isComposing } from "./keys.js";

const OUT_OF_REACH = 60; // pixels above or below the bars beyond which releasing selects nothing

class TimeChart extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".bars");
    this.bars = [...this.list.children];
    this.output = this.querySelector("output");
    // The ARIA toolbar pattern: one tab stop, arrow keys inside.
    this.list.setAttribute("role", "toolbar");
    this.list.setAttribute("aria-label", "Articles over time. Use Shift and the arrow keys to select a range");
    for (const bar of this.bars) bar.setAttribute("role", "none");
    this.stopAt(this.links[0]);
    this.list.addEventListener("focusin", (event) => this.stopAt(event.target));
    for (const type of ["focusin", "pointerover"]) this.list.addEventListener(type, ({ target }) => this.tell(target));
    for (const type of ["focusout", "pointerleave"]) this.list.addEventListener(type, () => this.tell(document.activeElement));
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => this.press(event));
    this.list.addEventListener("pointermove", (event) => this.move(event));
    this.list.addEventListener("pointerup", () => this.release());
    this.list.addEventListener("pointercancel", () => this.choose(null));
    this.list.addEventListener("dragstart", (event) => event.preventDefault());
  }

  get links() {
    return [...this.list.querySelectorAll("a")];
  }

  stopAt(link) {
    for (const each of this.links) each.tabIndex = each === link ? 0 : -1;
  }

  /** Show a bar's count in the line for the selected range; screen readers get it from the link. */
  tell(target) {
    const link = this.list.contains(target) ? target.closest("a") : null;
    this.output.dataset.bar = link?.getAttribute("aria-label") ?? "";
  }

  key(event) {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { links } = this;
    const present = links.indexOf(event.target);
    const steps = { ArrowLeft: present - 1, ArrowRight: present + 1, Home: 0, End: links.length - 1 };
    if (event.key in steps) this.walk(event.target, links[steps[event.key]], event.shiftKey);
    else if (event.key === "Enter" && this.range) this.go();
    else if (event.key === "Escape" && this.range) this.choose(null);
    else return;
    event.preventDefault();
  }

  walk(from, to, isExtending) {
    if (!to) return;
    to.focus();
    const start = this.range ? this.range[0] : this.placeOf(from);
    this.choose(isExtending ? [start, this.placeOf(to)] : null);
  }

  placeOf(link) {
    return this.bars.indexOf(link.closest("li"));
  }

  press(event) {
    if (event.button || !event.isPrimary || event.shiftKey || event.ctrlKey || event.metaKey) return;
    this.pressed = this.placeUnder(event);
  }

  move(event) {
    if (this.pressed === undefined) return;
    const here = this.placeUnder(event);
    if (here === this.pressed && !this.range) return;
    // From here on, the chart also handles the click instead of the link.
    this.list.setPointerCapture(event.pointerId);
    this.show(here === null ? null : [this.pressed, here]);
  }

  release() {
    if (this.pressed === undefined) return;
    this.pressed = undefined;
    if (this.range) this.go();
  }

  placeUnder({ clientX, clientY }) {
    const { left, width, top, bottom } = this.list.getBoundingClientRect();
    if (clientY < top - OUT_OF_REACH || clientY > bottom + OUT_OF_REACH) return null;
    const place = Math.floor(((clientX - left) / width) * this.bars.length);
    return Math.max(0, Math.min(this.bars.length - 1, place));
  }

  /** The two ends of the selection, starting with where it began; or none. */
  choose(range) {
    this.pressed = undefined;
    this.show(range);
  }

  show(range) {
    this.range = range;
    const [first, last] = range ? [...range].sort((one, other) => one - other) : [0, -1];
    for (const [place, bar] of this.bars.entries()) bar.classList.toggle("is-chosen", place >= first && place <= last);
    const labels = range ? [this.bars[first], this.bars[last]].map((bar) => bar.dataset.label) : [];
    this.output.textContent = [...new Set(labels)].join(" to ");
  }

  /** An empty range is not submitted. */
  go() {
    const chosen = this.bars.filter((bar) => bar.matches(".is-chosen"));
    if (!chosen.some((bar) => bar.firstElementChild)) return this.choose(null);
    const [first, last] = [chosen[0], chosen.at(-1)].map((bar) => bar.dataset.on.split(".."));
    const form = document.getElementById("dates");
    form.elements.from.value = first[0];
    form.elements.to.value = last.at(-1);
    form.requestSubmit();
  }
}

customElements.define("time-chart", TimeChart);
