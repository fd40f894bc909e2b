/** What does a browser remember of a reader, and is what was stored fit to be believed? */

import type {CloseReason, RemindChoice} from './cadence.js';
import type {Frequency} from '../money/offer.js';

/** One time an ask was seen. */
export interface View {
  readonly campaign: string;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms: counts from here as long as `at` lies ahead, because a clock was set back. */
  readonly from?: number;
}

/** One time an ask was closed, and how long the quiet lasts. */
export interface Close {
  readonly campaign: string;
  readonly reason: CloseReason;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms. */
  readonly until: number;
  /** As of a view. */
  readonly from?: number;
  /** What the reader picked after "later". */
  readonly choice?: RemindChoice;
  /** The quiet also ends when this many more articles were read. */
  readonly articles?: number;
  /** Keys of the articles read since, when they are counted. */
  readonly read?: readonly string[];
  /** Taken back by the reader, or replaced by a later choice. Stays, so that no other tab revives it. */
  readonly undone?: true;
}

/** A gift the browser knows of. A hint that silences asks; it proves nothing. */
export interface Supported {
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms. */
  readonly until: number;
  /** As of a view. */
  readonly from?: number;
  readonly frequency?: Frequency;
}

/** The one record a browser keeps. */
export interface ReaderState {
  readonly v: 1;
  readonly views: readonly View[];
  readonly closes: readonly Close[];
  /** Keys of articles read lately, each after its day: never addresses. */
  readonly read: readonly string[];
  /** What a meter has counted, each article after its day: see `meter.ts`. */
  readonly meter: readonly string[];
  readonly supported?: Supported;
}

export const emptyState: ReaderState = {v: 1, views: [], closes: [], read: [], meter: []};

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

/** The sane fields of an entry; nothing, where one it must have is missing. */
function entryOf(value: unknown, ...must: string[]): unknown[] {
  const given = Object(value) as Record<string, unknown>;
  const entry: Record<string, unknown> = {};
  for (const [name, isSane] of Object.entries(fields)) {
    if (isSane(given[name])) entry[name] = given[name];
  }
  if ('articles' in entry) entry['read'] = textsOf(given['read']);
  return must.every(name => name in entry) ? [entry] : [];
}

/**
 * Reads a stored record. A broken one starts afresh; one of a newer version reads as empty and is
 * `locked`: it must not be overwritten.
 */
export function readState(text: string | null): {
  readonly state: ReaderState;
  readonly locked: boolean;
} {
  let value: unknown;
  try {
    // No record is no text, and `null` is also what that parses to.
    value = JSON.parse(text as string);
  } catch {
    // Not ours, or cut off while it was written.
  }
  const {v, views, closes, read, meter, supported} = Object(value) as Record<string, unknown>;
  if (v !== 1) return {state: emptyState, locked: typeof v === 'number' && v > 1};
  const [given] = entryOf(supported, 'at', 'until');
  const state = {
    v,
    views: listOf(views).flatMap(one => entryOf(one, 'campaign', 'at')),
    closes: listOf(closes).flatMap(one => entryOf(one, 'campaign', 'reason', 'at', 'until')),
    read: textsOf(read),
    meter: textsOf(meter),
    ...(given ? {supported: given} : {}),
  };
  return {state: state as unknown as ReaderState, locked: false};
}
