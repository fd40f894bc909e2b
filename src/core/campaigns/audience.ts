/** Is this campaign meant for this reader, on this page, now? */

import type {Because} from '../cadence/cadence.js';
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

/** One rule that was looked at: its name, what it saw, why it refuses if it does, and until when (epoch ms). */
export type Look = readonly [
  rule: string,
  input: unknown,
  because?: Because | false | undefined,
  until?: number | undefined,
];

/**
 * `*` stays within a folder, `**` crosses folders, all else is itself. Keeps every place in the path
 * that the glob can have reached, because a regular expression of many stars may take years.
 */
function matchesGlob(glob: string, path: string): boolean {
  let isReached = [true];
  for (const piece of glob.match(/\*+|[^*]/g) ?? []) {
    const next: boolean[] = [];
    for (let place = 0; place <= path.length; place += 1) {
      const last = path[place - 1];
      next[place] =
        piece[0] === '*'
          ? !!(isReached[place] || (next[place - 1] && (piece[1] || last !== '/')))
          : !!isReached[place - 1] && last === piece;
    }
    isReached = next;
  }
  return !!isReached[path.length];
}

/** The path, and the path as an editor writes it: not `%C3%A9` but `é`. */
function pathsOf(path: string): string[] {
  try {
    return [path, decodeURI(path)];
  } catch {
    return [path];
  }
}

const names = ['path', 'section', 'tag', 'language', 'country', 'device', 'referrer'] as const;

/** Looks at every rule of the audience and the schedule, in order. */
export function* lookAtAudience(
  audience: Audience | undefined,
  schedule: Schedule | undefined,
  facts: Facts,
): Generator<Look> {
  const {now, articles: read = 0} = facts;
  const {start, end} = schedule ?? {};
  if (start !== undefined) {
    const at = momentOf(start, facts.minutesEast);
    yield ['schedule.start', now, !(now >= at) && 'not-started', at || Infinity];
  }
  if (end !== undefined) {
    yield ['schedule.end', now, !(now < momentOf(end, facts.minutesEast, true)) && 'ended'];
  }
  for (const side of ['include', 'exclude'] as const) {
    for (const name of names) {
      const wanted = audience?.[side]?.[name];
      if (!wanted) continue;
      const seen =
        name === 'path' ? pathsOf(facts.path) : name === 'tag' ? facts.tags : (facts[name] ?? '');
      const isFound = [seen].flat().some(one =>
        wanted.some(want => {
          const [a, b] = [want.toLowerCase(), one.toLowerCase()];
          return name === 'path'
            ? matchesGlob(want, one)
            : a === b ||
                (name === 'language' && b.startsWith(`${a}-`)) ||
                (name === 'referrer' && b.endsWith(`.${a}`));
        }),
      );
      yield [`${side}.${name}`, seen, isFound === (side === 'exclude') && 'audience'];
    }
  }
  const {articles, signedIn} = audience ?? {};
  if (articles) {
    const {min = 0, max = Infinity} = articles;
    yield ['articles', read, (read < min || read > max) && 'audience'];
  }
  if (signedIn !== undefined) {
    yield ['signedIn', !!facts.signedIn, !!facts.signedIn !== signedIn && 'audience'];
  }
}
