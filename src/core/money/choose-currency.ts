/** In which of several currencies is a reader asked first? */

import {offeredCurrencies, type Offer} from './offer.js';

/** Regions whose currency does not begin with their own two letters, as nearly all others do. */
const shared =
  'EUR AD AT AX BE BG CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MQ MT NL PT RE SI SK SM VA XK,USD EC PR SV,GBP GG IM JE UK,CHF LI,XOF BF BJ CI ML NE SN TG,XAF CF CG CM GA TD';

function regionOf(locale = ''): string | undefined {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-')).maximize().region;
  } catch {
    return undefined;
  }
}

/**
 * The currency to start with: the configured one, else that of the reader's country, else that of the region of
 * the locale (of a language alone: where most of its readers live), else the first; only ever one that is offered.
 */
export function chooseCurrency(
  offer: Offer,
  wanted: {
    readonly configured?: string | undefined;
    readonly locale?: string | undefined;
    readonly country?: string | undefined;
  },
): string {
  const offered = offeredCurrencies(offer);
  const usedIn = (country = ''): string | undefined => {
    const code = country.toUpperCase();
    if (!/^[A-Z]{2}$/.test(code)) return undefined;
    const row = shared.split(',').find(each => each.includes(' ' + code));
    return (
      offered.find(each => row?.startsWith(each)) ?? offered.find(each => each.startsWith(code))
    );
  };
  return (
    offered.find(each => each === wanted.configured?.toUpperCase()) ??
    usedIn(wanted.country) ??
    usedIn(regionOf(wanted.locale)) ??
    offered[0] ??
    'USD'
  );
}
