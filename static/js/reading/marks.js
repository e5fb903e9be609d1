// Updates the read and starred buttons in place, and remembers where the reader stopped.

import { describe, rangeOf } from "../annotate/offsets.js";
import { send } from "../annotate/sending.js";
import { announce } from "../frame.js";

const SETTLES = 3000; // milliseconds at one position before it is remembered
const LINE = 24; // pixels: a paragraph with less than this at the top is not visible

const body = () => document.getElementById("article-body");
const form = () => document.querySelector(".marks");
let timer = 0;
let kept = Number(form().dataset.position);
let place = kept;

document.addEventListener("submit", async (event) => {
  if (!event.target.matches(".marks")) return;
  event.preventDefault();
  const buttons = [...event.target.elements];
  const isHere = document.activeElement === event.submitter; // and not elsewhere, with a key
  const { html, reason } = await send(event.target, event.submitter);
  if (reason) return announce(reason);
  const here = [...document.querySelectorAll(".marks")].indexOf(event.target);
  for (const each of document.querySelectorAll(".marks")) each.outerHTML = html;
  const changed = document.querySelectorAll(".marks")[here];
  if (isHere) changed.elements[buttons.indexOf(event.submitter)].focus();
  announce(changed.dataset.said);
});

/** Where the first visible paragraph begins, in code points of the text; 0 at the top. */
function placeInSight() {
  const blocks = body().querySelectorAll("p, li, pre, h2, h3, h4, tr");
  const first = [...blocks].findIndex((block) => block.getBoundingClientRect().bottom > LINE);
  if (first < 1) return first < 0 ? place : 0;
  const range = document.createRange();
  range.selectNodeContents(blocks[first]);
  return describe(body(), range).start;
}

function keep() {
  const isRead = form().querySelector("[value=unread]");
  if (isRead || place === kept || !place) return;
  const data = new FormData(form());
  data.set("position", place);
  if (navigator.sendBeacon(form().action, data)) kept = place;
}

addEventListener("scroll", () => {
  clearTimeout(timer);
  timer = setTimeout(() => (place = placeInSight()), SETTLES);
}, { passive: true });
addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

const offer = document.getElementById("continue");
if (kept && !location.hash) offer.hidden = false;
offer.addEventListener("click", () => {
  const stopped = rangeOf(body(), kept, kept + 1).startContainer.parentElement;
  stopped.scrollIntoView();
  stopped.tabIndex = -1;
  stopped.focus({ preventScroll: true });
  offer.hidden = true;
});
