/** What a press in the form needs: the checkout, and reading what was typed. Fetched when a reader reaches for it. */

import {html} from 'lit';
import type {CheckoutHook} from '../../checkout/hook.js';
import type {CheckoutSetting} from '../../core/money/checkout-setting.js';
import {CheckoutController} from '../../controllers/checkout-controller.js';
import type {LocaleController} from '../../controllers/locale-controller.js';
import {checkAmount, type AmountVerdict} from '../../core/money/check-amount.js';
import {
  requestErrorCodes,
  type Attribution,
  type CheckoutErrorCode,
} from '../../core/money/checkout.js';
import {formatMoney, type Money} from '../../core/money/money.js';
import type {Amounts, Frequency, Offer} from '../../core/money/offer.js';
import {parseMoney, type MoneyProblem} from '../../core/money/parse-money.js';
import {SupportChooseEvent} from '../../events/support-checkout-events.js';
import type {SupportSupportedEvent} from '../../events/support-supported-event.js';
import type {MessageKey} from '../../locales/en.js';
import {mountIn} from './mount-in.js';
import {amountIn, renewed, words} from '../shared/words.js';
import {thanksFor} from '../thanks/thanks-for.js';

/** What the form shows: the element draws it, and what a reader does changes it. */
export interface AskForm {
  offer: Offer;
  currency: string;
  amounts: Amounts | undefined;
  picked: number | 'custom';
  typed: string;
  /** A press that waits for what answers it. */
  isSubmitting?: boolean;
  /** What went wrong before that was here, as it is rendered. */
  failure?: unknown;
}

/** What is asked of the element. */
interface AskHost extends HTMLElement {
  readonly frequency: Frequency;
  readonly checkout: CheckoutSetting | CheckoutHook | undefined;
  readonly campaign: string | undefined;
  readonly placement: string | undefined;
  readonly view: string | undefined;
  readonly attribution: Attribution | undefined;
  readonly origins: readonly string[] | undefined;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
  addController: CheckoutHost['addController'];
  removeController: CheckoutHost['removeController'];
  requestUpdate(): void;
}

type CheckoutHost = ConstructorParameters<typeof CheckoutController>[0];

/** Why an amount is not sold. */
type AmountProblem = MoneyProblem | (AmountVerdict & {readonly ok: false})['reason'];

let hasWarned = false;

/** The message for a code that has none of its own. */
function wordsFor(code: CheckoutErrorCode): MessageKey {
  if ((requestErrorCodes as readonly string[]).includes(code)) return 'refused';
  return /^(amount|currency)-/.test(code) ? 'offer-unavailable' : 'provider-down';
}

/** What a reader does in the form: chooses, types, presses, and is told what came of it. */
export class AskInteractions {
  /** Why the amount was refused when the button was pressed, until it is changed. */
  problem: AmountProblem | undefined;

  readonly #host: AskHost;
  readonly #form: AskForm;
  readonly #locale: LocaleController;
  readonly #checkout: CheckoutController;
  #thanks: string | undefined;
  #stage = 'submit';
  /** Whether a press ended in an error that nobody foresaw. */
  #hasFailed = false;

  constructor(host: AskHost, form: AskForm, locale: LocaleController) {
    this.#host = host;
    this.#form = form;
    this.#locale = locale;
    this.#checkout = new CheckoutController(host, {
      hook: () => host.checkout,
      mount: () => mountIn(host),
      origins: () => host.origins ?? [],
    });
    host.addEventListener('support-supported', ({frequency, amount}: SupportSupportedEvent) => {
      this.#thanks = thanksFor(locale, frequency, amount);
      host.requestUpdate();
    });
  }

  /** Whether a press is on its way. */
  get isBusy(): boolean {
    return this.#checkout.phase !== 'idle';
  }

  /** What the form would sell now. */
  get money(): Money | undefined {
    return this.#readAmount().money;
  }

  /** What went wrong, in words beside the field; or the way on where this page cannot be left. */
  get failure(): unknown {
    const {t} = this.#locale;
    const {newTabUrl, error} = this.#checkout;
    if (newTabUrl) {
      const text = t('new-tab');
      return renewed(
        newTabUrl + text,
        html`<a href=${newTabUrl} target="_blank" rel="noopener">${text}</a>`,
      );
    }
    if (this.problem) {
      // What there are no words for is one and the same to a reader.
      const problem = t(this.problem as MessageKey);
      // Where it is the way of writing that was at fault, the full form shows how to.
      return words(`${problem} ${this.#range(!problem)}`.trim());
    }
    if (this.#hasFailed) return words(t('provider-down'));
    return error && words(t(error as MessageKey) || t(wordsFor(error)));
  }

  /** What may be typed, where the reader types: it takes the numbers of a whole page to say. */
  get range(): string {
    return this.#form.picked === 'custom' ? this.#range(true) : '';
  }

  /** What stands in place of the form, if anything. */
  instead(): unknown {
    if (this.#thanks) {
      return html`<p part="thanks" role="status" tabindex="-1">${words(this.#thanks)}</p>`;
    }
    return this.#checkout.phase === 'embedded'
      ? html`<button part="back" type="button" @click=${() => this.cancel()}>
          ${words(this.#locale.t('back'))}
        </button>`
      : undefined;
  }

  /** Where the form gives way to something else, the focus goes there, and comes back with it. */
  updated(): void {
    const {phase} = this.#checkout;
    const stage = this.#thanks ? 'thanks' : phase === 'embedded' ? 'back' : 'submit';
    if (stage !== this.#stage) this.#focus(stage);
    this.#stage = stage;
  }

  /** The reader has chosen, or typed. */
  onChange(): void {
    const host = this.#host;
    this.problem = undefined;
    // A change of mind calls an attempt off.
    this.cancel();
    host.requestUpdate();
    host.dispatchEvent(new SupportChooseEvent(host.frequency, this.money));
  }

  /** Takes the amount to a checkout, or says why it cannot be. Never rejects: every press ends in words at least. */
  async submit(): Promise<void> {
    this.#hasFailed = false;
    try {
      await this.#press();
    } catch (error) {
      console.warn('reader-support:', error);
      this.cancel();
      this.#hasFailed = true;
      this.#host.requestUpdate();
    }
  }

  async #press(): Promise<void> {
    const host = this.#host;
    if (this.isBusy) return;
    const {money: amount, problem} = this.#readAmount();
    // There is more to read before the reader goes on; or more to choose than one line shows.
    if (host.view === (amount ? 'amounts' : 'button')) {
      return void host.dispatchEvent(new Event('proceed'));
    }
    this.problem = problem;
    host.requestUpdate();
    if (!amount) {
      await host.updateComplete;
      return this.#focus('custom');
    }
    const {campaign, placement} = host;
    const code = await this.#checkout.press({
      offerId: this.#form.offer.id ?? 'support',
      frequency: host.frequency,
      amount,
      locale: this.#locale.locale,
      attribution: {
        ...(campaign ? {campaign} : {}),
        ...(placement ? {placement} : {}),
        page: location.pathname,
        ...host.attribution,
      },
    });
    if (code === 'not-configured' && !host.checkout && !hasWarned) {
      hasWarned = true;
      console.warn('reader-support: <support-ask> has no checkout');
    }
  }

  /** Calls off the attempt that is under way. */
  cancel(): void {
    this.#checkout.abort();
  }

  /** What the form would sell, or why nothing. */
  #readAmount(): {readonly money?: Money; readonly problem?: AmountProblem} {
    const {picked, currency, typed, offer} = this.#form;
    const parsed =
      picked === 'custom'
        ? parseMoney(typed, currency, this.#locale.locale)
        : {ok: true as const, money: {minor: picked, currency}};
    if (!parsed.ok) return {problem: parsed.reason};
    const verdict = checkAmount(offer, this.#host.frequency, parsed.money);
    return verdict.ok ? {money: parsed.money} : {problem: verdict.reason};
  }

  #range(trim: boolean): string {
    const {currency, amounts} = this.#form;
    const {min, max} = amounts ?? {min: 0, max: 0};
    const show = (minor: number) =>
      amountIn(formatMoney({minor, currency}, this.#locale.locale, {trim}));
    return this.#locale.t('range', {min: show(min), max: show(max)});
  }

  #focus(part: string) {
    this.#host.renderRoot.querySelector<HTMLElement>(`[part=${part}]`)?.focus();
  }
}
