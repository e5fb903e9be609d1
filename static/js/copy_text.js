// Adds a button that copies a text, with its italics if the browser supports it.

import { copy } from "./annotate/copying.js";
import { announce } from "./frame.js";

class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const text = this.firstElementChild;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Copy";
    button.setAttribute("aria-label", this.dataset.label);
    button.addEventListener("click", async () => {
      await copyRich(text);
      announce("Copied.");
    });
    this.append(button);
  }
}

async function copyRich(element) {
  const plain = element.textContent;
  if (!navigator.clipboard?.write || !element.querySelector("i")) return copy(plain);
  const asBlob = (type, text) => new Blob([text], { type });
  const item = new ClipboardItem({
    "text/plain": asBlob("text/plain", plain),
    "text/html": asBlob("text/html", element.innerHTML),
  });
  return navigator.clipboard.write([item]).catch(() => copy(plain));
}

customElements.define("copy-text", CopyText);
