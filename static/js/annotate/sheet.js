// On a phone what one writes stands in a sheet at the bottom: above the keys on the screen, and below the passage.

const GAP = 16; // pixels

/** Scroll so that the passage is in sight above a sheet. */
export function keepInSight(passage, sheet) {
  if (!passage || getComputedStyle(sheet).position !== "fixed") return;
  const { top, bottom } = passage.getBoundingClientRect();
  const end = sheet.getBoundingClientRect().top - GAP;
  if (bottom > end || top < GAP) scrollBy({ top: Math.min(top - GAP, bottom - end) });
}

/** Show a note in a sheet. It grows as its form opens, and with what is typed. */
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

// Keys on the screen cover the page without making it smaller.
const view = globalThis.visualViewport;
view?.addEventListener("resize", () => {
  const covered = Math.max(0, innerHeight - view.height - view.offsetTop);
  document.documentElement.style.setProperty("--covered", `${view.scale > 1 ? 0 : covered}px`);
});
