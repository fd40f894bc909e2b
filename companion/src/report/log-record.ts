/** Parses a line of an event log: an event or a gift, as the companion exports them. */

import type {Frequency, Money} from 'reader-support/core';

/** An event on a page. */
export interface Happening {
  readonly kind: 'event';
  /** The same for repeats of one event. */
  readonly key: string;
  readonly name: string;
  readonly experiment: string;
  readonly arm: string;
  readonly count: number;
  readonly exposure: string | undefined;
  /** Epoch ms. */
  readonly at: number;
}

/** The exposure that a payment is attributed to. */
export interface Origin {
  readonly experiment: string;
  readonly arm: string;
  readonly exposure: string | undefined;
}

/** One payment. */
export interface Payment {
  readonly kind: 'gift';
  readonly id: string;
  /** Of two reports of the same payment the higher rank wins. */
  readonly rank: number;
  readonly state: string;
  readonly frequency: Frequency;
  readonly amount: Money;
  readonly subscription: string | undefined;
  readonly renewal: boolean;
  readonly origins: readonly Origin[];
  readonly at: number;
}

/** The state of a recurring gift. */
export interface RecurringStanding {
  readonly kind: 'subscription';
  readonly id: string;
  readonly rank: number;
  readonly state: string;
  readonly origins: readonly Origin[];
  readonly at: number;
}

/** The total refunded of one payment. */
export interface Return {
  readonly kind: 'refund';
  readonly id: string;
  readonly rank: number;
  readonly gift: string;
  /** Minor units; the whole amount when a dispute was lost. */
  readonly minor: number;
  readonly at: number;
}

export type Fact = Happening | Payment | RecurringStanding | Return;

const iso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Parses epoch ms, or ISO 8601 (UTC where it names no zone); NaN for anything else. */
function timeOf(value: unknown): number {
  const [text, zone] = (typeof value === 'string' && iso.exec(value)) || [];
  const time = text ? Date.parse(zone || !text.includes('T') ? text : `${text}Z`) : value;
  // JavaScript has no later dates. Times up to 1973 are assumed to be seconds and rejected.
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

/** Returns the experiments a payment is attributed to: one of a campaign, and the holdback. */
function originsOf(source: Line): Origin[] {
  const pair = textOf(source['holdback']);
  const at = pair.lastIndexOf(':');
  const holdback = {
    experiment: pair.slice(0, Math.max(at, 0)),
    arm: pair.slice(at + 1),
    exposure: maybe(source['holdbackExposure']),
  };
  return [originOf(source), holdback].filter(({experiment, arm}) => experiment && arm);
}

/**
 * Parses the value of one line; `undefined` when it is unknown or concerns no experiment. The time of a
 * gift or an event without one is NaN.
 */
export function readFact(value: unknown): Fact | undefined {
  const line = part(value);
  const {kind, id, rank, state} = line;
  const identity = {id: textOf(id), rank: numberOf(rank), at: timeOf(line['at'])};
  // Their rank decides which report counts, so they need no time.
  const timeless = {...identity, at: identity.at || 0};
  if (kind === 'refund') {
    const minor = line['dispute'] === 'lost' ? Infinity : numberOf(part(line['amount'])['minor']);
    return {kind, ...timeless, gift: textOf(line['gift']), minor};
  }
  if (kind === 'gift' || kind === 'subscription') {
    const origins = originsOf(part(line['source']));
    const base = {...identity, origins, state: textOf(state)};
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
  // Events without ids share the key of their request.
  const key = line['key'] ?? id;
  const own = [key, name, origin.experiment, origin.arm, line['placement'], origin.exposure]
    .map(textOf)
    .join('\n');
  const times = count === undefined ? 1 : numberOf(count);
  return {kind: 'event', key: own, name, ...origin, count: times, at: identity.at};
}
