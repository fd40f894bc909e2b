/** Generates histories of gifts at the Stripe fake, with their events and expected final state. */

import type {GiftFact} from 'reader-support/core';
import type {SqlStore} from '../src/companion.js';
import {
  memoryStore,
  signWebhook,
  type FakeEvent,
  type MemoryStore,
} from '../src/fake-stripe/index.js';
import {aCompanion, anIntent, secret, sessionOf, type Companion} from './fixtures.js';

/** Whether to run everything, or what fits into 15 minutes. */
export const full: boolean = process.env['FULL'] === '1';

/** Creates a generator of numbers from 0 to 1 that are the same in every run. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a shuffled copy. */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Returns every permutation of a list. */
export function* ordersOf<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length < 2) yield list;
  for (const [at, first] of list.entries())
    for (const rest of list.length < 2 ? [] : ordersOf(list.toSpliced(at, 1)))
      yield [first, ...rest];
}

/** Plays a gift from the press on without delivering events. Resolves with the events to deliver. */
export async function live(
  companion: Companion,
  attempt: number,
  random: () => number,
): Promise<FakeEvent[]> {
  const {fake} = companion;
  const before = fake.events.length;
  const frequency = random() < 0.3 ? 'once' : 'monthly';
  const attemptId = `attempt-${String(attempt).padStart(6, '0')}`;
  const id = await sessionOf(await companion.press(anIntent({attemptId, frequency})));
  const late = random() < 0.2;
  await fake.pay(id, late ? 'unpaid' : 'paid');
  const failed = late && random() < 0.5;
  if (late) await fake.settle(id, failed ? 'failed' : 'succeeded');
  if (!failed) {
    if (frequency === 'monthly')
      for (let period = 0; period < 3 && random() < 0.7; period++)
        await fake.renew(id, random() < 0.8 ? 'paid' : 'declined');
    if (random() < 0.4) {
      const of = frequency === 'once' ? id : (fake.session(id).invoice ?? '');
      const refund = await fake.refund(of, 100);
      if (random() < 0.3) await fake.failRefund(refund.id);
      else if (random() < 0.5) await fake.refund(of, 100);
    }
    if (random() < 0.2) {
      await fake.dispute(id);
      if (random() < 0.7) await fake.dispute(id, random() < 0.5 ? 'won' : 'lost');
    }
    if (frequency === 'monthly' && random() < 0.5) {
      await fake.cancel(id, 'period-end');
      if (random() < 0.6) await fake.cancel(id);
    }
  }
  return fake.events.slice(before);
}

/** Creates a delivery as Stripe does. */
export async function deliveryOf(event: FakeEvent): Promise<{
  readonly body: string;
  readonly headers: Record<string, string>;
}> {
  const body = JSON.stringify(event);
  return {body, headers: {'stripe-signature': await signWebhook(body, secret, Date.now())}};
}

/** Delivers to a companion without a network. */
export async function tell({deliver}: Companion, event: FakeEvent): Promise<number> {
  const {body, headers} = await deliveryOf(event);
  return (await deliver(body, headers)).status;
}

/** Returns the final facts of a store, sorted, without ranks that count updates. */
export function sorted(facts: readonly GiftFact[]): string[] {
  return facts
    .map(fact => {
      const {amount, source, ...rest} = fact.kind === 'refund' ? {...fact, source: {}} : fact;
      const entries = {...rest, ...amount, ...source, rank: fact.kind === 'gift' ? fact.rank : 0};
      return JSON.stringify(
        Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)),
      );
    })
    .sort();
}

/** Returns the facts of an in-memory store. */
export const factsOf = ({gifts, subscriptions, refunds}: MemoryStore): GiftFact[] => [
  ...gifts,
  ...subscriptions,
  ...refunds,
];

/** Returns the facts of a database, read as the companion reads them. */
export async function factsIn({database: {query}, find}: SqlStore): Promise<GiftFact[]> {
  const facts = await Promise.all(
    (
      [
        ['gift', 'gifts'],
        ['subscription', 'subscriptions'],
        ['refund', 'refunds'],
      ] as const
    ).map(async ([kind, table]) => {
      const rows = await query.selectFrom(table).select('id').execute();
      return await Promise.all(rows.map(({id}) => find(kind, id)));
    }),
  );
  return facts.flat().filter(fact => fact !== undefined);
}

/** Returns the facts after every event was delivered once and in order. */
export async function orderedFold(
  source: Companion,
  events: readonly FakeEvent[],
): Promise<string[]> {
  const store = memoryStore();
  const companion = aCompanion({stripe: source.stripe, store});
  for (const event of events) await tell(companion, event);
  return sorted(factsOf(store));
}

/** Returns the ids of events of which nobody has said how they ended. */
export async function unfinishedIn({database: {query}}: SqlStore): Promise<string[]> {
  const rows = await query
    .selectFrom('webhook_events')
    .select('id')
    .where('outcome', 'is', null)
    .execute();
  return rows.map(({id}) => id);
}
