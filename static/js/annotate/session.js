// The current session, which another tab may have changed: who is signed in, and the CSRF token.

/** Returns {person, name, token, sign_in}; null if the archive cannot be reached. */
export async function currentSession() {
  try {
    const response = await fetch(document.documentElement.dataset.session, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Update the CSRF token in every form of the page. */
export function renewTokens(token, forms = document.forms) {
  for (const form of forms) {
    const field = form.elements.csrfmiddlewaretoken;
    if (field) field.value = token;
  }
}
