/** Adds facts up to daily sums, whatever their order and number of repeats. */

import {ledger, type Column, type DailySum, type Ledger} from './daily-sum.js';
import type {Fact, Happening, Origin, Payment, Return, RecurringStanding} from './log-record.js';
import type {InputCount} from './input-count.js';
import {worthOf, type Scale, type StandingGift} from './gift-value.js';

/** What could not be counted, by reason. */
export interface LeftOut {
  /** Gifts without a known exposure: their readers are in no denominator. */
  readonly unexposed: number;
  /** Gifts in currencies without a declared rate, by currency. */
  readonly unrated: Readonly<Record<string, number>>;
}

export interface Tally {
  readonly rows: readonly DailySum[];
  readonly leftOut: LeftOut;
  /** How much of a log was understood; absent for sums. */
  readonly input?: InputCount;
}

/** The column that each event adds to. An exposure adds a reader. */
export const columnOf: Readonly<Record<string, Column>> = {
  view: 'seen',
  open: 'opened',
  start: 'started',
  fail: 'failed',
  later: 'later',
  close: 'closed',
  'already-supporting': 'declined',
  'not-this-campaign': 'declined',
};

/** Returns the UTC day of a time. */
export function dayOfFact(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Keeps the better of two reports: the higher rank, then the earlier one. */
function keepBest<T extends {rank: number; at: number}>(
  map: Map<string, T>,
  id: string,
  report: T,
) {
  const best = map.get(id);
  const isBetter =
    !best || report.rank > best.rank || (report.rank === best.rank && report.at < best.at);
  if (isBetter) map.set(id, report);
}

/** A payment and its refunds, for one of its experiments. */
export interface Settled {
  readonly kind: 'settled';
  readonly payment: Payment;
  readonly origin: Origin;
  readonly refunded: number;
}

/**
 * Joins payments with their refunds. The facts must contain both. A refund in another currency than its
 * gift's is handed to `refuse` and left out: nothing says what it is worth.
 */
export function settleFacts<Refund extends Return>(
  facts: Iterable<Payment | Refund>,
  refuse: (refund: Refund, payment: Payment) => void = () => undefined,
): Settled[] {
  const payments = new Map<string, Payment>();
  const refunds: Refund[] = [];
  for (const fact of facts) {
    if (fact.kind === 'gift') keepBest(payments, fact.id, fact);
    else refunds.push(fact);
  }
  const returns = new Map<string, Return>();
  for (const refund of refunds) {
    const payment = payments.get(refund.gift);
    const {currency = payment?.amount.currency} = refund;
    if (payment && currency !== payment.amount.currency) refuse(refund, payment);
    else keepBest(returns, refund.id, refund);
  }
  const refunded = new Map<string, number>();
  for (const {gift, minor} of returns.values()) {
    refunded.set(gift, (refunded.get(gift) ?? 0) + minor);
  }
  return [...payments.values()]
    .filter(({state}) => state === 'paid')
    .flatMap(payment => {
      const back = Math.min(refunded.get(payment.id) ?? 0, payment.amount.minor);
      return payment.origins.map((origin): Settled => ({
        kind: 'settled',
        payment,
        origin,
        refunded: back,
      }));
    });
}

/** Says why a refund is left out. */
export function currencyProblem({currency}: Return, {amount}: Payment): string {
  return `expected \`amount.currency\` to be ${amount.currency}, as of the gift, but received ${JSON.stringify(currency)}`;
}

/** Combines payments into gifts: payments of one subscription are one gift. */
function standing(
  settled: readonly Settled[],
  ended: ReadonlySet<string>,
): (StandingGift & Pick<Settled, 'payment' | 'origin'>)[] {
  const groups = new Map<string, Settled[]>();
  for (const gift of settled) {
    const {payment, origin} = gift;
    const key = `${origin.experiment}\n${payment.subscription ?? payment.id}`;
    const group = groups.get(key);
    if (group) group.push(gift);
    else groups.set(key, [gift]);
  }
  return [...groups.values()].map(group => {
    const [first = group[0]] = [...group].sort(
      (a, b) =>
        Number(a.payment.renewal) - Number(b.payment.renewal) ||
        a.payment.at - b.payment.at ||
        (a.payment.id < b.payment.id ? -1 : 1),
    );
    const {payment, origin} = first as Settled;
    return {
      payment,
      origin,
      frequency: payment.frequency,
      amount: payment.amount,
      payments: group.length,
      ended: ended.has(payment.subscription ?? ''),
      refunded: group.reduce((sum, settled) => sum + settled.refunded, 0),
    };
  });
}

const msPerDay = 86_400_000;

/** The events of one name in one arm. */
interface Step {
  readonly column: Column;
  /** What was counted. */
  readonly keys: Set<string>;
  /** How often, by days since 1970. */
  readonly days: Map<number, number>;
}

/** Returns a map's value, which is created when missing. */
function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = create();
  map.set(key, value);
  return value;
}

/** Counts events by experiment, arm and name: maps in maps, which need no new text for each event. */
class Steps {
  readonly #experiments = new Map<string, Map<string, Map<string, Step>>>();

  /** Counts an event whose key is new. */
  addOnce(event: Happening, column: Column): void {
    const step = this.#stepOf(event, event.name, column);
    if (step.keys.has(event.key)) return;
    step.keys.add(event.key);
    count(step, event);
  }

  /** Counts an exposure, of which there is one for each reader. */
  addExposure(event: Happening): void {
    count(this.#stepOf(event, 'exposed', 'readers'), event);
  }

  addTo(sums: Ledger): void {
    for (const [experiment, arms] of this.#experiments) {
      for (const [arm, names] of arms) {
        for (const {column, days} of names.values()) {
          for (const [day, times] of days)
            sums.add({day: dayOfFact(day * msPerDay), experiment, arm}, {[column]: times});
        }
      }
    }
  }

  #stepOf({experiment, arm}: Happening, name: string, column: Column): Step {
    const arms = entryOf(this.#experiments, experiment, () => new Map<string, Map<string, Step>>());
    const names = entryOf(arms, arm, () => new Map<string, Step>());
    return entryOf(names, name, () => ({column, keys: new Set(), days: new Map()}));
  }
}

function count({days}: Step, {at, count: times}: Happening): void {
  const day = Math.floor(at / msPerDay);
  days.set(day, (days.get(day) ?? 0) + times);
}

export type Foldable = Happening | Settled | RecurringStanding;

/**
 * Adds up facts, which must be complete for each reader, key and subscription. Every gift counts on the
 * day of its reader's exposure; a gift without an exposure id counts on its own day.
 */
export function fold(
  facts: Iterable<Foldable>,
  scaleFor: (experiment: string) => Scale | undefined,
): Tally {
  const sums: Ledger = ledger();
  const steps = new Steps();
  /** By experiment and id. */
  const exposures = new Map<string, Map<string, Happening>>();
  const settled: Settled[] = [];
  const standings = new Map<string, RecurringStanding>();
  for (const fact of facts) {
    if (fact.kind === 'settled') settled.push(fact);
    else if (fact.kind === 'subscription') keepBest(standings, fact.id, fact);
    else if (fact.name === 'exposure' && fact.exposure !== undefined) {
      // Concurrent tabs may report an exposure twice: the first counts.
      const ids = entryOf(exposures, fact.experiment, () => new Map<string, Happening>());
      const first = ids.get(fact.exposure);
      const isFirst =
        !first || fact.at < first.at || (fact.at === first.at && fact.arm < first.arm);
      if (isFirst) ids.set(fact.exposure, fact);
    } else {
      const column = fact.name === 'exposure' ? 'readers' : columnOf[fact.name];
      if (column) steps.addOnce(fact, column);
    }
  }
  for (const ids of exposures.values()) {
    for (const fact of ids.values()) steps.addExposure(fact);
  }
  steps.addTo(sums);

  const ended = new Set(
    [...standings].filter(([, fact]) => fact.state === 'ended').map(([id]) => id),
  );
  /** The value of each reader so far. */
  const readers = new Map<string, number>();
  const unrated: Record<string, number> = {};
  let unexposed = 0;
  for (const gift of standing(settled, ended)) {
    const {payment, origin} = gift;
    const {exposure, experiment} = origin;
    const scale = scaleFor(experiment);
    if (!scale) continue;
    const worth = worthOf(gift, scale);
    if (worth === undefined) {
      const {currency} = payment.amount;
      unrated[currency] = (unrated[currency] ?? 0) + 1;
      continue;
    }
    const reader = `${exposure ?? payment.id} ${experiment}`;
    const exposed = exposures.get(experiment)?.get(exposure ?? '');
    if (exposure !== undefined && !exposed) {
      unexposed += 1;
      continue;
    }
    const day = dayOfFact((exposed ?? payment).at);
    // The exposure's arm is authoritative; the gift carries a copy.
    const row = {day, experiment, arm: (exposed ?? origin).arm};
    const before = readers.get(reader) ?? 0;
    const capped = Math.min(before + worth, scale.cap);
    readers.set(reader, capped);
    sums.add(row, {
      gifts: before === 0 && capped > 0 ? 1 : 0,
      monthly: gift.frequency === 'once' || worth === 0 ? 0 : 1,
      value: worth,
      capped: capped - before,
      squares: capped ** 2 - before ** 2,
      cubes: capped ** 3 - before ** 3,
      refunded: gift.refunded > 0 || gift.ended ? 1 : 0,
    });
  }
  return {rows: sums.rows(), leftOut: {unexposed, unrated}};
}

/** Adds up all facts in memory. */
export function foldAll(
  facts: Iterable<Fact>,
  scaleFor: (experiment: string) => Scale | undefined,
): Tally {
  const money: (Payment | Return)[] = [];
  const rest: Foldable[] = [];
  for (const fact of facts) {
    if (fact.kind === 'gift' || fact.kind === 'refund') money.push(fact);
    else rest.push(fact);
  }
  return fold([...rest, ...settleFacts(money)], scaleFor);
}

/** Merges tallies of parts that have no reader in common. */
export function joinTallies(tallies: Iterable<Tally>): Tally {
  const sums = ledger();
  const unrated: Record<string, number> = {};
  let unexposed = 0;
  for (const {rows, leftOut} of tallies) {
    for (const row of rows) sums.add(row, row);
    unexposed += leftOut.unexposed;
    for (const [currency, count] of Object.entries(leftOut.unrated)) {
      unrated[currency] = (unrated[currency] ?? 0) + count;
    }
  }
  return {rows: sums.rows(), leftOut: {unexposed, unrated}};
}
