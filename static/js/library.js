// The list after htmx has swapped it: the search field says what was asked, the focus stays near, the count and hints
// are said. And its keys.

import { announce } from "./frame.js";
import { listenTo } from "./keys.js";

let isFirst = true;

class ArticleList extends HTMLElement {
  connectedCallback() {
    // A module runs when the page is parsed: what is there then was not swapped in.
    if (isFirst) {
      isFirst = false;
      return;
    }
    // The old list is taken out only after this one was put in, and the focus with it.
    queueMicrotask(() => this.settle());
  }

  settle() {
    const field = document.getElementById("q");
    if (document.activeElement !== field) field.value = this.dataset.text;
    const told = [...this.querySelectorAll("#count, .hints li")];
    // What gets the focus is read for that.
    if (document.activeElement === document.body) told.shift().focus({ preventScroll: true });
    announce(told.map((each) => each.textContent).join(". "));
  }
}

customElements.define("article-list", ArticleList);

listenTo({
  j: () => walk(1),
  k: () => walk(-1),
});

/** To the next or the previous row; from elsewhere, to the first that is in sight. Enter opens it, as it is a link. */
function walk(step) {
  const titles = [...document.querySelectorAll(".row h2 a")];
  const row = document.activeElement.closest(".row");
  const present = titles.findIndex((title) => row?.contains(title));
  const next = row ? titles[present + step] : titles.find((title) => title.getBoundingClientRect().top > 0);
  next?.focus();
  return titles.length > 0;
}
