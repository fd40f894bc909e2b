import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {
  activeSnooze,
  recordDismissal,
  type AskedCampaign,
  type DismissalAct,
} from '../browser/storage/record-dismissal.js';
import {readerStore} from '../browser/storage/reader-store.js';
import {storageKey} from '../browser/storage/storage-key.js';
import {whenOutOfView} from '../browser/placement/when-out-of-view.js';
import type {CloseReason, RemindChoice} from '../core/cadence/cadence.js';
import {undoClose} from '../core/cadence/reader-record.js';
import {
  SupportClosedEvent,
  SupportCloseEvent,
  SupportRemindedEvent,
  SupportRemindEvent,
} from '../events/support-appeal-events.js';
import {ownProperties} from '../core/own-properties.js';

/** How an appeal was dismissed, as long as the reader can take that back. */
export interface Dismissal {
  readonly reason: CloseReason;
  /** Epoch ms. */
  readonly until: number;
  readonly choice: RemindChoice | undefined;
  /** Whether the live region says it yet: it must stand there empty first to be heard. */
  readonly isAnnounced: boolean;
}

/** What the controller needs of an appeal. */
export interface DismissalHost extends ReactiveControllerHost, HTMLElement, AskedCampaign {
  readonly format: 'inline' | 'bar' | 'dialog';
  open: boolean;
  closing: boolean;
}

/** How long the confirmation lies over the page, in ms, unless the reader is busy with it. */
const confirmationLasts = 15_000;

/** Closes an appeal, remembers for how long, confirms that, and takes it back. */
export class DismissalController implements ReactiveController {
  /** How the appeal was dismissed, while that can be taken back. */
  dismissal: Dismissal | undefined;

  readonly #host: DismissalHost;
  #connected = new AbortController();
  #isManual = false;
  #autoDismissal: ReturnType<typeof setTimeout> | undefined;
  #announcement: ReturnType<typeof setTimeout> | undefined;
  #stopWaiting: (() => void) | undefined;

  constructor(host: DismissalHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const {signal} = (this.#connected = new AbortController());
    const sync = () => this.syncWithOtherTabs();
    addEventListener(
      'storage',
      ({key}) => (key ?? storageKey) === storageKey && sync(),
      ownProperties({signal}),
    );
    addEventListener('pageshow', event => event.persisted && sync(), ownProperties({signal}));
  }

  hostDisconnected(): void {
    this.#connected.abort();
    this.#cancelTimers();
  }

  /** Forgets an earlier dismissal: the appeal is on screen, `isManual` when the reader asked for it. */
  shown(isManual: boolean): void {
    this.#cancelTimers();
    this.#isManual = isManual;
    this.dismissal = undefined;
  }

  /** Closes on the reader's word and remembers it; `false` when a listener objects. */
  close(act: DismissalAct): boolean {
    const host = this.#host;
    const {reason, choice, frequency} = ownProperties(act);
    if (!host.open || !host.dispatchEvent(new SupportCloseEvent(host.campaign, reason))) {
      return false;
    }
    host.closing = true;
    this.#hide(reason, recordDismissal(host, {reason, frequency}));
    if (choice) this.remind(choice);
    return true;
  }

  /** Closes without a word from the reader: nothing is remembered. */
  withdraw(): void {
    this.#hide('timeout', Date.now());
  }

  /**
   * Remembers when the reader, who has just said "later", wants to be asked again, if that is known yet;
   * `false` when a listener objects, or when there is nothing to be reminded of any more.
   */
  remind(choice: RemindChoice | undefined): boolean {
    const host = this.#host;
    if (!host.closing || this.dismissal?.reason !== 'later') return false;
    if (choice === undefined) return true;
    if (!host.dispatchEvent(new SupportRemindEvent(host.campaign, choice))) return false;
    const until = recordDismissal(host, {reason: 'later', choice});
    this.#announce('later', until, choice);
    host.dispatchEvent(new SupportRemindedEvent(host.campaign, choice, until));
    return true;
  }

  /** Takes the dismissal back. */
  undo(): void {
    const host = this.#host;
    readerStore().update(state => undoClose(state, host.campaign));
    host.closing = false;
    host.open = true;
  }

  /** Takes the host out of the page once that moves nothing in view, and any confirmation with it. */
  dismiss(): void {
    const host = this.#host;
    this.#cancelRemoval();
    const remove = () => {
      host.closing = false;
      host.hidden = true;
      this.dismissal = undefined;
    };
    if (host.format === 'inline') this.#stopWaiting = whenOutOfView(host, remove);
    else remove();
  }

  /** Closes an appeal whose reader has asked for a snooze in another tab, or on the page they came from. */
  syncWithOtherTabs(): void {
    if (!this.#host.open || this.#isManual) return;
    const snooze = activeSnooze(this.#host);
    if (snooze) this.#hide(snooze.reason, snooze.until);
  }

  #hide(reason: CloseReason, until: number) {
    const host = this.#host;
    host.open = false;
    this.#cancelTimers();
    host.dispatchEvent(new SupportClosedEvent(host.campaign, reason, until));
    // In the article the confirmation stays where the appeal was, until the page view ends.
    if (!host.closing) return this.dismiss();
    this.#announce(reason, until);
    if (host.format !== 'inline') this.#autoDismiss();
  }

  #announce(reason: CloseReason, until: number, choice?: RemindChoice) {
    const announce = (isAnnounced: boolean) => {
      this.dismissal = {reason, until, choice, isAnnounced};
      this.#host.requestUpdate();
    };
    clearTimeout(this.#announcement);
    announce(false);
    this.#announcement = setTimeout(announce, 100, true);
  }

  #autoDismiss() {
    this.#autoDismissal = setTimeout(() => {
      const host = this.#host;
      // The focus was put there for everyone; who steers by keys still needs the place.
      const isInUse = host.matches(':hover') || host.shadowRoot?.querySelector(':focus-visible');
      if (isInUse) this.#autoDismiss();
      else this.dismiss();
    }, confirmationLasts);
  }

  #cancelTimers() {
    this.#cancelRemoval();
    clearTimeout(this.#announcement);
  }

  #cancelRemoval() {
    clearTimeout(this.#autoDismissal);
    this.#stopWaiting?.();
  }
}
