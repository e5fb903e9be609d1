// Two texts for one note, in a dialog: what is stored and what was typed, and a way to keep either or both.

/** Show the form with both. `place` is where the draft is kept of what was typed. */
export function showConflict(article, html, place) {
  const dialog = document.createElement("dialog");
  dialog.className = "conflict-dialog";
  dialog.innerHTML = html;
  dialog.dataset.place = place;
  const back = document.createElement("button");
  Object.assign(back, { type: "button", className: "quiet", textContent: "Back to the form" });
  back.addEventListener("click", () => dialog.close());
  dialog.querySelector(".form-ends").append(back);
  dialog.addEventListener("close", () => dialog.remove());
  article.append(dialog);
  dialog.showModal();
  dialog.querySelector("h2").focus();
}
