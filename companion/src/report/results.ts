/** Computes an experiment's results and verdict from daily sums. */

import {type Experiment, experimentKey} from 'reader-support/core';
import {studentUpper} from '../stats/distributions.js';
import {factorsOf, type Factor} from '../stats/funnel.js';
import {liftOf, type Lift} from '../stats/log-ratio.js';
import {meanOf, varianceOf, type Interval} from '../stats/moments.js';
import {readersFor} from '../stats/planner.js';
import {gates, judge, type ArmVerdict} from '../stats/verdict.js';
import {courseOf, type CoursePoint} from './time-series.js';
import {byArm, noCounts, valueOf, type Counts, type DailySum} from './daily-sum.js';
import {dayOfFact, type LeftOut} from './aggregate.js';
import {sideEffectsOf, type SideEffect} from './side-effects.js';
import {scaleOf, type Scale} from './gift-value.js';

/** The results of one version. Money is in minor units of the scale's currency. */
export interface ArmResult {
  readonly arm: string;
  readonly counts: Counts;
  readonly weight?: number;
  /** Capped money per 1,000 readers, with its 95 % interval. */
  readonly per1000: Interval & {readonly value: number};
  /** Money per 1,000 readers without the cap. */
  readonly uncappedPer1000: number;
  /** The lift over the control; absent for the control, and while an arm has few gifts. */
  readonly lift?: Lift;
  /** The factors of the lift. */
  readonly factors?: readonly Factor[];
}

export interface Results {
  readonly experiment: string;
  readonly campaign: string;
  readonly scale: Scale;
  /** The first and the last day with readers; absent while there are none. */
  readonly from?: string;
  readonly to?: string;
  /** Whole days since the start. */
  readonly days: number;
  readonly plannedDays: number;
  /** The last day that counts for the verdict. */
  readonly end?: string;
  readonly plannedReaders: number;
  readonly isPlanned: boolean;
  readonly readers: number;
  readonly isEnd: boolean;
  /** Whether the file has turned the experiment off: `"on": false`. */
  readonly isOff: boolean;
  readonly verdict: ArmVerdict;
  readonly arms: readonly ArmResult[];
  readonly sideEffects: readonly SideEffect[];
  readonly course: readonly CoursePoint[];
  readonly leftOut: LeftOut;
  /** Readers of unknown versions, by version. They are not counted. */
  readonly strangers: Readonly<Record<string, number>>;
}

const day = 86_400_000;
const plusDays = (from: string, days: number): string => dayOfFact(Date.parse(from) + days * day);
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / day);

/** The planned readers of an experiment without a plan. Only affects where the daily band is narrowest. */
const unplannedReaders = 100_000;

function per1000(counts: Counts): ArmResult['per1000'] {
  const moments = valueOf(counts);
  if (moments.n < 2) return {value: 0, low: -Infinity, high: Infinity};
  const value = meanOf(moments) * 1000;
  const error = Math.sqrt(varianceOf(moments) / moments.n) * 1000;
  const reach = studentUpper(0.025, moments.n - 1) * error;
  return {value, low: Math.max(value - reach, 0), high: value + reach};
}

const total = (arms: ReadonlyMap<string, Counts>): number =>
  [...arms.values()].reduce((sum, {readers}) => sum + readers, 0);

/**
 * Computes the results of one experiment at the time `now` (epoch ms). `rows` may contain other
 * experiments. The current day counts in the numbers, but not as a whole day. After the planned end,
 * new readers no longer count; later gifts of earlier readers do.
 */
export function resultsOf(
  experiment: Experiment,
  tally: {readonly rows: readonly DailySum[]; readonly leftOut?: LeftOut},
  options: {
    readonly now: number;
    readonly currency?: string | undefined;
    readonly weightless?: boolean;
  },
): Results {
  const seed = experimentKey(experiment);
  const all = tally.rows.filter(row => row.experiment === seed);
  const rows = all.filter(row => Object.hasOwn(experiment.arms, row.arm));
  const unknownArms = byArm(all.filter(row => !rows.includes(row)));
  const {plan = {}} = experiment;
  const names = Object.keys(experiment.arms).sort(
    (a, b) => Number(b === 'control') - Number(a === 'control'),
  );
  const plannedDays = plan.days ?? 28;
  const rate = plan.giftRate;
  const wished =
    rate && plan.lift ? readersFor(plan.lift, {giftRate: rate}) * names.length : undefined;
  const plannedReaders = plan.readers ?? wished ?? unplannedReaders;

  const withReaders = rows.filter(({readers}) => readers > 0).map(row => row.day);
  const from = withReaders.length > 0 ? withReaders.reduce((a, b) => (a < b ? a : b)) : undefined;
  const last = withReaders.reduce((a, b) => (a > b ? a : b), '');
  // Days without readers do not belong to the experiment.
  const today = dayOfFact(options.now);
  const days =
    from === undefined
      ? 0
      : Math.max(daysBetween(from, last < today ? plusDays(last, 1) : today), 0);
  const end = from === undefined ? undefined : plusDays(from, plannedDays - 1);
  const isEnd = days >= plannedDays;
  const to = end !== undefined && end < last ? end : last;
  const sums = byArm(rows, end);
  const countsOf = (arm: string): Counts => sums.get(arm) ?? noCounts;
  const control = countsOf('control');

  const arms = names.map((arm): ArmResult => {
    const counts = countsOf(arm);
    const isKnown = arm !== 'control' && Math.min(counts.gifts, control.gifts) >= gates.gifts;
    const lift = isKnown ? liftOf(valueOf(control), valueOf(counts), 0.05) : undefined;
    const walk = ({readers, seen, opened, gifts, capped}: Counts) => ({
      readers,
      seen,
      opened,
      givers: gifts,
      value: capped,
    });
    const factors = isKnown ? factorsOf(walk(control), walk(counts)) : undefined;
    const weight = options.weightless ? undefined : experiment.arms[arm]?.weight;
    return {
      arm,
      counts,
      per1000: per1000(counts),
      uncappedPer1000: counts.readers ? (counts.value / counts.readers) * 1000 : 0,
      ...(weight === undefined ? {} : {weight}),
      ...(lift ? {lift} : {}),
      ...(factors ? {factors} : {}),
    };
  });

  const [first, ...others] = arms.map(({arm, counts, weight}) => ({
    name: arm,
    value: valueOf(counts),
    givers: counts.gifts,
    ...(weight === undefined ? {} : {weight}),
  }));
  const verdict = judge({
    control: first ?? {name: 'control', value: valueOf(noCounts), givers: 0},
    arms: others,
    planned: plannedReaders,
    days: Math.min(days, plannedDays),
    isEnd,
    ...(plan.lift === undefined ? {} : {lift: plan.lift}),
  });

  return {
    experiment: seed,
    campaign: experiment.campaign,
    scale: scaleOf(experiment.metric, options.currency ?? 'USD'),
    ...(from === undefined ? {} : {from, to}),
    days,
    plannedDays,
    ...(end === undefined ? {} : {end}),
    plannedReaders,
    isPlanned: plan.readers !== undefined || wished !== undefined,
    readers: total(sums),
    isEnd,
    isOff: experiment.on === false,
    verdict,
    arms,
    sideEffects: names.slice(1).flatMap(arm => sideEffectsOf(arm, control, countsOf(arm))),
    course: courseOf(
      rows.filter(row => row.day <= to),
      names.slice(1),
      (plannedReaders * 2) / names.length,
    ),
    leftOut: tally.leftOut ?? {unexposed: 0, unrated: {}},
    strangers: Object.fromEntries([...unknownArms].map(([arm, {readers}]) => [arm, readers])),
  };
}
