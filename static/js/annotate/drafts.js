// What was typed and not sent is kept in the browser: for the person who typed it, and for the place it is about.

const { person } = document.documentElement.dataset;
const OWN = `draft ${person} `;

/** The name of a draft: where its form is sent, and which passage it is about, if any. */
export function placeOf(address, passage) {
  const about = passage ? JSON.stringify([passage.start, passage.exact ?? passage.image]) : "";
  return new URL(address, location).pathname + about;
}

export function readDraft(place) {
  try {
    return JSON.parse(localStorage.getItem(OWN + place));
  } catch {
    return null; // no storage, or not ours
  }
}

/** Keep the fields of a draft. Nothing typed is no draft. */
export function writeDraft(place, draft) {
  if (!person) return;
  if (!draft.fields.note?.trim() && !draft.fields.tags?.trim()) return discardDraft(place);
  try {
    localStorage.setItem(OWN + place, JSON.stringify(draft));
  } catch {
    // The browser's storage is full or closed: the form still has it.
  }
}

export function discardDraft(place) {
  try {
    localStorage.removeItem(OWN + place);
  } catch {
    // as above
  }
}
