// Lets files and folders be dropped anywhere on the page; the field and its button do the same for files.

class DropArea extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const over = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return false;
      event.preventDefault();
      form.classList.toggle("over", event.type === "dragover");
      return event.type === "drop";
    };
    this.gone = new AbortController();
    const on = (type, does) => addEventListener(type, does, { signal: this.gone.signal });
    on("dragover", over);
    on("dragleave", over);
    on("drop", async (event) => {
      if (over(event)) this.send(form, taken(form, await filesIn(event.dataTransfer)));
    });
    on("pageshow", () => this.say(""));
    form.addEventListener("submit", () => this.say("Sending…"));
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  send(form, files) {
    const most = Number(form.dataset.most);
    if (!files.length) return this.say("None of the dropped files can be imported.");
    if (files.length > most) return this.say(`That is ${files.length} files. At most ${most} can be uploaded at once; use a zip instead.`);
    const chosen = new DataTransfer();
    files.forEach((file) => chosen.items.add(file));
    form.querySelector("[type=file]").files = chosen.files;
    form.requestSubmit();
  }

  say(words) {
    this.querySelector("output").textContent = words;
  }
}

/** The files that may contain text, by file extension: no videos, fonts or programs. */
function taken(form, files) {
  const refused = form.dataset.refused.split(",");
  return files.filter(({ name }) => !refused.some((ending) => name.toLowerCase().endsWith(ending)));
}

/** The dropped files, and those in dropped folders, without hidden ones. */
async function filesIn(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return entries.length ? (await Promise.all(entries.map(filesOf))).flat() : [...dropped.files];
}

async function filesOf(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    // a folder is read in parts, until one is empty
    const part = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!part.length) return files;
    files.push(...(await Promise.all(part.map(filesOf))).flat());
  }
}

customElements.define("drop-area", DropArea);
