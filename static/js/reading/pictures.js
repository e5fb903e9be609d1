// A picture opens large, over the page. Its link does the same without this: it leads to the picture alone.

const dialog = document.createElement("dialog");
dialog.className = "picture";
dialog.innerHTML = `<figure><img alt=""><figcaption></figcaption></figure>
<form method="dialog"><a class="quiet" rel="noopener noreferrer nofollow">Full size</a><button class="quiet" value="annotate">Annotate</button><button class="quiet">Close</button></form>`;

function open(link, shown) {
  const [picture, caption] = [dialog.querySelector("img"), dialog.querySelector("figcaption")];
  picture.src = shown.src;
  picture.alt = shown.alt;
  // A drawing may have no size of its own, and would come out smaller than it stands in the text.
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

// Loading one from elsewhere takes a new page, whose policy lets it in. The reader stays where they are.
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
