/** Decides whether a campaign is meant for this reader, on this page, now. */

import type {SkipReason} from '../cadence/cadence.js';
import {matchLanguage} from '../copy/match-language.js';
import {momentOf} from './moment.js';
import {ownProperties} from '../own-properties.js';

/** The facts about a page, its reader and the visit. */
export interface Facts {
  /** Epoch ms. */
  readonly now: number;
  /** The reader's offset from UTC, in minutes. */
  readonly utcOffsetMinutes: number;
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
  /** Recently read articles, where they may be counted. */
  readonly articles?: number;
  /** `pending` while the site does not know yet. */
  readonly supporter: boolean | 'pending';
  readonly signedIn?: boolean | undefined;
  /** Whether the site marked the page as sensitive, where nothing is asked. */
  readonly sensitive: boolean;
  /** Whether an ask was shown in this page view. */
  readonly asked: boolean;
}

export type Device = 'phone' | 'tablet' | 'desktop';

/** Rules of an audience. Every list must have a match; one match per list is enough. */
export interface Rules {
  /** Globs: `*` stays within a folder, `**` crosses folders. */
  readonly path?: readonly string[];
  readonly section?: readonly string[];
  readonly tag?: readonly string[];
  /** BCP 47; `de` also matches `de-AT`, `DE` and `de_DE`. */
  readonly language?: readonly string[];
  readonly country?: readonly string[];
  readonly device?: readonly Device[];
  /** Hosts; `example.org` also matches `www.example.org`. */
  readonly referrer?: readonly string[];
}

export interface Audience {
  readonly include?: Rules;
  readonly exclude?: Rules;
  /** Recently read articles. */
  readonly articles?: {readonly min?: number; readonly max?: number};
  readonly signedIn?: boolean;
}

/** ISO dates or date-times; without a zone they are in the reader's time zone. An end date is inclusive. */
export interface Schedule {
  readonly start?: string;
  readonly end?: string;
}

/** A checked rule: its name, its input, why it refuses (if it does), and until when (epoch ms). */
export type AudienceCheck = readonly [
  rule: string,
  input: unknown,
  reason?: SkipReason | false | undefined,
  until?: number | undefined,
];

/**
 * Matches a glob: `*` stays within a folder, `**` crosses folders. Tracks every reachable position in
 * the path, because a regular expression with many stars may backtrack for years.
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

/** Returns the path as it is and decoded, as editors write it: `é` rather than `%C3%A9`. */
function pathsOf(path: string): string[] {
  try {
    return [path, decodeURI(path)];
  } catch {
    return [path];
  }
}

const names = ['path', 'section', 'tag', 'language', 'country', 'device', 'referrer'] as const;

/** Yields every rule of the audience and the schedule, in order. */
export function* checkAudience(
  audience: Audience | undefined,
  schedule: Schedule | undefined,
  facts: Facts,
): Generator<AudienceCheck> {
  const {now, articles: read = 0} = facts;
  const {start, end} = ownProperties(schedule ?? {});
  if (start !== undefined) {
    const at = momentOf(start, facts.utcOffsetMinutes);
    yield ['schedule.start', now, !(now >= at) && 'not-started', at || Infinity];
  }
  if (end !== undefined) {
    yield ['schedule.end', now, !(now < momentOf(end, facts.utcOffsetMinutes, true)) && 'ended'];
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
                (name === 'language' && matchLanguage(b, [a])) ||
                (name === 'referrer' && b.endsWith(`.${a}`));
        }),
      );
      yield [`${side}.${name}`, seen, isFound === (side === 'exclude') && 'audience'];
    }
  }
  const {articles, signedIn} = ownProperties(audience ?? {});
  if (articles) {
    const {min = 0, max = Infinity} = articles;
    yield ['articles', read, (read < min || read > max) && 'audience'];
  }
  if (signedIn !== undefined) {
    yield ['signedIn', !!facts.signedIn, !!facts.signedIn !== signedIn && 'audience'];
  }
}
