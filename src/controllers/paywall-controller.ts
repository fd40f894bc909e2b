import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {askAccess} from '../browser/ask-access.js';
import {cutArticle, endGuard} from '../browser/cut-article.js';
import {page} from '../browser/page.js';
import {readerStore} from '../browser/reader-store.js';
import {judgeAccess, type AccessVerdict, type EntitlementAnswer} from '../core/access.js';
import {articleKeyOf} from '../core/article-key.js';
import {neverCounts, recordMetered, type Meter, type NeverCounts} from '../core/meter.js';
import {SupportAccessEvent} from '../support-access-event.js';

/** What a page says of its paywall. */
export interface Guarded extends HTMLElement {
  readonly meter: Meter;
  /** Id of the element that holds the article. */
  readonly for: string | undefined;
  readonly preview: number;
  readonly access: string | undefined;
  readonly signedIn: boolean;
  /** Whether a server has decided already. */
  readonly server: boolean;
}

const meta = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[property="${name}"],meta[name="${name}"]`)?.content;

/** Decides whether the article opens, takes its rest out of the page where it does not, and counts it where it does. */
export class PaywallController implements ReactiveController {
  verdict: Partial<AccessVerdict> = {access: 'pending'};

  readonly #host: ReactiveControllerHost & Guarded;
  #restore: (() => void) | undefined;
  #pass: EntitlementAnswer = {state: 'pending'};
  #since = 0;
  #stop = new AbortController();

  constructor(host: ReactiveControllerHost & Guarded) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    void this.#begin(signal);
    // A gift in this tab, another tab, or a page that comes back from the pay page.
    const again = () => this.#ask(signal);
    addEventListener('support-supported', again, {signal});
    addEventListener('pageshow', event => event.persisted && again(), {signal});
    document.addEventListener('visibilitychange', () => this.#decide(), {signal});
    signal.addEventListener(
      'abort',
      readerStore().watch(() => this.#decide()),
    );
  }

  hostDisconnected(): void {
    this.#stop.abort();
    this.#open();
  }

  /** Decides afresh: after a sign-in, or with another meter. */
  refresh(): void {
    this.#ask(this.#stop.signal);
  }

  async #begin(signal: AbortSignal) {
    await this.#host.updateComplete;
    if ((document as {prerendering?: boolean}).prerendering)
      await new Promise(go => document.addEventListener('prerenderingchange', go, {once: true}));
    if (!signal.aborted) this.#ask(signal);
  }

  #ask(signal: AbortSignal) {
    this.#since = Date.now();
    this.#pass = {state: 'pending'};
    const {access, server} = this.#host;
    if (server) return this.#decide();
    void askAccess(access, signal).then(answer => {
      this.#pass = answer;
      if (!signal.aborted) this.#decide();
    });
    // Nobody is kept waiting for a companion that does not answer.
    setTimeout(() => !signal.aborted && this.#decide(), 3001);
    this.#decide();
  }

  #decide() {
    const host = this.#host;
    if (host.server) return this.#enter(this.#told());
    const now = Date.now();
    const store = readerStore();
    const {meter: counted, supported} = store.read();
    const free = meta('support:free') as NeverCounts | undefined;
    const article = {
      key: articleKeyOf(location.pathname),
      section: meta('article:section'),
      free: neverCounts.find(one => one === free),
    };
    const reader = {
      now,
      minutesEast: -new Date(now).getTimezoneOffset(),
      registered: host.signedIn,
    };
    const {meter} = host;
    const verdict = judgeAccess({
      ...{meter, counted, article, ...reader, since: this.#since},
      entitlements: [
        {provider: 'pass', answer: this.#pass},
        {
          provider: 'record',
          answer: supported ? {state: 'yes', until: supported.until} : {state: 'no'},
        },
      ],
    });
    // A tab in the background is not read.
    if (document.visibilityState === 'visible')
      store.update(state => recordMetered(state, meter, article, reader));
    this.#enter(verdict);
  }

  /** What the server has decided and written into the page. */
  #told(): Partial<AccessVerdict> {
    const told = (name: string) => this.#host.getAttribute(name);
    const number = (name: string) => Number(told(name) ?? Infinity);
    return {
      access: (told('state') ?? 'locked') as AccessVerdict['access'],
      because: (told('because') ?? 'members-only') as AccessVerdict['because'],
      ...{left: number('left'), of: number('of'), more: Number(told('more'))},
    };
  }

  #enter(verdict: Partial<AccessVerdict>) {
    const {access, because} = verdict;
    const host = this.#host;
    const {access: before, because: why} = this.verdict;
    // What was counted by this very page view is not read again.
    if (
      before === access &&
      (why === because || because === 'already-read') &&
      before !== 'pending'
    )
      return;
    this.verdict = verdict;
    if (access === 'locked') {
      page().asked = true;
      const root = host.server ? null : document.getElementById(host.for ?? '');
      if (root && !this.#restore) this.#restore = cutArticle(root, host.preview, host);
    } else this.#open();
    if (access !== 'pending') endGuard();
    host.requestUpdate();
    host.dispatchEvent(new SupportAccessEvent(verdict));
  }

  #open() {
    this.#restore?.();
    this.#restore = undefined;
  }
}
