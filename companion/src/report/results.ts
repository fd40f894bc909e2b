/** Computes an experiment's results and verdict from daily sums. */

import {type Experiment, experimentKey, type Plan} from 'reader-support/core';
import {differenceOf} from '../stats/difference.js';
import {normalTail, studentUpper} from '../stats/distributions.js';
import {factorsOf, type Factor} from '../stats/funnel.js';
import {liftOf, type Lift} from '../stats/log-ratio.js';
import {meanOf, varianceOf, type Interval} from '../stats/moments.js';
import {plannedReadersOf} from '../stats/planner.js';
import {gates, judge, type ArmVerdict} from '../stats/verdict.js';
import {isUndone, newLooks, type Look} from './looks.js';
import {secondaryOf, type SecondaryMetric} from './secondary-metrics.js';
import {courseOf, type CoursePoint} from './time-series.js';
import {byArm, noCounts, valueOf, type Counts, type DailySum} from './daily-sum.js';
import {earlyDays} from './early-days.js';
import {dayOfFact, type LeftOut} from './aggregate.js';
import {blockedBy, type InputCount} from './input-count.js';
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
  /** The steps of the lift; absent where the log has no events between reader and gift. */
  readonly factors?: readonly Factor[];
  /** How the lift is made of more givers and of larger gifts: ratios that multiply to it. */
  readonly giving?: {readonly givers: number; readonly size: number};
  /** The probability that the arm is better than the control, for display: it decides nothing. */
  readonly chance?: number;
  /** Metrics beside the decision. Empty for the control, and while an arm has few gifts. */
  readonly secondary: readonly SecondaryMetric[];
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
  /** The last of the planned days. */
  readonly plannedEnd?: string;
  /** The last day that counts for the verdict: that on which the planned readers had come. */
  readonly end?: string;
  readonly plannedReaders: number;
  /** Whether the file plans a number of readers, or a rate and a lift from which it follows. */
  readonly isPlanned: boolean;
  readonly readers: number;
  readonly isEnd: boolean;
  /** Whether the planned days are over without the planned readers. */
  readonly isLate: boolean;
  /** Whether the file has turned the experiment off: `"on": false`. */
  readonly isOff: boolean;
  /** The smallest lift worth detecting, where the plan names one. */
  readonly worthKnowing?: number;
  readonly verdict: ArmVerdict;
  readonly arms: readonly ArmResult[];
  readonly sideEffects: readonly SideEffect[];
  readonly course: readonly CoursePoint[];
  /** What this look found that no earlier one had written down. */
  readonly newLooks: readonly Look[];
  /** Whether looks are written down, so that what is found stays found. */
  readonly areLooksKept: boolean;
  readonly leftOut: LeftOut;
  /** Names days with readers that lie long before the rest. */
  readonly early?: string;
  /** How much of a log was understood. */
  readonly input?: InputCount;
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

interface ReportOptions {
  readonly now: number;
  readonly currency?: string | undefined;
  /** Whether an outside system assigns, with weights that are not declared. */
  readonly weightless?: boolean;
  /** What earlier looks wrote down; absent where nobody writes looks down. */
  readonly looks?: readonly Look[] | undefined;
  /** `false` leaves out the course, which takes most of the time and which a simulation does not need. */
  readonly hasCourse?: boolean;
}

/** The days of an experiment and its end. */
interface Schedule {
  readonly from?: string;
  readonly last: string;
  readonly days: number;
  readonly plannedDays: number;
  readonly plannedEnd?: string;
  readonly end?: string;
  readonly isEnd: boolean;
}

/**
 * Returns when an experiment began and whether it has ended: on the day on which the planned readers had
 * come. Only a plan that counts days alone ends by the calendar; one without readers and days never does.
 */
function scheduleOf(
  rows: readonly DailySum[],
  plan: Plan,
  plannedReaders: number | undefined,
  today: string,
): Schedule {
  const plannedDays = plan.days ?? 28;
  const readersByDay = new Map<string, number>();
  for (const row of rows) {
    if (row.readers > 0) {
      readersByDay.set(row.day, (readersByDay.get(row.day) ?? 0) + row.readers);
    }
  }
  const inOrder = [...readersByDay.keys()].sort();
  const [from] = inOrder;
  const last = inOrder.at(-1) ?? '';
  if (from === undefined) return {last, days: 0, plannedDays, isEnd: false};
  // Days without readers do not belong to the experiment.
  const days = Math.max(daysBetween(from, last < today ? plusDays(last, 1) : today), 0);
  const plannedEnd = plusDays(from, plannedDays - 1);
  let end: string | undefined;
  if (plannedReaders !== undefined) {
    let readers = 0;
    end = inOrder.find(day => (readers += readersByDay.get(day) ?? 0) >= plannedReaders);
  } else if (plan.days !== undefined && days >= plannedDays) {
    end = plannedEnd;
  }
  const isEnd = end !== undefined && end < today;
  return {from, last, days, plannedDays, plannedEnd, ...(end !== undefined && {end}), isEnd};
}

/** Computes what one arm brought, compared with the control. */
function armResult(
  arm: string,
  counts: Counts,
  control: Counts,
  weight: number | undefined,
): ArmResult {
  const isKnown = arm !== 'control' && Math.min(counts.gifts, control.gifts) >= gates.gifts;
  const own = {
    ...{arm, counts, per1000: per1000(counts)},
    uncappedPer1000: counts.readers ? (counts.value / counts.readers) * 1000 : 0,
    ...(weight !== undefined && {weight}),
  };
  if (!isKnown) return {...own, secondary: []};
  const lift = liftOf(valueOf(control), valueOf(counts), 0.05);
  const factors = factorsOf(walkOf(control), walkOf(counts));
  const {difference, error} = differenceOf(valueOf(control), valueOf(counts));
  return {
    ...own,
    ...(lift && {lift}),
    ...(factors && {factors}),
    giving: {
      givers: counts.gifts / counts.readers / (control.gifts / control.readers),
      size: counts.capped / counts.gifts / (control.capped / control.gifts),
    },
    ...(error > 0 && {chance: normalTail(-difference / error)}),
    secondary: secondaryOf(control, counts),
  };
}

const walkOf = ({readers, seen, opened, gifts, capped}: Counts) => ({
  readers,
  seen,
  opened,
  givers: gifts,
  value: capped,
});

/**
 * Computes the results of one experiment at the time `now` (epoch ms). `rows` may contain other
 * experiments. The current day counts in the numbers, but not as a whole day. After the planned end,
 * new readers no longer count; later gifts of earlier readers do.
 */
export function resultsOf(
  experiment: Experiment,
  tally: {
    readonly rows: readonly DailySum[];
    readonly leftOut?: LeftOut;
    readonly input?: InputCount;
  },
  options: ReportOptions,
): Results {
  const seed = experimentKey(experiment);
  const all = tally.rows.filter(row => row.experiment === seed);
  const rows = all.filter(row => Object.hasOwn(experiment.arms, row.arm));
  const unknownArms = byArm(all.filter(row => !rows.includes(row)));
  const {plan = {}} = experiment;
  const names = Object.keys(experiment.arms).sort(
    (a, b) => Number(b === 'control') - Number(a === 'control'),
  );
  const planned = plannedReadersOf(plan, names.length);
  const plannedReaders = planned ?? unplannedReaders;
  const early = earlyDays(rows.filter(({readers}) => readers > 0).map(row => row.day));
  const today = dayOfFact(options.now);
  const schedule = scheduleOf(rows, plan, planned, today);
  const {from, last, days, plannedDays, plannedEnd, end, isEnd} = schedule;
  const to = end !== undefined && end < last ? end : last;
  const sums = byArm(rows, end);
  const countsOf = (arm: string): Counts => sums.get(arm) ?? noCounts;
  const control = countsOf('control');

  const arms = names.map(arm =>
    armResult(
      arm,
      countsOf(arm),
      control,
      options.weightless ? undefined : experiment.arms[arm]?.weight,
    ),
  );

  const [first, ...others] = arms.map(({arm, counts, weight}) => ({
    name: arm,
    value: valueOf(counts),
    givers: counts.gifts,
    ...(weight !== undefined && {weight}),
  }));
  const isOff = experiment.on === false;
  const isLate = !isEnd && planned !== undefined && days >= plannedDays;
  const leftOut = tally.leftOut ?? {unexposed: 0, unrated: {}};
  const isCountable =
    blockedBy(tally.input) === undefined && Object.keys(leftOut.unrated).length === 0;
  // Where nobody was counted, there is nothing that an earlier look could be about.
  const looks =
    from === undefined ? [] : (options.looks ?? []).filter(look => look.experiment === seed);
  const verdict = judge({
    control: first ?? {name: 'control', value: valueOf(noCounts), givers: 0},
    arms: others,
    planned: plannedReaders,
    days,
    isEnd,
    isOver: isLate || isOff,
    ...(plan.lift !== undefined && {lift: plan.lift}),
    recorded: looks.map(look => ({...look, isUndone: isUndone(look, rows)})),
  });

  return {
    experiment: seed,
    campaign: experiment.campaign,
    scale: scaleOf(experiment.metric, options.currency ?? 'USD'),
    ...(from !== undefined && {from, to}),
    ...{days, plannedDays, plannedReaders},
    ...(plannedEnd !== undefined && {plannedEnd}),
    ...(end !== undefined && {end}),
    isPlanned: planned !== undefined,
    readers: total(sums),
    ...{isEnd, isLate, isOff},
    ...(plan.lift !== undefined && {worthKnowing: plan.lift}),
    ...{verdict, arms},
    sideEffects: names.slice(1).flatMap(arm => sideEffectsOf(arm, control, countsOf(arm))),
    course:
      options.hasCourse === false
        ? []
        : courseOf(
            rows.filter(row => row.day <= to),
            names.slice(1),
            (plannedReaders * 2) / names.length,
          ),
    newLooks: isCountable
      ? newLooks(verdict, {experiment: seed, day: today, through: to, isEnd})
      : [],
    areLooksKept: options.looks !== undefined,
    leftOut,
    ...(early !== undefined && {early}),
    ...(tally.input && {input: tally.input}),
    strangers: Object.fromEntries([...unknownArms].map(([arm, {readers}]) => [arm, readers])),
  };
}
