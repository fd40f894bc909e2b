/** How does an appeal come back that was taken out of the page? */

/** Undoes `withdraw()`. */
export function restore(element: HTMLElement): void {
  element.hidden = false;
  element.style.removeProperty('visibility');
}
