/** Chooses the currency in which a reader is asked first. */

import {offeredCurrencies, type Offer} from './offer.js';

/** Regions whose currency code does not begin with the region's two letters. */
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
 * Returns the initial currency: the configured one, or that of the reader's country, or the fallback, or
 * that of the locale's region (for a language alone, its likely region), or the first. Always one that
 * is offered.
 */
export function chooseCurrency(
  offer: Offer,
  wanted: {
    readonly configured?: string | undefined;
    readonly locale?: string | undefined;
    readonly country?: string | undefined;
    readonly fallback?: string | undefined;
  },
): string {
  const offered = offeredCurrencies(offer);
  // Nothing to choose, and no table or `Intl` to go through.
  if (offered.length < 2) return offered[0] ?? 'USD';
  const usedIn = (country = ''): string | undefined => {
    const code = country.toUpperCase();
    if (!/^[A-Z]{2}$/.test(code)) return undefined;
    const row = shared.split(',').find(line => line.includes(' ' + code));
    return (
      offered.find(currency => row?.startsWith(currency)) ??
      offered.find(currency => currency.startsWith(code))
    );
  };
  const named = (code = '') => offered.find(currency => currency === code.toUpperCase());
  return (
    named(wanted.configured) ??
    usedIn(wanted.country) ??
    named(wanted.fallback) ??
    usedIn(regionOf(wanted.locale)) ??
    (offered[0] as string)
  );
}
