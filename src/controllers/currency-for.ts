/** Chooses the currency that an ask starts in. */

import {isServer} from 'lit';
import {readerCountry} from '../browser/country.js';
import {page} from '../browser/page.js';
import {chooseCurrency} from '../core/money/choose-currency.js';
import type {Offer} from '../core/money/offer.js';

/** Returns the currency to ask in: the configured one, else the reader's country's, else the file's. */
export function currencyFor(offer: Offer, configured: string | undefined, locale: string): string {
  // Lit types it as `false`, since it is that in a browser.
  if (isServer as boolean) return chooseCurrency(offer, {locale, configured});
  const {currency: fallback} = page();
  return chooseCurrency(offer, {locale, configured, country: readerCountry(), fallback});
}
