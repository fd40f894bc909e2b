import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {newId} from '../browser/new-id.js';
import {placesOf} from '../browser/storage/enrolments.js';
import {CheckoutError, checkoutErrorCode, isSilent} from '../checkout/checkout-error.js';
import {checkoutHook, originsNamedBy, type CheckoutHook} from '../checkout/hook.js';
import {safeCheckoutUrl} from '../checkout/safe-url.js';
import type {CheckoutErrorCode, CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import {
  SupportCheckoutEvent,
  SupportCheckoutFailedEvent,
} from '../events/support-checkout-events.js';
import type {CheckoutSetting} from '../core/money/checkout-setting.js';
import {SupportSupportedEvent} from '../events/support-supported-event.js';
import {ownProperties} from '../core/own-properties.js';

/** `leaving`: the page is on its way to the payment; `embedded`: the payment is mounted in the page. */
export type CheckoutPhase = 'idle' | 'busy' | 'leaving' | 'embedded';

/** What the element lends to the controller; each is asked for anew at every press. */
export interface CheckoutControllerOptions {
  /** The configured hook, or the checkout of a campaigns file, if any. */
  readonly hook: () => CheckoutHook | CheckoutSetting | undefined;
  /** A light-DOM child of the element, projected by its slot `checkout`. */
  readonly mount: () => HTMLElement;
  /** More origins the reader may be sent to. */
  readonly origins: () => readonly string[];
  /** Leaves the page; answers `false` where it cannot, and the URL is offered as a link instead. */
  readonly navigate?: (url: URL) => unknown;
  /** Milliseconds until an attempt fails; default: 10,000. */
  readonly timeout?: number;
}

/** Takes a press of the button to a payment, or to an error the element has words for. */
export class CheckoutController implements ReactiveController {
  /** Whose attempt is under way: a page makes one at a time. */
  static #current: CheckoutController | undefined;

  phase: CheckoutPhase = 'idle';

  /** Why the last attempt failed. */
  error: CheckoutErrorCode | undefined;

  /** Where to pay when this page cannot be left, as in a frame: for a link to a new tab. */
  newTabUrl: string | undefined;

  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #options: CheckoutControllerOptions;
  #attempt: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failed: {readonly offer: string; readonly attemptId: string} | undefined;

  constructor(host: ReactiveControllerHost & EventTarget, options: CheckoutControllerOptions) {
    this.#host = host;
    this.#options = ownProperties(options);
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pageshow', this.#reviveOnReturn);
  }

  hostDisconnected(): void {
    removeEventListener('pageshow', this.#reviveOnReturn);
    this.abort();
  }

  /**
   * Starts an attempt. Never rejects: the promise gives the code of a failure, or `undefined`, as soon as
   * the reader is on the way, a page is embedded, or a listener has taken over.
   */
  async press(wanted: Omit<CheckoutIntent, 'attemptId'>): Promise<CheckoutErrorCode | undefined> {
    const current = CheckoutController.#current;
    if (current && (current === this || current.phase !== 'embedded')) return 'in-progress';
    current?.abort();

    const {offerId, frequency, amount} = wanted;
    const offer = [offerId, frequency, amount.minor, amount.currency].join();
    const attemptId = this.#failed?.offer === offer ? this.#failed.attemptId : newAttemptId();
    const places = placesOf(Date.now(), wanted.attribution);
    const intent = ownProperties<CheckoutIntent>({
      ...wanted,
      attemptId,
      attribution: {...wanted.attribution, ...places},
    });
    const attempt = new AbortController();
    const {signal} = attempt;
    const fail = (thrown: unknown): CheckoutErrorCode => {
      // Of an attempt that was called off, nothing is left to tidy up.
      if (this.#attempt !== attempt) return 'aborted';
      const code = checkoutErrorCode(thrown);
      if (isSilent(code)) {
        this.abort();
      } else {
        this.#end(code);
        this.#failed = {offer, attemptId};
        // What a hook still does for this attempt is in vain.
        attempt.abort(thrown);
        this.#host.dispatchEvent(new SupportCheckoutFailedEvent(code, intent));
      }
      return code;
    };

    CheckoutController.#current = this;
    this.#attempt = attempt;
    this.#failed = this.error = this.newTabUrl = undefined;
    this.#setPhase('busy', () => attempt.abort(new CheckoutError('timeout')));
    try {
      const event = new SupportCheckoutEvent(intent, signal);
      this.#host.dispatchEvent(event);
      if (event.defaultPrevented && !event.response) {
        if (!signal.aborted) this.#end();
        return;
      }
      const outcome = ownProperties(
        await untilAborted(signal, event.response ?? this.#callHook(intent, signal)),
      );
      signal.throwIfAborted();
      if (outcome.type === 'redirect') {
        this.#goTo(outcome.url);
      } else if (outcome.type === 'embedded' && typeof outcome.finished.then === 'function') {
        this.#setPhase('embedded');
        untilAborted(signal, outcome.finished)
          .then(how => {
            if (signal.aborted) return;
            this.#end();
            if (how === 'complete') {
              this.#host.dispatchEvent(new SupportSupportedEvent(frequency, amount));
            }
          })
          .catch(fail);
      } else if (outcome.type === 'handled' || outcome.type === 'cancelled') {
        this.#end();
      } else {
        throw new CheckoutError('bad-response');
      }
      return;
    } catch (error) {
      return fail(error);
    }
  }

  /** Calls the attempt off, silently; nothing of it happens any more. Forgets the last error, too. */
  abort(): void {
    const attempt = this.#attempt;
    this.#end();
    attempt?.abort(new CheckoutError('aborted'));
  }

  /** Gives the button back. The signal stays as it is: who took the attempt over may still need it. */
  #end(error?: CheckoutErrorCode, newTabUrl?: string) {
    this.#attempt = undefined;
    if (CheckoutController.#current === this) CheckoutController.#current = undefined;
    this.error = error;
    this.newTabUrl = newTabUrl;
    this.#setPhase('idle');
  }

  async #callHook(intent: CheckoutIntent, signal: AbortSignal): Promise<CheckoutOutcome> {
    signal.throwIfAborted();
    const hook = this.#options.hook();
    if (!hook) throw new CheckoutError('not-configured');
    return checkoutHook(hook)(intent, {
      signal,
      locale: intent.locale,
      mount: () => {
        signal.throwIfAborted();
        return this.#options.mount();
      },
    });
  }

  #goTo(text: string) {
    const {hook, origins} = this.#options;
    const url = safeCheckoutUrl(text, [...origins(), ...originsNamedBy(hook())]);
    if (!url) throw new CheckoutError('unsafe-url');
    if ((this.#options.navigate ?? navigateTop)(url) === false) {
      this.#end(undefined, url.href);
    } else {
      // A reader who stopped the navigation gets the button back.
      this.#setPhase('leaving', () => this.abort());
    }
  }

  #setPhase(phase: CheckoutPhase, onTimeout?: () => void) {
    clearTimeout(this.#timer);
    if (onTimeout) this.#timer = setTimeout(onTimeout, this.#options.timeout ?? 10_000);
    this.phase = phase;
    this.#host.requestUpdate();
  }

  // The back-forward cache restores the page as it was left: with a busy button.
  readonly #reviveOnReturn = (event: PageTransitionEvent) => {
    if (event.persisted && this.phase !== 'embedded') this.abort();
  };
}

/** Returns a UUID, version 4. */
const newAttemptId = (): string => newId().replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-a$4-');

/** The promise's value, unless the signal aborts first: then its reason is thrown. */
function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    void promise.then(resolve, reject);
  });
}

/** Leaves for a URL at top level, since hosted Checkout refuses frames; `false` where a frame may not. */
function navigateTop(url: URL): boolean {
  try {
    // WebKit says nothing when a sandbox holds the page back; the others throw.
    const sandbox = (frameElement as HTMLIFrameElement | null)?.sandbox;
    if (sandbox?.length && !/\ballow-top-navigation\b(?!-)/.test(sandbox.value)) return false;
    (top ?? window).location.assign(url.href);
    return true;
  } catch {
    return false;
  }
}
