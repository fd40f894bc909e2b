import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {endGuard} from '../browser/placement/remove-anti-flicker.js';
import {page} from '../browser/page.js';
import type {AccessVerdict, EntitlementAnswer} from '../core/meter/access.js';
import type {Meter, NeverCounts} from '../core/meter/meter.js';
import {verdictFrom} from '../core/meter/verdict-attributes.js';
import {SupportAccessEvent} from '../events/support-access-event.js';

/**
 * What an access provider says of this reader and this article: a right (`true`, or an answer that says until
 * when), that the reader is registered, why the article does not count, or nothing.
 */
export type AccessProviderAnswer =
  boolean | '' | undefined | EntitlementAnswer | NeverCounts | 'registered';

/** Somebody of the site's own who may let a reader through the paywall: an account, a newsletter, a shared link, a library. */
export interface AccessProvider {
  /** Its name in verdicts. */
  readonly id: string;
  /** What holds when it fails, or takes longer than three seconds. Default: `no`. */
  readonly onTimeout?: 'yes' | 'no';
  /** Asks. The signal ends when nobody waits for the answer any more. */
  readonly ask: (signal: AbortSignal) => AccessProviderAnswer | Promise<AccessProviderAnswer>;
}

/** What a page says of its paywall. */
export interface Guarded extends HTMLElement {
  readonly meter: Meter;
  /** Id of the element that holds the article. */
  readonly for: string | undefined;
  readonly preview: number;
  readonly access: string | undefined;
  readonly signedIn: boolean;
  readonly accessProviders: readonly AccessProvider[] | undefined;
  /** Whether a server has decided already. */
  readonly server: boolean;
}

/** Knows what was decided about the article: by a server, or by this browser where there is none. */
export class PaywallController implements ReactiveController {
  verdict: Partial<AccessVerdict> = {access: 'pending'};

  readonly #host: ReactiveControllerHost & Guarded;
  #stop = new AbortController();
  #ask: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Guarded) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = new AbortController();
    void this.#begin(this.#stop.signal);
  }

  hostDisconnected(): void {
    this.#stop.abort();
    this.#ask = undefined;
  }

  /** Decides afresh: after a sign-in, or with another meter. */
  refresh(): void {
    this.#ask?.();
  }

  async #begin(signal: AbortSignal) {
    const host = this.#host;
    // A page from a server is taken over as it is, first.
    await host.updateComplete;
    if (host.server) return this.#enter(this.#told());
    if ((document as {prerendering?: boolean}).prerendering)
      await new Promise(go => document.addEventListener('prerenderingchange', go, {once: true}));
    try {
      const {meterHere} = await import('./client-meter.js');
      if (!signal.aborted) this.#ask = meterHere(host, verdict => this.#enter(verdict), signal);
    } catch {
      // Without it nothing is decided, so the article stays as it is.
      endGuard();
    }
  }

  /** What the server has decided and written into the page. */
  #told(): Partial<AccessVerdict> {
    return verdictFrom(name => this.#host.getAttribute(name));
  }

  #enter(verdict: Partial<AccessVerdict>) {
    const {access, reason} = verdict;
    const {verdict: before} = this;
    // What this very page view has counted is not read again.
    const isSame = reason === before.reason || reason === 'already-read';
    if (access === before.access && (isSame || access === 'metered')) return;
    this.verdict = verdict;
    // One ask a page: at the wall there is one already, whatever was shown before it stood there.
    if (access === 'locked') {
      page().asked = true;
      for (const appeal of document.querySelectorAll('support-appeal[open]'))
        (appeal as HTMLElement & {open: boolean}).open = false;
    }
    if (access !== 'pending') endGuard();
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new SupportAccessEvent(verdict));
  }
}
