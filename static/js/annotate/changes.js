// A form of the page was sent: what changed comes back, is put in place and told.

import { announce } from "../frame.js";
import { goToParagraph, paragraphsOf } from "./keys.js";
import { send } from "./sending.js";

const SHOWN_FOR = 8000; // milliseconds
let timer = 0;

export async function submitted(article, event) {
  const { target: form, submitter } = event;
  if (form.method !== "post") return;
  event.preventDefault();
  const known = article.passages;
  const { html, reason } = await send(form, submitter);
  if (reason) return fail(article, form, reason);
  if (form === article.toolbar.form) article.toolbar.done();
  const said = swap(article, html);
  const made = article.passages.find((id) => !known.includes(id));
  const place = made && article.goTo(made);
  if (place && form !== article.toolbar.form) place.scrollIntoView({ block: "nearest" }); // undone, it may be anywhere
  tell(said, true);
}

/** Say what was done, for a while, with a way back where it can be undone. */
export function tell(said, canUndo = false) {
  const toast = document.getElementById("toast");
  announce(said);
  toast.querySelector("span").textContent = said;
  toast.querySelector("button").hidden = !canUndo;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, SHOWN_FOR);
}

/** Not while one is at its button by keyboard. */
function hide() {
  const toast = document.getElementById("toast");
  if (toast.querySelector(":focus-visible")) timer = setTimeout(hide, SHOWN_FOR);
  else toast.hidden = true;
}

/** Put in place what changed. The focus stays at the passage one was at, or where it was if it is gone. */
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
  if (article.passages.includes(active)) article.goTo(active);
  else {
    article.activate("");
    if (isByKeys && at >= 0) goToParagraph(article, paragraphsOf(article)[at], "nearest");
  }
  if (document.activeElement === document.body) article.margin.querySelector("a").focus({ preventScroll: true });
  return changed.getElementById("said").textContent;
}

function fail(article, form, reason) {
  const place = form.querySelector(".problem");
  if (!place) return tell(reason);
  place.textContent = reason;
  place.hidden = false; // it is an alert, which says itself
  article.arrange();
}
