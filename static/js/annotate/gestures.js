// Detects when a selection is complete: not while a finger or button is down, however that ends.

const SETTLES = 50; // milliseconds

/**
 * Call `look` after each change of the selection, except during a gesture; `pressed` when a gesture begins outside `form`.
 *
 * Swipes and drags end without `pointerup`, and so do presses released outside the window.
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
