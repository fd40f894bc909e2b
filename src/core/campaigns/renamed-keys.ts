/** Lists the words of a campaigns file and of options that have another name now, by place, and puts the new ones in. */

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
export const renamedInCadence: Renames = {
  keys: {
    gapHours: 'hoursBetweenViews',
    otherGapHours: 'hoursBetweenCampaigns',
    later: 'laterDays',
    close: 'closeDays',
    closeMost: 'closeDaysMax',
    alreadySupporting: 'alreadySupportingDays',
    notThisCampaign: 'notThisCampaignDays',
    supportedOnce: 'supportedOnceDays',
    supportedRecurring: 'supportedRecurringDays',
    dayStartsAt: 'dayStartsAtHour',
  },
};

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

/** An old word that was found, and where: the path of keys and places in lists, as they stand. */
export interface Renamed {
  readonly path: readonly (string | number)[];
  readonly from: string;
  readonly to: string;
  /** Whether `from` is the key itself; else it is the value. */
  readonly isKey: boolean;
}

/** The path as problems are written: `campaigns[0].cadence.later`. */
export const pathOf = (path: Renamed['path']): string =>
  path
    .map((part, at) =>
      typeof part === 'number' ? `[${part}]` : (at ? '.' : '') + part.slice(0, 80),
    )
    .join('');

const own = <T>(table: Readonly<Record<string, T>> | undefined, key: unknown): T | undefined =>
  typeof key === 'string' && table && Object.hasOwn(table, key) ? table[key] : undefined;

/**
 * The same value under today's words, and each old word that was met to `onRenamed`. Where the old
 * and the new key stand beside each other, the new one holds.
 */
export function withNewWords(
  value: unknown,
  {keys, values, inside, entries}: Renames,
  onRenamed?: (renamed: Renamed) => void,
  path: Renamed['path'] = [],
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return entries
      ? value.map((entry: unknown, i) => withNewWords(entry, entries, onRenamed, [...path, i]))
      : value;
  const result: [string, unknown][] = [];
  for (const [key, old] of Object.entries(value)) {
    const here = [...path, key];
    const name = own(keys, key);
    if (name !== undefined) onRenamed?.({path: here, from: key, to: name, isKey: true});
    if (name !== undefined && Object.hasOwn(value, name)) continue;
    const word = own(own(values, key), old);
    if (word !== undefined) onRenamed?.({path: here, from: String(old), to: word, isKey: false});
    const inner = own(inside, name ?? key) ?? entries;
    result.push([name ?? key, word ?? (inner ? withNewWords(old, inner, onRenamed, here) : old)]);
  }
  return Object.fromEntries(result);
}
