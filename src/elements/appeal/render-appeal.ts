/** Renders an appeal that is open: its voice, the form, and what stands beside the button. */

import {html, isServer, nothing} from 'lit';
import {currencyFor} from '../../controllers/currency-for.js';
import type {LocaleController} from '../../controllers/locale-controller.js';
import type {CloseReason} from '../../core/cadence/cadence.js';
import type {CampaignImage} from '../../core/campaigns/appearance.js';
import type {Copy} from '../../core/campaigns/campaign.js';
import {copyForCount} from '../../core/copy/count-copy.js';
import {formatMoney} from '../../core/money/money.js';
import {fromPrice, offeredFrequencies, type Frequency, type Offer} from '../../core/money/offer.js';
import type {AskView} from '../ask/support-ask.js';
import {chevron, cross} from '../shared/icons.js';
import {renderCopy} from '../shared/render-copy.js';
import {amountIn, enclosed, words} from '../shared/words.js';
import {renderImage, renderLetter, type Letter} from './letter.js';
import type {Overlay} from './overlay.js';
import {publicationOf} from './publication-of.js';

const onServer: boolean = isServer;

/** What is asked of an appeal. */
interface AppealHost extends HTMLElement {
  readonly articles: number;
  readonly copy: Copy | undefined;
  readonly currency: string | undefined;
  readonly format: 'inline' | 'bar' | 'dialog';
  readonly image: CampaignImage | undefined;
  readonly imageOrigins: readonly string[] | undefined;
  readonly minArticles: number | undefined;
  readonly publication: string | undefined;
  readonly view: AskView | undefined;
  requestUpdate(): void;
}

/** Renders an open appeal around its form; `press` is called with what a button of its own says. */
export function renderAppeal(
  host: AppealHost,
  locale: LocaleController,
  overlay: Overlay | undefined,
  letter: Letter,
  press: (reason: CloseReason) => void,
  form: unknown,
): unknown {
  const {format} = host;
  return html`
    ${enclosed(format === 'inline' ? renderImage(host) : nothing)}
    <div class="sheet">
      <div class="top">
        ${enclosed(overlay?.renderTop(locale))}
        <button
          part="close"
          type="button"
          aria-label=${letter.t('close')}
          @click=${() => press('close')}
        >
          ${cross}
        </button>
      </div>
      ${enclosed(format === 'dialog' ? renderImage(host) : nothing)}
      ${enclosed(renderLetter(host, letter, renderBody(host, letter)))} ${form}
    </div>
  `;
}

/** What an appeal says, and what the placeholders of its copy stand for. */
export function letterOf(
  host: AppealHost,
  {locale, t}: LocaleController,
  offer: Offer,
  frequency: Frequency | undefined,
): Letter {
  const {articles: count, currency} = host;
  const [first = 'monthly'] = offeredFrequencies(offer, currencyFor(offer, currency, locale));
  const values = {
    publication: publicationOf(host),
    // Made only where they are asked for: the first number a page formats is a slow one.
    get from() {
      const from = fromPrice(offer, currencyFor(offer, currency, locale));
      return from ? amountIn(formatMoney(from.money, locale)) : '';
    },
    get articles() {
      return t('articles', {count});
    },
  };
  return {
    copy: copyForCount(host.copy, count, host.minArticles),
    frequency: frequency ?? first,
    renderText: (text = '') => renderCopy(text, values),
    t,
    values,
  };
}

function renderBody(host: AppealHost, {copy, renderText}: Letter): unknown {
  return html`<slot @slotchange=${() => host.copy && host.requestUpdate()}></slot>
    ${enclosed(hasWords(host) ? nothing : copy.body?.map(text => html`<p>${renderText(text)}</p>`))}`;
}

/**
 * Renders what stands beside the button: another way to give where a checkout has failed, and the ways to be left
 * alone, of which the rarer are behind a button that calls `toggleList`.
 */
export function renderActions(
  host: AppealHost,
  overlay: Overlay | undefined,
  {copy, renderText, t}: Letter,
  press: (reason: CloseReason) => void,
  hasFailed: boolean,
  isListed: boolean,
  toggleList: () => void,
): unknown {
  const {view} = host;
  const renderAction = (reason: CloseReason, part: string, text: string) =>
    html`<button part=${`action ${part}`} type="button" @click=${() => press(reason)}>
      ${words(text)}
    </button>`;
  const renderOpener = (part: string, text: string, isOpen: boolean, open: () => unknown) =>
    html`<button
      part=${part}
      type="button"
      aria-expanded=${isOpen}
      aria-controls=${part === 'more' ? 'list' : nothing}
      @click=${open}
    >
      <span class=${part === 'expand' ? 'unseen' : ''}>${words(text)}</span>${chevron}
    </button>`;
  return html`
    ${enclosed(
      hasFailed
        ? html`<p class="wide"><slot name="fallback">${renderText(copy.fallback)}</slot></p>`
        : nothing,
    )}
    ${enclosed(
      !view && (copy.reassurance || hasSlotted(host, 'reassurance'))
        ? html`<div class="wide" part="reassurance">
            <slot name="reassurance">${renderText(copy.reassurance)}</slot>
          </div>`
        : nothing,
    )}
    ${renderAction('later', 'later', copy.later ?? t(view ? 'later-short' : 'later'))}
    ${enclosed(
      view === 'button'
        ? renderOpener('expand', t('expand'), false, () => overlay?.turnTo(overlay.openView))
        : view === 'amounts'
          ? nothing
          : html`${renderOpener('more', t('more'), isListed, toggleList)}
              <div class="wide list" id="list" ?hidden=${!isListed}>
                ${renderAction('already-supporting', 'already', t('already'))}
                ${renderAction('not-this-campaign', 'never', t('never'))}
                ${enclosed(copy.secondary ? html`<p part="secondary">${renderText(copy.secondary)}</p>` : nothing)}
              </div>`,
    )}
  `;
}

function hasSlotted(host: AppealHost, slot: string): boolean {
  return !onServer && [...host.children].some(child => child.slot === slot);
}

/** Whether the words stand in the light DOM, white space aside. */
function hasWords(host: AppealHost): boolean {
  if (onServer) return false;
  return [...(host.childNodes as NodeListOf<ChildNode & Partial<Element & Text>>)].some(
    ({data, nodeType, slot}) => (nodeType === 3 ? data?.trim() : slot === ''),
  );
}
