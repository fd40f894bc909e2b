/** Declares the companion's store: what is kept, and what an implementation must guarantee. */

import type {GiftFact} from 'reader-support/core';
import type {MailStore} from '../mail/mail-store.js';
import type {PassStore} from '../passes/pass-store.js';
import type {EventStore} from '../events/event-store.js';
import type {ExperimentBooks} from '../events/experiment-data.js';
import type {LimitStore} from '../limits/limit-store.js';
import type {Upkeep} from '../database/retention-policy.js';

/** The outcome of an event: written, of no interest, or unreadable (kept for a person to inspect). */
export type EventOutcome = 'written' | 'ignored' | 'unreadable';

/** The claim of an event. */
export interface EventClaim {
  readonly id: string;
  readonly type: string;
  /** Epoch ms. */
  readonly created: number;
}

/** The facts of one kind. */
export type FactOf<Kind extends GiftFact['kind']> = Extract<GiftFact, {readonly kind: Kind}>;

/**
 * The companion's store of gifts. Every method may reject; the webhook then answers 500 and Stripe
 * retries. All writes are idempotent: a crash between two calls neither loses nor duplicates anything.
 */
export interface GiftStore {
  /**
   * Records that processing an event starts. `new`: not seen before; `again`: started before and never
   * finished, so it must be processed again; `done`: finished, nothing to do.
   */
  claim(event: EventClaim): Promise<'new' | 'again' | 'done'>;

  /** Records that processing an event ended. */
  done(eventId: string, outcome: EventOutcome): Promise<void>;

  /** Records the code of the error that stopped processing. Optional: it is for people to read. */
  failed?(eventId: string, problem: string): Promise<void>;

  /**
   * Stores a fact, unless one of the same kind and id with the same or a higher rank is stored. Of two
   * gifts of one rank the earlier one is kept. Resolves with whether it stored this one.
   */
  write(fact: GiftFact): Promise<boolean>;

  /**
   * Claims an event, stores its facts and records its end atomically. Equivalent to `claim()`, `write()`
   * and `done()`; optional, for stores where it is cheaper.
   */
  settle?(
    event: EventClaim,
    fact: GiftFact | undefined,
    outcome: EventOutcome,
  ): Promise<'new' | 'again' | 'done'>;

  /** Finds the stored fact. */
  find<Kind extends GiftFact['kind']>(kind: Kind, id: string): Promise<FactOf<Kind> | undefined>;
}

/**
 * The companion's store, by concern. A store may leave out optional parts; the routes that need them
 * are then absent.
 */
export interface Store extends GiftStore {
  readonly mail?: MailStore;
  readonly passes?: PassStore;
  /** The retention of every table, and what it contains about a person. */
  readonly upkeep?: readonly Upkeep[];
  /** Counts page events. */
  readonly events?: EventStore;
  /** Finds the gifts attributed to an experiment, for its report. */
  ofExperiment?(experiment: string): Promise<ExperimentBooks>;
  /** Counts attempts across processes. */
  readonly limits?: LimitStore;
  /** Resolves when the store can be read and rejects otherwise, for the readiness route. */
  ping?(): Promise<void>;
}
