// Who is signed in now, which another tab may have changed, and the token that forms need since.

/** Returns {person, name, token, sign_in}; null where the archive cannot be asked. */
export async function currentSession() {
  try {
    const response = await fetch(document.documentElement.dataset.session, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Have every form of the page carry the token of now. */
export function renewTokens(token, forms = document.forms) {
  for (const form of forms) {
    const field = form.elements.csrfmiddlewaretoken;
    if (field) field.value = token;
  }
}
