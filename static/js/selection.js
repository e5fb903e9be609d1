// Selects rows of the library with the pointer or keyboard, and applies actions to them. The response is the list, which
// replaces the old one.

import { announce } from "./frame.js";
import { listenTo } from "./keys.js";

const form = () => document.getElementById("selection");
const boxes = () => [...document.querySelectorAll(".choose")];
const rowOf = (element) => element?.closest(".row");

let last = null; // where a Shift selection starts
let isSending = false;

/** The focused row, or else the first visible one. */
function currentRow() {
  const rows = [...document.querySelectorAll(".row")];
  return rowOf(document.activeElement) ?? rows.find((row) => row.getBoundingClientRect().top > 0);
}

function select(box, isOn, isRange) {
  const all = boxes();
  const [from, to] = [isRange ? all.indexOf(last) : -1, all.indexOf(box)];
  const range = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const each of range) each.checked = isOn;
  last = box;
  settle();
}

/** Deselecting one row also unticks "this page" and "all". */
function settle() {
  const all = boxes();
  const number = all.filter((box) => box.checked).length;
  const { page, asked } = form().elements;
  page.checked = number === all.length;
  if (asked && !page.checked) asked.checked = false;
  const said = asked?.checked ? asked.parentElement.textContent.trim() : number;
  document.getElementById("number-selected").textContent = `${said} selected`;
  announce(`${said} selected`);
}

document.addEventListener("click", ({ target, shiftKey }) => {
  if (target.matches(".choose")) select(target, target.checked, shiftKey);
});

document.addEventListener("change", ({ target }) => {
  if (!form() || target.form !== form() || !["page", "asked"].includes(target.name)) return;
  for (const box of boxes()) box.checked = target.checked;
  if (target.name === "page" && target.form.elements.asked) target.form.elements.asked.checked = false;
  settle();
});

document.addEventListener("reset", ({ target }) => target === form() && setTimeout(settle));

function toggle(isRange) {
  const row = currentRow();
  const box = row?.querySelector(".choose");
  if (!box) return false;
  row.querySelector("h2 a").focus();
  select(box, isRange || !box.checked, isRange);
}

/** The rows a key applies to: the selected ones, else the current one, which gets selected. */
function meant() {
  const chosen = boxes().filter((box) => box.checked);
  const box = currentRow()?.querySelector(".choose");
  if (!chosen.length && box) select(box, true);
  return (chosen.length ? chosen : [box]).map(rowOf).filter(Boolean);
}

/** Press the button of the bar, or the opposite one if all selected rows are in that state already. */
function press(verb, back, mark) {
  const button = (value) => form()?.querySelector(`[name="verb"][value="${value}"]`);
  if (!button(verb)) return false;
  const rows = meant();
  if (!rows.length) return false;
  form().requestSubmit(button(back && rows.every((row) => row.matches(mark)) ? back : verb));
}

listenTo({
  x: () => toggle(false),
  X: () => toggle(true),
  s: () => press("star", "unstar", ".is-starred"),
  m: () => press("read", "unread", ".is-read"),
  "#": () => press("trash"),
  t: () => {
    const tags = form()?.querySelector("details:has([name=tags])");
    if (!tags || !meant().length) return false;
    tags.open = true;
    tags.querySelector("[name=tags]").focus();
  },
  u: () => document.querySelector("[data-undo]")?.click() ?? false,
  Escape: () => (boxes().some((box) => box.checked) ? form().reset() : false),
});

// Enter in a field of the bar presses its button.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".selection [type=text]")) return;
  event.preventDefault();
  event.target.closest(".values").querySelector("button").click();
});

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  const isOurs = target === form() ? !target.elements.asked?.checked : submitter?.matches("[data-undo]");
  if (!isOurs || submitter.matches("[data-leads-on]") || target.dataset.isPlain || !document.getElementById("library")) return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  send(target, submitter).finally(() => (isSending = false));
});

async function send(sent, button) {
  const address = button.getAttribute("formaction") ?? sent.getAttribute("action");
  const body = new URLSearchParams(new FormData(sent, button));
  const response = await fetch(address, { method: "POST", body }).catch(() => null);
  const page = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html");
  if (page && page.getElementById("library")) return show(page);
  sent.dataset.isPlain = "true"; // the browser shows the response; sent twice, it is done once
  sent.requestSubmit(button);
}

function show(page) {
  const ids = [...document.querySelectorAll(".row h2 a")].map((title) => title.id);
  const at = ids.indexOf(rowOf(document.activeElement)?.querySelector("h2 a").id);
  for (const place of ["library", "messages"]) document.getElementById(place).replaceWith(page.getElementById(place));
  window.htmx?.process(document.getElementById("library"));
  const titles = [...document.querySelectorAll(".row h2 a")];
  const left = at < 0 ? null : ids.slice(at).find((id) => document.getElementById(id));
  if (at >= 0) (document.getElementById(left) ?? titles.at(-1))?.focus({ preventScroll: true });
  last = null;
  queueMicrotask(() => announce(document.getElementById("messages").textContent.trim())); // after the list's own
}
