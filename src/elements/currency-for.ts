import {isServer} from 'lit';
import {chooseCurrency} from '../core/choose-currency.js';
import {offeredCurrencies, saneOffer, type Offer} from '../core/offer.js';

// Lit types it as `false`, since it is that in a browser. There, a choice among several is fetched.
const onServer = isServer as boolean;
let choose: typeof chooseCurrency | undefined = onServer ? chooseCurrency : undefined;

/** Fetches what it takes to choose a currency; `true` where that is plain. */
export function fetchChoice(offer: Offer | undefined, configured = ''): true | Promise<void> {
  const offered = offeredCurrencies(saneOffer(offer));
  return (
    !!choose ||
    offered.length < 2 ||
    offered.includes(configured) ||
    import('../core/choose-currency.js').then(fetched => {
      choose = fetched.chooseCurrency;
    })
  );
}

/** The currency to ask in: the one that was set, else the reader's country's, else the page's. */
export function currencyFor(offer: Offer, configured: string | undefined, locale: string): string {
  if (choose) {
    const country = onServer ? undefined : /-([A-Z]{2})$/.exec(navigator.language)?.[1];
    return choose(offer, {
      locale,
      ...(configured && {configured}),
      ...(country && {country}),
    });
  }
  const offered = offeredCurrencies(offer);
  return offered.find(one => one === configured) ?? offered[0] ?? 'USD';
}
