/** Renders what makes an appeal a letter: its picture, the sentence that stands out, what a gift brings, and who signs. */

import {html, nothing} from 'lit';
import {isImageAllowed, type CampaignImage} from '../../core/campaigns/appearance.js';
import {longestCollapsed, type CopyTexts} from '../../core/copy/copy-fields.js';
import type {Frequency} from '../../core/money/offer.js';
import type {LocaleController} from '../../controllers/locale-controller.js';
import type {AskView} from '../ask/support-ask.js';
import {tick} from '../shared/icons.js';
import {enclosed, words} from '../shared/words.js';

/** What is asked of an appeal. */
interface LetterHost {
  readonly format: 'inline' | 'bar' | 'dialog';
  readonly image: CampaignImage | undefined;
  readonly imageOrigins: readonly string[] | undefined;
  readonly view: AskView | undefined;
}

/** What an appeal says. */
export interface Letter {
  readonly copy: CopyTexts;
  /** The frequency that the form shows. */
  readonly frequency: Frequency;
  /** Fills the placeholders. */
  readonly renderText: (text?: string) => unknown;
  readonly t: LocaleController['t'];
  /** What the placeholders stand for. */
  readonly values: Readonly<Record<string, string>>;
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

/**
 * The voice of the appeal, above the form; of a bar its one line, or on a phone what fits. `body` is the editor's
 * words where they are no slot's. A part that is not written leaves no gap.
 */
export function renderLetter(host: LetterHost, letter: Letter, body: unknown): unknown {
  const {copy, renderText, t} = letter;
  const {collapsed, kicker} = copy;
  const renderHeading = (text = copy.heading) =>
    html`<slot name="heading"
      >${view === 'button' ? renderLine(text) : html`<h2>${renderLine(text)}</h2>`}</slot
    >`;
  const renderLine = (text: string | undefined) => (text ? renderText(text) : words(t('region')));
  const {format, view} = host;
  // What the one line has no room for.
  const isLong = format === 'bar' && collapsed && collapsed.length > longestCollapsed;
  if (view === 'summary') return nothing;
  if (view === 'button') {
    return html`<p part="collapsed">${collapsed ? renderText(collapsed) : renderHeading()}</p>`;
  }
  return html`<div class="letter">
    ${enclosed(kicker && !view ? html`<p part="kicker">${renderText(kicker)}</p>` : nothing)}
    <div id="heading" part="heading" tabindex="-1">${renderHeading()}</div>
    ${enclosed(collapsed && (view || isLong) ? html`<p>${renderText(collapsed)}</p>` : nothing)}
    <div part="copy" ?hidden=${!!view}>${body}</div>
    ${enclosed(view ? nothing : renderRest(host, letter))}
  </div>`;
}

/** What follows the body. */
function renderRest({imageOrigins}: LetterHost, {copy, frequency, renderText, t}: Letter): unknown {
  const {benefits, byline, highlight} = copy;
  const list = benefits?.[frequency] ?? [];
  const portrait = byline?.portrait;
  return html`
    ${enclosed(highlight ? html`<p part="highlight"><mark>${renderText(highlight)}</mark></p>` : nothing)}
    ${enclosed(
      list.length > 0
        ? html`<ul part="benefits" aria-label=${t('benefits')}>
            ${list.map(text => html`<li>${tick}<span>${renderText(text)}</span></li>`)}
          </ul>`
        : nothing,
    )}
    ${enclosed(
      byline?.name
        ? html`<div part="byline">
            ${enclosed(
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
                : nothing,
            )}
            <p><b>${renderText(byline.name)}</b><span>${renderText(byline.role)}</span></p>
          </div>`
        : nothing,
    )}
  `;
}
