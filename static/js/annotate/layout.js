// Notes stand in the margin at the height of their passages, none over another.

const GAP = 16; // pixels

/** Where notes go, from the height each wishes for ({top, height}, from the top down). The active one gets its wish. */
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

/** Whether notes stand beside the text. On narrow screens they stand below it. */
export function isBeside(margin) {
  return getComputedStyle(margin).position === "absolute";
}

/** Put every note of the margin beside its passage. */
export function arrange(article, margin) {
  const list = margin.querySelector(".at-passages");
  const beside = isBeside(margin);
  article.classList.toggle("laid-out", beside);
  if (!list) return;
  if (!beside) {
    for (const note of list.children) note.style.insetBlockStart = "";
    return;
  }
  const from = list.getBoundingClientRect().top;
  const shown = [...list.children].filter((note) => note.getBoundingClientRect().height > 0);
  const wishes = shown.map((note) => {
    const mark = document.getElementById(`annotation-${note.dataset.annotation}`);
    return {
      top: Math.max(0, (mark?.getBoundingClientRect().top ?? from) - from),
      height: note.getBoundingClientRect().height,
    };
  });
  const active = shown.findIndex((note) => note.classList.contains("active"));
  place(wishes, active).forEach((top, n) => {
    shown[n].style.insetBlockStart = `${top}px`;
  });
}
