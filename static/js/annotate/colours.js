// Colours: while a note is written they are chosen and sent with it, and the active note has them for another colour.

/** In the bar, a click on a colour chooses it while a note is being written; otherwise it sends the highlight. */
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

/** Put the colours into the note, if it is one's own and about a passage. */
export function offerColours(note) {
  colours ??= document.getElementById("recolour"); // later it is in the note, and gone with it when notes are new
  colours.hidden = !note?.dataset.own;
  if (colours.hidden) return document.querySelector("annotated-article").append(colours);
  for (const swatch of colours.children) {
    swatch.setAttribute("formaction", swatch.getAttribute("formaction").replace(/[\da-f-]{36}/, note.dataset.annotation));
    swatch.setAttribute("aria-pressed", String(note.classList.contains(swatch.value)));
  }
  note.append(colours); // below the buttons, which stay where they are while one is being clicked
}
