/** Scrolls an appeal that the reader requested into view. */

import {ownProperties} from '../../core/own-properties.js';

/** Scrolls as soon as the element is rendered, because it has no height before. */
export function bringIntoView(element: HTMLElement): void {
  const scroll = () => {
    requestAnimationFrame(() => {
      element.scrollIntoView({block: element.offsetHeight < innerHeight ? 'center' : 'start'});
    });
  };
  if (element.hasAttribute('open')) scroll();
  else element.addEventListener('support-shown', scroll, ownProperties({once: true}));
}
