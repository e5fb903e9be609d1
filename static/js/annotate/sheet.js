// On phones, forms open in a sheet at the bottom: above the on-screen keyboard, and below the passage.

const GAP = 16; // pixels

/** Scroll so that the passage is visible above a sheet. */
export function keepInSight(passage, sheet) {
  if (!passage || getComputedStyle(sheet).position !== "fixed") return;
  const { top, bottom } = passage.getBoundingClientRect();
  const end = sheet.getBoundingClientRect().top - GAP;
  if (bottom > end || top < GAP) scrollBy({ top: Math.min(top - GAP, bottom - end) });
}

/** Show a note in a sheet, which grows when its form opens and as text is typed. */
export function openSheet(note, passage) {
  const growing = new ResizeObserver(() => keepInSight(passage, note));
  const closed = new AbortController();
  note.popover = "auto";
  note.addEventListener("toggle", ({ target, newState }) => {
    if (target !== note || newState !== "closed") return;
    closed.abort();
    growing.disconnect();
    note.removeAttribute("popover");
  }, { signal: closed.signal });
  note.showPopover();
  growing.observe(note);
}

// The on-screen keyboard covers the page without resizing it.
const view = globalThis.visualViewport;
view?.addEventListener("resize", () => {
  const covered = Math.max(0, innerHeight - view.height - view.offsetTop);
  document.documentElement.style.setProperty("--covered", `${view.scale > 1 ? 0 : covered}px`);
});
