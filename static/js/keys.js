// The keys of a page. They rest while one types, while a dialog is open, and where the reader switched them off.

/** Does what there is for the key that was pressed; what returns false leaves the key to the browser. */
export function listenTo(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") return;
    if (document.querySelector("dialog[open]") || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (!actions[event.key] || actions[event.key](event) === false) return;
    event.preventDefault();
  });
}
