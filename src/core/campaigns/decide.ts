/** Which campaign asks on this page view, if any, and why not the others? */

import {lookAtAudience, type Facts, type Look} from './audience.js';
import {mayAsk, viewCadence, type Because} from '../cadence/cadence.js';
import type {Campaign} from './campaign.js';
import type {ReaderState} from '../cadence/reader-state.js';

/** One rule that was applied to one campaign. */
export interface Step {
  readonly campaign: string;
  readonly rule: string;
  /** What the rule looked at. */
  readonly input: unknown;
  readonly outcome: 'pass' | Because;
  /** Epoch ms, when it refused: until when. */
  readonly until?: number;
}

export type Decision =
  | {readonly ask: true; readonly campaign: Campaign; readonly trace: readonly Step[]}
  | {
      readonly ask: false;
      /** The reason of the campaign that is free first. */
      readonly because: Because;
      /** Epoch ms; Infinity when only other facts, not time, can end it. */
      readonly until: number;
      readonly trace: readonly Step[];
    };

/** Applies the rules to the campaigns in order of priority; the first that passes all of them asks. */
export function decide(campaigns: readonly Campaign[], facts: Facts, state: ReaderState): Decision {
  const trace: Step[] = [];
  const {now, sensitive, asked, supporter} = facts;
  let first: {because: Because; until: number} | undefined;

  /** Notes the looks up to the first that refuses; `true` when all passed. */
  const passes = (campaign: string, looks: Iterable<Look>): boolean => {
    for (const [rule, input, because, until = Infinity] of looks) {
      trace.push({campaign, rule, input, outcome: because || 'pass', ...(because && {until})});
      if (!because) continue;
      if (!first || until < first.until) first = {because, until};
      return false;
    }
    return true;
  };

  // What holds for the page holds for every campaign.
  const isOpen = passes('*', [
    ['sensitive', sensitive, sensitive && 'sensitive-page'],
    ['asked', asked, asked && 'asked-on-this-page'],
    ['supporter', supporter, supporter && (supporter === true ? 'supporter' : 'supporter-pending')],
    ['campaigns', campaigns.length, !campaigns.length && 'no-campaign'],
  ]);
  if (isOpen) {
    // Sorting is stable: of equal priority the earlier in the file goes first.
    for (const campaign of [...campaigns].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0))) {
      const {id, audience, schedule, cadence} = campaign;
      try {
        if (!passes(id, lookAtAudience(audience, schedule, facts))) continue;
        const {because, until} = mayAsk({...viewCadence, ...cadence}, id, state, now);
        const input = {views: state.views.length, closes: state.closes.length};
        if (passes(id, [['cadence', input, because, until]])) return {ask: true, campaign, trace};
      } catch (error) {
        // A loader takes campaigns as they come. One that nobody parsed must not silence the others.
        passes(id, [['campaign', String(error), 'broken']]);
      }
    }
  }
  return {ask: false, ...(first ?? {because: 'no-campaign', until: Infinity}), trace};
}
