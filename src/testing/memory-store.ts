/** A companion's memory for tests and demos: it ends with the process. */

import type {Gift, GiftFact, GiftRefund, Subscription} from '../core/money/gift.js';

/** Fits the companion's `Store`, and can be looked into. */
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
  /** The gifts that name an experiment. */
  ofExperiment(experiment: string): Promise<{readonly facts: readonly GiftFact[]}>;
  /** Every event heard of: how it ended, or `received` while it has not. */
  readonly webhooks: ReadonlyMap<string, 'received' | 'written' | 'ignored' | 'unreadable'>;
  /** The facts kept, in the order in which they first came. */
  readonly gifts: readonly Gift[];
  readonly subscriptions: readonly Subscription[];
  readonly refunds: readonly GiftRefund[];
  /** Makes the next calls of a method reject, as a database that is down does. */
  fail(method: 'claim' | 'done' | 'write' | 'find', times?: number): void;
}

/** Makes an empty store. */
export function memoryStore(): MemoryStore {
  const webhooks = new Map<string, 'received' | 'written' | 'ignored' | 'unreadable'>();
  const facts = new Map<string, GiftFact>();
  const faults = new Map<string, number>();

  const breakIfTold = (method: string) => {
    const left = faults.get(method) ?? 0;
    if (left < 1) return;
    faults.set(method, left - 1);
    throw new Error(`the memory store was told to fail: ${method}`);
  };
  const ofKind = <F extends GiftFact>(kind: F['kind']): readonly F[] =>
    [...facts.values()].filter((fact): fact is F => fact.kind === kind);

  // Async, so that a fault is a rejection as it would be anywhere else.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    async claim({id}) {
      breakIfTold('claim');
      const known = webhooks.get(id);
      if (!known) webhooks.set(id, 'received');
      return known ? (known === 'received' ? 'again' : 'done') : 'new';
    },
    async done(eventId, outcome) {
      breakIfTold('done');
      webhooks.set(eventId, outcome);
    },
    async write(fact) {
      breakIfTold('write');
      const key = `${fact.kind} ${fact.id}`;
      const kept = facts.get(key);
      const isEarlier = fact.kind === 'gift' && kept?.rank === fact.rank && fact.at < kept.at;
      const isBetter = !kept || kept.rank < fact.rank || isEarlier;
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
