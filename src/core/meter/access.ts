/** May this reader read this article: because of a right, because of the meter, or not at all? */

import {
  lookAtMeter,
  type Meter,
  type MeterBecause,
  type MeteredArticle,
  type MeterReader,
} from './meter.js';

/** The state of an article for a reader. `pending` shows neither a wall nor an appeal. */
export type Access = 'open' | 'metered' | 'locked' | 'pending';

/** What one provider of entitlements (the companion's pass, an institution, a partner) says of a reader. */
export type EntitlementAnswer =
  | {readonly state: 'pending' | 'failed' | 'no'}
  | {
      readonly state: 'yes';
      /** Epoch ms: when what was paid for ends. Without one it does not end. */
      readonly until?: number | undefined;
      /** The last renewal failed: access goes on for the days of grace after `until`. */
      readonly renewalFailed?: boolean | undefined;
    };

/** A provider and its answer. Of several that say yes, the first in the list is named. */
export interface Entitlement {
  readonly provider: string;
  readonly answer: EntitlementAnswer;
  /** What holds when it fails, or takes longer than the patience. Default: `no`. */
  readonly whenSilent?: 'yes' | 'no';
}

/** What an entitlement question came to. */
export interface EntitlementVerdict {
  readonly entitled: boolean | 'pending';
  readonly because: 'entitled' | 'grace' | 'provider-silent' | 'asking' | 'not-entitled' | 'ended';
  /** Epoch ms: when time alone changes this. Infinity when it cannot. */
  readonly until: number;
  readonly provider?: string;
}

/** How long we wait, in ms, and how long a failed renewal is forgiven, in days. */
export interface Leniency {
  readonly patience?: number;
  readonly graceDays?: number;
}

const day = 86_400_000;

/** Weighs what the providers say. `since` is when they were asked, in epoch ms. */
export function weighEntitlements(
  entitlements: readonly Entitlement[],
  since: number,
  now: number,
  {patience = 3000, graceDays = 7}: Leniency = {},
): EntitlementVerdict {
  const deadline = since + patience;
  let verdict: EntitlementVerdict = {
    entitled: false,
    because: 'not-entitled',
    until: Infinity,
  };
  /** From the best outcome to the worst; of equal ones the first provider's is kept. */
  const order = ['entitled', 'grace', 'asking', 'provider-silent', 'ended', 'not-entitled'];
  const note = (one: EntitlementVerdict) => {
    if (order.indexOf(one.because) < order.indexOf(verdict.because)) verdict = one;
  };
  for (const {provider, answer, whenSilent} of entitlements) {
    const {state} = answer;
    // A clock set back while we wait must not make us wait for years.
    if (state === 'pending' && now < deadline && now >= since - patience) {
      note({entitled: 'pending', because: 'asking', until: deadline, provider});
    } else if (state === 'yes') {
      const {until = Infinity, renewalFailed} = answer;
      const grace = renewalFailed ? until + graceDays * day : until;
      if (now < until) note({entitled: true, because: 'entitled', until, provider});
      else if (now < grace) note({entitled: true, because: 'grace', until: grace, provider});
      else note({entitled: false, because: 'ended', until: Infinity, provider});
    } else if (state !== 'no' && whenSilent === 'yes') {
      note({entitled: true, because: 'provider-silent', until: Infinity, provider});
    }
  }
  return verdict;
}

/** Everything that access depends on. */
export interface AccessFacts extends MeterReader {
  readonly meter: Meter;
  /** What the meter has counted so far: `ReaderState.meter`. */
  readonly counted: readonly string[];
  readonly article: MeteredArticle;
  readonly entitlements: readonly Entitlement[];
  /** Epoch ms: when the providers were asked. */
  readonly since: number;
  readonly leniency?: Leniency;
}

export interface AccessVerdict {
  readonly access: Access;
  readonly because: MeterBecause | EntitlementVerdict['because'];
  /** Epoch ms: when time alone changes this. Infinity when it cannot. */
  readonly until: number;
  /** Free articles left when this one is read. Infinity where nothing counts. */
  readonly left: number;
  /** Free articles in a period. Infinity where nothing counts. */
  readonly of: number;
  /** How many more this reader would have after registering. */
  readonly more: number;
  /** Whose answer it was, where a right decided. */
  readonly provider?: string;
}

/** Decides whether an article opens. What never counts opens at once, whoever is asked about the rest. */
export function judgeAccess(facts: AccessFacts): AccessVerdict {
  const {meter, counted, article, entitlements, since, now, leniency} = facts;
  const metered = lookAtMeter(meter, counted, article, facts);
  if (metered.access === 'open') return metered;
  const {entitled, ...right} = weighEntitlements(entitlements, since, now, leniency);
  if (!entitled) return metered;
  const access = entitled === true ? 'open' : 'pending';
  return {access, left: Infinity, of: Infinity, more: 0, ...right};
}
