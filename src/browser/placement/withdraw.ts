/** Hides an appeal that is not due. */

import {whenOutOfView} from './when-out-of-view.js';

/** Hides an appeal that the site placed in the page, without moving anything in view. */
export function withdraw(element: HTMLElement): void {
  if (element.hasAttribute('open') || element.style.visibility) return;
  element.style.visibility = 'hidden';
  // It is invisible from here on; its space is released once it is out of view.
  whenOutOfView(element, () => {
    // It may have been restored in the meantime.
    if (element.style.visibility) element.hidden = true;
  });
}
