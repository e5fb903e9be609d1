// When a selection has been made: not while a finger or a button is down, and whichever way that ends.

const SETTLES = 50; // milliseconds

/**
 * Call `look` after each change of the selection, but not within a gesture; `pressed` when one begins outside `form`.
 *
 * A swipe and a drag end without `pointerup`, and so does what is let go outside the window.
 */
export function followGestures(form, look, pressed) {
  let timer = 0;
  let isPressed = false;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => isPressed || look(), SETTLES);
  };
  const ended = () => {
    isPressed = false;
    soon();
  };
  document.addEventListener("selectionchange", soon);
  document.addEventListener("pointerdown", (event) => {
    isPressed = !form.contains(event.target);
    if (isPressed) pressed();
  });
  for (const end of ["pointerup", "pointercancel", "dragend", "touchend", "touchcancel"]) {
    document.addEventListener(end, ended);
  }
  addEventListener("blur", ended);
  document.addEventListener("visibilitychange", ended);
  document.addEventListener("pointermove", (event) => isPressed && !event.buttons && ended());
}
