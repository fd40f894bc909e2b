import {isServer} from 'lit';
import {chooseCurrency} from '../../core/money/choose-currency.js';
import {offeredCurrencies, saneOffer, type Offer} from '../../core/money/offer.js';

// Lit types it as `false`, since it is that in a browser. There, what it takes to choose is fetched.
const onServer = isServer as boolean;
let choose: typeof chooseCurrency | undefined = onServer ? chooseCurrency : undefined;

const countryOf = (): string | undefined =>
  onServer ? undefined : /-([A-Z]{2})$/.exec(navigator.language)?.[1];

/** The currency where it takes no table: the one that was set, the only one, or the one named after the country. */
function plainCurrency(offer: Offer, configured?: string): string | undefined {
  const offered = offeredCurrencies(offer);
  const country = countryOf();
  return (
    offered.find(one => one === configured) ??
    (offered.length < 2
      ? (offered[0] ?? 'USD')
      : // Bulgaria has the euro.
        !configured && country && country !== 'BG'
        ? offered.find(one => one.startsWith(country))
        : undefined)
  );
}

/** Fetches what it takes to choose a currency; `true` where that is plain. */
export function fetchChoice(offer: Offer | undefined, configured?: string): true | Promise<void> {
  return (
    !!(choose ?? plainCurrency(saneOffer(offer), configured)) ||
    import('../../core/money/choose-currency.js').then(fetched => {
      choose = fetched.chooseCurrency;
    })
  );
}

/** The currency to ask in: the one that was set, else the reader's country's, else the page's. */
export function currencyFor(offer: Offer, configured: string | undefined, locale: string): string {
  return (
    plainCurrency(offer, configured) ??
    choose?.(offer, {locale, configured, country: countryOf()}) ??
    'USD'
  );
}
