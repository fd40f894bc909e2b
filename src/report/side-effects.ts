/** Did a version annoy readers, or bring gifts that did not last? */

import {ofShare} from '../stats/moments.js';
import {gates} from '../stats/verdict.js';
import {differenceOf, welchInterval} from '../stats/welch.js';
import type {Counts} from './daily-sum.js';

/** How often readers turned an arm down, against the control. */
export interface SideEffect {
  readonly arm: string;
  readonly kind: 'closed' | 'later' | 'declined' | 'refunded';
  /** Of readers, or of gifts for what was refunded. */
  readonly rate: number;
  readonly control: number;
  /** `worse`: surely more than a tenth worse; `fine`: surely not; else it cannot be said. */
  readonly state: 'worse' | 'fine' | 'unclear';
}

/** The side effects of an arm `b` against the control `a`; none before both have enough to say so. */
export function sideEffectsOf(arm: string, a: Counts, b: Counts): SideEffect[] {
  return (['closed', 'later', 'declined', 'refunded'] as const).flatMap(kind => {
    const [x, y] = kind === 'refunded' ? [a.gifts, b.gifts] : [a.readers, b.readers];
    // Of an ask that is shown again, a reader may close each.
    const [p, q] = [Math.min(a[kind], x), Math.min(b[kind], y)];
    if (x < gates.gifts || y < gates.gifts || p + q === 0) return [];
    const {low, high} = welchInterval(differenceOf(ofShare(x, p), ofShare(y, q)), 0.1);
    const limit = (0.1 * p) / x;
    const state = low > limit ? 'worse' : high < limit ? 'fine' : 'unclear';
    return [{arm, kind, rate: q / y, control: p / x, state}];
  });
}
