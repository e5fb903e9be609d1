// The keys of a page. They rest while one types, while a dialog is open, and where the reader switched them off.

const ON_OTHER_LAYOUTS = { BracketLeft: "[", BracketRight: "]", Period: ".", Comma: ",", Slash: "/" };

/** Whether a key belongs to an input method, which makes letters of it. Safari says so by the code 229 alone. */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Does what there is for the key that was pressed; what returns false leaves the key to the browser. */
export function listenTo(actions) {
  document.addEventListener("keydown", (event) => {
    const isControl = event.ctrlKey && !event.getModifierState("AltGraph"); // AltGr is both on Windows
    if (isComposing(event) || isControl || event.metaKey) return;
    if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const action = actionOf(actions, event);
    if (!action || action(event) === false) return;
    event.preventDefault();
  });
}

/**
 * By the character; on a layout without Latin letters, by where the key is. Signs may need Option or AltGr, while with
 * Alt a letter is the browser's.
 */
function actionOf(actions, { key, code, altKey, shiftKey }) {
  const isSign = /^[^\p{L}\p{N}]$/u.test(key);
  if (altKey && !isSign) return null;
  if (actions[key] || altKey) return actions[key];
  const isForeignLetter = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  if (!isForeignLetter) return null;
  const letter = code.replace(/^Key/, "");
  return actions[ON_OTHER_LAYOUTS[code] ?? (shiftKey ? letter : letter.toLowerCase())];
}
