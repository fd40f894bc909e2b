/** Reads how often a plan is paid, which may change after the reader chose. */

import type {Frequency} from 'reader-support/core';
import * as z from 'zod';

const day = 86_400;

/** Returns the frequency of a price; `undefined` when it has no name in the kit, such as a quarter. */
export function frequencyOfPrice(
  recurring:
    {readonly interval: string; readonly interval_count?: number | undefined} | null | undefined,
): Frequency | undefined {
  const {interval, interval_count: count = 1} = recurring ?? {};
  if (interval === 'year') return count === 1 ? 'annual' : undefined;
  if (interval !== 'month') return undefined;
  return count === 1 ? 'monthly' : count === 12 ? 'annual' : undefined;
}

/** The lines of an invoice, in the shape of any API version. */
const shape = z.object({
  lines: z.object({
    data: z.array(
      z.object({
        amount: z.number(),
        period: z.object({start: z.number(), end: z.number()}),
        proration: z.boolean().nullish(),
        parent: z
          .object({subscription_item_details: z.object({proration: z.boolean()}).nullish()})
          .nullish(),
      }),
    ),
  }),
});

/**
 * Returns the frequency that an invoice bills, by the length of its longest period; `undefined` when it
 * cannot be told. An invoice names its price, but not the interval.
 */
export function frequencyOfInvoice(invoice: unknown): Frequency | undefined {
  const billed = shape.safeParse(invoice).data?.lines.data.filter(({amount}) => amount > 0) ?? [];
  const [longest] = billed
    .map(({period, proration, parent}) => ({
      days: (period.end - period.start) / day,
      isProration: proration ?? parent?.subscription_item_details?.proration ?? false,
    }))
    .sort((one, other) => other.days - one.days);
  if (!longest) return undefined;
  const {days, isProration} = longest;
  // What is left of a period may have any length, but no month has more than 31 days.
  if (isProration) return days > 32 ? 'annual' : undefined;
  if (days > 364 && days < 367) return 'annual';
  return days > 27 && days < 32 ? 'monthly' : undefined;
}
