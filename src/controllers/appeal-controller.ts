import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {noteClose} from '../browser/storage/note-close.js';
import {page} from '../browser/page.js';
import {storageKey} from '../browser/storage/storage-key.js';
import type {CloseReason, RemindChoice} from '../core/cadence/cadence.js';
import type {Frequency} from '../core/money/offer.js';
import {SupportCloseEvent, SupportSeenEvent} from '../events/support-appeal-events.js';
import type * as Acts from './appeal-interactions.js';
import {SeenController} from './seen-controller.js';

/** What the controller needs of an appeal. */
export interface AppealHost extends ReactiveControllerHost, HTMLElement, Acts.Asking {
  open: boolean;
  closing: boolean;
  articles: number;
  show(): boolean;
}

/** Shows and counts an appeal. What follows when a reader acts is fetched when they reach for it. */
export class AppealController<A extends typeof Acts> implements ReactiveController {
  /** What follows, once it has been fetched. */
  acts: A | undefined;

  /** The end of the appeal, once there is one. */
  ending: Acts.Ending | undefined;

  readonly #host: AppealHost;
  readonly #fetch: () => Promise<A>;
  readonly #seen: SeenController;
  #connected: AbortController = new AbortController();
  #isWished = false;

  constructor(host: AppealHost, fetchActs: () => Promise<A>) {
    this.#host = host;
    this.#fetch = fetchActs;
    this.#seen = new SeenController(host, () => {
      const {campaign} = host;
      host.dispatchEvent(new SupportSeenEvent(campaign));
      const shared = page();
      if (shared.full) void this.act(acts => acts.recordSeen(host));
      else (shared.views ??= []).push({campaign, at: Date.now()});
    });
    host.addController(this);
  }

  hostConnected(): void {
    const {signal} = (this.#connected = new AbortController());
    const heed = () => {
      const host = this.#host;
      if (host.open && !this.#isWished) void this.act((acts, ending) => ending.heed());
    };
    addEventListener('storage', ({key}) => (key ?? storageKey) === storageKey && heed(), {signal});
    addEventListener('pageshow', event => event.persisted && heed(), {signal});
    // A reader who reaches for it will press something next.
    for (const type of ['pointerover', 'focusin']) {
      this.#host.addEventListener(type, () => void this.act(), {signal, once: true});
    }
    // Whatever starts on this page does so in this task, and then decides.
    setTimeout(() => {
      if (signal.aborted || page().directed) return;
      void this.act((acts, ending) => ending.decide(signal, () => this.#isWished));
    });
  }

  hostDisconnected(): void {
    this.#connected.abort();
    this.#seen.stop();
    this.ending?.stop();
  }

  /** Does something that needs the acts; at once, if they are here. Never rejects. */
  async act(does: (acts: A, ending: Acts.Ending) => unknown = () => undefined): Promise<void> {
    try {
      const acts = (this.acts ??= await this.#fetch());
      await does(acts, (this.ending ??= new acts.Ending(this.#host)));
    } catch (error) {
      // Offline since: what was to be written is lost, the article is not.
      console.warn('reader-support:', error);
    }
  }

  /** The appeal is on screen. One that the reader wished for is not counted as seen. */
  shown(base: Element, isWished: boolean): void {
    this.ending?.forget();
    this.#isWished = isWished;
    page().asked = true;
    if (!isWished) this.#seen.watch(base);
  }

  /** Closes for a reason of the reader's and remembers it; `false` when a listener objects. */
  close(reason: CloseReason, choice?: RemindChoice, frequency?: Frequency): boolean {
    const host = this.#host;
    if (!host.open || !host.dispatchEvent(new SupportCloseEvent(host.campaign, reason))) {
      return false;
    }
    host.closing = true;
    this.#hide();
    // Who closes and leaves in one go is gone before the acts are there.
    const noted = this.acts ? 0 : noteClose(host.campaign, reason);
    void this.act((acts, ending) => ending.end(reason, choice, frequency, noted)).then(() => {
      // Without the acts there is nothing to say and nothing to take back.
      if (!this.ending?.farewell) host.closing = false;
    });
    return true;
  }

  /** Closes without a word from the reader: nothing is remembered. */
  withdraw(): void {
    this.#hide();
    void this.act((acts, ending) => ending.leave('timeout', Date.now()));
  }

  #hide() {
    this.#host.open = false;
    this.#seen.stop();
  }
}
