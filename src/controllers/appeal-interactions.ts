/** What follows when a reader does something about an appeal. Fetched once they look at it, or reach for it. */

import {pageFacts} from '../browser/facts.js';
import {mayBeWalled} from '../browser/overlays/overlay.js';
import {page} from '../browser/page.js';
import {readerStore} from '../browser/storage/reader-store.js';
import {knownState} from '../browser/storage/stored.js';
import type {Turn} from '../browser/overlays/turn.js';
import {whenOutOfView} from '../browser/placement/when-out-of-view.js';
import {
  mayAsk,
  type Cadence,
  type CloseReason,
  type RemindChoice,
} from '../core/cadence/cadence.js';
import {decide, type Decision} from '../core/campaigns/decide.js';
import {defaultCadence} from '../core/cadence/default-cadence.js';
import type {Frequency} from '../core/money/offer.js';
import {quietAfter} from '../core/cadence/snooze.js';
import {
  recordClose,
  recordRemind,
  recordSupported,
  recordView,
  undoClose,
} from '../core/cadence/reader-record.js';
import {SupportClosedEvent, SupportRemindedEvent, SupportRemindEvent} from '../events/index.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';

/** What is asked of an appeal. */
export interface Asking {
  readonly campaign: string;
  readonly format: 'inline' | 'bar' | 'dialog';
  readonly cadence: Partial<Cadence> | undefined;
  readonly campaignEnds: string | undefined;
}

const cadenceOf = ({cadence}: Asking): Cadence => ({...defaultCadence, ...cadence});

const minutesEast = (at: number): number => -new Date(at).getTimezoneOffset();

/** Counts the appeal as seen. */
export function recordSeen({campaign}: Asking): void {
  readerStore().update((state, now) => recordView(state, campaign, now));
}

/**
 * Writes a close, a reminder or a gift, and tells until when (epoch ms) nothing is asked. It takes the
 * place of what was `noted` of it before.
 */
function recordEnd(
  asking: Asking,
  reason: CloseReason,
  choice?: RemindChoice,
  frequency?: Frequency,
  noted = 0,
): number {
  const {campaign, campaignEnds} = asking;
  let until = 0;
  readerStore().update((known, late) => {
    const now = noted || late;
    const state = {...known, closes: known.closes.filter(({at}) => at !== noted)};
    const quiet = quietAfter(
      cadenceOf(asking),
      state,
      {
        campaign,
        reason,
        ...(choice && {choice}),
        ...(frequency && {frequency}),
        ...(campaignEnds && {campaignEnds}),
      },
      now,
      minutesEast(now),
    );
    until = quiet.until;
    // A morning stays that morning, though clocks are changed before it.
    if (choice && quiet.articles === undefined) {
      until += (minutesEast(now) - minutesEast(until)) * 60_000;
    }
    if (reason === 'supported') {
      return recordSupported(state, {at: now, until, ...(frequency && {frequency})});
    }
    const close = {campaign, reason, ...quiet, until, ...(choice && {choice})};
    return (choice ? recordRemind : recordClose)(state, close, now);
  });
  return until;
}

/** Whether the reader has asked for quiet, in this tab or another, or has given; and until when. */
function askedForQuiet(
  asking: Asking,
): {readonly reason: CloseReason; readonly until: number} | undefined {
  const state = readerStore().read();
  const verdict = mayAsk(cadenceOf(asking), asking.campaign, state, Date.now());
  // That it has been seen enough is no reason to take it away from a reader who is looking at it.
  if (verdict.ask || /^(seen|asked)/.test(verdict.reason)) return undefined;
  return {reason: state.closes.at(-1)?.reason ?? 'supported', until: verdict.until};
}

/** Waits until the time of an appeal on a page without `start()` has come; what is decided then is up to `judge`. */
async function whenDue(
  asking: Asking,
  isOpen: boolean,
  signal: AbortSignal,
): Promise<{readonly judge: () => Decision; readonly turn?: Turn} | undefined> {
  const {campaign: id, cadence, campaignEnds: end, format} = asking;
  const judge = (): Decision => {
    const state = knownState();
    const campaign = {id, ...(cadence && {cadence}), ...(end && {schedule: {end}})};
    const facts = pageFacts(state);
    // An appeal that a server rendered open is the one ask of this page view.
    return decide([campaign], isOpen ? {...facts, asked: false} : facts, state);
  };
  if (page().directed) return undefined;
  if ((document as {prerendering?: boolean}).prerendering) {
    await new Promise(go => document.addEventListener('prerenderingchange', go, {once: true}));
  }
  const isOverlay = format !== 'inline';
  if (!judge().ask || !(isOverlay || mayBeWalled())) return {judge};
  const {rightMoment} = await import('../browser/overlays/right-moment.js');
  const turn = await rightMoment({signal, isOverlay});
  if (isOverlay) return turn && {judge, turn};
  return {judge};
}

/** The end of an appeal, as long as the reader can still think better of it. */
export interface Farewell {
  readonly reason: CloseReason;
  /** Epoch ms. */
  readonly until: number;
  readonly choice: RemindChoice | undefined;
  /** Whether the live region says it yet: it must stand there empty first to be heard. */
  readonly isSaid: boolean;
}

/** What an ending needs of an appeal. */
interface EndingHost extends HTMLElement, Asking {
  open: boolean;
  closing: boolean;
  articles: number;
  show(): boolean;
  requestUpdate(): void;
}

/** How long a farewell lies over the page, in ms, unless the reader is busy with it. */
const farewellLasts = 15_000;

/** How an appeal ends, and how that is taken back. */
export class Ending {
  /** How the appeal was closed, while that can be taken back. */
  farewell: Farewell | undefined;

  readonly #host: EndingHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #turn: Turn | undefined;
  #stay: (() => void) | undefined;

  constructor(host: EndingHost) {
    this.#host = host;
  }

  /** Remembers the end for this reason. */
  end(reason: CloseReason, choice?: RemindChoice, frequency?: Frequency, noted?: number): void {
    const until = recordEnd(this.#host, reason, undefined, frequency, noted);
    this.leave(reason, until);
    if (choice) this.remind(choice);
  }

  /**
   * Remembers when the reader, who has just said "later", wants to be asked again, if that is known yet;
   * `false` when a listener objects, or when there is nothing to be reminded of any more.
   */
  remind(choice: RemindChoice | undefined): boolean {
    const host = this.#host;
    if (!host.closing || this.farewell?.reason !== 'later') return false;
    if (choice === undefined) return true;
    if (!host.dispatchEvent(new SupportRemindEvent(host.campaign, choice))) return false;
    const until = recordEnd(host, 'later', choice);
    this.#say('later', until, choice);
    host.dispatchEvent(new SupportRemindedEvent(host.campaign, choice, until));
    return true;
  }

  /** Takes the end back. */
  undo(): void {
    const host = this.#host;
    readerStore().update(state => undoClose(state, host.campaign));
    host.closing = false;
    host.open = true;
  }

  /** Leaves the page, now or after a farewell. */
  leave(reason: CloseReason, until: number): void {
    const host = this.#host;
    host.open = false;
    this.stop();
    host.dispatchEvent(new SupportClosedEvent(host.campaign, reason, until));
    if (host.closing) this.#say(reason, until);
    if (host.closing && host.format !== 'inline') this.#linger();
    else this.dismiss();
  }

  /** Takes the host out of the page once that moves nothing in view, and with it any farewell. */
  dismiss(): void {
    const host = this.#host;
    this.#rest();
    const remove = () => {
      host.closing = false;
      host.hidden = true;
      this.farewell = undefined;
    };
    if (host.format === 'inline') this.#stay = whenOutOfView(host, remove);
    else remove();
  }

  /** Closes an appeal whose reader has asked for quiet in another tab, or on the page they came from. */
  heed(): void {
    const quiet = askedForQuiet(this.#host);
    if (quiet && this.#host.open) this.leave(quiet.reason, quiet.until);
  }

  /** Decides for an appeal on a page without `start()`. */
  async decide(signal: AbortSignal, isWished: () => boolean): Promise<void> {
    const host = this.#host;
    const {judge, turn} = (await whenDue(host, host.open, signal)) ?? {};
    this.#turn = turn;
    // The reader may have wished for it meanwhile.
    if (!judge || signal.aborted || isWished()) return this.stop();
    host.articles = readerStore().read().read.length;
    const decision = judge();
    if (decision.ask && host.show()) {
      // Another appeal may decide before this one is drawn.
      page().asked = true;
      return;
    }
    this.stop();
    host.open = false;
    if (!decision.ask) {
      document.dispatchEvent(new SupportSkippedEvent(decision));
    }
    this.dismiss();
  }

  /** The appeal is back: there is nothing to take back any more. */
  forget(): void {
    this.#rest();
    clearTimeout(this.#saying);
    this.farewell = undefined;
  }

  /** Lets go of whatever was waited for. */
  stop(): void {
    this.#rest();
    clearTimeout(this.#saying);
    this.#turn?.release();
    this.#turn = undefined;
  }

  #say(reason: CloseReason, until: number, choice?: RemindChoice) {
    const say = (isSaid: boolean) => {
      this.farewell = {reason, until, choice, isSaid};
      this.#host.requestUpdate();
    };
    clearTimeout(this.#saying);
    say(false);
    this.#saying = setTimeout(say, 100, true);
  }

  #linger() {
    this.#timer = setTimeout(() => {
      if (this.#host.matches(':hover,:focus-within')) this.#linger();
      else this.dismiss();
    }, farewellLasts);
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#stay?.();
  }
}
