/** What does a browser remember of a reader, and is what was stored fit to be believed? */

import type {CloseReason, RemindChoice} from './cadence.js';
import type {Frequency} from './offer.js';

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
  readonly supported?: Supported;
}

export const emptyState: ReaderState = {v: 1, views: [], closes: [], read: []};

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < 8.64e15;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length < 200;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf<T>(value: unknown, read: (entry: unknown) => T | undefined): T[] {
  const entries: T[] = [];
  if (!Array.isArray(value)) return entries;
  for (const one of value.slice(-1000)) {
    const entry = read(one);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

const fromOf = ({from}: Record<string, unknown>): {from?: number} => (isTime(from) ? {from} : {});

const texts = (value: unknown): string[] => listOf(value, one => (isText(one) ? one : undefined));

function viewOf(value: unknown): View | undefined {
  if (!isRecord(value)) return undefined;
  const {campaign, at} = value;
  return isText(campaign) && isTime(at) ? {campaign, at, ...fromOf(value)} : undefined;
}

function closeOf(value: unknown): Close | undefined {
  if (!isRecord(value)) return undefined;
  const {campaign, reason, at, until, choice, articles, undone} = value;
  if (!isText(campaign) || !isText(reason) || !isTime(at) || !isTime(until)) return undefined;
  return {
    campaign,
    reason: reason as CloseReason,
    at,
    until,
    ...fromOf(value),
    ...(isText(choice) ? {choice: choice as RemindChoice} : {}),
    ...(isTime(articles) ? {articles, read: texts(value['read'])} : {}),
    ...(undone === true ? {undone} : {}),
  };
}

function supportedOf(value: unknown): Supported | undefined {
  if (!isRecord(value)) return undefined;
  const {at, until, frequency} = value;
  if (!isTime(at) || !isTime(until)) return undefined;
  return {
    at,
    until,
    ...fromOf(value),
    ...(isText(frequency) ? {frequency: frequency as Frequency} : {}),
  };
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
    value = text === null ? undefined : JSON.parse(text);
  } catch {
    // Not ours, or cut off while it was written.
  }
  const {v, views, closes, read, supported: gift} = isRecord(value) ? value : {};
  if (v !== 1) return {state: emptyState, locked: typeof v === 'number' && v > 1};
  const supported = supportedOf(gift);
  return {
    state: {
      v: 1,
      views: listOf(views, viewOf),
      closes: listOf(closes, closeOf),
      read: texts(read),
      ...(supported ? {supported} : {}),
    },
    locked: false,
  };
}
