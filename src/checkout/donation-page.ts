/** Provides a checkout on a page that takes money and reads the gift from its address. */

import type {CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import {toMajor} from '../core/money/money.js';
import type {CheckoutHook} from './ask-companion.js';

/**
 * Returns a hook that sends the reader to a page's address, `https://donate.example.org/?a={amount}&c={currency}`.
 * Placeholders: `{amount}` in major units with the currency's decimals (`5.00`), `{minor}` in minor units (`500`),
 * `{currency}`, `{frequency}` and `{campaign}`, each URL-encoded.
 */
export function donationPage(template: string): CheckoutHook {
  const outcome = ({amount, frequency, attribution}: CheckoutIntent): CheckoutOutcome => {
    const values = new Map([
      ['{amount}', toMajor(amount)],
      ['{minor}', `${amount.minor}`],
      ['{currency}', amount.currency],
      ['{frequency}', frequency],
      ['{campaign}', attribution.campaign ?? ''],
    ]);
    const url = template.replace(/\{\w+\}/g, placeholder =>
      encodeURIComponent(values.get(placeholder) ?? placeholder),
    );
    return {type: 'redirect', url};
  };
  return intent => Promise.resolve(intent).then(outcome);
}
