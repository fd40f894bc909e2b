/** Decides whether an article is free, whether it counts, and how many are left. */

import {articleKeyOf} from './article-key.js';
import {joinEntries, mostCounted, pruneEntries, readEntry, type Counted} from './meter-entries.js';
import {meterDayOf} from './meter-day.js';
import {spanOf, startOfMeterDay, type Period} from './meter-period.js';
import type {ReaderState} from '../cadence/reader-state.js';

/** How many articles are free in a period. */
export interface Allowance {
  /** For anyone. 0: members only. */
  readonly free: number;
  /** For registered readers. Default: as for anyone. */
  readonly registered?: number;
}

/** How many articles a site gives away. All sections share one meter. */
export interface Meter extends Allowance {
  /** The period. Default: the calendar month. */
  readonly period?: Period;
  /**
   * Rules for some sections: `free` never counts, `locked` is for members only, an allowance limits how
   * much of the shared meter may be used there.
   */
  readonly sections?: Readonly<Record<string, 'free' | 'locked' | Allowance>>;
}

/** Why an article never counts. */
export type NeverCounts =
  'live' | 'public-service' | 'sponsored' | 'gift' | 'newsletter' | 'share-link';

export const neverCounts: readonly NeverCounts[] = [
  'live',
  'public-service',
  'sponsored',
  'gift',
  'newsletter',
  'share-link',
];

/** The article that the reader opens. */
export interface MeteredArticle {
  /** From `articleKeyOf()`. */
  readonly key: string;
  readonly section?: string | undefined;
  readonly free?: NeverCounts | undefined;
}

/** The reader and the time. */
export interface MeterReader {
  /** Epoch ms. */
  readonly now: number;
  /** The reader's offset from UTC in minutes, or the site's where a server counts. */
  readonly utcOffsetMinutes: number;
  readonly registered?: boolean | undefined;
}

export type MeterReason =
  | NeverCounts
  | 'free-section'
  | 'already-read'
  | 'free-article'
  | 'last-free-article'
  | 'limit-reached'
  | 'section-used'
  | 'members-only';

export interface MeterVerdict {
  readonly access: 'open' | 'metered' | 'locked';
  readonly reason: MeterReason;
  /** Epoch ms: when time alone changes this. Infinity when it cannot. */
  readonly until: number;
  /** Free articles left after this one. Infinity where nothing counts. */
  readonly left: number;
  /** Free articles in a period. */
  readonly limit: number;
  /** How many more this reader would have after registering. */
  readonly extraAfterRegistration: number;
}

const sectionKey = (name: string): string => articleKeyOf(name.toLowerCase());

/** Finds the rule of a section, ignoring case. */
function ruleOf({sections = {}}: Meter, name: string | undefined): 'free' | 'locked' | Allowance {
  const lowerName = name?.toLowerCase();
  const section = Object.keys(sections).find(key => key.toLowerCase() === lowerName);
  return (section === undefined ? undefined : sections[section]) ?? {free: Infinity};
}

const bounded = (count: number): number =>
  Math.min(Math.max(Math.floor(count) || 0, 0), mostCounted);

/** An allowance and the articles counted in it: each once, on its first day. */
interface Quota {
  readonly limit: number;
  readonly extraAfterRegistration: number;
  readonly days: readonly number[];
  readonly reason: 'limit-reached' | 'section-used';
}

function quotaOf(
  {free, registered = free}: Allowance,
  isRegistered: boolean,
  counted: readonly Counted[],
  reason: Quota['reason'],
): Quota {
  const first = new Map<string, number>();
  for (const {key, day} of counted) first.set(key, Math.min(first.get(key) ?? day, day));
  const limit = bounded(isRegistered ? registered : free);
  return {
    limit,
    extraAfterRegistration: isRegistered ? 0 : Math.max(bounded(registered) - limit, 0),
    days: [...first.values()].sort((a, b) => a - b),
    reason,
  };
}

const spent = ({limit, days}: Quota): boolean => days.length >= limit;

/** Evaluates the meter for an article. `entries` are the counted articles: `ReaderState.meter`. */
export function evaluateMeter(
  meter: Meter,
  entries: readonly string[],
  article: MeteredArticle,
  reader: MeterReader,
): MeterVerdict {
  const open = {
    access: 'open',
    until: Infinity,
    left: Infinity,
    limit: Infinity,
    extraAfterRegistration: 0,
  } as const;
  const rule = ruleOf(meter, article.section);
  if (article.free) return {...open, reason: article.free};
  if (rule === 'free') return {...open, reason: 'free-section'};
  const closed = {
    access: 'locked',
    until: Infinity,
    left: 0,
    limit: 0,
    extraAfterRegistration: 0,
  } as const;
  if (rule === 'locked') return {...closed, reason: 'members-only'};

  const {now, utcOffsetMinutes, registered = false} = reader;
  const today = meterDayOf(now, utcOffsetMinutes);
  const span = spanOf(meter.period ?? 'month', today);
  // One day ahead may be another time zone. Later days were written by a wrong clock.
  const counted = entries.map(readEntry).filter(({day}) => day >= span.first && day <= today + 1);
  const section = sectionKey(article.section ?? '');
  const site = quotaOf(meter, registered, counted, 'limit-reached');
  const quotas = [site];
  if (rule.free < Infinity || rule.registered !== undefined) {
    const spentThere = counted.filter(entry => entry.section === section);
    quotas.push(quotaOf(rule, registered, spentThere, 'section-used'));
  }

  /** Returns when an article of this day expires. */
  const endOf = (day: number) => startOfMeterDay(span.next ?? day + span.days, utcOffsetMinutes);
  const left = Math.min(...quotas.map(({limit, days}) => Math.max(limit - days.length, 0)));
  const tightest = quotas.reduce((a, b) =>
    b.limit - b.days.length < a.limit - a.days.length ? b : a,
  );
  const {limit, extraAfterRegistration} = tightest;

  const own = counted.filter(({key}) => key === article.key).map(({day}) => day);
  if (own.length > 0)
    return {
      access: 'metered',
      reason: 'already-read',
      until: endOf(Math.max(...own)),
      left,
      limit,
      extraAfterRegistration,
    };

  const empty = quotas.filter(spent);
  const [first] = empty;
  if (!first)
    return {
      access: 'metered',
      reason: left === 1 ? 'last-free-article' : 'free-article',
      until: endOf(today),
      left: left - 1,
      limit,
      extraAfterRegistration,
    };
  // Every exhausted allowance must have room again; an allowance of 0 never has.
  const until = Math.max(
    ...empty.map(({limit, days}) => {
      const falling = limit > 0 ? days[days.length - limit] : undefined;
      return falling === undefined ? Infinity : endOf(falling);
    }),
  );
  const isForMembers = empty.some(quota => quota.limit === 0);
  return {
    ...closed,
    reason:
      isForMembers && !empty.some(quota => quota.extraAfterRegistration)
        ? 'members-only'
        : first.reason,
    until,
    limit: first.limit,
    extraAfterRegistration: Math.min(...empty.map(quota => quota.extraAfterRegistration)),
  };
}

/**
 * Returns the entries with an article counted: unchanged when it does not count, is locked, or was
 * counted before. Entries older than 31 days are dropped.
 */
export function countArticle(
  meter: Meter,
  entries: readonly string[],
  article: MeteredArticle,
  reader: MeterReader,
): readonly string[] {
  const {access, reason} = evaluateMeter(meter, entries, article, reader);
  if (access !== 'metered' || reason === 'already-read') return entries;
  const {key, section} = article;
  const today = meterDayOf(reader.now, reader.utcOffsetMinutes);
  const hasRule = section !== undefined && typeof ruleOf(meter, section) === 'object';
  const entry = [today, key, ...(hasRule ? [sectionKey(section)] : [])].join(' ');
  return joinEntries(pruneEntries(entries, today), [entry]);
}

/** Returns the reader record with an article counted; the same record when nothing changes. */
export function recordMetered(
  state: ReaderState,
  meter: Meter,
  article: MeteredArticle,
  reader: MeterReader,
): ReaderState {
  const {meter: before} = state;
  const after = countArticle(meter, before, article, reader);
  return after === before ? state : {...state, meter: after};
}
