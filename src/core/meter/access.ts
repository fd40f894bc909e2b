/** Decides whether a reader may read an article: by entitlement, by the meter, or not at all. */

import {
  evaluateMeter,
  type Meter,
  type MeterReason,
  type MeteredArticle,
  type MeterReader,
} from './meter.js';

/** The state of an article for a reader. `pending` shows neither a wall nor an appeal. */
export type Access = 'open' | 'metered' | 'locked' | 'pending';

/** The answer of an entitlement provider: the companion's pass, an institution, a partner. */
export type EntitlementAnswer =
  | {readonly state: 'pending' | 'failed' | 'no'}
  | {
      readonly state: 'yes';
      /** Epoch ms: when the paid period ends. Absent: it does not end. */
      readonly until?: number | undefined;
      /** Whether the last renewal failed: access then continues for the days of grace after `until`. */
      readonly renewalFailed?: boolean | undefined;
    };

/** A provider and its answer. Of several that say yes, the first in the list is reported. */
export interface Entitlement {
  readonly provider: string;
  readonly answer: EntitlementAnswer;
  /** What holds when it fails, or takes longer than the time-out. Default: `no`. */
  readonly onTimeout?: 'yes' | 'no';
}

/** The combined verdict of the providers. */
export interface EntitlementVerdict {
  readonly entitled: boolean | 'pending';
  readonly reason: 'entitled' | 'grace' | 'provider-silent' | 'asking' | 'not-entitled' | 'ended';
  /** Epoch ms: when time alone changes this. Infinity when it cannot. */
  readonly until: number;
  readonly provider?: string;
}

/** How long to wait for providers, in ms, and the days of grace after a failed renewal. */
export interface Leniency {
  readonly timeoutMs?: number;
  readonly graceDays?: number;
}

const day = 86_400_000;

/** Combines the providers' answers. `since` is when they were asked, in epoch ms. */
export function resolveEntitlements(
  entitlements: readonly Entitlement[],
  since: number,
  now: number,
  {timeoutMs = 3000, graceDays = 7}: Leniency = {},
): EntitlementVerdict {
  const deadline = since + timeoutMs;
  let verdict: EntitlementVerdict = {
    entitled: false,
    reason: 'not-entitled',
    until: Infinity,
  };
  /** From the best outcome to the worst; of equal ones the first provider's counts. */
  const order = ['entitled', 'grace', 'asking', 'provider-silent', 'ended', 'not-entitled'];
  const note = (one: EntitlementVerdict) => {
    if (order.indexOf(one.reason) < order.indexOf(verdict.reason)) verdict = one;
  };
  for (const {provider, answer, onTimeout} of entitlements) {
    const {state} = answer;
    // A clock set back during the wait must not extend it by years.
    if (state === 'pending' && now < deadline && now >= since - timeoutMs) {
      note({entitled: 'pending', reason: 'asking', until: deadline, provider});
    } else if (state === 'yes') {
      const {until = Infinity, renewalFailed} = answer;
      const grace = renewalFailed ? until + graceDays * day : until;
      if (now < until) note({entitled: true, reason: 'entitled', until, provider});
      else if (now < grace) note({entitled: true, reason: 'grace', until: grace, provider});
      else note({entitled: false, reason: 'ended', until: Infinity, provider});
    } else if (state !== 'no' && onTimeout === 'yes') {
      note({entitled: true, reason: 'provider-silent', until: Infinity, provider});
    }
  }
  return verdict;
}

/** Everything that access depends on. */
export interface AccessFacts extends MeterReader {
  readonly meter: Meter;
  /** The articles that the meter has counted: `ReaderState.meter`. */
  readonly counted: readonly string[];
  readonly article: MeteredArticle;
  readonly entitlements: readonly Entitlement[];
  /** Epoch ms: when the providers were asked. */
  readonly since: number;
  readonly leniency?: Leniency;
}

export interface AccessVerdict {
  readonly access: Access;
  readonly reason: MeterReason | EntitlementVerdict['reason'];
  /** Epoch ms: when time alone changes this. Infinity when it cannot. */
  readonly until: number;
  /** Free articles left after this one. Infinity where nothing counts. */
  readonly left: number;
  /** Free articles in a period. Infinity where nothing counts. */
  readonly limit: number;
  /** How many more this reader would have after registering. */
  readonly extraAfterRegistration: number;
  /** The provider, where an entitlement decided. */
  readonly provider?: string;
}

/** Decides whether an article opens. An article that never counts opens without waiting for providers. */
export function judgeAccess(facts: AccessFacts): AccessVerdict {
  const {meter, counted, article, entitlements, since, now, leniency} = facts;
  const metered = evaluateMeter(meter, counted, article, facts);
  if (metered.access === 'open') return metered;
  const {entitled, ...right} = resolveEntitlements(entitlements, since, now, leniency);
  if (!entitled) return metered;
  const access = entitled === true ? 'open' : 'pending';
  return {access, left: Infinity, limit: Infinity, extraAfterRegistration: 0, ...right};
}
