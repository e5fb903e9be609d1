// Keyboard shortcuts of the reading page.

import { announce } from "../frame.js";
import { isComposing, listenTo } from "../keys.js";

const PARAGRAPHS = "p, li, h2, h3, h4, h5, h6, pre, td, th, dt, dd, figcaption, summary, img";
const NOTHING = "Select words first, or move to a paragraph or image with w and b.";

export function listen(article) {
  listenTo({
    h: () => mark(article),
    n: () => note(article),
    j: () => walk(article, 1),
    k: () => walk(article, -1),
    "]": () => walkParagraphs(article, 1),
    "[": () => walkParagraphs(article, -1),
    w: () => walkParagraphs(article, 1), // brackets need Option or AltGr on many keyboards
    b: () => walkParagraphs(article, -1),
    ".": () => walkHits(1),
    ",": () => walkHits(-1),
    u: () => document.querySelector("#toast [data-offer=undo]").click(),
    U: () => document.querySelector("#toast [data-offer=redo]").click(),
    s: () => document.querySelector(".marks [value$=star]").click(),
    m: () => document.querySelector(".marks [value$=read]").click(),
    Enter: (event) => event.target.matches("mark[data-annotations]") && article.openNote(),
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !isComposing(event)) leave(article, event);
  });
}

function leave(article, event) {
  if (document.querySelector("dialog[open]")) return; // the key closes it
  const form = event.target.closest(".annotation-form");
  if (form) form.querySelector("[data-cancel]").click();
  else if (article.toolbar.isOpen) article.toolbar.leave();
  else article.activate("");
}

/** Use the current paragraph as the passage if no words are selected. */
function takeParagraph(article) {
  const paragraph = article.body.querySelector(".current");
  if (article.toolbar.passage || !paragraph) return;
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  if (paragraph.localName === "img") article.toolbar.openPicture(paragraph);
  else article.toolbar.open(range);
  announce(""); // the key itself needs no announcement
}

function mark(article) {
  takeParagraph(article);
  const { form, passage, colour } = article.toolbar;
  if (passage) form.requestSubmit(form.querySelector(`.swatches [value=${colour}]`));
  else announce(NOTHING);
}

function note(article) {
  if (!article.toolbar.passage && article.active) {
    article.openForm();
    return;
  }
  takeParagraph(article);
  if (article.toolbar.passage) article.toolbar.write();
  else announce(NOTHING);
}

function walk(article, step) {
  const passages = [...article.body.querySelectorAll('[id^="annotation-"]')];
  const next = neighbour(passages, passages.findIndex((each) => each.id === `annotation-${article.active}`), step);
  if (!next) return announce("No highlights in this article yet.");
  article.goTo(next.id.replace("annotation-", "")).scrollIntoView({ block: "center" });
}

function walkHits(step) {
  const present = document.querySelector(".hit-links:target")?.id.replace("hit-", "");
  const next = document.getElementById(`hit-${present ? Number(present) + step : 1}`);
  if (next) location.hash = next.id;
  return Boolean(present || next);
}

function walkParagraphs(article, step) {
  const paragraphs = paragraphsOf(article);
  const present = paragraphs.findIndex((each) => each.contains(document.activeElement));
  const current = article.body.querySelector(".current");
  const next = neighbour(paragraphs, present < 0 ? paragraphs.indexOf(current) : present, step);
  if (next) goToParagraph(article, next, "center");
}

export function paragraphsOf(article) {
  return [...article.body.querySelectorAll(PARAGRAPHS)].filter(
    (each) => each.localName === "img" || (each.textContent.trim() && !each.querySelector("p, li, pre")),
  );
}

export function goToParagraph(article, paragraph, block) {
  article.body.querySelector(".current")?.classList.remove("current");
  paragraph.classList.add("current");
  paragraph.tabIndex = -1;
  paragraph.focus({ preventScroll: true });
  paragraph.scrollIntoView({ block });
}

/** The one after (or before) the current one; without one, the first visible one. */
function neighbour(elements, present, step) {
  if (present >= 0) return elements[present + step] ?? elements[present];
  return elements.find((each) => each.getBoundingClientRect().top > 0) ?? elements.at(-1);
}
