// The list after htmx has swapped it: the search field says what was asked, the count is announced, the focus stays near.

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
    const count = this.querySelector("#count");
    document.getElementById("announcement").textContent = count.textContent;
    if (document.activeElement === document.body) count.focus({ preventScroll: true });
  }
}

customElements.define("article-list", ArticleList);
