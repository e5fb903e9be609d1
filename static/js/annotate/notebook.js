// Opens a note's form in place in the notebook. It is submitted like any form, and so are the forms on
// pages of their own. What is typed is kept as a draft until a page says that it was saved.

import { isComposing } from "../keys.js";
import { discardStored, placeOf, readDraft, SENT_BY_BROWSER, writeDraft } from "./drafts.js";
import "./fields.js";
import { keepDraftOf } from "./opened_form.js";
import { openForm } from "./sending.js";

/** A form on its own page is identified by the page's address. */
const placeOfForm = (form) =>
  placeOf(form.action) + (new URL(form.action).pathname === location.pathname ? location.search : "");

function keep(form) {
  const place = placeOfForm(form);
  keepDraftOf(form, SENT_BY_BROWSER, place);
  form.addEventListener("submit", (event) => {
    if (form.dataset.isSent) return event.preventDefault();
    form.dataset.isSent = "";
    const draft = readDraft(place);
    if (draft) writeDraft(place, { ...draft, isSent: true });
  });
}

discardStored();
for (const form of document.querySelectorAll("main .annotation-form:has(.draft-line)")) keep(form);
for (const link of document.querySelectorAll("#notebook [data-form]")) {
  if (readDraft(placeOf(link.href))) link.append(" (unsaved text)");
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-is-sent]")) delete form.dataset.isSent;
});

const all = document.querySelector(".select-all");
if (all) {
  const button = all.querySelector("button");
  const boxes = [...document.querySelectorAll(".entry > input")];
  all.hidden = boxes.length === 0;
  button.addEventListener("click", () => {
    const isOn = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = isOn;
  });
  document.addEventListener("click", () => button.setAttribute("aria-pressed", boxes.every((box) => box.checked)));
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("#notebook [data-form]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const form = await openForm(link, link.closest(".entry-foot"));
  if (form) keep(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || isComposing(event)) return;
  event.target.closest(".annotation-form")?.querySelector("[data-cancel]").click();
});
