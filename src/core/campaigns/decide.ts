/** Decides which campaign asks on this page view, and why the others do not. */

import {checkAudience, type Facts, type AudienceCheck} from './audience.js';
import {mayAsk, viewCadence, type SkipReason} from '../cadence/cadence.js';
import type {Campaign} from './campaign.js';
import type {ReaderState} from '../cadence/reader-state.js';

/** A rule that was applied to a campaign. */
export interface Step {
  readonly campaign: string;
  readonly rule: string;
  /** The input of the rule. */
  readonly input: unknown;
  readonly outcome: 'pass' | SkipReason;
  /** Epoch ms: until when the rule refuses. */
  readonly until?: number;
}

export type Decision =
  | {readonly ask: true; readonly campaign: Campaign; readonly trace: readonly Step[]}
  | {
      readonly ask: false;
      /** The reason of the campaign that may ask first. */
      readonly reason: SkipReason;
      /** Epoch ms; Infinity when time alone cannot end it. */
      readonly until: number;
      readonly trace: readonly Step[];
    };

/**
 * Returns whether some campaign might ask this reader on this page, whatever the campaigns file says. Views
 * are left out, because a campaign's cadence may allow more of them; no cadence shortens a snooze.
 */
export function mightAsk(facts: Facts, state: ReaderState): boolean {
  return decide([{id: ''}], facts, {...state, views: []}).ask;
}

/** Applies the rules to the campaigns in order of priority; the first that passes all of them asks. */
export function decide(campaigns: readonly Campaign[], facts: Facts, state: ReaderState): Decision {
  const trace: Step[] = [];
  const {now, sensitive, asked, supporter} = facts;
  let first: {reason: SkipReason; until: number} | undefined;

  /** Records the rules up to the first that refuses; returns `true` when all pass. */
  const passes = (campaign: string, looks: Iterable<AudienceCheck>): boolean => {
    for (const [rule, input, reason, until = Infinity] of looks) {
      trace.push({campaign, rule, input, outcome: reason || 'pass', ...(reason && {until})});
      if (!reason) continue;
      if (!first || until < first.until) first = {reason, until};
      return false;
    }
    return true;
  };

  // Rules of the page apply to every campaign.
  const isOpen = passes('*', [
    ['sensitive', sensitive, sensitive && 'sensitive-page'],
    ['asked', asked, asked && 'asked-on-this-page'],
    ['supporter', supporter, supporter && (supporter === true ? 'supporter' : 'supporter-pending')],
    ['campaigns', campaigns.length, !campaigns.length && 'no-campaign'],
  ]);
  if (isOpen) {
    // Sorting is stable: with equal priorities the earlier one in the file goes first.
    for (const campaign of [...campaigns].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0))) {
      const {id, audience, schedule, cadence} = campaign;
      try {
        if (!passes(id, checkAudience(audience, schedule, facts))) continue;
        const {reason, until} = mayAsk(viewCadence(cadence), id, state, now);
        const input = {views: state.views.length, closes: state.closes.length};
        if (passes(id, [['cadence', input, reason, until]])) return {ask: true, campaign, trace};
      } catch (error) {
        // Campaigns may come unparsed from a site's script. A broken one must not silence the others.
        passes(id, [['campaign', String(error), 'broken']]);
      }
    }
  }
  return {ask: false, ...(first ?? {reason: 'no-campaign', until: Infinity}), trace};
}
