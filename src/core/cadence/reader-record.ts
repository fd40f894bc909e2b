/** Updates the reader record, and merges records that two tabs wrote. */

import {endOfSnooze} from './cadence.js';
import {joinEntries, rebaseEntries} from '../meter/meter-entries.js';
import {
  emptyState,
  type Close,
  type ReaderState,
  type Supported,
  type View,
} from './reader-state.js';
import {ownProperties} from '../own-properties.js';

const most = {views: 50, closes: 50, read: 100};
const day = 86_400_000;
const hour = 3_600_000;
/** How long an article counts as recently read, in days. */
const lately = 31;

/** Serializes plain data. Ignores `Array.prototype.toJSON`, which old libraries define. */
function json(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(json).join()}]`;
  const entries = Object.entries(value).map(
    ([key, field]) => `${JSON.stringify(key)}:${json(field)}`,
  );
  // Sorted, so that equal records give equal texts.
  return `{${entries.sort().join()}}`;
}

/** Returns the record as text of limited size. */
export function writeState(state: ReaderState): string {
  return json(tidy(state));
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares by several values: the first that differs decides. */
const orderBy =
  <T>(...values: ((entry: T) => string | number)[]) =>
  (a: T, b: T): number => {
    for (const value of values) {
      const difference = order(value(a), value(b));
      if (difference) return difference;
    }
    return 0;
  };

const orderOfViews = orderBy<View>(
  view => view.at,
  view => view.campaign,
);
// Those that end last are kept, so that many short ones cannot displace a long one.
const orderOfCloses = orderBy<Close>(
  close => close.until,
  close => close.at,
  close => close.campaign,
  close => close.reason,
  close => close.choice ?? '',
  close => close.articles ?? -1,
);
const orderOfGifts = orderBy<Supported>(
  gift => gift.until,
  gift => gift.at,
  gift => gift.frequency ?? '',
);

type Stamp = Pick<View, 'at' | 'from'>;

/** Merges two stamps. If both tabs noticed that a clock was set back, the earlier notice counts. */
function joinStamps<T extends Stamp>(a: T, b: T): T {
  const from = Math.min(a.from ?? Infinity, b.from ?? Infinity);
  return from < Infinity ? ownProperties({...a, from}) : a;
}

function joinCloses(a: Close, b: Close): Close {
  return {
    ...joinStamps(a, b),
    ...(a.articles === undefined ? {} : {read: union(a.read ?? [], b.read ?? [], a.articles)}),
    ...((a.undone ?? b.undone) ? {undone: true} : {}),
  };
}

/** Merges two sets up to a size, independent of order. */
const union = (a: readonly string[], b: readonly string[], count: number): string[] =>
  [...new Set([...a, ...b])].sort((x, y) => order(y, x)).slice(0, count);

/** Sorts, merges equal entries and keeps the last ones, independent of order. */
function newest<T>(
  entries: readonly T[],
  count: number,
  compare: (a: T, b: T) => number,
  join: (a: T, b: T) => T,
): T[] {
  const merged: T[] = [];
  for (const entry of [...entries].sort(compare)) {
    const last = merged.at(-1);
    if (last !== undefined && compare(last, entry) === 0) merged.splice(-1, 1, join(last, entry));
    else merged.push(entry);
  }
  return merged.slice(-count);
}

function tidy(state: ReaderState): ReaderState {
  const {views, closes, read, meter, supported} = ownProperties(state);
  return ownProperties<ReaderState>({
    v: 1,
    views: newest(views, most.views, orderOfViews, joinStamps),
    closes: newest(
      closes.map(close => joinCloses(close, close)),
      most.closes,
      orderOfCloses,
      joinCloses,
    ),
    read: union(read, [], most.read),
    meter: joinEntries(meter, []),
    ...(supported ? {supported} : {}),
  });
}

/** Merges the records of two tabs. Commutative, associative and idempotent. */
export function mergeStates(a: ReaderState, b: ReaderState): ReaderState {
  const gifts = [a.supported, b.supported].filter(gift => gift !== undefined);
  const [supported] = newest(gifts, 1, orderOfGifts, joinStamps);
  return tidy({
    v: 1,
    views: [...a.views, ...b.views],
    closes: [...a.closes, ...b.closes],
    read: [...a.read, ...b.read],
    meter: joinEntries(a.meter, b.meter),
    ...(supported ? {supported} : {}),
  });
}

/**
 * Makes future stamps, made by a clock that ran ahead, count from now. Returns the same record when
 * there are none.
 */
export function rebase(state: ReaderState, now: number): ReaderState {
  const {views, closes, meter, supported} = state;
  const isAhead = ({at, from = at}: Stamp) => Math.min(at, from) > now + hour;
  const rebased = rebaseEntries(meter, now);
  const stamped = [...views, ...closes, ...(supported ? [supported] : [])];
  if (!stamped.some(isAhead) && rebased === meter) return state;
  const note = <T extends Stamp>(entry: T): T => (isAhead(entry) ? {...entry, from: now} : entry);
  return tidy({
    ...state,
    views: views.map(note),
    closes: closes.map(note),
    meter: rebased,
    ...(supported ? {supported: note(supported)} : {}),
  });
}

/** Counts an ask as seen. */
export function recordView(state: ReaderState, campaign: string, now: number): ReaderState {
  return tidy({...state, views: [...state.views, {campaign, at: now}]});
}

/** Records a close. */
export function recordClose(
  state: ReaderState,
  close: Omit<Close, 'at'>,
  now: number,
): ReaderState {
  let entry: Close = ownProperties({...close, at: now});
  // Within one millisecond this may equal a close that was just undone, and would be undone with it.
  const isTaken = () =>
    state.closes.some(other => other.undone && orderOfCloses(other, entry) === 0);
  while (isTaken()) entry = ownProperties({...entry, at: entry.at + 1});
  // An expired stamp from the far future must not take the place of current ones.
  const closes = state.closes.filter(
    other => other.at <= now + hour || endOfSnooze(other, now) > now,
  );
  return tidy({...state, closes: [...closes, entry]});
}

/** Finds the reader's last close of a campaign, unless it was undone. */
function lastClose({closes}: ReaderState, campaign: string): Close | undefined {
  const live = closes.filter(close => close.campaign === campaign && !close.undone);
  return live.sort(orderBy(close => close.from ?? close.at)).at(-1);
}

/** Records when the reader wants to be asked again. Replaces the "later" it refines. */
export function recordRemind(
  state: ReaderState,
  close: Omit<Close, 'at'>,
  now: number,
): ReaderState {
  const last = lastClose(state, close.campaign);
  const isRefined = last?.reason === 'later' && endOfSnooze(last, now) > now;
  return recordClose(isRefined ? undoClose(state, close.campaign) : state, close, now);
}

/** Undoes the newest close of a campaign. */
export function undoClose(state: ReaderState, campaign: string): ReaderState {
  const last = lastClose(state, campaign);
  return ownProperties<ReaderState>({
    ...state,
    closes: state.closes.map(close => (close === last ? {...close, undone: true} : close)),
  });
}

/** Records a gift and until when the reader is not asked. */
export function recordSupported(state: ReaderState, supported: Supported): ReaderState {
  return mergeStates(state, ownProperties({...emptyState, supported}));
}

/**
 * Counts an article under a hashed key. Counting it twice changes nothing; articles read more than
 * 31 days ago are dropped.
 */
export function recordArticle(state: ReaderState, key: string, now: number): ReaderState {
  // Five-digit day numbers sort as text until the year 2243.
  const dayOf = (time: number) => String(Math.max(Math.floor(time / day), 10_000));
  const isKept = (entry: string) => entry > dayOf(now - lately * day) && !entry.endsWith(` ${key}`);
  return tidy({
    ...state,
    read: [...state.read.filter(isKept), `${dayOf(now)} ${key}`],
    closes: state.closes.map(close =>
      close.articles === undefined || close.undone
        ? close
        : {...close, read: union(close.read ?? [], [key], close.articles)},
    ),
  });
}

/** Returns the part that may be stored without consent: what the reader asked for, and the meter. */
export function keptWithoutConsent({closes, meter, supported}: ReaderState): ReaderState {
  return ownProperties({...emptyState, closes, meter, ...(supported ? {supported} : {})});
}

/** Whether a snooze still waits for articles to be read. */
export function articlesToGo(closes: readonly Close[], now: number): boolean {
  return closes.some(
    close =>
      close.articles !== undefined &&
      !close.undone &&
      (close.read?.length ?? 0) < close.articles &&
      endOfSnooze(close, now) > now,
  );
}
