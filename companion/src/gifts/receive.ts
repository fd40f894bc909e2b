/** Processes a Stripe event, whether it was delivered or fetched again. */

import {endedRank, type GiftFact} from 'reader-support/core';
import {isOurs, type Payments} from '../stripe/index.js';
import type {SiteSettings} from '../http/settings.js';
import type {Passes} from '../passes/index.js';
import {Problem} from '../http/problem.js';
import {wordFor} from '../http/error-word.js';
import {nextRank, refundStanding, subscriptionStanding, type FactStanding} from './standing.js';
import type {EventClaim, EventOutcome, GiftStore} from './gift-store.js';
import {readingOf, type LookAt, type Reading, type StripeEvent} from './webhook-facts.js';

/** How many write conflicts on one subscription are retried before Stripe is asked to deliver again. */
const maxTurns = 10;

/** Processes an event. Rejects when the event must be processed again. */
export type Receive = (event: StripeEvent, again?: 'again') => Promise<EventOutcome | 'done'>;

/** What the work on events needs. */
interface ReceiverSettings extends Pick<SiteSettings, 'log'> {
  readonly store: GiftStore;
  readonly live: boolean | undefined;
  readonly allowLive: boolean;
}

/** Creates the function that processes events. */
export function receiver(
  settings: ReceiverSettings,
  payments: Payments,
  passes?: Pick<Passes, 'note'>,
): Receive {
  const {store, log, live, allowLive} = settings;

  /** Whether the event belongs to this mode and account: with a wrong secret, others are validly signed too. */
  function isForUs(event: StripeEvent): boolean {
    if (event.account) return false;
    return live === undefined ? allowLive || !event.livemode : event.livemode === live;
  }

  /**
   * Fetches the current state from Stripe and writes it. Rows carry a rank: of two processes that fetch at
   * the same time only one writes and the other fetches again, so old state never overwrites new.
   */
  async function lookAgain<Fact extends GiftFact>(
    kind: Fact['kind'],
    id: string,
    look: (kept: GiftFact | undefined) => Promise<FactStanding<Fact>>,
  ): Promise<EventOutcome> {
    for (let turn = 0; turn < maxTurns; turn++) {
      const kept = await store.find(kind, id);
      if (kept?.rank === endedRank) return 'written';
      const seen = (await look(kept)) as FactStanding<GiftFact>;
      if (!seen) return 'ignored';
      const fact = {
        ...seen,
        rank: nextRank(kept?.rank, 'state' in seen && seen.state === 'ended'),
      } as GiftFact;
      if (await store.write(fact)) return 'written';
    }
    throw new Problem(503, 'provider-down');
  }

  const lookAtSubscription = (id: string) =>
    lookAgain('subscription', id, async () =>
      subscriptionStanding(await payments.subscription(id)),
    );

  const lookAtCharge = (id: string, at: number) =>
    lookAgain('refund', id, async kept => {
      const {charge, disputes} = await payments.charge(id);
      const {payment_intent: reference, metadata} = charge;
      const payment = typeof reference === 'object' ? reference?.id : reference;
      if (!payment) return undefined;
      const invoice = isOurs(metadata) ? undefined : await payments.invoiceOf(payment);
      if (!isOurs(metadata) && !isOurs(invoice?.metadata)) return undefined;
      const first = Math.min(at, kept?.at ?? at);
      return refundStanding(charge, invoice?.id ?? payment, disputes, first);
    });

  async function look({kind, id}: LookAt, at: number): Promise<EventOutcome> {
    try {
      return await (kind === 'subscription' ? lookAtSubscription(id) : lookAtCharge(id, at));
    } catch (error) {
      // Stripe has no such object or returns an unreadable one: asking again would not help.
      const isLost = error instanceof Problem && error.status === 404;
      if (isLost || error instanceof RangeError) return 'unreadable';
      throw error;
    }
  }

  /** Returns the outcome of an event that needs no request to Stripe. */
  function plainOutcome(reading: Reading): EventOutcome | undefined {
    if (reading.type !== 'news') return reading.type === 'not-ours' ? 'ignored' : 'unreadable';
    return reading.look ? undefined : 'written';
  }

  async function work(event: StripeEvent, reading: Reading): Promise<EventOutcome> {
    if (reading.type === 'news') {
      if (reading.gift) await store.write(reading.gift);
      if (reading.paid) await passes?.note(reading.paid);
      if (reading.look) return await look(reading.look, event.created * 1000);
    }
    return plainOutcome(reading) ?? 'written';
  }

  /** Claims, processes and completes in one transaction, where the store and the event allow it. */
  async function settleGift(
    claim: EventClaim,
    reading: Reading,
  ): Promise<EventOutcome | 'done' | undefined> {
    const outcome = plainOutcome(reading);
    if (!store.settle || !outcome) return undefined;
    if (reading.type !== 'news')
      return settled(await store.settle(claim, undefined, outcome), outcome);
    if (reading.paid && passes) return undefined;
    return settled(await store.settle(claim, reading.gift, outcome), outcome);
  }

  async function take(
    event: StripeEvent,
    reading: Reading,
    again?: 'again',
  ): Promise<EventOutcome | 'done'> {
    const {id, type, created} = event;
    const claimed = {id, type, created: created * 1000};
    try {
      const outcome = again ? undefined : await settleGift(claimed, reading);
      if (outcome) return outcome;
      const claim = await store.claim(claimed);
      if (claim === 'done' && !again) return 'done';
      // Two deliveries may get here at once. Both write the same facts, and each fact is stored once.
      const worked = await work(event, reading);
      await store.done(id, worked);
      return worked;
    } catch (error) {
      // Recorded for the list of failed events; this fails too if the store is what has failed.
      const note = async () => {
        if (store.settle) await store.claim(claimed);
        await store.failed?.(id, wordFor(error));
      };
      await note().catch(() => undefined);
      throw error;
    }
  }

  return async (event, again) => {
    const {id, type} = event;
    const reading: Reading = isForUs(event) ? readingOf(event) : {type: 'not-ours'};
    const outcome = await take(event, reading, again);
    if (outcome === 'unreadable')
      log({at: 'webhook', problem: 'unreadable', detail: {event: id, type}});
    if (outcome === 'written' && reading.type === 'news' && reading.alert)
      log({at: 'webhook', problem: 'alert', detail: {event: id, type: reading.alert}});
    return outcome;
  };
}

const settled = (claim: 'new' | 'again' | 'done', outcome: EventOutcome): EventOutcome | 'done' =>
  claim === 'done' ? 'done' : outcome;
