/** How does the reader's record change, and what becomes of it when two tabs write? */

import {endOf} from './cadence.js';
import {joinEntries, rebaseEntries} from '../meter/meter-entries.js';
import {
  emptyState,
  type Close,
  type ReaderState,
  type Supported,
  type View,
} from './reader-state.js';

const most = {views: 50, closes: 50, read: 100};
const day = 86_400_000;
const hour = 3_600_000;
/** How long an article counts as read lately, in days. */
const lately = 31;

/** JSON of plain data. A page's `Array.prototype.toJSON`, as old libraries have it, has no say in it. */
function json(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(json).join()}]`;
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${json(one)}`);
  // In one order, so that equal records are equal texts.
  return `{${entries.sort().join()}}`;
}

/** The record as text, bounded in size. */
export function writeState(state: ReaderState): string {
  return json(tidy(state));
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first difference in the order of some values. */
const orderBy =
  <T>(...values: ((one: T) => string | number)[]) =>
  (a: T, b: T): number => {
    for (const value of values) {
      const difference = order(value(a), value(b));
      if (difference) return difference;
    }
    return 0;
  };

const orderOfViews = orderBy<View>(
  one => one.at,
  one => one.campaign,
);
// Those that end last are kept, so that no number of short ones pushes a long one out.
const orderOfCloses = orderBy<Close>(
  one => one.until,
  one => one.at,
  one => one.campaign,
  one => one.reason,
  one => one.choice ?? '',
  one => one.articles ?? -1,
);
const orderOfGifts = orderBy<Supported>(
  one => one.until,
  one => one.at,
  one => one.frequency ?? '',
);

type Stamp = Pick<View, 'at' | 'from'>;

/** When both tabs noticed that a clock was set back, the first to do so is right. */
function joinStamps<T extends Stamp>(a: T, b: T): T {
  const from = Math.min(a.from ?? Infinity, b.from ?? Infinity);
  return from < Infinity ? {...a, from} : a;
}

function joinCloses(a: Close, b: Close): Close {
  return {
    ...joinStamps(a, b),
    ...(a.articles === undefined ? {} : {read: union(a.read ?? [], b.read ?? [], a.articles)}),
    ...((a.undone ?? b.undone) ? {undone: true} : {}),
  };
}

/** The same set whatever the order of arrival, and no larger than allowed. */
const union = (a: readonly string[], b: readonly string[], count: number): string[] =>
  [...new Set([...a, ...b])].sort((x, y) => order(y, x)).slice(0, count);

/** Sorts, joins what is the same, keeps the last ones. The same whatever the order of arrival. */
function newest<T>(
  entries: readonly T[],
  count: number,
  compare: (a: T, b: T) => number,
  join: (a: T, b: T) => T,
): T[] {
  const kept: T[] = [];
  for (const entry of [...entries].sort(compare)) {
    const last = kept.at(-1);
    if (last !== undefined && compare(last, entry) === 0) kept.splice(-1, 1, join(last, entry));
    else kept.push(entry);
  }
  return kept.slice(-count);
}

function tidy({views, closes, read, meter, supported}: ReaderState): ReaderState {
  return {
    v: 1,
    views: newest(views, most.views, orderOfViews, joinStamps),
    closes: newest(
      closes.map(one => joinCloses(one, one)),
      most.closes,
      orderOfCloses,
      joinCloses,
    ),
    read: union(read, [], most.read),
    meter: joinEntries(meter, []),
    ...(supported ? {supported} : {}),
  };
}

/** What two tabs know, together. The order of merging does not matter, nor does merging twice. */
export function mergeStates(a: ReaderState, b: ReaderState): ReaderState {
  const gifts = [a.supported, b.supported].filter(one => one !== undefined);
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
 * Notes on what was stamped by a clock that ran ahead that it counts from now. Returns the same
 * record when there is nothing to note.
 */
export function rebase(state: ReaderState, now: number): ReaderState {
  const {views, closes, meter, supported} = state;
  const isAhead = ({at, from = at}: Stamp) => Math.min(at, from) > now + hour;
  const rebased = rebaseEntries(meter, now);
  const stamped = [...views, ...closes, ...(supported ? [supported] : [])];
  if (!stamped.some(isAhead) && rebased === meter) return state;
  const note = <T extends Stamp>(one: T): T => (isAhead(one) ? {...one, from: now} : one);
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

/** Remembers a close. */
export function recordClose(
  state: ReaderState,
  close: Omit<Close, 'at'>,
  now: number,
): ReaderState {
  let made: Close = {...close, at: now};
  // Within one millisecond this may be what was just taken back, and would go with it.
  const isTaken = () => state.closes.some(one => one.undone && orderOfCloses(one, made) === 0);
  while (isTaken()) made = {...made, at: made.at + 1};
  // A stamp that lies ahead for years must not take the room of what happens now, once it is spent.
  const closes = state.closes.filter(one => one.at <= now + hour || endOf(one, now) > now);
  return tidy({...state, closes: [...closes, made]});
}

/** The close of a campaign that the reader made last, if it was not taken back. */
function lastClose({closes}: ReaderState, campaign: string): Close | undefined {
  const live = closes.filter(one => one.campaign === campaign && !one.undone);
  return live.sort(orderBy(one => one.from ?? one.at)).at(-1);
}

/** Remembers when the reader wants to be asked again, in place of the "later" it refines. */
export function recordRemind(
  state: ReaderState,
  close: Omit<Close, 'at'>,
  now: number,
): ReaderState {
  const last = lastClose(state, close.campaign);
  const isRefined = last?.reason === 'later' && endOf(last, now) > now;
  return recordClose(isRefined ? undoClose(state, close.campaign) : state, close, now);
}

/** Takes back the newest close of a campaign. */
export function undoClose(state: ReaderState, campaign: string): ReaderState {
  const last = lastClose(state, campaign);
  return {
    ...state,
    closes: state.closes.map(one => (one === last ? {...one, undone: true} : one)),
  };
}

/** Remembers a gift, until when nothing is asked. */
export function recordSupported(state: ReaderState, supported: Supported): ReaderState {
  return mergeStates(state, {...emptyState, supported});
}

/**
 * Counts an article, under a key that is not its address. Counting it twice changes nothing; what
 * was read more than 31 days ago is forgotten.
 */
export function recordArticle(state: ReaderState, key: string, now: number): ReaderState {
  // Days of five digits sort as text until the year 2243.
  const dayOf = (time: number) => String(Math.max(Math.floor(time / day), 10_000));
  const isKept = (one: string) => one > dayOf(now - lately * day) && !one.endsWith(` ${key}`);
  return tidy({
    ...state,
    read: [...state.read.filter(isKept), `${dayOf(now)} ${key}`],
    closes: state.closes.map(one =>
      one.articles === undefined || one.undone
        ? one
        : {...one, read: union(one.read ?? [], [key], one.articles)},
    ),
  });
}

/** What may be kept without consent: what the reader asked for by pressing something, and a meter. */
export function keptWithoutConsent({closes, meter, supported}: ReaderState): ReaderState {
  return {...emptyState, closes, meter, ...(supported ? {supported} : {})};
}

/** Whether a close still waits for articles to be read. */
export function articlesToGo(closes: readonly Close[], now: number): boolean {
  return closes.some(
    close =>
      close.articles !== undefined &&
      !close.undone &&
      (close.read?.length ?? 0) < close.articles &&
      endOf(close, now) > now,
  );
}
