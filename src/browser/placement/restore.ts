/** Shows an appeal again that `withdraw()` has hidden. */

/** Undoes `withdraw()`. */
export function restore(element: HTMLElement): void {
  element.hidden = false;
  element.style.removeProperty('visibility');
}
