// The outline says which section one is in, and a quiet line above the page how far one is in the text.

const body = document.getElementById("article-body");
const line = document.getElementById("progress");
const outline = document.getElementById("outline");
const links = [...(outline?.querySelectorAll("a") ?? [])];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

let isWaiting = false;

/** The section whose heading was the last to come above the middle of the screen. */
function tellSection() {
  const at = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top < innerHeight / 2);
  for (const [place, link] of links.entries()) {
    if (place !== at) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) enter(link);
  }
}

function enter(link) {
  link.setAttribute("aria-current", "location");
  const [shown, place] = [outline.getBoundingClientRect(), link.getBoundingClientRect()];
  // The outline alone is scrolled, never the page.
  if (place.top < shown.top || place.bottom > shown.bottom) outline.scrollTop += place.top - shown.top - shown.height / 2;
}

function tell() {
  isWaiting = false;
  const { top, height } = body.getBoundingClientRect();
  const rest = height - innerHeight;
  line.hidden = rest <= 0; // all of it is in sight
  line.style.setProperty("--read", Math.min(1, Math.max(0, -top / rest)).toFixed(4));
  tellSection();
}

function tellSoon() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(tell);
}

addEventListener("scroll", tellSoon, { passive: true });
addEventListener("resize", tellSoon);
tell();
