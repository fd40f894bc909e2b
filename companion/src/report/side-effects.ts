/** Detects versions that annoy readers or bring gifts that do not last. */

import {ofShare} from '../stats/moments.js';
import {gates} from '../stats/verdict.js';
import {differenceOf, welchInterval} from '../stats/welch.js';
import type {Counts} from './daily-sum.js';

/** How often readers rejected an arm, compared with the control. */
export interface SideEffect {
  readonly arm: string;
  readonly kind: 'closed' | 'later' | 'declined' | 'refunded';
  /** A share of readers, or of gifts for refunds. */
  readonly rate: number;
  readonly control: number;
  /** `worse`: certainly more than a tenth worse; `fine`: certainly not; `unclear`: not enough data. */
  readonly state: 'worse' | 'fine' | 'unclear';
}

/** Returns the side effects of arm `b` compared with the control `a`; empty while data is scarce. */
export function sideEffectsOf(arm: string, a: Counts, b: Counts): SideEffect[] {
  return (['closed', 'later', 'declined', 'refunded'] as const).flatMap(kind => {
    const [x, y] = kind === 'refunded' ? [a.gifts, b.gifts] : [a.readers, b.readers];
    // A reader may close an appeal each time it is shown.
    const [p, q] = [Math.min(a[kind], x), Math.min(b[kind], y)];
    if (x < gates.gifts || y < gates.gifts || p + q === 0) return [];
    const {low, high} = welchInterval(differenceOf(ofShare(x, p), ofShare(y, q)), 0.1);
    const limit = (0.1 * p) / x;
    const state = low > limit ? 'worse' : high < limit ? 'fine' : 'unclear';
    return [{arm, kind, rate: q / y, control: p / x, state}];
  });
}
