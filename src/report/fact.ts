/** What does a line of an event log say? Events as the companion tells them, and gifts as it keeps them. */

import type {Money} from '../core/money/money.js';
import type {Frequency} from '../core/money/offer.js';

/** Something that happened on a page. */
export interface Happening {
  readonly kind: 'event';
  /** What is told twice has the same key. */
  readonly key: string;
  readonly name: string;
  readonly experiment: string;
  readonly arm: string;
  readonly count: number;
  readonly exposure: string | undefined;
  /** Epoch ms. */
  readonly at: number;
}

/** Where money came from. */
export interface Origin {
  readonly experiment: string;
  readonly arm: string;
  readonly exposure: string | undefined;
}

/** One payment that was made. */
export interface Payment {
  readonly kind: 'gift';
  readonly id: string;
  /** Of two reports of the same thing the higher is the better. */
  readonly rank: number;
  readonly state: string;
  readonly frequency: Frequency;
  readonly amount: Money;
  readonly subscription: string | undefined;
  readonly renewal: boolean;
  readonly origins: readonly Origin[];
  readonly at: number;
}

/** How a recurring gift stands. */
export interface Standing {
  readonly kind: 'subscription';
  readonly id: string;
  readonly rank: number;
  readonly state: string;
  readonly origins: readonly Origin[];
  readonly at: number;
}

/** What was given back of one payment, in all. */
export interface Return {
  readonly kind: 'refund';
  readonly id: string;
  readonly rank: number;
  readonly gift: string;
  /** Minor units; everything when a dispute was lost. */
  readonly minor: number;
  readonly at: number;
}

export type Fact = Happening | Payment | Standing | Return;

const iso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Epoch ms of a time that is told so, or as ISO 8601, in UTC where it names no zone; NaN of anything else. */
function timeOf(value: unknown): number {
  const [text, zone] = (typeof value === 'string' && iso.exec(value)) || [];
  const time = text ? Date.parse(zone || !text.includes('T') ? text : `${text}Z`) : value;
  // Beyond that there are no dates. And no gift is from 1973 or before: those are seconds.
  return typeof time === 'number' && time >= 1e11 && time <= 8.64e15 ? time : NaN;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const maybe = (value: unknown): string | undefined => textOf(value) || undefined;

type Line = Readonly<Record<string, unknown>>;

const part = (value: unknown): Line => Object(value) as Line;

function originOf(source: Line): Origin {
  return {
    experiment: textOf(source['experiment']),
    arm: textOf(source['arm']),
    exposure: maybe(source['exposure']),
  };
}

/** The experiments that money came from: one of a campaign, and the holdback over all of them. */
function originsOf(source: Line): Origin[] {
  const held = textOf(source['holdback']);
  const at = held.lastIndexOf(':');
  const holdback = {
    experiment: held.slice(0, Math.max(at, 0)),
    arm: held.slice(at + 1),
    exposure: maybe(source['holdbackExposure']),
  };
  return [originOf(source), holdback].filter(({experiment, arm}) => experiment && arm);
}

/**
 * Reads one line's value; `undefined` when it concerns no experiment, or is nothing we know. The time
 * of a gift or an event that tells none is NaN.
 */
export function readFact(value: unknown): Fact | undefined {
  const line = part(value);
  const {kind, id, rank, state} = line;
  const known = {id: textOf(id), rank: numberOf(rank), at: timeOf(line['at'])};
  // Of these only the latest word counts, which their ranks say.
  const timeless = {...known, at: known.at || 0};
  if (kind === 'refund') {
    const minor = line['dispute'] === 'lost' ? Infinity : numberOf(part(line['amount'])['minor']);
    return {kind, ...timeless, gift: textOf(line['gift']), minor};
  }
  if (kind === 'gift' || kind === 'subscription') {
    const origins = originsOf(part(line['source']));
    const base = {...known, origins, state: textOf(state)};
    if (origins.length === 0) return undefined;
    if (kind === 'subscription') return {kind, ...base, ...timeless};
    const {minor, currency} = part(line['amount']);
    return {
      kind,
      ...base,
      frequency: line['frequency'] as Frequency,
      amount: {minor: numberOf(minor), currency: textOf(currency)},
      subscription: maybe(line['subscription']),
      renewal: line['renewal'] === true,
    };
  }
  const {name, count} = line;
  const origin = originOf(line);
  if (typeof name !== 'string' || !origin.experiment || !origin.arm) return undefined;
  // Events of one request that have no ids of their own share its key.
  const key = line['key'] ?? id;
  const own = [key, name, origin.experiment, origin.arm, line['placement'], origin.exposure]
    .map(textOf)
    .join('\n');
  const times = count === undefined ? 1 : numberOf(count);
  return {kind: 'event', key: own, name, ...origin, count: times, at: known.at};
}
