/** Detects versions that annoy readers or bring gifts that do not last. */

import {differenceOf, welchInterval} from '../stats/difference.js';
import {ofShare} from '../stats/moments.js';
import {gates} from '../stats/verdict.js';
import type {Column, Counts} from './daily-sum.js';

/** How often readers rejected an arm, compared with the control. */
export interface SideEffect {
  readonly arm: string;
  readonly kind: 'closed' | 'later' | 'declined' | 'refunded' | 'failed';
  /** A share of readers; for refunds, of gifts; for failures, of checkouts begun. */
  readonly rate: number;
  readonly control: number;
  /** `worse`: certainly more than a tenth worse; `fine`: certainly not; `unclear`: not enough data. */
  readonly state: 'worse' | 'fine' | 'unclear';
}

/** What each side effect is a share of. */
const wholeOf: Readonly<Record<SideEffect['kind'], Column>> = {
  closed: 'readers',
  later: 'readers',
  declined: 'readers',
  refunded: 'gifts',
  failed: 'started',
};

/** Returns the side effects of arm `b` compared with the control `a`; empty while data is scarce. */
export function sideEffectsOf(arm: string, a: Counts, b: Counts): SideEffect[] {
  return (Object.keys(wholeOf) as SideEffect['kind'][]).flatMap(kind => {
    const [x, y] = [a[wholeOf[kind]], b[wholeOf[kind]]];
    // A reader may close an appeal each time it is shown.
    const [p, q] = [Math.min(a[kind], x), Math.min(b[kind], y)];
    if (x < gates.gifts || y < gates.gifts || p + q === 0) return [];
    const {low, high} = welchInterval(differenceOf(ofShare(x, p), ofShare(y, q)), 0.1);
    const limit = (0.1 * p) / x;
    const state = low > limit ? 'worse' : high < limit ? 'fine' : 'unclear';
    return [{arm, kind, rate: q / y, control: p / x, state}];
  });
}
