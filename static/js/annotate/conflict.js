// An edit conflict in a dialog: the saved and the typed text, with buttons to keep either or both.

/** Show the form with both. `place` is the key of the draft. */
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
