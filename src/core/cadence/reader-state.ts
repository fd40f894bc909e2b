/** Declares the reader record, and validates what a browser has stored. */

import type {Frequency} from '../money/offer.js';
import {ownProperties} from '../own-properties.js';

export type CloseReason =
  'later' | 'close' | 'already-supporting' | 'not-this-campaign' | 'supported' | 'timeout';

/** The choices of when to be reminded. */
export type RemindChoice =
  'tomorrow' | 'next-week' | 'next-month' | 'in-3-months' | 'after-10-more-articles';

/** A view of an ask. */
export interface View {
  readonly campaign: string;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms: counts from here while `at` is in the future, because a clock was set back. */
  readonly from?: number;
}

/** A close of an ask, and how long it snoozes. */
export interface Close {
  readonly campaign: string;
  readonly reason: CloseReason;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms. */
  readonly until: number;
  /** As of a view. */
  readonly from?: number;
  /** The reader's choice after "later". */
  readonly choice?: RemindChoice;
  /** The snooze also ends after this many more articles. */
  readonly articles?: number;
  /** Keys of the articles read since, when they are counted. */
  readonly read?: readonly string[];
  /** Undone by the reader, or replaced by a later choice. Kept, so that no other tab revives it. */
  readonly undone?: true;
}

/** A gift the browser knows of. It stops asks but proves nothing. */
export interface Supported {
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms. */
  readonly until: number;
  /** As of a view. */
  readonly from?: number;
  readonly frequency?: Frequency;
}

/** The reader record. */
export interface ReaderState {
  readonly v: 1;
  readonly views: readonly View[];
  readonly closes: readonly Close[];
  /** Keys of recently read articles, each after its day: never addresses. */
  readonly read: readonly string[];
  /** The articles that a meter has counted, each after its day: see `meter.ts`. */
  readonly meter: readonly string[];
  readonly supported?: Supported;
}

export const emptyState: ReaderState = ownProperties({
  ...{v: 1, views: [], closes: [], read: [], meter: []},
});

type Check = (value: unknown) => boolean;

const isTime: Check = value => typeof value === 'number' && value >= 0 && value < 8.64e15;
const isText: Check = value => typeof value === 'string' && value.length < 200;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(-1000) : []);
const textsOf = (value: unknown): string[] => listOf(value).filter(isText) as string[];

const isTrue: Check = value => value === true;

const fields: Readonly<Record<string, Check>> = {
  campaign: isText,
  reason: isText,
  at: isTime,
  until: isTime,
  from: isTime,
  choice: isText,
  frequency: isText,
  articles: isTime,
  undone: isTrue,
};

/** Returns the own entries of a stored value. Not of what it holds, which may be nested without end. */
const ownEntries = (value: unknown): Record<string, unknown> =>
  Object.assign(Object.create(null) as Record<string, unknown>, value);

/** Returns the valid fields of an entry; empty where a required one is missing. */
function entryOf(value: unknown, ...must: string[]): unknown[] {
  const source = ownEntries(value);
  const entry = Object.create(null) as Record<string, unknown>;
  for (const [name, isSane] of Object.entries(fields)) {
    if (isSane(source[name])) entry[name] = source[name];
  }
  if ('articles' in entry) entry['read'] = textsOf(source['read']);
  return must.every(name => name in entry) ? [entry] : [];
}

/**
 * Reads a stored record. A broken one is replaced by an empty one; one of a newer version reads as empty
 * and is `locked`: it must not be overwritten.
 */
export function readState(text: string | null): {
  readonly state: ReaderState;
  readonly locked: boolean;
} {
  let value: unknown;
  try {
    // A missing record is `null`, which parses to `null`.
    value = JSON.parse(text as string);
  } catch {
    // Not ours, or truncated while it was written.
  }
  const {v, views, closes, read, meter, supported} = ownEntries(value);
  if (v !== 1) return {state: emptyState, locked: typeof v === 'number' && v > 1};
  const [gift] = entryOf(supported, 'at', 'until');
  const state = {
    v,
    views: listOf(views).flatMap(view => entryOf(view, 'campaign', 'at')),
    closes: listOf(closes).flatMap(close => entryOf(close, 'campaign', 'reason', 'at', 'until')),
    read: textsOf(read),
    meter: textsOf(meter),
    ...(gift ? {supported: gift} : {}),
  };
  return {state: ownProperties(state) as unknown as ReaderState, locked: false};
}
