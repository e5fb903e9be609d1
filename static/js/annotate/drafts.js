// What was typed and not sent is kept in the browser: for the person who typed it, and for the place it is about.

const { person } = document.documentElement.dataset;
const DRAFT = `draft ${person} `;
const KEY = `form ${person} `;

/** The name of a draft: where its form is sent, and which passage it is about, if any. */
export function placeOf(address, passage) {
  const about = passage ? JSON.stringify([passage.start, passage.exact ?? passage.image]) : "";
  return new URL(address, location).pathname + about;
}

export const readDraft = (place) => parsed(stored(DRAFT + place));

/** Keep a draft: {page, fields, ...}. Nothing typed is no draft. */
export function writeDraft(place, draft) {
  const isEmpty = !draft.fields.note?.trim() && !draft.fields.tags?.trim();
  store(DRAFT + place, isEmpty ? null : JSON.stringify(draft));
}

export const discardDraft = (place) => store(DRAFT + place, null);

/** The drafts of a page, as [place, draft]. */
export function draftsOf(page) {
  return names()
    .filter((name) => name.startsWith(DRAFT))
    .map((name) => [name.slice(DRAFT.length), parsed(stored(name))])
    .filter(([, draft]) => draft?.page === page);
}

/** A form that the browser sends leads to another page. If that says that something was done, its draft has served. */
export const SENT_BY_BROWSER = "a form sent by the browser";

export function discardStored() {
  if (!document.querySelector(".messages .success")) return;
  for (const [place, draft] of draftsOf(SENT_BY_BROWSER)) if (draft.isSent) discardDraft(place);
}

/** The key of a form that was sent, whose outcome is not known: sent again with it, it is stored once. */
export const keyOf = (place) => stored(KEY + place);

export const keepKey = (place, key) => store(KEY + place, key);

/** A random UUID, also where the page came over plain HTTP. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function names() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** A browser whose storage is full or closed keeps nothing; the form still has it. */
function store(name, value) {
  if (!person) return;
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // as said
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
