/** Fetches the current state of a recurring gift or a charge from Stripe, and stores it. */

import {endedRank, type GiftFact} from 'reader-support/core';
import {isOurs, type Payments} from '../stripe/index.js';
import {Problem} from '../http/problem.js';
import type {EventOutcome, GiftStore} from './gift-store.js';
import {nextRank, refundStanding, subscriptionStanding, type FactStanding} from './standing.js';
import type {LookAt} from './webhook-facts.js';

/** How many write conflicts on one fact are retried before Stripe is asked to deliver again. */
const maxTurns = 10;

/** Fetches and stores what an event of this time (epoch ms) names. */
export type Refresh = (target: LookAt, at: number) => Promise<EventOutcome>;

/** Creates the function that brings stored facts up to date. */
export function refresher(store: GiftStore, payments: Payments): Refresh {
  return async ({kind, id}, at) => {
    try {
      return await (kind === 'subscription' ? refreshSubscription(id) : refreshCharge(id, at));
    } catch (error) {
      // Stripe has no such object or returns an unreadable one: asking again would not help.
      const isLost = error instanceof Problem && error.status === 404;
      if (isLost || error instanceof RangeError) return 'unreadable';
      throw error;
    }
  };

  function refreshSubscription(id: string) {
    return storeCurrent('subscription', id, async () =>
      subscriptionStanding(await payments.subscription(id)),
    );
  }

  function refreshCharge(id: string, at: number) {
    return storeCurrent('refund', id, async stored => {
      const {charge, disputes} = await payments.charge(id);
      const {payment_intent: reference, metadata} = charge;
      const payment = typeof reference === 'object' ? reference?.id : reference;
      if (!payment) return undefined;
      const invoice = isOurs(metadata) ? undefined : await payments.invoiceOf(payment);
      if (!isOurs(metadata) && !isOurs(invoice?.metadata)) return undefined;
      const firstAt = Math.min(at, stored?.at ?? at);
      return refundStanding(charge, invoice?.id ?? payment, disputes, firstAt);
    });
  }

  /**
   * Stores what `fetchCurrent` returns. Rows carry a rank: of two processes that fetch at the same time
   * only one writes and the other fetches again, so old state never overwrites new.
   */
  async function storeCurrent<Fact extends GiftFact>(
    kind: Fact['kind'],
    id: string,
    fetchCurrent: (stored: GiftFact | undefined) => Promise<FactStanding<Fact>>,
  ): Promise<EventOutcome> {
    for (let turn = 0; turn < maxTurns; turn++) {
      const stored = await store.find(kind, id);
      if (stored?.rank === endedRank) return 'written';
      const current = (await fetchCurrent(stored)) as FactStanding<GiftFact>;
      if (!current) return 'ignored';
      const isOver = 'state' in current && current.state === 'ended';
      const fact = {...current, rank: nextRank(stored?.rank, isOver)} as GiftFact;
      if (await store.write(fact)) return 'written';
    }
    throw new Problem(503, 'provider-down');
  }
}
