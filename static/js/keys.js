// A page's keyboard shortcuts. They are off while typing, while a dialog is open, and if the reader disabled them.

const ON_OTHER_LAYOUTS = { BracketLeft: "[", BracketRight: "]", Period: ".", Comma: ",", Slash: "/" };

/** Whether a key is being composed by an input method. Safari only indicates this with the code 229. */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Run the pressed key's action; an action that returns false leaves the key to the browser. */
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
 * Look up by character or, on a layout without Latin letters, by key position. Signs may need Option or AltGr, but
 * a letter with Alt is left to the browser.
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
