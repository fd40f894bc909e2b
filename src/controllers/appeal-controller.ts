import type {ReactiveController} from 'lit';
import {page} from '../browser/page.js';
import {giveWordsBack} from '../browser/placement/restore.js';
import {readerStore} from '../browser/storage/reader-store.js';
import {recordView} from '../core/cadence/reader-record.js';
import {SupportSeenEvent} from '../events/support-appeal-events.js';
import type {AppealHost} from './decide-alone.js';
import type {DismissalController} from './dismissal-controller.js';
import {SeenController} from './seen-controller.js';

/** Counts an appeal as shown and as seen. On a page without `start()` it has the appeal decide for itself. */
export class AppealController implements ReactiveController {
  readonly #host: AppealHost;
  readonly #dismissal: DismissalController;
  readonly #seen: SeenController;
  #connected = new AbortController();
  /** Whether the reader asked for it: it is not counted as seen, and decides no more. */
  isManual = false;

  constructor(host: AppealHost, dismissal: DismissalController) {
    this.#host = host;
    this.#dismissal = dismissal;
    this.#seen = new SeenController(host, () => this.#recordSeen());
    host.addController(this);
  }

  hostConnected(): void {
    const {signal} = (this.#connected = new AbortController());
    // Whatever starts on this page does so in this task, and then decides.
    setTimeout(() => {
      if (signal.aborted || page().directed) return;
      import('./decide-alone.js')
        .then(({decideAlone}) =>
          decideAlone(this.#host, this.#dismissal, signal, () => this.isManual),
        )
        .catch((error: unknown) => this.failed(error));
    });
  }

  hostDisconnected(): void {
    this.#connected.abort();
  }

  /** The appeal is on screen. */
  shown(base: Element): void {
    this.#dismissal.shown(this.isManual);
    page().asked = true;
    if (!this.isManual) this.#seen.watch(base);
  }

  /** The appeal could not be drawn, or could not decide: the words of the page are shown. */
  failed(error: unknown): void {
    console.warn('reader-support:', error);
    giveWordsBack(this.#host);
  }

  /** The appeal has left the screen. */
  hidden(): void {
    this.#seen.stop();
  }

  #recordSeen() {
    const {campaign} = this.#host;
    this.#host.dispatchEvent(new SupportSeenEvent(campaign));
    const shared = page();
    if (shared.full) readerStore().update((state, now) => recordView(state, campaign, now));
    else (shared.views ??= []).push({campaign, at: Date.now()});
  }
}
