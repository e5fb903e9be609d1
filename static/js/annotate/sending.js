// Sends the page's own forms, so that a change comes back as the part of the page that changed.

const FRAGMENT = "text/vnd.fragment+html";
const UNREACHABLE = "The archive could not be reached. Nothing was saved; what you typed is still here.";
const SIGNED_OUT = "You are signed out. Sign in in another tab, then send it again.";

/** Send a form. Returns {html} with what changed, or {reason} in words for the reader. */
export async function send(form, submitter) {
  const address = new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), location);
  address.search = location.search; // what is shown of the article stays as it is
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: FRAGMENT } });
    if (response.redirected) return { reason: SIGNED_OUT };
    const text = await response.text();
    if (response.ok) return { html: text };
    const isPlain = response.headers.get("Content-Type")?.startsWith("text/plain");
    return { reason: isPlain ? text : `It was not saved (${response.status}). What you typed is still here.` };
  } catch {
    return { reason: UNREACHABLE };
  }
}

/** Put the form that a link leads to into the page, in front of `place`. Without luck, follow the link. */
export async function openForm(link, place) {
  const existing = place.parentElement.querySelector(".annotation-form");
  existing?.remove();
  const response = await fetch(link.href, { headers: { Accept: FRAGMENT } }).catch(() => null);
  if (!response?.ok || response.redirected) {
    location.assign(link.href);
    return null;
  }
  place.insertAdjacentHTML("beforebegin", await response.text());
  const form = place.previousElementSibling;
  form.querySelector("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    form.remove();
    link.focus();
    link.dispatchEvent(new CustomEvent("form-closed", { bubbles: true }));
  });
  form.querySelector("textarea").focus();
  return form;
}
