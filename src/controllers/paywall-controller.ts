import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {removeAntiFlicker} from '../browser/placement/remove-anti-flicker.js';
import {page} from '../browser/page.js';
import {whenActivated} from '../browser/when-activated.js';
import type {AccessVerdict} from '../core/meter/access.js';
import {verdictFrom} from '../core/meter/verdict-attributes.js';
import {SupportAccessEvent} from '../events/support-access-event.js';
import type {PaywallHost} from './client-meter.js';

export type {AccessProvider, PaywallHost} from './client-meter.js';

/** Knows what was decided about the article: by a server, or by this browser where there is none. */
export class PaywallController implements ReactiveController {
  verdict: Partial<AccessVerdict> = {access: 'pending'};

  readonly #host: ReactiveControllerHost & PaywallHost;
  #stop = new AbortController();
  #ask: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & PaywallHost) {
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
    if (host.server) return this.#apply(this.#verdictOfServer());
    await whenActivated();
    try {
      const {runClientMeter} = await import('./client-meter.js');
      if (!signal.aborted)
        this.#ask = runClientMeter(host, verdict => this.#apply(verdict), signal);
    } catch {
      // Without it nothing is decided, so the article stays as it is.
      removeAntiFlicker();
    }
  }

  /** What the server has decided and written into the page. */
  #verdictOfServer(): Partial<AccessVerdict> {
    return verdictFrom(name => this.#host.getAttribute(name));
  }

  #apply(verdict: Partial<AccessVerdict>) {
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
    if (access !== 'pending') removeAntiFlicker();
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new SupportAccessEvent(verdict));
  }
}
