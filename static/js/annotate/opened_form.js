// A form for a note or reply, within a page or on its own: what is typed is kept as a draft until it is saved.

import { discardDraft, keyOf, placeOf, readDraft, writeDraft } from "./drafts.js";

const KEPT = ["note", "tags", "colour", "visibility"];

/** Restore the draft, and keep what is typed from now on; `page` is where the draft is offered. */
export function keepDraftOf(form, page, place = placeOf(form.action)) {
  const original = fieldsOf(form);
  const line = form.querySelector(".draft-line");
  const draft = readDraft(place);
  if (keyOf(place)) form.elements.form_key.value = keyOf(place);
  if (draft) fill(form, draft);
  line.hidden = !draft;
  form.addEventListener("input", () => {
    const fields = fieldsOf(form);
    const isChanged = KEPT.some((name) => fields[name] !== original[name]);
    if (isChanged) writeDraft(place, { page, fields, version: form.elements.version?.value });
    else discardDraft(place);
  });
  line.querySelector("button").addEventListener("click", () => {
    discardDraft(place);
    fill(form, { fields: original });
    line.hidden = true;
    form.elements.note.focus();
  });
}

/** Keep the draft's version: if the note has changed since, saving shows both texts. */
function fill(form, { fields, version }) {
  for (const name of KEPT) {
    if (form.elements[name] && fields[name] !== undefined) form.elements[name].value = fields[name];
  }
  if (version && form.elements.version) form.elements.version.value = version;
  form.querySelector("more-fields")?.showFilled();
}

function fieldsOf(form) {
  return Object.fromEntries(KEPT.map((name) => [name, form.elements[name]?.value]));
}
