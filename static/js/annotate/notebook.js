// In the notebook a note's form opens in its place; it is sent like any form, and leads back.

import { isComposing } from "../keys.js";
import { openForm } from "./sending.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("#notebook [data-form]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openForm(link, link.closest(".entry-foot"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || isComposing(event)) return;
  event.target.closest(".annotation-form")?.querySelector("[data-cancel]").click();
});
