/** Declares the database tables of page events. */

import type {EventSum, Exposure} from './event-store.js';

export interface EventTables {
  /** Keys of groups that were counted recently. */
  readonly event_keys: {readonly key: string; readonly day: string};
  readonly event_sums: EventSum;
  readonly exposures: Exposure;
  /** What looks at experiments found, once for each arm and boundary. */
  readonly report_looks: {
    readonly experiment: string;
    readonly arm: string;
    readonly boundary: string;
    readonly direction: string | null;
    readonly day: string;
    readonly through: string;
    readonly difference: number;
    readonly low: number | null;
    readonly high: number | null;
  };
  /** What the newsroom was told of experiments. */
  readonly report_notices: {
    readonly experiment: string;
    readonly kind: string;
    readonly day: string;
    /** The hash of the address that is told. */
    readonly recipient: string;
    /** Epoch ms: when a process took it upon itself. */
    readonly claimed: number;
    /** Epoch ms: when it was sent; `null` before. */
    readonly sent: number | null;
  };
}

declare module '../database/tables.js' {
  interface Tables extends EventTables {}
}
