/** What is done about an event of Stripe's? The same whether it was delivered or asked for. */

import {endedRank, type GiftFact} from '../../core/money/gift.js';
import {isOurs} from '../checkout/metadata.js';
import type {Settings} from '../options.js';
import type {Passes} from '../passes/passes.js';
import {Problem} from '../problem.js';
import {nextRank, refundStanding, subscriptionStanding, type Standing} from './standing.js';
import type {EventClaim, EventOutcome} from '../store/store.js';
import type {Payments} from '../stripe.js';
import {readingOf, type LookAt, type Reading, type StripeEvent} from './webhook-facts.js';

/** How often copies may get in each other's way at one subscription before Stripe is asked to come again. */
const patience = 10;

/** Works on an event until it is done with. Rejects when it must be worked on again. */
export type Receive = (event: StripeEvent, again?: 'again') => Promise<EventOutcome | 'done'>;

/** Makes the function that works on events. */
export function receiver(
  settings: Settings,
  payments: Payments,
  passes?: Pick<Passes, 'note'>,
): Receive {
  const {store, log, live, allowLive} = settings;

  /** Events of another mode or account are signed as well, when someone pasted the wrong secret. */
  function isForUs(event: StripeEvent): boolean {
    if (event.account) return false;
    return live === undefined ? allowLive || !event.livemode : event.livemode === live;
  }

  /**
   * Looks at Stripe and writes what it shows. What is kept is counted: of two copies that look at the
   * same time only one writes, and the other looks again, so an old sight never covers a newer one.
   */
  async function lookAgain<Fact extends GiftFact>(
    kind: Fact['kind'],
    id: string,
    look: (kept: GiftFact | undefined) => Promise<Standing<Fact>>,
  ): Promise<EventOutcome> {
    for (let turn = 0; turn < patience; turn++) {
      const kept = await store.find(kind, id);
      if (kept?.rank === endedRank) return 'written';
      const seen = (await look(kept)) as Standing<GiftFact>;
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
      // Stripe does not know it, or shows what we cannot read: asking again would not help.
      const isLost = error instanceof Problem && error.status === 404;
      if (isLost || error instanceof RangeError) return 'unreadable';
      throw error;
    }
  }

  /** What an event comes to, where that can be said without a look at Stripe. */
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

  /** Claims, works and ends in one go, where the store can and the event asks for nothing more. */
  async function settle(
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
      const outcome = again ? undefined : await settle(claimed, reading);
      if (outcome) return outcome;
      const claim = await store.claim(claimed);
      if (claim === 'done' && !again) return 'done';
      // Two deliveries may get here together. Both write the same facts, and a fact is kept once.
      const worked = await work(event, reading);
      await store.done(id, worked);
      return worked;
    } catch (error) {
      // A note for whoever looks for dead letters; the store may be what has failed.
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

/** Our word for an error: a code (ours, Node's, PostgreSQL's or SQLite's), or the class of it. */
export function wordFor(error: unknown): string {
  if (error instanceof Problem) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^[A-Z\d_]{3,40}$/.test(code)) return code;
  return error instanceof Error ? error.name : typeof error;
}
