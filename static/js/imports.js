// Files can be dropped on the page; the field and its button do the same.

class DropArea extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const field = this.querySelector("[type=file]");
    const over = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", event.type !== "dragleave");
    };
    form.addEventListener("dragover", over);
    form.addEventListener("dragleave", over);
    form.addEventListener("drop", (event) => {
      over(event);
      form.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }
}

customElements.define("drop-area", DropArea);
