import {isServer} from 'lit';
import {chooseCurrency, type Offer} from '../core/offer.js';

/** The currency to ask in: the one that was set, else the reader's country's, else the page's. */
export function currencyFor(offer: Offer, configured: string | undefined, locale: string): string {
  // Lit types it as `false`, since it is that in a browser.
  const country = (isServer as boolean) ? undefined : /-([A-Z]{2})$/.exec(navigator.language)?.[1];
  return chooseCurrency(offer, {
    locale,
    ...(configured && {configured}),
    ...(country && {country}),
  });
}
