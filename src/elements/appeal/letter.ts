/** Renders what makes an appeal a letter: its picture, the sentence that stands out, what a gift brings, and who signs. */

import {html, nothing} from 'lit';
import {isImageAllowed, type CampaignImage} from '../../core/campaigns/appearance.js';
import type {CopyTexts} from '../../core/copy/copy-fields.js';
import type {Frequency} from '../../core/money/offer.js';
import {tick} from '../shared/icons.js';
import {enclosed} from '../shared/words.js';

/** What is asked of an appeal. */
interface LetterHost {
  readonly image: CampaignImage | undefined;
  readonly imageOrigins: readonly string[] | undefined;
}

/** The picture. Without measures it would move the page, so then there is none. */
export function renderImage({image, imageOrigins}: LetterHost): unknown {
  if (!image || !isImageAllowed(image.src, imageOrigins)) return nothing;
  const {src, alt, width, height} = image;
  if (!(width > 0 && height > 0)) return nothing;
  return html`<img
    part="image"
    src=${src}
    alt=${alt}
    width=${width}
    height=${height}
    loading="lazy"
    decoding="async"
  />`;
}

/** What follows the body. A part that is not written leaves no gap. */
export function renderLetter(
  {imageOrigins}: LetterHost,
  {benefits, byline, highlight}: CopyTexts,
  frequency: Frequency,
  renderText: (text?: string) => unknown,
  label: string,
): unknown {
  const list = benefits?.[frequency] ?? [];
  const portrait = byline?.portrait;
  return html`
    ${enclosed(highlight ? html`<p part="highlight"><mark>${renderText(highlight)}</mark></p>` : nothing)}
    ${enclosed(
      list.length > 0
        ? html`<ul part="benefits" aria-label=${label}>
            ${list.map(text => html`<li>${tick}<span>${renderText(text)}</span></li>`)}
          </ul>`
        : nothing,
    )}
    ${enclosed(
      byline
        ? html`<div part="byline">
            ${
              portrait && isImageAllowed(portrait, imageOrigins)
                ? html`<img
                    part="portrait"
                    src=${portrait}
                    alt=""
                    width="56"
                    height="56"
                    loading="lazy"
                    decoding="async"
                  />`
                : nothing
            }
            <p><b>${renderText(byline.name)}</b><span>${renderText(byline.role)}</span></p>
          </div>`
        : nothing,
    )}
  `;
}
