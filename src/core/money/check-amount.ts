/** Checks whether an offer sells an amount. */

import {minorUnits, type Money} from './money.js';
import {amountsOf, leastOf, type Frequency, type Offer} from './offer.js';

export type AmountVerdict =
  | {readonly ok: true}
  | {
      readonly ok: false;
      readonly reason: 'not-offered' | 'amount-too-small' | 'amount-too-large' | 'wrong-step';
      /** The smallest amount that is sold; absent when nothing is. */
      readonly min?: Money;
      readonly max?: Money;
    };

/** Checks an amount: any from `min` to `max` that Stripe can charge is sold, unless only presets are. */
export function checkAmount(
  offer: Offer,
  frequency: Frequency,
  {minor, currency}: Money,
): AmountVerdict {
  const amounts = amountsOf(offer, frequency, currency);
  if (!amounts) return {ok: false, reason: 'not-offered'};
  const min = {minor: leastOf(amounts, currency), currency};
  const {step} = minorUnits(currency);
  const max = {minor: amounts.max - (amounts.max % step), currency};
  const reason =
    minor < min.minor
      ? 'amount-too-small'
      : minor > max.minor
        ? 'amount-too-large'
        : !Number.isSafeInteger(minor) || minor % step
          ? 'wrong-step'
          : undefined;
  if (reason) return {ok: false, reason, min, max};
  const isSold = !amounts.presetsOnly || amounts.presets.includes(minor);
  return isSold ? {ok: true} : {ok: false, reason: 'not-offered'};
}
