// Places notes in the margin next to their passages, without overlaps.

const GAP = 16; // pixels
const APART = 24; // pixels between a note and its passage from which both are numbered

/** Positions for notes, given their preferred ones ({top, height}, in order). The active note gets its preference. */
export function place(notes, active = -1) {
  const tops = [];
  const push = (first) => {
    for (let n = first; n < notes.length; n += 1) {
      const free = n ? tops[n - 1] + notes[n - 1].height + GAP : 0;
      tops[n] = Math.max(notes[n].top, free);
    }
  };
  push(0);
  if (active >= 0) {
    tops[active] = notes[active].top;
    for (let n = active - 1; n >= 0; n -= 1) tops[n] = Math.min(tops[n], tops[n + 1] - notes[n].height - GAP);
    if (tops[0] < 0) tops[0] = 0;
    push(tops[0] === 0 ? 1 : active + 1);
  }
  return tops;
}

/** Whether notes are beside the text. On narrow screens they are below it. */
export function isBeside(margin) {
  return getComputedStyle(margin).position === "absolute";
}

/** Put every note in the margin next to its passage, and the article's footnotes between them. */
export function arrange(article, margin, footnotes) {
  const notes = [...(margin.querySelector(".at-passages")?.children ?? [])];
  const beside = isBeside(margin);
  article.classList.toggle("laid-out", beside);
  if (!beside) {
    for (const note of notes) note.style.insetBlockStart = "";
    return;
  }
  const body = article.body.getBoundingClientRect().top;
  const from = notes.length ? notes[0].parentElement.getBoundingClientRect().top : margin.getBoundingClientRect().bottom + GAP;
  const wishes = notes.map((note) => {
    const mark = document.getElementById(`annotation-${note.dataset.annotation}`);
    return { element: note, top: mark?.getBoundingClientRect().top ?? from, start: from };
  });
  wishes.push(...footnotes.map((footnote) => ({ ...footnote, start: body })));
  const shown = wishes
    .map((wish) => ({ ...wish, top: Math.max(0, wish.top - from), height: wish.element.getBoundingClientRect().height }))
    .filter(({ height }) => height > 0)
    .sort((one, other) => one.top - other.top);
  const active = shown.findIndex(({ element }) => element.classList.contains("active"));
  const tops = place(shown, active);
  article.classList.toggle("dense", tops.some((top, n) => Math.abs(top - shown[n].top) > APART));
  tops.forEach((top, n) => {
    shown[n].element.style.insetBlockStart = `${top + from - shown[n].start}px`;
  });
}
