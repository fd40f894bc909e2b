/** How does an appeal that is not due leave the page? */

import {whenOutOfView} from './when-out-of-view.js';

/** Hides an appeal that was put into the page by hand, without moving anything in view. */
export function withdraw(element: HTMLElement): void {
  if (element.hasAttribute('open')) return;
  element.style.visibility = 'hidden';
  // Nothing is to be seen of it from here on; the room it takes can be given back a little later.
  whenOutOfView(element, () => {
    // It may have been brought back meanwhile.
    if (element.style.visibility) element.hidden = true;
  });
}
