/** Describes what must be remembered of gifts, and what a store promises of it. */

import type {GiftFact} from 'reader-support/core';

/** How an event ended: written, of no interest, or not to be read (kept for a person to look at). */
export type EventOutcome = 'written' | 'ignored' | 'unreadable';

/** An event as it is claimed. */
export interface EventClaim {
  readonly id: string;
  readonly type: string;
  /** Epoch ms. */
  readonly created: number;
}

/** The facts of one kind. */
export type FactOf<Kind extends GiftFact['kind']> = Extract<GiftFact, {readonly kind: Kind}>;

/**
 * The companion's memory of gifts. Every method may reject; the webhook then answers 500 and Stripe
 * tries again. All writes are idempotent, so a crash between any two calls loses and doubles nothing.
 */
export interface GiftStore {
  /**
   * Notes that work on an event starts. `new`: never heard of; `again`: begun before and never
   * finished, so it must be worked on again; `done`: finished, nothing to do.
   */
  claim(event: EventClaim): Promise<'new' | 'again' | 'done'>;

  /** Notes that work on an event ended. */
  done(eventId: string, outcome: EventOutcome): Promise<void>;

  /** Notes our word for what kept work on an event from ending. Optional: it is for people to read. */
  failed?(eventId: string, problem: string): Promise<void>;

  /**
   * Keeps a fact, unless one of the same kind and id with the same or a higher rank is kept already.
   * Of two gifts of one rank the one that happened first is kept. Answers whether it kept this one.
   */
  write(fact: GiftFact): Promise<boolean>;

  /**
   * Claims an event, keeps what it says and notes that it ended: all of it or nothing. As good as
   * `claim()`, `write()` and `done()`, and optional: for a store to which it is cheaper.
   */
  settle?(
    event: EventClaim,
    fact: GiftFact | undefined,
    outcome: EventOutcome,
  ): Promise<'new' | 'again' | 'done'>;

  /** The fact that is kept. */
  find<Kind extends GiftFact['kind']>(kind: Kind, id: string): Promise<FactOf<Kind> | undefined>;
}
