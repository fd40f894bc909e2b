/** Draws the few signs of the elements, in the colour of the text around them. */

import {html, type TemplateResult} from 'lit';

/** Marks what is chosen, or done. */
export const tick: TemplateResult = html`<svg
  class="tick"
  width="12"
  height="12"
  viewBox="0 0 12 12"
  aria-hidden="true"
>
  <path d="M1.5 6.5l3 3 6-7" />
</svg>`;

/** Points to what opens below. */
export const chevron: TemplateResult = html`<svg
  class="chevron"
  width="12"
  height="12"
  viewBox="0 0 12 12"
  aria-hidden="true"
>
  <path d="M2 4.2l4 4 4-4" />
</svg>`;

/** Closes what it stands in. */
export const cross: TemplateResult = html`<svg
  width="16"
  height="16"
  viewBox="0 0 16 16"
  aria-hidden="true"
>
  <path d="M2.5 2.5l11 11m0-11l-11 11" />
</svg>`;
