/** Processes a Stripe event, whether it was delivered or fetched again. */

import type {PaidCheckout, Payments} from '../stripe/index.js';
import type {SiteSettings} from '../http/settings.js';
import type {Passes} from '../passes/index.js';
import {wordFor} from '../http/error-word.js';
import type {EventClaim, EventOutcome, GiftStore} from './gift-store.js';
import {refresher} from './refresh.js';
import {readingOf, type Reading, type StripeEvent} from './webhook-facts.js';

/** Processes an event. Rejects when the event must be processed again. */
export type Receive = (event: StripeEvent, again?: 'again') => Promise<EventOutcome | 'done'>;

/** What the work on events needs. */
interface ReceiverSettings extends Pick<SiteSettings, 'log'> {
  readonly store: GiftStore;
  readonly live: boolean | undefined;
  readonly allowLive: boolean;
}

/** The outcome of an event, unless it names something to fetch. */
const outcomes = {news: 'written', 'not-ours': 'ignored', unreadable: 'unreadable'} as const;

/** Creates the function that processes events. */
export function receiver(
  {store, log, live, allowLive}: ReceiverSettings,
  payments: Payments,
  passes?: Pick<Passes, 'note' | 'otherGifts'>,
): Receive {
  const refresh = refresher(store, payments);

  return async (event, again) => {
    const {id, type} = event;
    const reading: Reading = isForUs(event) ? readingOf(event) : {type: 'not-ours'};
    const outcome = await processEvent(event, reading, again);
    if (outcome === 'unreadable')
      log({at: 'webhook', problem: 'unreadable', detail: {event: id, type}});
    if (outcome === 'written' && reading.type === 'news' && reading.alert)
      log({at: 'webhook', problem: 'alert', detail: {event: id, type: reading.alert}});
    return outcome;
  };

  /** Whether the event belongs to this mode and account: with a wrong secret, others are validly signed too. */
  function isForUs(event: StripeEvent): boolean {
    if (event.account) return false;
    return live === undefined ? allowLive || !event.livemode : event.livemode === live;
  }

  async function processEvent(
    event: StripeEvent,
    reading: Reading,
    again?: 'again',
  ): Promise<EventOutcome | 'done'> {
    const {id, type, created} = event;
    const claim = {id, type, created: created * 1000};
    try {
      return (
        (again ? undefined : await settleAtOnce(claim, reading)) ??
        (await processInSteps(claim, reading, again))
      );
    } catch (error) {
      // This fails too if the store is what has failed.
      await recordFailure(claim, error).catch(() => undefined);
      throw error;
    }
  }

  /** Claims, writes and completes in one transaction, where the store has one and the event needs no more. */
  async function settleAtOnce(
    claim: EventClaim,
    reading: Reading,
  ): Promise<EventOutcome | 'done' | undefined> {
    const {gift, paid, look} = reading.type === 'news' ? reading : {};
    if (!store.settle || look || (paid && passes)) return undefined;
    const outcome = outcomes[reading.type];
    return (await store.settle(claim, gift, outcome)) === 'done' ? 'done' : outcome;
  }

  async function processInSteps(
    claim: EventClaim,
    reading: Reading,
    again?: 'again',
  ): Promise<EventOutcome | 'done'> {
    if ((await store.claim(claim)) === 'done' && !again) return 'done';
    // Two deliveries may get here at once. Both write the same facts, and each fact is stored once.
    const outcome = await writeFacts(claim, reading);
    await store.done(claim.id, outcome);
    return outcome;
  }

  async function writeFacts({created}: EventClaim, reading: Reading): Promise<EventOutcome> {
    if (reading.type !== 'news') return outcomes[reading.type];
    const {gift, paid, look} = reading;
    if (gift) await store.write(gift);
    if (paid) {
      await passes?.note(paid);
      await noteSecondGift(paid);
    }
    return look ? await refresh(look, created) : outcomes.news;
  }

  /** Tells the operator of a recurring gift that its giver may not know to be a second one. */
  async function noteSecondGift(paid: PaidCheckout): Promise<void> {
    const [other] = (await passes?.otherGifts(paid)) ?? [];
    if (other !== undefined)
      log({at: 'webhook', problem: 'second-gift', detail: {subscription: paid.ref, other}});
  }

  /** Records why processing failed, for the list of failed events. */
  async function recordFailure(claim: EventClaim, error: unknown): Promise<void> {
    if (store.settle) await store.claim(claim);
    await store.failed?.(claim.id, wordFor(error));
  }
}
