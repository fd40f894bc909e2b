/** Writes into the reader's record how an appeal ended, and reads whether it should end. */

import {
  mayAsk,
  type Cadence,
  type CloseReason,
  type RemindChoice,
} from '../../core/cadence/cadence.js';
import {cadenceOver, oldQuietWords} from '../../core/cadence/given-cadence.js';
import {defaultCadence} from '../../core/cadence/default-cadence.js';
import {recordClose, recordRemind, recordSupported} from '../../core/cadence/reader-record.js';
import {snoozeAfter} from '../../core/cadence/snooze.js';
import type {Frequency} from '../../core/money/offer.js';
import {readerStore} from './reader-store.js';
import {ownProperties} from '../../core/own-properties.js';

/** What the rules need of an appeal. */
export interface AskedCampaign {
  readonly campaign: string;
  readonly cadence: Partial<Cadence> | undefined;
  readonly campaignEnds: string | undefined;
}

/** What the reader did. */
export interface DismissalAct {
  readonly reason: CloseReason;
  readonly choice?: RemindChoice | undefined;
  readonly frequency?: Frequency | undefined;
}

const cadenceOf = ({cadence}: AskedCampaign): Cadence =>
  cadenceOver(defaultCadence, cadence, oldQuietWords);

const minutesEast = (at: number): number => -new Date(at).getTimezoneOffset();

/** Writes a close, a reminder or a gift; returns until when (epoch ms) nothing is asked. */
export function recordDismissal(asked: AskedCampaign, act: DismissalAct): number {
  const {reason, choice, frequency} = ownProperties(act);
  const {campaign, campaignEnds} = asked;
  let until = 0;
  readerStore().update((state, now) => {
    const snooze = ownProperties(
      snoozeAfter(
        cadenceOf(asked),
        state,
        ownProperties({
          campaign,
          reason,
          ...(choice && {choice}),
          ...(frequency && {frequency}),
          ...(campaignEnds && {campaignEnds}),
        }),
        now,
        minutesEast(now),
      ),
    );
    until = snooze.until;
    // A morning stays that morning, though clocks are changed before it.
    if (choice && snooze.articles === undefined) {
      until += (minutesEast(now) - minutesEast(until)) * 60_000;
    }
    if (reason === 'supported') {
      return recordSupported(state, {at: now, until, ...(frequency && {frequency})});
    }
    const close = {campaign, reason, ...snooze, until, ...(choice && {choice})};
    return (choice ? recordRemind : recordClose)(state, close, now);
  });
  return until;
}

/** Returns the snooze that the reader asked for, in this tab or another, or earned by a gift. */
export function activeSnooze(
  asked: AskedCampaign,
): {readonly reason: CloseReason; readonly until: number} | undefined {
  // That it has been seen enough is no reason to take it away from a reader who is looking at it.
  const state = {...readerStore().read(), views: []};
  const verdict = mayAsk(cadenceOf(asked), asked.campaign, state, Date.now());
  return verdict.ask
    ? undefined
    : {reason: state.closes.at(-1)?.reason ?? 'supported', until: verdict.until};
}
