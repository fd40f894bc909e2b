/** Draws the few signs of the elements, in the colour of the text around them. */

import {html, type TemplateResult} from 'lit';

const icon = (name: string, size: number, path: string): TemplateResult =>
  html`<svg
    class=${name}
    width=${size}
    height=${size}
    viewBox=${`0 0 ${size} ${size}`}
    aria-hidden="true"
  >
    <path d=${path} />
  </svg>`;

/** Marks what is chosen, or done. */
export const tick: TemplateResult = icon('tick', 12, 'M1.5 6.5l3 3 6-7');

/** Points to what opens below. */
export const chevron: TemplateResult = icon('chevron', 12, 'M2 4.2l4 4 4-4');

/** Closes what it stands in. */
export const cross: TemplateResult = icon('cross', 16, 'M2.5 2.5l11 11m0-11l-11 11');
