import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {readerStore} from '../browser/storage/reader-store.js';
import {whenActivated} from '../browser/when-activated.js';
import {defaultCadence} from '../core/cadence/default-cadence.js';
import {type Money} from '../core/money/money.js';
import {frequencies, type Frequency} from '../core/money/offer.js';
import {recordSupported} from '../core/cadence/reader-record.js';
import {SupportSupportedEvent} from '../events/support-supported-event.js';
import {ownProperties} from '../core/own-properties.js';

/** A payment as the companion knows it. */
interface CheckoutAnswer {
  readonly state?: unknown;
  readonly frequency?: unknown;
  readonly amount?: unknown;
}

const timeoutMs = 10_000;
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
    await whenActivated();
    this.#setState('asking');
    // A reader who leaves before there is an answer has come back from a payment all the same. It
    // silences the ask, and opens nothing.
    const takeBack = remember();
    const {state, frequency, amount} = await this.#ask(session);
    if (state === 'open' || state === 'expired') {
      takeBack();
      return this.#setState('unpaid');
    }

    this.frequency = frequencies.find(name => name === frequency);
    this.amount = readMoney(amount);
    if (this.frequency) {
      takeBack();
      remember(this.frequency);
    }
    this.#setState('supported');
    this.#host.dispatchEvent(new SupportSupportedEvent(this.frequency, this.amount));
  }

  async #ask(session: string | null): Promise<CheckoutAnswer> {
    const checkout = this.#checkout();
    if (!checkout || !session) return ownProperties({});
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), timeoutMs);
    const request = ownProperties<RequestInit>({
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
    });
    try {
      const response = await fetch(
        `${checkout.replace(/\/$/, '')}/${encodeURIComponent(session)}`,
        request,
      );
      return ownProperties(response.ok ? (Object(await response.json()) as CheckoutAnswer) : {});
    } catch {
      return ownProperties({});
    } finally {
      clearTimeout(timer);
    }
  }

  #setState(state: ThanksController['state']) {
    this.state = state;
    this.#host.requestUpdate();
  }
}

/**
 * Notes a gift in the reader's record; without its frequency it is a hint, and silences for as little
 * as a hint should. Returns a function that takes it back.
 */
function remember(frequency?: Frequency): () => void {
  const days =
    frequency && frequency !== 'once'
      ? defaultCadence.supportedRecurringDays
      : defaultCadence.supportedOnceDays;
  const {supported: before} = readerStore().read();
  let at = 0;
  readerStore().update((record, now) => {
    at = now;
    return recordSupported(record, {at, until: at + days * day, ...(frequency && {frequency})});
  });
  return () => {
    readerStore().update(({supported, ...record}) => {
      // What another tab has noted meanwhile is not ours to take back.
      const gift = supported?.at === at ? before : supported;
      return gift ? {...record, supported: gift} : record;
    });
  };
}

function readMoney(value: unknown): Money | undefined {
  const {minor, currency} = ownProperties(Object(value)) as Partial<Money>;
  return Number.isSafeInteger(minor) && (minor as number) > 0 && /^[A-Z]{3}$/.test(String(currency))
    ? {minor: minor as number, currency: String(currency)}
    : undefined;
}
