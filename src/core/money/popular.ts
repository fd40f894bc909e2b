/** Decides which amounts may be called popular. */

import type {Frequency} from './offer.js';

/** The amounts that most readers chose, in minor units, by frequency and currency. */
export type PopularAmounts = Readonly<
  Partial<Record<Frequency, Readonly<Record<string, number | undefined>>>>
>;

/** The amounts that most readers had chosen by a day, as the companion found them. */
export interface Popular extends PopularAmounts {
  /** The day: `2026-11-30`. */
  readonly asOf: string;
}

const day = 86_400_000;

/**
 * Returns the amounts that may be called popular: all of them until 30 days after the day, none later
 * and none before it. Days begin at midnight UTC; `now` is in epoch ms.
 */
export function popularAmounts(
  popular: Popular | undefined,
  now: number,
): PopularAmounts | undefined {
  if (!popular) return undefined;
  const {asOf, ...amounts} = popular;
  const age = now - Date.parse(asOf);
  return age >= 0 && age < 31 * day ? amounts : undefined;
}
