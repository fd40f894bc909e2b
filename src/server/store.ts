/** What must a companion remember, and what must whoever remembers it promise? */

import type {GiftFact} from '../core/gift.js';

/** How an event ended: written, of no interest, or not to be read (kept for a person to look at). */
export type EventOutcome = 'written' | 'ignored' | 'unreadable';

/**
 * The companion's memory. Every method may reject; the webhook then answers 500 and Stripe tries
 * again. Both writes are idempotent, so a crash between any two calls loses and doubles nothing.
 */
export interface Store {
  /**
   * Notes that work on an event starts. `new`: never heard of; `again`: begun before and never
   * finished, so it must be worked on again; `done`: finished, nothing to do.
   */
  claim(event: {
    readonly id: string;
    readonly type: string;
    /** Epoch ms. */
    readonly created: number;
  }): Promise<'new' | 'again' | 'done'>;

  /** Notes that work on an event ended. */
  done(eventId: string, outcome: EventOutcome): Promise<void>;

  /** Keeps a fact, unless one of the same kind and id with the same or a higher rank is kept already. */
  write(fact: GiftFact): Promise<void>;
}
