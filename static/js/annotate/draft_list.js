// Lists the unsaved drafts of this page prominently.

import { copy } from "./copying.js";
import { discardDraft, draftsOf, placeOf } from "./drafts.js";

const LONGEST = 80; // UTF-16 units of a draft's text

export class DraftList {
  constructor(article, element) {
    this.article = article;
    this.element = element;
    this.page = placeOf(article.toolbar.form.action);
    article.addEventListener("drafts-changed", () => this.show());
    article.addEventListener("form-closed", () => this.show());
    addEventListener("storage", () => this.show());
    this.show();
  }

  show() {
    const drafts = draftsOf(this.page).filter(([place]) => !this.isOpen(place));
    this.element.hidden = !drafts.length;
    this.element.querySelector("summary").textContent =
      drafts.length === 1 ? "1 unsaved note" : `${drafts.length} unsaved notes`;
    this.element.querySelector("ul").replaceChildren(...drafts.map(([place, draft]) => this.item(place, draft)));
  }

  isOpen(place) {
    const { note, isWriting } = this.article.toolbar;
    const forms = [...this.article.querySelectorAll(".annotation-form")];
    return (isWriting && note.place === place) || forms.some((form) => placeOf(form.action) === place);
  }

  item(place, draft) {
    const item = document.createElement("li");
    const link = this.article.querySelector(`[data-form][href="${CSS.escape(place)}"]`);
    const button = (label, run) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", className: "quiet", textContent: label });
      made.addEventListener("click", run);
      return made;
    };
    const resume = draft.passage
      ? button("Continue", () => this.article.toolbar.resume(draft.passage))
      : link
        ? button("Continue", () => this.article.openForm(link))
        : button("Copy", () => copy(draft.fields.note)); // its passage is gone
    const discard = button("Discard", () => {
      discardDraft(place);
      this.show();
    });
    const text = document.createElement("p");
    text.dir = "auto";
    text.textContent = shortened(draft.fields.note || draft.fields.tags);
    item.append(text, ...this.quote(draft), resume, discard);
    return item;
  }

  quote({ passage }) {
    if (!passage?.exact) return [];
    const quote = document.createElement("q");
    quote.dir = "auto";
    quote.textContent = shortened(passage.exact);
    return [quote];
  }
}

function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
