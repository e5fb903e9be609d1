// What every page can do beyond its HTML: preferences take effect at once, and / goes to the search.

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

function isTyping(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.documentElement.dataset.keys === "off" || isTyping(event.target)) return;
  const field = document.getElementById("q");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
