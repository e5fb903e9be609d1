// Adds a copy button to code. The button contains no text, so that offsets into the article's text stay valid.

import { copy } from "../annotate/copying.js";
import { announce } from "../frame.js";

const SHOWN_FOR = 2000; // milliseconds
const ICON = '<svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"><path class="sheets" d="M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3"/><path class="tick" d="m3 8.5 3.5 3.5L13 4.5"/></svg>';

class CodeBox extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code";
    button.title = "Copy this code";
    button.setAttribute("aria-label", "Copy this code");
    button.innerHTML = ICON;
    button.addEventListener("click", async () => {
      await copy(this.textContent);
      announce("Copied.");
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), SHOWN_FOR);
    });
    this.append(button);
  }
}

customElements.define("code-box", CodeBox);
