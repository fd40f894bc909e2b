import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {readerStore} from '../browser/reader-store.js';
import {defaultCadence} from '../core/cadence.js';
import {isCurrency} from '../core/currencies.js';
import {type Money} from '../core/money.js';
import {frequencies, type Frequency} from '../core/offer.js';
import {recordSupported} from '../core/reader-record.js';
import {SupportSupportedEvent} from '../events.js';

/** A payment as the companion knows it. */
interface Answer {
  readonly state?: unknown;
  readonly frequency?: unknown;
  readonly amount?: unknown;
}

const patience = 10_000;
const day = 86_400_000;

/** Hears from the page's address, and then from the companion, that a reader comes back from a payment. */
export class ThanksController implements ReactiveController {
  /** `none`: nobody comes back; `unpaid`: the companion knows that nothing was paid. */
  state: 'none' | 'asking' | 'supported' | 'unpaid' = 'none';

  /** What was given, when the companion could say. */
  frequency: Frequency | undefined;
  amount: Money | undefined;

  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #checkout: () => string | undefined;

  constructor(host: ReactiveControllerHost & EventTarget, checkout: () => string | undefined) {
    this.#host = host;
    this.#checkout = checkout;
    host.addController(this);
  }

  hostConnected(): void {
    const url = new URL(location.href);
    const {searchParams} = url;
    if (searchParams.get('support') !== 'success') return;
    const session = searchParams.get('support_session');
    // A reload thanks nobody twice, and a shared address thanks nobody else.
    searchParams.delete('support');
    searchParams.delete('support_session');
    history.replaceState(history.state, '', url);
    void this.#thank(session);
  }

  async #thank(session: string | null) {
    // A page from a server is taken over as it is, first.
    await this.#host.updateComplete;
    this.#enter('asking');
    const {state, frequency, amount} = await this.#ask(session);
    if (state === 'open' || state === 'expired') return this.#enter('unpaid');

    this.frequency = frequencies.find(one => one === frequency);
    this.amount = moneyOf(amount);
    // Without an answer it is a hint, and silences for as little as a hint should.
    const days =
      this.frequency && this.frequency !== 'once'
        ? defaultCadence.supportedRecurring
        : defaultCadence.supportedOnce;
    const given = this.frequency ? {frequency: this.frequency} : {};
    readerStore().update((record, now) =>
      recordSupported(record, {at: now, until: now + days * day, ...given}),
    );
    this.#enter('supported');
    this.#host.dispatchEvent(new SupportSupportedEvent(this.frequency, this.amount));
  }

  async #ask(session: string | null): Promise<Answer> {
    const checkout = this.#checkout();
    if (!checkout || !session) return {};
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    // Without a prototype, since fetch reads inherited members and a page may have added some.
    const request = Object.assign(Object.create(null) as RequestInit, {
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
    });
    try {
      const response = await fetch(
        `${checkout.replace(/\/$/, '')}/${encodeURIComponent(session)}`,
        request,
      );
      return response.ok ? (Object(await response.json()) as Answer) : {};
    } catch {
      return {};
    } finally {
      clearTimeout(timer);
    }
  }

  #enter(state: ThanksController['state']) {
    this.state = state;
    this.#host.requestUpdate();
  }
}

function moneyOf(value: unknown): Money | undefined {
  const {minor, currency} = Object(value) as Partial<Money>;
  return Number.isSafeInteger(minor) && (minor as number) > 0 && isCurrency(String(currency))
    ? {minor: minor as number, currency: String(currency)}
    : undefined;
}
