/** How does the reader's record change, and what becomes of it when two tabs write? */

import {
  emptyState,
  type Close,
  type ReaderState,
  type Supported,
  type View,
} from './reader-state.js';

const most = {views: 50, closes: 20, read: 100};
const day = 86_400_000;
const hour = 3_600_000;
/** No quiet is longer, whatever a record says. */
const longest = 400 * day;

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

/** Closes that still wait for articles to be read. */
export function articlesToGo(closes: readonly Close[], now: number): boolean {
  return closes.some(
    ({articles, read = [], undone, until}) =>
      articles !== undefined && !undone && read.length < articles && until > now,
  );
}
