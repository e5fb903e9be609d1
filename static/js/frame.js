// What every page can do beyond its HTML: preferences take effect at once, / goes to the search, and ? shows the keys.

import { listenTo } from "./keys.js";

class LookForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    this.querySelector("[data-without-script]").hidden = true;
    form.addEventListener("change", (event) => {
      document.documentElement.dataset[event.target.name] = event.target.value;
      fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    });
  }
}

customElements.define("look-form", LookForm);

listenTo({
  "/": () => {
    const field = document.getElementById("q");
    field?.focus();
    field?.select();
  },
  "?": () => document.getElementById("keys")?.showModal(),
});
