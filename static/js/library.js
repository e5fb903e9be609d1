// Updates the page after htmx swapped the list: search field, focus, and the announcement of count and hints.
// Also has the list's keyboard shortcuts.

import { announce } from "./frame.js";
import { listenTo } from "./keys.js";

let isFirst = true;

class ArticleList extends HTMLElement {
  connectedCallback() {
    // A module runs when the page is parsed: a list that is there by then was not swapped in.
    if (isFirst) {
      isFirst = false;
      return;
    }
    // The old list, and the focus with it, is removed only after this one was inserted.
    queueMicrotask(() => this.settle());
  }

  settle() {
    const field = document.getElementById("q");
    if (document.activeElement !== field) field.value = this.dataset.text;
    const told = [...this.querySelectorAll("#count, .hints li")];
    // The focused element is announced anyway.
    if (document.activeElement === document.body) told.shift().focus({ preventScroll: true });
    announce(told.map((each) => each.textContent).join(". "));
  }
}

customElements.define("article-list", ArticleList);

listenTo({
  j: () => walk(1),
  k: () => walk(-1),
});

/** Focus the next or previous row, or else the first visible one. Enter opens it, as it is a link. */
function walk(step) {
  const titles = [...document.querySelectorAll(".row h2 a")];
  const row = document.activeElement.closest(".row");
  const present = titles.findIndex((title) => row?.contains(title));
  const next = row ? titles[present + step] : titles.find((title) => title.getBoundingClientRect().top > 0);
  next?.focus();
  return titles.length > 0;
}
