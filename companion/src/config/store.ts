/** Declares the companion's store: what is kept, and what an implementation must guarantee. */

import type {GiftStore} from '../gifts/gift-store.js';
import type {MailStore} from '../mail/mail-store.js';
import type {PassStore} from '../passes/pass-store.js';
import type {EventStore} from '../events/event-store.js';
import type {ExperimentBooks} from '../events/experiment-data.js';
import type {LimitStore} from '../limits/limit-store.js';
import type {Upkeep} from '../database/retention-policy.js';

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
