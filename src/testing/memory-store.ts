/** A companion's memory for tests and demos: it ends with the process. */

import type {Gift, GiftEnd, GiftFact, GiftRefund} from '../core/gift.js';

/** Fits the companion's `Store`, and can be looked into. */
export interface MemoryStore {
  claim(event: {
    readonly id: string;
    readonly type: string;
    readonly created: number;
  }): Promise<'new' | 'again' | 'done'>;
  done(eventId: string, outcome: 'written' | 'ignored' | 'unreadable'): Promise<void>;
  write(fact: GiftFact): Promise<void>;
  /** Every event heard of: how it ended, or `received` while it has not. */
  readonly events: ReadonlyMap<string, 'received' | 'written' | 'ignored' | 'unreadable'>;
  /** The facts kept, in the order in which they first came. */
  readonly gifts: readonly Gift[];
  readonly ends: readonly GiftEnd[];
  readonly refunds: readonly GiftRefund[];
  /** Makes the next calls of a method reject, as a database that is down does. */
  fail(method: 'claim' | 'done' | 'write', times?: number): void;
}

/** Makes an empty store. */
export function memoryStore(): MemoryStore {
  const events = new Map<string, 'received' | 'written' | 'ignored' | 'unreadable'>();
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
      const known = events.get(id);
      if (!known) events.set(id, 'received');
      return known ? (known === 'received' ? 'again' : 'done') : 'new';
    },
    async done(eventId, outcome) {
      breakIfTold('done');
      events.set(eventId, outcome);
    },
    async write(fact) {
      breakIfTold('write');
      const key = `${fact.kind} ${fact.id}`;
      const kept = facts.get(key);
      if (!kept || kept.rank < fact.rank) facts.set(key, fact);
    },
    events,
    get gifts() {
      return ofKind<Gift>('gift');
    },
    get ends() {
      return ofKind<GiftEnd>('end');
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
