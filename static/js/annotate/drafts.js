// Keeps unsent text in the browser, by the person who typed it and the passage it is about.

const { person } = document.documentElement.dataset;
const DRAFT = `draft ${person} `;
const KEY = `form ${person} `;

/** The key of a draft: its form's address, and its passage, if any. */
export function placeOf(address, passage) {
  const about = passage ? JSON.stringify([passage.start, passage.exact ?? passage.image]) : "";
  return new URL(address, location).pathname + about;
}

export const readDraft = (place) => parsed(stored(DRAFT + place));

/** Store a draft: {page, fields, ...}. An empty one is deleted. */
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

/** A submitted form leads to another page. If that reports success, the draft is deleted. */
export const SENT_BY_BROWSER = "a form sent by the browser";

export function discardStored() {
  if (!document.querySelector(".messages .success")) return;
  for (const [place, draft] of draftsOf(SENT_BY_BROWSER)) if (draft.isSent) discardDraft(place);
}

/** The key of a submission whose outcome is unknown: sent again with the same key, it is stored once. */
export const keyOf = (place) => stored(KEY + place);

export const keepKey = (place, key) => store(KEY + place, key);

/** A random UUID, even if the page was loaded over plain HTTP. */
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

/** If the browser's storage is full or disabled, nothing is kept; the form still has the text. */
function store(name, value) {
  if (!person) return;
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // see above
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
