import {isServer} from 'lit';
import {chooseCurrency} from '../../core/money/choose-currency.js';
import type {Offer} from '../../core/money/offer.js';

/** Returns the currency to ask in: the configured one, else the reader's country's, else the page's. */
export function currencyFor(offer: Offer, configured: string | undefined, locale: string): string {
  // Lit types it as `false`, since it is that in a browser.
  const language = (isServer as boolean) ? '' : navigator.language;
  return chooseCurrency(offer, {locale, configured, country: /-([A-Z]{2})$/.exec(language)?.[1]});
}
