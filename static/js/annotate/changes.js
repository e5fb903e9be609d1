// Sends the page's forms, inserts the changed parts that come back, and announces what was done.

import { announce } from "../frame.js";
import { isBusy, whileBusy } from "./busy.js";
import { showConflict } from "./conflict.js";
import { discardDraft, keepKey, newKey, placeOf } from "./drafts.js";
import { goToParagraph, paragraphsOf } from "./keys.js";
import { send } from "./sending.js";

const SHOWN_FOR = 8000; // milliseconds
let timer = 0;

export async function submitted(article, event) {
  const { target: form, submitter } = event;
  if (form.method !== "post") return;
  event.preventDefault();
  if (isBusy(form)) return;
  const { toolbar } = article;
  const known = article.passages;
  const isNew = form === toolbar.form;
  const place = isNew ? toolbar.note.place : placeOf(submitter?.getAttribute("formaction") ?? form.action);
  const places = [place, form.closest("dialog")?.dataset.place].filter(Boolean);
  const hasText = !isNew || toolbar.note.isOpen;
  const key = form.elements.form_key;
  if (key) keepKey(place, key.value);
  hideProblem(form);
  const answer = await whileBusy(form, tell, () => send(form, submitter));
  if (key && answer.isKnown) keepKey(place, null);
  if (answer.conflict) return showConflict(article, answer.conflict, place);
  if (answer.reason) return fail(article, form, answer);
  if (hasText) places.forEach(discardDraft);
  if (form.dataset.changedPerson !== undefined) return location.reload(); // the page was loaded for someone else
  form.closest("dialog")?.close();
  if (key) key.value = newKey();
  if (isNew || places.includes(toolbar.note.place)) toolbar.done();
  show(article, answer.html, known, isNew);
}

function show(article, html, known, isNew) {
  const said = swap(article, html);
  const made = article.passages.find((id) => !known.includes(id));
  const place = made && article.goTo(made);
  if (place && !isNew) place.scrollIntoView({ block: "nearest" }); // after an undo, it may be anywhere
  tell(said.textContent, said.dataset.offer);
}

/** Show for a while what was done, with a button to undo or redo it. */
export function tell(said, offer = "") {
  const toast = document.getElementById("toast");
  announce(said);
  toast.querySelector("span").textContent = said;
  for (const button of toast.querySelectorAll("button")) button.hidden = button.dataset.offer !== offer;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, SHOWN_FOR);
}

/** Do not hide it while its button has keyboard focus. */
function hide() {
  const toast = document.getElementById("toast");
  if (toast.querySelector(":focus-visible")) timer = setTimeout(hide, SHOWN_FOR);
  else toast.hidden = true;
}

/** Insert what changed. The focus stays on the active passage, or where it was if that is gone. */
function swap(article, html) {
  const changed = new DOMParser().parseFromString(html, "text/html");
  const { active } = article;
  const mark = document.getElementById(`annotation-${active}`);
  const at = paragraphsOf(article).findIndex((each) => each.contains(mark) || mark?.contains(each));
  const isByKeys = document.activeElement.matches(":focus-visible");
  for (const id of ["article-body", "margin"]) {
    document.getElementById(id).replaceChildren(...changed.getElementById(id).childNodes);
  }
  article.prepare();
  article.dispatchEvent(new CustomEvent("drafts-changed"));
  if (article.passages.includes(active)) article.goTo(active);
  else {
    article.activate("");
    if (isByKeys && at >= 0) goToParagraph(article, paragraphsOf(article)[at], "nearest");
  }
  if (document.activeElement === document.body) article.margin.querySelector("a").focus({ preventScroll: true });
  return changed.getElementById("said");
}

function fail(article, form, { reason, action }) {
  const place = form.querySelector(".problem");
  if (!place) return tell(reason);
  place.replaceChildren(reason, ...(action ? [" ", remedy(action)] : []));
  place.hidden = false; // it is an alert, which is announced automatically
  article.arrange();
}

function hideProblem(form) {
  const place = form.querySelector(".problem");
  if (place) place.hidden = true;
}

/** A button for what can be done, or a link that opens in a new tab, so that this page keeps what was typed. */
function remedy({ label, href, run }) {
  const made = document.createElement(href ? "a" : "button");
  made.textContent = label;
  if (href) Object.assign(made, { href, target: "_blank", rel: "noopener" });
  else Object.assign(made, { type: "button", className: "button" });
  if (run) made.addEventListener("click", run);
  return made;
}
