import {quietAfter} from '../core/quiet.js';
import {
  recordClose,
  recordRemind,
  recordSupported,
  recordView,
  undoClose,
} from '../core/reader-record.js';
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {pageFacts} from '../browser/facts.js';
import {whenUncovered} from '../browser/overlay.js';
import {page} from '../browser/page.js';
import {readerStore} from '../browser/reader-store.js';
import {requestTurn, type Turn} from '../browser/turn.js';
import {whenOutOfView} from '../browser/when-out-of-view.js';
import {whenTriggered} from '../browser/when-triggered.js';
import {
  defaultCadence,
  mayAsk,
  type Cadence,
  type CloseReason,
  type RemindChoice,
} from '../core/cadence.js';
import {decide, type Decision} from '../core/decide.js';
import type {Frequency} from '../core/offer.js';
import {type ReaderState} from '../core/reader-state.js';
import {
  SupportClosedEvent,
  SupportCloseEvent,
  SupportRemindedEvent,
  SupportRemindEvent,
  SupportSeenEvent,
  SupportSkippedEvent,
} from '../events.js';
import {SeenController} from './seen-controller.js';

/** What the controller needs of an appeal. */
export interface AppealHost extends ReactiveControllerHost, HTMLElement {
  readonly campaign: string;
  readonly format: 'inline' | 'bar' | 'dialog';
  readonly cadence: Partial<Cadence> | undefined;
  readonly campaignEnds: string | undefined;
  open: boolean;
  closing: boolean;
  show(): boolean;
}

/** The end of an appeal, as long as the reader can still think better of it. */
export interface Farewell {
  readonly reason: CloseReason;
  /** Epoch ms; Infinity when something else than time ends the quiet. */
  readonly until: number;
  readonly choice: RemindChoice | undefined;
  /** Whether it may be put into words: a live region is heard only when its text comes after it. */
  readonly isSaid: boolean;
}

/** How long a farewell lies over the page, in ms, unless the reader is busy with it. */
const farewellLasts = 15_000;

/** Decides whether an appeal may show by itself, and remembers how the reader closed it. */
export class AppealController implements ReactiveController {
  /** How the appeal was closed, while that can be taken back. */
  farewell: Farewell | undefined;

  readonly #host: AppealHost;
  readonly #seen: SeenController;
  #connected: AbortController = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: Turn | undefined;
  #stay: (() => void) | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #isWished = false;

  constructor(host: AppealHost) {
    this.#host = host;
    this.#seen = new SeenController(host, () => {
      readerStore().update((state, now) => recordView(state, host.campaign, now));
      host.dispatchEvent(new SupportSeenEvent(host.campaign));
    });
    host.addController(this);
  }

  hostConnected(): void {
    const {signal} = (this.#connected = new AbortController());
    signal.addEventListener('abort', readerStore().watch(this.#heed));
    addEventListener('pageshow', event => event.persisted && this.#heed(), {signal});
    // Whatever starts on this page does so in this task, and then decides.
    setTimeout(() => {
      if (!signal.aborted && !page().directed) void this.#decide(signal);
    });
  }

  hostDisconnected(): void {
    this.#connected.abort();
    clearTimeout(this.#saying);
    this.#rest();
    this.#release();
  }

  /** The appeal is on screen. One that the reader wished for is not counted as seen. */
  shown(base: Element, isWished: boolean): void {
    this.#rest();
    clearTimeout(this.#saying);
    this.farewell = undefined;
    this.#isWished = isWished;
    page().asked = true;
    if (!isWished) this.#seen.watch(base);
  }

  /** Closes for a reason of the reader's and remembers it; `false` when a listener objects. */
  close(reason: CloseReason, frequency?: Frequency): boolean {
    const host = this.#host;
    if (!host.open || !host.dispatchEvent(new SupportCloseEvent(host.campaign, reason)))
      return false;
    const until = this.#record(reason, undefined, frequency);
    host.closing = true;
    this.#leave(reason, until);
    return true;
  }

  /** Remembers when the reader wants to be asked again; `false` when a listener objects. */
  remind(choice: RemindChoice): boolean {
    const host = this.#host;
    if (!host.dispatchEvent(new SupportRemindEvent(host.campaign, choice))) return false;
    const until = this.#record('later', choice);
    host.dispatchEvent(new SupportRemindedEvent(host.campaign, choice, until));
    return true;
  }

  /** Takes the close back. */
  undo(): void {
    const host = this.#host;
    readerStore().update(state => undoClose(state, host.campaign));
    host.closing = false;
    host.open = true;
  }

  /** Articles the reader has read lately, as far as they are counted. */
  get articles(): number {
    return readerStore().read().read.length;
  }

  /** Closes without a word from the reader: nothing is remembered. */
  withdraw(): void {
    this.#leave('timeout', Date.now());
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

  // In a page restored from the back-forward cache, and when another tab has written.
  readonly #heed = (state: ReaderState = readerStore().read()) => {
    const host = this.#host;
    if (!host.open || this.#isWished) return;
    const verdict = mayAsk(this.#cadence, host.campaign, state, Date.now());
    // That it has been seen enough is no reason to take it away from a reader who is looking at it.
    if (verdict.ask || /^(seen|asked)/.test(verdict.because)) return;
    this.#leave(state.closes.at(-1)?.reason ?? 'supported', verdict.until);
  };

  get #cadence(): Cadence {
    return {...defaultCadence, ...this.#host.cadence};
  }

  async #decide(signal: AbortSignal) {
    const host = this.#host;
    const {campaign: id, cadence, campaignEnds: end, format} = host;
    if ((document as {prerendering?: boolean}).prerendering) {
      await new Promise(go => document.addEventListener('prerenderingchange', go, {once: true}));
    }
    const judge = (): Decision => {
      const state = readerStore().read();
      const campaign = {id, ...(cadence && {cadence}), ...(end && {schedule: {end}})};
      const facts = pageFacts(state);
      // An appeal that a server rendered open is the one ask of this page view.
      return decide([campaign], host.open ? {...facts, asked: false} : facts, state);
    };
    let decision = judge();
    if (decision.ask && format !== 'inline') {
      await whenTriggered({seconds: 10, scroll: 50}, signal);
      await whenUncovered(signal);
      const turn = await requestTurn({priority: -1});
      if (!turn || signal.aborted) return turn?.release();
      this.#turn = turn;
      // A dialog may have opened while this waited in line.
      await whenUncovered(signal);
      decision = judge();
    }
    // The reader may have wished for it meanwhile.
    if (signal.aborted || this.#isWished) return;
    if (decision.ask && host.show()) return;
    this.#release();
    host.open = false;
    if (!decision.ask) {
      const {because, until, trace} = decision;
      document.dispatchEvent(new SupportSkippedEvent(because, until, trace));
    }
    this.dismiss();
  }

  /** Writes a close, or a reminder, and tells until when it lasts. */
  #record(reason: CloseReason, choice?: RemindChoice, frequency?: Frequency): number {
    const {campaign, campaignEnds} = this.#host;
    let until = 0;
    readerStore().update((state, now) => {
      const quiet = quietAfter(
        this.#cadence,
        state,
        {
          campaign,
          reason,
          ...(choice && {choice}),
          ...(frequency && {frequency}),
          ...(campaignEnds && {campaignEnds}),
        },
        now,
        -new Date(now).getTimezoneOffset(),
      );
      until = quiet.until;
      if (reason === 'supported') {
        return recordSupported(state, {at: now, until, ...(frequency && {frequency})});
      }
      const close = {campaign, reason, ...quiet, ...(choice && {choice})};
      return (choice ? recordRemind : recordClose)(state, close, now);
    });
    const say = (isSaid: boolean) => {
      this.farewell = {reason, until, choice, isSaid};
      this.#host.requestUpdate();
    };
    clearTimeout(this.#saying);
    say(false);
    this.#saying = setTimeout(say, 100, true);
    return until;
  }

  #leave(reason: CloseReason, until: number) {
    const host = this.#host;
    host.open = false;
    this.#rest();
    this.#release();
    host.dispatchEvent(new SupportClosedEvent(host.campaign, reason, until));
    if (host.closing && host.format !== 'inline') this.#linger();
    else this.dismiss();
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
    this.#seen.stop();
  }

  #release() {
    this.#turn?.release();
    this.#turn = undefined;
  }
}
