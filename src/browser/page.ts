/** Holds the state that all copies of this library on one page share. */

import type {ReaderState, View} from '../core/cadence/reader-state.js';

/** A request for a turn to show an overlay. */
export interface Waiting {
  readonly priority: number;
  readonly grant: () => void;
}

/** A reader's arm in one experiment. */
export interface Enrolment {
  readonly arm: string;
  /** The exposure id that a gift refers to; only where ids are allowed. */
  readonly exposure?: string;
  /** Epoch ms: forgotten then. */
  readonly until: number;
}

/** The random bucket of a reader without an id, stored so that it is drawn once. */
export interface StoredBucket {
  /** The bucket, from 0 to 1. Stored and shared under this name. */
  readonly point: number;
  /** Epoch ms: forgotten then. */
  readonly until: number;
}

/** All enrolments: buckets by experiment key or layer, arms by experiment key; as they are stored. */
export interface Enrolments {
  readonly points: Record<string, StoredBucket>;
  readonly arms: Record<string, Enrolment>;
}

/**
 * One record per page. Copies and versions of the library share it, so a field keeps its name and its
 * meaning: only add fields.
 */
export interface Page {
  /** The version of the script tag on this page. */
  script?: string;
  /** Whether an ask was shown in this page view. */
  asked?: boolean;
  /** The appeal that a session has shown last. */
  appeal?: HTMLElement;
  /** How many sessions of `start()` are active; elements then do not decide for themselves. */
  directed?: number;
  /** The reader's country, as `start()` was given it. */
  country?: string | undefined;
  /** The campaigns file's currency. */
  currency?: string | undefined;
  /** Shows an appeal that the reader requested. */
  open?: (campaign?: string) => Promise<boolean>;
  /** The part of the reader record that may not or cannot be stored. */
  memory?: ReaderState;
  /** Reads the record, including the part in memory. */
  read?: () => ReaderState;
  /** Views that may not be stored and end with the page. */
  views?: View[];
  /** Whether views may be stored. */
  full?: boolean;
  /** Whether events are already sent to a companion, so that they are not sent twice. */
  tells?: boolean;
  /** Resolves when a consent framework has answered, or has taken too long. */
  answered?: Promise<void>;
  /** The enrolments in experiments on this page. */
  enrolments?: Enrolments;
  /** Whether an overlay has the turn. */
  busy?: boolean;
  waiting?: Waiting[];
}

const key = Symbol.for('reader-support');

/** Returns the page's record. It is created on first use, so that importing this file has no effect. */
export function page(): Page {
  const holder = globalThis as unknown as Record<typeof key, Page | undefined>;
  return (holder[key] ??= Object.create(null) as Page);
}
