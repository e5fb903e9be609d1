// Shows where the highlights are next to the scroll bar. The margin's list has the same information as text.

class PassageMap extends HTMLElement {
  draw() {
    const height = document.documentElement.scrollHeight;
    const ticks = [...document.querySelectorAll('#article-body [id^="annotation-"]')].map((passage) => {
      const mark = passage.closest("mark");
      const tick = document.createElement("a");
      tick.href = `#${passage.id}`;
      tick.tabIndex = -1;
      tick.className = mark.className.split(" ")[0];
      tick.style.insetBlockStart = `${((mark.getBoundingClientRect().top + scrollY) / height) * 100}%`;
      return tick;
    });
    this.replaceChildren(...ticks);
  }
}

customElements.define("passage-map", PassageMap);
