/** What do all copies of this library on one page have to agree on? */

import type {Enrolments} from './storage/enrolments.js';
import type {ReaderState, View} from '../core/cadence/reader-state.js';

/** Someone waiting for their turn to show an overlay. */
export interface Waiting {
  readonly priority: number;
  readonly grant: () => void;
}

/** One record per page, shared by copies and versions: additions only. */
export interface Page {
  /** Version of the script tag that runs here. */
  script?: string;
  /** An ask was shown in this page view. */
  asked?: boolean;
  /** `start()` decides here, so elements do not decide for themselves. */
  directed?: number;
  /** Shows an appeal on the reader's own wish. */
  open?: (campaign?: string) => Promise<boolean>;
  /** What is known of the reader but may not, or cannot, be stored. */
  memory?: ReaderState;
  /** Reads the record, what is only in memory included. */
  read?: () => ReaderState;
  /** Views that may not be stored: they are forgotten with the page. */
  views?: View[];
  /** Whether views may be stored. */
  full?: boolean;
  /** A companion is told what happens here, so it is not told twice. */
  tells?: boolean;
  /** Resolves when a consent framework has said so, or was silent for too long. */
  answered?: Promise<void>;
  /** What is known of experiments on this page. */
  enrolments?: Enrolments;
  /** Whether an overlay has its turn now. */
  busy?: boolean;
  waiting?: Waiting[];
}

const key = Symbol.for('reader-support');

/** The page's record. It is made on first use, so importing this file changes nothing. */
export function page(): Page {
  const holder = globalThis as unknown as Record<typeof key, Page | undefined>;
  return (holder[key] ??= {});
}
