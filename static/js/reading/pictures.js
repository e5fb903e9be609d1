// Opens an image large, over the page. Without this script, its link opens the image on its own.

const dialog = document.createElement("dialog");
dialog.className = "picture";
dialog.innerHTML = `<figure><img alt=""><figcaption></figcaption></figure>
<form method="dialog"><a class="quiet" rel="noopener noreferrer nofollow">Full size</a><button class="quiet" value="annotate">Annotate</button><button class="quiet">Close</button></form>`;

function open(link, shown) {
  const [picture, caption] = [dialog.querySelector("img"), dialog.querySelector("figcaption")];
  picture.src = shown.src;
  picture.alt = shown.alt;
  // A drawing may have no intrinsic size, and would be smaller than in the text.
  picture.style.minInlineSize = `min(${shown.clientWidth}px, 100vi - 2rem)`;
  caption.textContent = link.closest("figure")?.querySelector("figcaption")?.textContent.trim() || shown.title || shown.alt;
  dialog.setAttribute("aria-label", shown.alt || "Image");
  dialog.querySelector("a").href = link.href;
  dialog.querySelector("[value=annotate]").hidden = !link.closest("annotated-article");
  dialog.returnValue = "";
  dialog.onclose = () =>
    dialog.returnValue && shown.dispatchEvent(new CustomEvent("annotate", { bubbles: true }));
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal();
}

// Loading an image from another site takes a new page, whose policy allows it. The scroll position stays.
const PLACE = "place-of-picture";

function load(link) {
  sessionStorage.setItem(PLACE, link.getBoundingClientRect().top);
  location.replace(link.href);
}

const place = sessionStorage.getItem(PLACE);
const loaded = document.getElementById(location.hash.slice(1));
sessionStorage.removeItem(PLACE);
if (place && loaded) {
  loaded.style.scrollMarginBlockStart = `${place}px`;
  loaded.scrollIntoView();
}

document.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("dialog.picture img")) dialog.close();
  const link = event.target.closest("a.enlarge");
  const shown = link?.querySelector("img");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const loading = event.target.closest("a.elsewhere, a.load-picture");
  if (loading) {
    event.preventDefault();
    load(loading);
  }
  if (loading || !shown?.naturalWidth) return;
  event.preventDefault();
  open(link, shown);
});
