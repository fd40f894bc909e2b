/** Finds what Payment Links and a page's address in a campaigns file cannot sell, or cannot mean. */

import {isCurrency} from '../money/currencies.js';
import {offerOfLinks, type CheckoutSetting, type PaymentLinks} from '../money/checkout-setting.js';
import {minorUnits} from '../money/money.js';
import {frequencies, offeredCurrencies, type Offer} from '../money/offer.js';

type Report = (path: string, problem: string) => void;

const placeholders = ['{amount}', '{minor}', '{currency}', '{frequency}', '{campaign}'];

/** Reports links that cannot be right, whatever is offered. */
function checkLinks(links: PaymentLinks, path: string, report: Report): void {
  for (const frequency of frequencies) {
    for (const [currency, byAmount] of Object.entries(links[frequency] ?? {})) {
      const place = `${path}.${frequency}.${currency}`;
      if (!isCurrency(currency)) report(place, `${currency} is no currency that can be charged`);
      const {step} = minorUnits(currency);
      for (const minor of Object.keys(byAmount).map(Number)) {
        if (minor % step) report(`${place}.${minor}`, `${minor} is no multiple of ${step}`);
      }
    }
  }
}

/** Reports what is offered without a link. `offerPath` says where the offer stands. */
function checkOffered(
  links: PaymentLinks,
  offer: Offer,
  path: string,
  offerPath: string,
  report: Report,
): void {
  const sold = offerOfLinks(links, offer);
  for (const frequency of frequencies) {
    for (const [currency, {presets}] of Object.entries(offer[frequency] ?? {})) {
      const shown = sold[frequency]?.[currency]?.presets ?? [];
      const missing = presets.filter(minor => !shown.includes(minor));
      const place = `${frequency}.${currency}`;
      for (const minor of missing) {
        report(
          `${path}.${place}.${minor}`,
          `is missing, so ${minor} is not shown: make a Payment Link and put its address here, or take ${minor} out of ${offerPath}.${place}.presets`,
        );
      }
    }
  }
}

/**
 * Reports the problems of a checkout. `path` says where it stands and `offerPath` where what it is to sell
 * does; without an offer the links say what is sold.
 */
export function checkoutProblems(
  checkout: CheckoutSetting | undefined,
  offer: Offer | undefined,
  path: string,
  offerPath: string,
  report: Report,
): void {
  if (typeof checkout !== 'object') return;
  const {page, paymentLinks} = checkout as {page?: string; paymentLinks?: PaymentLinks};
  if ((page === undefined) === (paymentLinks === undefined)) {
    report(path, 'must have one of paymentLinks and page');
  }
  for (const [placeholder] of page?.matchAll(/\{[^{}]*\}?|\}/g) ?? []) {
    if (placeholders.includes(placeholder)) continue;
    report(`${path}.page`, `${placeholder} is no placeholder: use ${placeholders.join(', ')}`);
  }
  if (!paymentLinks) return;
  const place = `${path}.paymentLinks`;
  checkLinks(paymentLinks, place, report);
  if (offer) checkOffered(paymentLinks, offer, place, offerPath, report);
  if (!offeredCurrencies(offerOfLinks(paymentLinks, offer))[0]) {
    const cure = offer ? `link an amount of ${offerPath}` : 'link an amount, such as "500"';
    report(place, `sells nothing, so nothing is asked: ${cure}`);
  }
}
