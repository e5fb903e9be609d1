// Colours: chosen for a new note and sent with it, and shown in the active note for recolouring.

/** Clicking a colour in the bar chooses it while a note is being written; otherwise it saves the highlight. */
export function chooseWhileWriting(toolbar) {
  const { form } = toolbar;
  const swatches = [...form.querySelectorAll(".swatches [name=colour]")];
  const show = () => {
    for (const swatch of swatches) {
      if (toolbar.isWriting) swatch.setAttribute("aria-pressed", String(swatch.value === toolbar.colour));
      else swatch.removeAttribute("aria-pressed");
    }
  };
  form.addEventListener("click", (event) => {
    const swatch = event.target.closest(".swatches [name=colour]");
    if (!swatch || !toolbar.isWriting) return;
    event.preventDefault();
    toolbar.colour = swatch.value;
    form.querySelector(".toolbar-note [name=colour]").value = swatch.value;
    show();
  });
  new MutationObserver(show).observe(form.querySelector(".toolbar-note"), { attributeFilter: ["hidden"] });
}

let colours;

/** Put the colours into the note, if it is the reader's own and about a passage. */
export function offerColours(note) {
  colours ??= document.getElementById("recolour"); // it moves into the note, and is removed with it when notes are replaced
  colours.hidden = !note?.dataset.own;
  if (colours.hidden) return document.querySelector("annotated-article").append(colours);
  for (const swatch of colours.children) {
    swatch.setAttribute("formaction", swatch.getAttribute("formaction").replace(/[\da-f-]{36}/, note.dataset.annotation));
    swatch.setAttribute("aria-pressed", String(note.classList.contains(swatch.value)));
  }
  note.append(colours); // below the buttons, which must not move while one is being clicked
}
