/** Declares the companion's store: what is kept, and what an implementation must guarantee. */

import type {GiftStore} from '../gifts/index.js';
import type {MailStore} from '../mail/index.js';
import type {PassStore} from '../passes/index.js';
import type {EventStore, ExperimentData, LookStore, NoticeStore} from '../events/index.js';
import type {PoolFigures} from '../http/metrics.js';
import type {LimitStore} from '../limits/index.js';
import type {RetentionPolicy} from '../database/retention-policy.js';

/**
 * The companion's store, by concern. A store may leave out optional parts; the routes that need them
 * are then absent.
 */
export interface Store extends GiftStore {
  readonly mail?: MailStore;
  readonly passes?: PassStore;
  /** The retention of every table, and what it contains about a person. */
  readonly upkeep?: readonly RetentionPolicy[];
  /** Counts page events. */
  readonly events?: EventStore;
  /** Keeps what looks at experiments found, so that a boundary that was crossed stays crossed. */
  readonly looks?: LookStore;
  /** Keeps which notices the newsroom was sent. */
  readonly notices?: NoticeStore;
  /** Finds the gifts attributed to an experiment, for its report. */
  ofExperiment?(experiment: string): Promise<ExperimentData>;
  /** Counts attempts across processes. */
  readonly limits?: LimitStore;
  /** Resolves when the store can be read and rejects otherwise, for the readiness route. */
  ping?(): Promise<void>;
  /** Returns how its connections are used, for the metrics. */
  readonly pool?: () => PoolFigures;
}
