/** Finds the recurring gifts that a supporter already has. */

import type {PaidCheckout} from '../stripe/index.js';
import type {PassStore, Support, SupportFacts} from './pass-store.js';

const isRecurring = (ref: string) => ref.startsWith('sub_');

/** Whether a recurring gift goes on. One that the reader has cancelled ends by itself. */
export function goesOn({subscription, gift}: SupportFacts): boolean {
  // Its payment may be known before its subscription.
  if (!subscription) return gift !== undefined;
  const {state, endsAt} = subscription;
  return endsAt === undefined && (state === 'active' || state === 'past-due' || state === 'paused');
}

/** Whether a support is a recurring gift that goes on. */
export async function isLiveGift(
  store: Pick<PassStore, 'facts'>,
  {ref}: Pick<Support, 'ref'>,
): Promise<boolean> {
  return isRecurring(ref) && goesOn(await store.facts(ref));
}

/** Returns the ids of the other recurring gifts of an address that go on. */
export async function otherLiveGifts(
  store: Pick<PassStore, 'facts' | 'of'>,
  addressHashes: readonly string[],
  {ref}: Pick<PaidCheckout, 'ref'>,
): Promise<readonly string[]> {
  if (!isRecurring(ref) || !addressHashes.length) return [];
  const others: string[] = [];
  for (const support of await store.of(addressHashes))
    if (support.ref !== ref && (await isLiveGift(store, support))) others.push(support.ref);
  return others;
}
