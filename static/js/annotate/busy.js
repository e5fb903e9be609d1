// While a form is being sent, it says so, cannot be sent again, and cannot be changed.

import { announce } from "../frame.js";

const NO_ANSWER_YET = 10_000; // milliseconds
const STILL_WAITING = "No answer yet. Still waiting; what you typed is kept.";

export function isBusy(form) {
  return form.getAttribute("aria-busy") === "true";
}

/** Do something with a form, which is busy until that ends. `tell` is for forms without a place for messages. */
export async function whileBusy(form, tell, work) {
  const line = form.querySelector(".sending");
  const say = (words) => {
    if (line) [line.textContent, line.hidden] = [words, !words];
    else if (words) tell(words);
  };
  const fields = [...form.querySelectorAll("textarea, input:not([type=hidden])")].filter((each) => !each.readOnly);
  form.setAttribute("aria-busy", "true");
  if (line) say("Saving…");
  const timer = setTimeout(() => {
    say(STILL_WAITING);
    announce(STILL_WAITING);
  }, NO_ANSWER_YET);
  for (const field of fields) field.readOnly = true;
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    say("");
    for (const field of fields) field.readOnly = false;
    form.removeAttribute("aria-busy");
  }
}
