// Marks the current section in the outline, and shows the reading progress as a line at the top of the page.

const body = document.getElementById("article-body");
const line = document.getElementById("progress");
const outline = document.getElementById("outline");
const links = [...(outline?.querySelectorAll("a") ?? [])];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

let isWaiting = false;

/** The section with the last heading above the middle of the screen. */
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
  // Only scrolls the outline, never the page.
  if (place.top < shown.top || place.bottom > shown.bottom) outline.scrollTop += place.top - shown.top - shown.height / 2;
}

function tell() {
  isWaiting = false;
  const { top, height } = body.getBoundingClientRect();
  const rest = height - innerHeight;
  line.hidden = rest <= 0; // all of it is visible
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
