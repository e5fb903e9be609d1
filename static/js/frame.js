// Enhances every page: preferences take effect immediately, menus close, / focuses the search, ? shows
// the keyboard shortcuts, and changes are announced to screen readers.

import { isComposing, listenTo } from "./keys.js";
import "./time_zone.js";

const SETTLES = 500; // milliseconds until a screen reader has noticed a new page

/** Announce a message, even if it is the same as the last one, which would count as unchanged. */
export function announce(text) {
  const place = document.getElementById("announcement");
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}

// Screen readers do not announce messages that are there when a page loads.
const told = document.getElementById("messages");
if (told.childElementCount) setTimeout(() => announce(told.textContent.trim()), SETTLES);

class LookForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    this.querySelector("[data-without-script]").hidden = true;
    form.addEventListener("change", (event) => {
      document.documentElement.dataset[event.target.name] = event.target.value;
      fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    });
  }
}

customElements.define("look-form", LookForm);

const openMenus = () => document.querySelectorAll(".drop-down[open]");

/** A <details> menu closes like any other: when something else gets focus, or on Escape. */
function turnTo({ target }) {
  for (const menu of openMenus()) menu.open = menu.contains(target);
}

document.addEventListener("click", turnTo);
// The target of a link in a sheet must not be covered by the sheet.
document.addEventListener("click", (event) =>
  event.defaultPrevented || event.target.closest("[popover] a")?.closest("[popover]").hidePopover());
document.addEventListener("focusin", turnTo);

// Stop the event: one Escape closes one thing.
document.addEventListener("keydown", (event) => {
  const [menu] = openMenus();
  if (event.key !== "Escape" || !menu || isComposing(event)) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
}, { capture: true });

listenTo({
  "/": () => {
    const field = document.getElementById("q");
    field?.focus();
    field?.select();
  },
  "?": () => {
    for (const line of document.querySelectorAll("#keys [data-for]")) line.hidden = !document.querySelector(line.dataset.for);
    document.getElementById("keys")?.showModal();
  },
});
