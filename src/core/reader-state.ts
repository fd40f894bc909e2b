/** What does a browser remember of a reader, and what becomes of it when two tabs write? */

import type {CloseReason, RemindChoice} from './cadence.js';
import type {Frequency} from './offer.js';

/** One time an ask was seen. */
export interface View {
  readonly campaign: string;
  /** Epoch ms. */
  readonly at: number;
}

/** One time an ask was closed, and how long the quiet lasts. */
export interface Close {
  readonly campaign: string;
  readonly reason: CloseReason;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms. */
  readonly until: number;
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
  readonly frequency?: Frequency;
}

/** The one record a browser keeps. */
export interface ReaderState {
  readonly v: 1;
  readonly views: readonly View[];
  readonly closes: readonly Close[];
  /** Keys of articles read lately: never addresses. */
  readonly read: readonly string[];
  readonly supported?: Supported;
}

export const emptyState: ReaderState = {v: 1, views: [], closes: [], read: []};

const most = {views: 50, closes: 20, read: 100};
const day = 86_400_000;
const hour = 3_600_000;
/** No quiet is longer, whatever a record says. */
const longest = 400 * day;

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

const texts = (value: unknown): string[] => listOf(value, one => (isText(one) ? one : undefined));

function viewOf(value: unknown): View | undefined {
  if (!isRecord(value)) return undefined;
  const {campaign, at} = value;
  return isText(campaign) && isTime(at) ? {campaign, at} : undefined;
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
    ...(isText(choice) ? {choice: choice as RemindChoice} : {}),
    ...(isTime(articles) ? {articles, read: texts(value['read'])} : {}),
    ...(undone === true ? {undone} : {}),
  };
}

function supportedOf(value: unknown): Supported | undefined {
  if (!isRecord(value)) return undefined;
  const {at, until, frequency} = value;
  if (!isTime(at) || !isTime(until)) return undefined;
  return {at, until, ...(isText(frequency) ? {frequency: frequency as Frequency} : {})};
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
  if (!isRecord(value) || value['v'] !== 1) {
    return {state: emptyState, locked: isRecord(value) && Number(value['v']) > 1};
  }
  const supported = supportedOf(value['supported']);
  return {
    state: tidy({
      v: 1,
      views: listOf(value['views'], viewOf),
      closes: listOf(value['closes'], closeOf),
      read: texts(value['read']),
      ...(supported ? {supported} : {}),
    }),
    locked: false,
  };
}

/** The record as text, bounded in size. */
export function writeState(state: ReaderState): string {
  return JSON.stringify(tidy(state));
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = ({at, campaign, reason = ''}: View & {readonly reason?: string}): string =>
  `${String(at).padStart(16, '0')} ${campaign} ${reason}`;

/** Sorts by time, joins entries of one key, keeps the newest. The same whatever the order of arrival. */
function newest<T extends View>(
  entries: readonly T[],
  count: number,
  join: (a: T, b: T) => T,
): T[] {
  const byKey = new Map<string, T>();
  for (const entry of entries) {
    const known = byKey.get(keyOf(entry));
    byKey.set(keyOf(entry), known ? join(known, entry) : entry);
  }
  return [...byKey.values()].sort((a, b) => order(keyOf(a), keyOf(b))).slice(-count);
}

const union = (a: readonly string[], b: readonly string[], count: number): string[] =>
  [...new Set([...a, ...b])].sort(order).slice(0, count);

function joinCloses(a: Close, b: Close): Close {
  // Two tabs that closed in the same millisecond: the longer quiet.
  const [less, more] = [a, b].sort(
    (x, y) =>
      order(x.until, y.until) ||
      order(x.choice ?? '', y.choice ?? '') ||
      order(x.articles ?? 0, y.articles ?? 0),
  ) as [Close, Close];
  const {articles} = more;
  const {read: _, ...rest} = more;
  return {
    ...rest,
    ...(articles === undefined ? {} : {read: union(less.read ?? [], more.read ?? [], articles)}),
    ...((a.undone ?? b.undone) ? {undone: true} : {}),
  };
}

function tidy(state: ReaderState): ReaderState {
  return {
    ...state,
    views: newest(state.views, most.views, a => a),
    closes: newest(state.closes, most.closes, joinCloses),
    read: union(state.read, [], most.read),
  };
}

/** What two tabs know, together. The order of merging does not matter, nor does merging twice. */
export function mergeStates(a: ReaderState, b: ReaderState): ReaderState {
  const supported = [a.supported, b.supported]
    .filter(one => one !== undefined)
    .sort(
      (x, y) =>
        order(x.until, y.until) || order(x.at, y.at) || order(x.frequency ?? '', y.frequency ?? ''),
    )
    .at(-1);
  return tidy({
    v: 1,
    views: [...a.views, ...b.views],
    closes: [...a.closes, ...b.closes],
    read: [...a.read, ...b.read],
    ...(supported ? {supported} : {}),
  });
}

/**
 * Moves what was stamped by a clock that ran ahead to now, with the quiet it stood for. Returns the
 * same record when there is nothing to move.
 */
export function rebase(state: ReaderState, now: number): ReaderState {
  const isAhead = ({at}: {readonly at: number}) => at > now + hour;
  const isLong = ({at, until}: Close | Supported) => until - at > longest;
  const {views, closes, supported} = state;
  if (
    !views.some(isAhead) &&
    ![...closes, ...(supported ? [supported] : [])].some(one => isAhead(one) || isLong(one))
  ) {
    return state;
  }
  const move = <T extends Close | Supported>(one: T): T => {
    const at = isAhead(one) ? now : one.at;
    return {...one, at, until: at + Math.min(Math.max(one.until - one.at, 0), longest)};
  };
  return tidy({
    ...state,
    views: views.map(view => (isAhead(view) ? {...view, at: now} : view)),
    closes: closes.map(move),
    ...(supported ? {supported: move(supported)} : {}),
  });
}

/** Counts an ask as seen. */
export function recordView(state: ReaderState, campaign: string, now: number): ReaderState {
  return tidy({...state, views: [...state.views, {campaign, at: now}]});
}

/** Remembers a close. */
export function recordClose(
  state: ReaderState,
  close: Omit<Close, 'at'>,
  now: number,
): ReaderState {
  return tidy({...state, closes: [...state.closes, {...close, at: now}]});
}

/** Remembers when the reader wants to be asked again, in place of the "later" it refines. */
export function recordRemind(
  state: ReaderState,
  close: Omit<Close, 'at'>,
  now: number,
): ReaderState {
  const before = undoClose(state, close.campaign);
  // Two presses within one millisecond must not share a key with what was replaced.
  const last = before.closes.at(-1)?.at ?? 0;
  return recordClose(before, close, last >= now && last < now + 1000 ? last + 1 : now);
}

/** Takes back the newest close of a campaign. */
export function undoClose(state: ReaderState, campaign: string): ReaderState {
  const index = state.closes.findLastIndex(one => one.campaign === campaign && !one.undone);
  return {
    ...state,
    closes: state.closes.map((one, i) => (i === index ? {...one, undone: true} : one)),
  };
}

/** Remembers a gift, until when nothing is asked. */
export function recordSupported(state: ReaderState, supported: Supported): ReaderState {
  return mergeStates(state, {...emptyState, supported});
}

/** Counts an article, under a key that is not its address. Counting it twice changes nothing. */
export function recordArticle(state: ReaderState, key: string): ReaderState {
  return tidy({
    ...state,
    read: [...state.read.filter(one => one !== key), key],
    closes: state.closes.map(one =>
      one.articles === undefined || one.undone
        ? one
        : {...one, read: union(one.read ?? [], [key], one.articles)},
    ),
  });
}

/** What may be kept without consent: only what the reader asked for by pressing something. */
export function keptWithoutConsent(state: ReaderState): ReaderState {
  const {closes, supported} = state;
  return {...emptyState, closes, ...(supported ? {supported} : {})};
}
