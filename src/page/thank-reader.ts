/** Thanks a reader who comes back from a payment to a page without a `<support-thanks>`. */

import type {CampaignsFile} from '../core/campaigns/campaign.js';
import type {StartOptions} from './page-view.js';

/** How long the thanks lies over the foot of the page, in ms. */
const thanksLasts = 20_000;

/** Fixed at the foot, in the top layer where that is known, without what browsers give a popover. */
const styles: readonly [string, string][] = [
  ['position', 'fixed'],
  ['inset', 'auto 0 0'],
  ['z-index', '2147483647'],
  ['margin', '0'],
  ['border', '0'],
  ['padding', '0'],
  ['width', 'auto'],
  ['overflow', 'visible'],
];

/** Lays a thanks over the foot of the page, unless the page has one of its own. Never rejects. */
export async function thankReader(options: StartOptions, file: CampaignsFile): Promise<void> {
  try {
    if (file.companion) (await import('./connect-companion.js')).connectCompanion(file);
    await options.load?.();
  } catch {
    // Without the element there are no words, and the page is as it was.
    return;
  }
  if (document.querySelector('support-thanks')) return;
  const strip = document.createElement('div');
  const thanks = document.createElement('support-thanks');
  const checkout = options.checkout ?? file.checkout;
  if (typeof checkout === 'string') thanks.setAttribute('checkout', checkout);
  strip.append(thanks);
  // It is as wide as the window, whatever the page says of its paragraphs.
  thanks.style.setProperty('max-width', 'none');
  thanks.style.setProperty('margin', '0');
  for (const [name, value] of styles) strip.style.setProperty(name, value);
  document.body.append(strip);
  if ('popover' in strip) {
    strip.popover = 'manual';
    strip.showPopover();
  }
  setTimeout(() => strip.remove(), thanksLasts);
}
