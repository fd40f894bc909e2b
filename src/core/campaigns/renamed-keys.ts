/** Lists the words of a campaigns file and of options that have another name now, by place, and puts the new ones in. */

import {oldQuietWords, oldViewWords} from '../cadence/given-cadence.js';

/** What was renamed in one object, and in what it holds. */
export interface Renames {
  /** The new name of a key. */
  readonly keys?: Readonly<Record<string, string>>;
  /** The new word for a value, by its key. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What was renamed in the value of a key, under the key's new name. */
  readonly inside?: Readonly<Record<string, Renames>>;
  /** What was renamed in every entry of a list, or of an object whose keys are names. */
  readonly entries?: Renames;
}

/** A cadence: a campaign's, an arm's, or an element's property. */
export const renamedInCadence: Renames = {keys: {...oldViewWords, ...oldQuietWords}};

const withCadence: Renames = {inside: {cadence: renamedInCadence}};

/** A whole campaigns file. */
export const renamedInCampaigns: Renames = {
  values: {count: {acts: 'interactions'}},
  inside: {
    campaigns: {entries: withCadence},
    experiments: {
      entries: {
        keys: {goal: 'metric'},
        inside: {
          arms: {
            entries: {
              keys: {set: 'overrides', show: 'enabled'},
              inside: {overrides: withCadence},
            },
          },
        },
      },
    },
  },
};

/** An access provider, of a paywall or of a gate. */
export const renamedInProvider: Renames = {keys: {whenSilent: 'onTimeout'}};

const renamedInLimits: Renames = {entries: {keys: {most: 'max', within: 'windowMs'}}};
const limits: Renames = {
  inside: {perAddress: renamedInLimits, perReader: renamedInLimits, global: renamedInLimits},
};

/** What a companion is set up with, in code or in its configuration file. */
export const renamedInCompanion: Renames = {
  inside: {limits, mailLimits: limits, events: {keys: {gather: 'batchDelayMs'}}},
};

/** What a gate is set up with. */
export const renamedInGate: Renames = {
  keys: {minutesEast: 'utcOffsetMinutes'},
  inside: {
    leniency: {keys: {patience: 'timeoutMs'}},
    crawlers: {keys: {patience: 'timeoutMs'}},
    providers: {entries: renamedInProvider},
  },
};

/** An old word that was found, and where: the path of keys and places in lists, as they stand. */
export interface Renamed {
  readonly path: readonly (string | number)[];
  readonly from: string;
  readonly to: string;
  /** Whether `from` is the key itself; else it is the value. */
  readonly isKey: boolean;
}

type Report = (renamed: Renamed) => void;

/** The path as problems are written: `campaigns[0].cadence.later`. */
export const pathOf = (path: Renamed['path']): string =>
  path
    .map((part, at) =>
      typeof part === 'number' ? `[${part}]` : (at ? '.' : '') + part.slice(0, 80),
    )
    .join('');

/** What is wrong with the old words in a value, each with its path. */
export function renamedProblems(value: unknown, renames: Renames): string[] {
  const problems: string[] = [];
  withNewWords(value, renames, ({path, from, to}) => {
    problems.push(`${pathOf(path)}: \`${from}\` is now \`${to}\``);
  });
  return problems;
}

/** Throws a `TypeError` that names the new words where options of a server hold old ones. */
export function refuseOldWords(what: string, options: unknown, renames: Renames): void {
  const problems = renamedProblems(options, renames);
  if (problems.length > 0) throw new TypeError(`${what}: ${problems.join('; ')}`);
}

/** Renames in every entry of a list or of an object; the same value where nothing changes. */
function inEntries(value: object, entries: Renames, report: Report, path: Renamed['path']): object {
  const isList = Array.isArray(value);
  const before = Object.entries(value);
  const renamed = before.map(([key, old]): [string, unknown] => [
    key,
    withNewWords(old, entries, report, [...path, isList ? Number(key) : key]),
  ]);
  if (renamed.every(([, entry], at) => entry === before[at]?.[1])) return value;
  return isList ? renamed.map(([, entry]) => entry) : Object.fromEntries(renamed);
}

/**
 * The same value under today's words, and each old word that was met to `report`. Where the old and
 * the new key stand beside each other, the new one holds. Nothing but the places of the table is
 * looked at, so a hostile file takes no longer than an honest one.
 */
export function withNewWords(
  value: unknown,
  {keys = {}, values = {}, inside = {}, entries}: Renames,
  report: Report = () => undefined,
  path: Renamed['path'] = [],
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (entries) return inEntries(value, entries, report, path);
  if (Array.isArray(value)) return value;
  const holder = value as Readonly<Record<string, unknown>>;
  let result: Record<string, unknown> | undefined;
  /** Under which key of the value a key of today stands. */
  const placeOf: Record<string, string> = {};
  for (const [from, to] of Object.entries(keys)) {
    if (!Object.hasOwn(value, from)) continue;
    report({path: [...path, from], from, to, isKey: true});
    result ??= {...holder};
    Reflect.deleteProperty(result, from);
    if (Object.hasOwn(value, to)) continue;
    result[to] = holder[from];
    placeOf[to] = from;
  }
  for (const [key, words] of Object.entries(values)) {
    const old = Object.hasOwn(value, key) ? holder[key] : undefined;
    if (typeof old !== 'string' || !Object.hasOwn(words, old)) continue;
    const to = words[old] as string;
    report({path: [...path, key], from: old, to, isKey: false});
    result ??= {...holder};
    result[key] = to;
  }
  for (const [key, renames] of Object.entries(inside)) {
    const place = placeOf[key] ?? key;
    if (!Object.hasOwn(value, place)) continue;
    const inner = withNewWords(holder[place], renames, report, [...path, place]);
    if (inner === holder[place]) continue;
    result ??= {...holder};
    result[key] = inner;
  }
  return result ?? value;
}
