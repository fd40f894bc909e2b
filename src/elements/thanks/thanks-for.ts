import type {LocaleController} from '../../controllers/locale-controller.js';
import {formatMoney, type Money} from '../../core/money/money.js';
import type {Frequency} from '../../core/money/offer.js';
import {amountIn} from '../shared/words.js';

/** The thanks, with what was given where that is known: for `words()`. */
export function thanksFor(
  {t, locale}: LocaleController,
  frequency?: Frequency,
  money?: Money,
): string {
  if (!frequency || !money) return t('thanks');
  const amount = amountIn(formatMoney(money, locale));
  return t('thanks-amount', {
    amount: frequency === 'once' ? amount : t(`per-${frequency}`, {amount}),
  });
}
