// Sends the page's own forms and gets the changed part of the page back. It never claims more about the
// outcome than it knows: without an answer, it is unknown.

import { currentSession, renewTokens } from "./session.js";

const FRAGMENT = "text/vnd.fragment+html";
const LIMIT = 60_000; // milliseconds to wait for an answer
const UNKNOWN = "There was no answer, so this may or may not have been saved. Send it again: it is saved only once.";
const SIGNED_OUT = "You are signed out, so this was not saved. Sign in, come back here and send it again.";

/**
 * Send a form. Returns {html} with what changed; {conflict}, a form with both texts; or {reason}, a message for the
 * reader, with an {action} if there is something to do about it. `isKnown`: whether the outcome is known.
 */
export async function send(form, submitter) {
  const first = await post(form, submitter);
  if (first.status !== 401 && first.status !== 403) return first;
  const now = await currentSession();
  if (!now) return first;
  if (!now.person) return { reason: SIGNED_OUT, action: { label: "Sign in", href: now.sign_in }, isKnown: true };
  const opener = form.elements.opened_by?.value ?? document.documentElement.dataset.person;
  if (opener !== now.person) return askAs(form, submitter, now);
  renewTokens(now.token);
  return post(form, submitter);
}

/** Someone else has signed in since: they decide whether to save it as theirs. */
function askAs(form, submitter, { person, name, token }) {
  const run = () => {
    renewTokens(token, [form]);
    if (form.elements.opened_by) form.elements.opened_by.value = person;
    form.dataset.changedPerson = "";
    form.requestSubmit(submitter);
  };
  const reason = `You are now signed in as ${name}; this was opened by someone else. It was not saved.`;
  return { reason, action: form.elements.opened_by && { label: `Save as ${name}`, run }, isKnown: true };
}

async function post(form, submitter) {
  const address = new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), location);
  address.search = location.search; // keeps the filters of the margin
  const body = new URLSearchParams(new FormData(form, submitter));
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), LIMIT);
  try {
    const options = { method: "POST", body, headers: { Accept: FRAGMENT }, signal: giveUp.signal };
    const response = await fetch(address, options);
    const text = await response.text();
    return response.redirected ? { status: 401, reason: SIGNED_OUT, isKnown: true } : read(response, text);
  } catch {
    return { reason: UNKNOWN, isKnown: false };
  } finally {
    clearTimeout(timer);
  }
}

function read(response, text) {
  const { ok, status } = response;
  const isPlain = response.headers.get("Content-Type")?.startsWith("text/plain");
  if (ok) return { html: text, status, isKnown: true };
  if (status === 409 && !isPlain) return { conflict: text, status, isKnown: true };
  if (isPlain) return { reason: text, status, isKnown: true };
  const isKnown = status < 500; // a gateway error may come after it was saved
  return { reason: isKnown ? `It was not saved (${status}).` : UNKNOWN, status, isKnown };
}

/** Insert the form that a link leads to before `place`. If that fails, follow the link. */
export async function openForm(link, place) {
  const around = place.parentElement;
  around.querySelector(".annotation-form [data-cancel]")?.click();
  const response = await fetch(link.href, { headers: { Accept: FRAGMENT } }).catch(() => null);
  if (!response?.ok || response.redirected) {
    location.assign(link.href);
    return null;
  }
  place.insertAdjacentHTML("beforebegin", await response.text());
  const form = place.previousElementSibling;
  around.classList.add("has-form");
  around.classList.toggle("is-edited", "version" in form.elements);
  form.querySelector("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    form.remove();
    around.classList.remove("has-form", "is-edited");
    link.focus();
    link.dispatchEvent(new CustomEvent("form-closed", { bubbles: true }));
  });
  form.querySelector("textarea").focus();
  return form;
}
