// What every page can do beyond its HTML: preferences take effect at once, menus go away, / goes to the search, ? shows
// the keys, and what happens is said to those who hear the page.

import { isComposing, listenTo } from "./keys.js";
import "./time_zone.js";

const SETTLES = 500; // milliseconds until a new page has been taken note of

/** Have a screen reader say it; also what it said last, which it would take for unchanged. */
export function announce(text) {
  const place = document.getElementById("announcement");
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}

// What stands there when a page is loaded no screen reader says by itself.
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

/** A menu that is a <details> is left like any other: by turning to something else, or by Escape. */
function turnTo({ target }) {
  for (const menu of openMenus()) menu.open = menu.contains(target);
}

document.addEventListener("click", turnTo);
// What a link in a sheet leads to is not to be under the sheet.
document.addEventListener("click", (event) =>
  event.defaultPrevented || event.target.closest("[popover] a")?.closest("[popover]").hidePopover());
document.addEventListener("focusin", turnTo);

// The page's own keys do not hear of it: one Escape leaves one thing.
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
