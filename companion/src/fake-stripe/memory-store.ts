/** Provides an in-memory store for tests and demos. */

import type {Gift, GiftFact, GiftRefund, Subscription} from 'reader-support/core';

/** A store that fits the companion's `Store` and exposes its contents. */
export interface MemoryStore {
  claim(event: {
    readonly id: string;
    readonly type: string;
    readonly created: number;
  }): Promise<'new' | 'again' | 'done'>;
  done(eventId: string, outcome: 'written' | 'ignored' | 'unreadable'): Promise<void>;
  write(fact: GiftFact): Promise<boolean>;
  find<Kind extends GiftFact['kind']>(
    kind: Kind,
    id: string,
  ): Promise<Extract<GiftFact, {readonly kind: Kind}> | undefined>;
  /** Finds the gifts attributed to an experiment. */
  ofExperiment(experiment: string): Promise<{readonly facts: readonly GiftFact[]}>;
  /** Every received event with its outcome, or `received` while it has none. */
  readonly webhooks: ReadonlyMap<string, 'received' | 'written' | 'ignored' | 'unreadable'>;
  /** The stored facts, in order of arrival. */
  readonly gifts: readonly Gift[];
  readonly subscriptions: readonly Subscription[];
  readonly refunds: readonly GiftRefund[];
  /** Makes the next calls of a method reject, as a database that is down would. */
  fail(method: 'claim' | 'done' | 'write' | 'find', times?: number): void;
}

/** Creates an empty store. */
export function memoryStore(): MemoryStore {
  const webhooks = new Map<string, 'received' | 'written' | 'ignored' | 'unreadable'>();
  const facts = new Map<string, GiftFact>();
  const faults = new Map<string, number>();

  const breakIfTold = (method: string) => {
    const count = faults.get(method) ?? 0;
    if (count < 1) return;
    faults.set(method, count - 1);
    throw new Error(`memoryStore: a fault was requested for ${method}`);
  };
  const ofKind = <F extends GiftFact>(kind: F['kind']): readonly F[] =>
    [...facts.values()].filter((fact): fact is F => fact.kind === kind);

  // Async, so that a fault is a rejection, as in a real store.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    async claim({id}) {
      breakIfTold('claim');
      const state = webhooks.get(id);
      if (!state) webhooks.set(id, 'received');
      return state ? (state === 'received' ? 'again' : 'done') : 'new';
    },
    async done(eventId, outcome) {
      breakIfTold('done');
      webhooks.set(eventId, outcome);
    },
    async write(fact) {
      breakIfTold('write');
      const key = `${fact.kind} ${fact.id}`;
      const existing = facts.get(key);
      const isEarlier =
        fact.kind === 'gift' && existing?.rank === fact.rank && fact.at < existing.at;
      const isBetter = !existing || existing.rank < fact.rank || isEarlier;
      if (isBetter) facts.set(key, fact);
      return isBetter;
    },
    async find<Kind extends GiftFact['kind']>(kind: Kind, id: string) {
      breakIfTold('find');
      return facts.get(`${kind} ${id}`) as Extract<GiftFact, {readonly kind: Kind}> | undefined;
    },
    async ofExperiment(experiment) {
      const all = [...facts.values()];
      const gifts = all.filter(
        fact =>
          fact.kind !== 'refund' &&
          (fact.source.experiment === experiment ||
            fact.source.holdback?.startsWith(`${experiment}:`)),
      );
      const ids = new Set(gifts.map(({id}) => id));
      const refunds = all.filter(fact => fact.kind === 'refund' && ids.has(fact.gift));
      return {facts: [...gifts, ...refunds]};
    },
    webhooks,
    get gifts() {
      return ofKind<Gift>('gift');
    },
    get subscriptions() {
      return ofKind<Subscription>('subscription');
    },
    get refunds() {
      return ofKind<GiftRefund>('refund');
    },
    fail(method, times = 1) {
      faults.set(method, times);
    },
  };
  /* eslint-enable @typescript-eslint/require-await */
}
