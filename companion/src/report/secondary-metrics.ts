/** Computes the metrics that are shown beside the decision: how many gave, how often, and how much. */

import {differenceOf, welchInterval} from '../stats/difference.js';
import {covers, ofShare, type Interval, type Moments} from '../stats/moments.js';
import {gates} from '../stats/verdict.js';
import type {Counts} from './daily-sum.js';

/**
 * A secondary metric of an arm beside the control's. All three are declared before every experiment;
 * none of them decides, and they are not corrected for being three.
 */
export interface SecondaryMetric {
  readonly kind: 'gift-rate' | 'recurring-share' | 'average-gift';
  /** A share of readers or of gifts; for the average gift minor units, capped. */
  readonly value: number;
  readonly control: number;
  /** The 95 % interval of the difference from the control. */
  readonly interval: Interval;
  /** Whether the interval excludes zero. */
  readonly isClear: boolean;
}

/** Returns the secondary metrics of arm `b` beside the control `a`. */
export function secondaryOf(a: Counts, b: Counts): SecondaryMetric[] {
  const compare = (kind: SecondaryMetric['kind'], x: Moments, y: Moments): SecondaryMetric[] => {
    if (Math.min(x.n, y.n) < gates.gifts || x.sum + y.sum === 0) return [];
    const interval = welchInterval(differenceOf(x, y), 0.05);
    if (!Number.isFinite(interval.high)) return [];
    const [control, value] = [x.sum / x.n, y.sum / y.n];
    return [{kind, value, control, interval, isClear: !covers(interval)}];
  };
  return [
    ...compare('gift-rate', ofShare(a.readers, a.gifts), ofShare(b.readers, b.gifts)),
    ...compare('recurring-share', recurringOf(a), recurringOf(b)),
    ...compare('average-gift', sizeOf(a), sizeOf(b)),
  ];
}

/** The moments of giving again and again. A reader may have more than one recurring gift. */
const recurringOf = ({gifts, monthly}: Counts): Moments => ofShare(gifts, Math.min(monthly, gifts));

/** The moments of the capped gifts: readers who gave nothing add nothing to any sum. */
const sizeOf = ({gifts, capped, squares}: Counts): Moments => ({n: gifts, sum: capped, squares});
