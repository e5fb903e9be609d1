// Reorders the articles of a collection by dragging their handles, or with their buttons, without a reload.

import { announce } from "./frame.js";

const FAILED = "This was not saved. Reload the page and try again.";

class SortableList extends HTMLElement {
  connectedCallback() {
    if (!this.querySelector("#move")) return;
    this.showHandles();
    this.addEventListener("pointerdown", (event) => this.begin(event));
    this.querySelector("#move").addEventListener("submit", (event) => this.pressed(event));
  }

  get list() {
    return this.querySelector(".collected");
  }

  showHandles() {
    for (const handle of this.querySelectorAll(".handle")) handle.hidden = false;
  }

  begin(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const row = handle.closest("li");
    const positions = [...this.list.children].map((each) => each.dataset.position);
    const dragging = new AbortController();
    // On the document, because a row that moves within the list would lose pointer capture.
    const listen = (type, act) => document.addEventListener(type, act, { signal: dragging.signal });
    const before = row.nextElementSibling;
    const end = () => {
      dragging.abort();
      row.classList.remove("dragged");
    };
    row.classList.add("dragged");
    listen("pointermove", (moved) => this.follow(row, moved.clientY));
    listen("pointerup", () => {
      end();
      if (row.nextElementSibling !== before) this.move(row.dataset.article, positions[[...this.list.children].indexOf(row)]);
    });
    listen("pointercancel", () => {
      end();
      this.list.insertBefore(row, before);
    });
  }

  follow(row, y) {
    const next = [...this.list.children].find((each) => {
      const { top, height } = each.getBoundingClientRect();
      return each !== row && y < top + height / 2;
    });
    if (next !== row.nextElementSibling) this.list.insertBefore(row, next ?? null);
  }

  pressed(event) {
    const button = event.submitter;
    if (button?.name !== "move") return;
    event.preventDefault();
    const [article, to] = button.value.split(":");
    this.move(article, to, [...button.parentElement.children].indexOf(button));
  }

  async move(article, to, pressed) {
    const form = new FormData(this.querySelector("#move"));
    form.set("move", `${article}:${to}`);
    try {
      const response = await fetch(this.dataset.move, { method: "POST", body: form });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const list = page.querySelector(".collected");
      if (!response.ok || !list) throw new Error(FAILED);
      this.list.replaceWith(list);
      this.showHandles();
      this.moved(article, pressed);
    } catch {
      announce(FAILED);
      location.reload();
    }
  }

  moved(article, pressed) {
    const rows = [...this.list.children];
    const row = rows.find((each) => each.dataset.article === article);
    if (!row) return;
    announce(`Now ${this.list.start + rows.indexOf(row)}`);
    if (pressed === undefined) return;
    const buttons = [...row.querySelector(".collected-tools").children];
    const again = buttons[pressed].disabled ? buttons[1 - pressed] : buttons[pressed];
    again.focus();
  }
}

customElements.define("sortable-list", SortableList);
