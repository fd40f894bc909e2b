/** Is this campaign meant for this reader, on this page, now? */

import type {Because} from './cadence.js';
import {momentOf} from './moment.js';

/** What a page says about itself, its reader and the visit. */
export interface Facts {
  /** Epoch ms. */
  readonly now: number;
  /** The reader's offset from UTC, in minutes. */
  readonly minutesEast: number;
  /** Path of the page, without its query. */
  readonly path: string;
  readonly section?: string | undefined;
  readonly tags: readonly string[];
  /** BCP 47. */
  readonly language: string;
  /** ISO 3166, when the site knows it. */
  readonly country?: string | undefined;
  readonly device: Device;
  /** Host the reader came from, or ''. */
  readonly referrer: string;
  /** Articles read lately, as far as they may be counted. */
  readonly articles?: number;
  /** `pending` while the site is finding out. */
  readonly supporter: boolean | 'pending';
  readonly signedIn?: boolean | undefined;
  /** Whether the site marked the page as no place to ask. */
  readonly sensitive: boolean;
  /** Whether an ask was shown in this page view. */
  readonly asked: boolean;
}

export type Device = 'phone' | 'tablet' | 'desktop';

/** Every list that is given must have a match; within a list one match is enough. */
export interface Rules {
  /** Globs: `*` stays within a folder, `**` crosses folders. */
  readonly path?: readonly string[];
  readonly section?: readonly string[];
  readonly tag?: readonly string[];
  /** `de` means `de-AT` too. */
  readonly language?: readonly string[];
  readonly country?: readonly string[];
  readonly device?: readonly Device[];
  /** Hosts; `example.org` means `www.example.org` too. */
  readonly referrer?: readonly string[];
}

export interface Audience {
  readonly include?: Rules;
  readonly exclude?: Rules;
  /** Articles read lately. */
  readonly articles?: {readonly min?: number; readonly max?: number};
  readonly signedIn?: boolean;
}

/** ISO dates or date-times; without a zone they are the reader's own. An end that is a date includes that day. */
export interface Schedule {
  readonly start?: string;
  readonly end?: string;
}

/** One rule that was looked at, with what it saw. */
export interface Look {
  readonly rule: string;
  readonly input: unknown;
  readonly because?: Because;
  readonly until?: number;
}

/**
 * `*` stays within a folder, `**` crosses folders, all else is itself. Walks all ways through the
 * glob at once, because a regular expression of many stars may take years.
 */
function matchesGlob(glob: string, path: string): boolean {
  let places = new Set([0]);
  for (let i = 0; ; i += 1) {
    // A star may stand for nothing. What is added is visited too.
    for (const place of places) if (glob[place] === '*') places.add(place + 1);
    if (i === path.length) return places.has(glob.length);
    const next = new Set<number>();
    for (const place of places) {
      const isDouble = glob[place - 1] === '*' || glob[place + 1] === '*';
      if (glob[place] !== '*') {
        if (glob[place] === path[i]) next.add(place + 1);
      } else if (isDouble || path[i] !== '/') next.add(place);
    }
    places = next;
  }
}

/** The path, and the path as an editor writes it: not `%C3%A9` but `é`. */
function pathsOf(path: string): string[] {
  try {
    return [path, decodeURI(path)];
  } catch {
    return [path];
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

type Matcher = readonly [
  seen: string | readonly string[],
  isMatch: (wanted: string, seen: string) => boolean,
];

const matchers: Readonly<Record<keyof Rules, (facts: Facts) => Matcher>> = {
  path: ({path}) => [pathsOf(path), matchesGlob],
  section: ({section = ''}) => [section, same],
  tag: ({tags}) => [tags, same],
  language: ({language}) => [
    language,
    (wanted, seen) => same(wanted, seen) || same(`${wanted}-`, seen.slice(0, wanted.length + 1)),
  ],
  country: ({country = ''}) => [country, same],
  device: ({device}) => [device, same],
  referrer: ({referrer}) => [
    referrer,
    (wanted, seen) => same(wanted, seen) || seen.toLowerCase().endsWith(`.${wanted.toLowerCase()}`),
  ],
};

/** Looks at every rule of the audience and the schedule, in order; a look without `because` passed. */
export function lookAtAudience(
  audience: Audience | undefined,
  schedule: Schedule | undefined,
  facts: Facts,
): Look[] {
  const looks: Look[] = [];
  const {now, minutesEast} = facts;
  const look = (
    rule: string,
    input: unknown,
    passes: boolean,
    because: Because,
    until = Infinity,
  ) => looks.push({rule, input, ...(passes ? {} : {because, until})});

  if (schedule?.start !== undefined) {
    const start = momentOf(schedule.start, minutesEast);
    look('schedule.start', now, now >= start, 'not-started', start || Infinity);
  }
  if (schedule?.end !== undefined) {
    look('schedule.end', now, now < momentOf(schedule.end, minutesEast, true), 'ended');
  }
  for (const side of ['include', 'exclude'] as const) {
    const rules = audience?.[side];
    if (!rules) continue;
    for (const name of Object.keys(matchers) as (keyof Rules)[]) {
      const wanted = rules[name];
      if (!wanted) continue;
      const [seen, isMatch] = matchers[name](facts);
      const found = [seen].flat().some(one => wanted.some(want => isMatch(want, one)));
      look(`${side}.${name}`, seen, found === (side === 'include'), 'audience');
    }
  }
  const {articles, signedIn} = audience ?? {};
  if (articles) {
    const {min = 0, max = Infinity} = articles;
    const read = facts.articles ?? 0;
    look('articles', read, read >= min && read <= max, 'audience');
  }
  if (signedIn !== undefined) {
    look('signedIn', !!facts.signedIn, !!facts.signedIn === signedIn, 'audience');
  }
  return looks;
}
