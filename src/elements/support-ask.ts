import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';
import type {CheckoutHook} from '../checkout/hook.js';
import type {CheckoutController} from '../controllers/checkout-controller.js';
import {LocaleController} from '../controllers/locale-controller.js';
import type {AmountVerdict} from '../core/check-amount.js';
import type {Attribution, CheckoutErrorCode} from '../core/checkout.js';
import {isCurrency} from '../core/currencies.js';
import {formatMoney, type Money} from '../core/money.js';
import {
  defaultOffer,
  frequencies,
  offeredCurrencies,
  offeredFrequencies,
  type Amounts,
  type Frequency,
  type Offer,
} from '../core/offer.js';
import type {MoneyProblem} from '../core/parse-money.js';
import {SupportChooseEvent, type SupportSupportedEvent} from '../events.js';
import type {MessageKey} from '../locales/en.js';
import type * as Acts from './acts.js';
import {currencyFor} from './currency-for.js';
import {hostStyles} from './host.styles.js';
import {thanksFor} from './thanks-for.js';
import {askStyles} from './support-ask.styles.js';

/** Why an amount is not sold. */
type Problem = MoneyProblem | (AmountVerdict & {readonly ok: false})['because'];

let hasWarned = false;

/** What a press needs, once any form has fetched it. */
let acts: typeof Acts | undefined;

/**
 * The ask: a form that lets a reader choose how often and how much to give, says what will happen, and
 * hands over to a checkout. It stands in an appeal, or alone on a page.
 *
 * @slot checkout - Where an embedded checkout is mounted: a child in the light DOM, made when needed.
 *
 * @fires {SupportChooseEvent} support-choose - The reader chose a frequency or an amount.
 * @fires {SupportCheckoutEvent} support-checkout - The reader pressed the button. Cancelable.
 * @fires {SupportCheckoutFailedEvent} support-checkout-failed - The checkout ended in an error.
 * @fires {SupportSupportedEvent} support-supported - An embedded checkout was completed.
 *
 * @csspart frequency - The choice of a frequency.
 * @csspart amount - The choice of an amount.
 * @csspart custom - The field for another amount.
 * @csspart currency - The choice of a currency, where there is one.
 * @csspart error - What went wrong, in words.
 * @csspart submit - The button.
 * @csspart summary - What the reader will pay, and where.
 * @csspart back - The way back from an embedded checkout.
 * @csspart thanks - What is shown after an embedded checkout.
 *
 * @cssprop [--support-background=Canvas] - Background.
 * @cssprop [--support-text=CanvasText] - Text.
 * @cssprop [--support-muted] - Text of less weight.
 * @cssprop [--support-border] - Borders of controls.
 * @cssprop [--support-accent] - The chosen, the button and the focus ring.
 * @cssprop [--support-on-accent] - Text on the accent; black or white, whichever is legible, unless told.
 * @cssprop [--support-error] - Errors.
 * @cssprop [--support-focus=--support-accent] - The focus ring.
 * @cssprop [--support-font=system-ui, sans-serif] - Typeface.
 * @cssprop [--support-heading-font=Georgia, serif] - Typeface of headings.
 * @cssprop [--support-font-size=clamp(16px, 1rem, 32px)] - Size of the text.
 * @cssprop [--support-radius=4px] - Rounding of controls.
 * @cssprop [--support-space=1em] - Space between the parts.
 */
export class SupportAskElement extends LitElement {
  static override styles: CSSResultGroup = [hostStyles, askStyles];

  static override properties: PropertyDeclarations = {
    frequency: {reflect: true},
    currency: {},
    checkout: {},
    campaign: {},
    placement: {},
    offer: {attribute: false},
    attribution: {attribute: false},
    origins: {attribute: false},
  };

  /** The frequency chosen; the first one offered unless told. */
  declare frequency: Frequency;

  /** ISO 4217 code of the currency to start with, and then of the one chosen. */
  declare currency: string | undefined;

  /** Where a press goes: the URL of a checkout endpoint, or a checkout hook. */
  declare checkout: string | CheckoutHook | undefined;

  /** Names the campaign a gift is attributed to. */
  declare campaign: string | undefined;

  /** Names the place on the page a gift is attributed to. */
  declare placement: string | undefined;

  /** What can be given; monthly from $2 unless told. What is no sane offer in it is left out. */
  declare offer: Offer | undefined;

  /** What else a gift is attributed to; the page is its path unless told. */
  declare attribution: Attribution | undefined;

  /** More origins that a checkout may lead to. */
  declare origins: readonly string[] | undefined;

  readonly #locale = new LocaleController(this);
  #checkout: CheckoutController | undefined;
  #isFetching = false;
  #error: CheckoutErrorCode | undefined;
  #given: unknown;
  #offer: Offer = defaultOffer;
  #currency = '';
  #amounts: Amounts | undefined;
  #picked: number | 'custom' = 'custom';
  #typed = '';
  #problem: Problem | undefined;
  #thanks: string | undefined;
  #stage = 'submit';

  constructor() {
    super();
    this.addEventListener('support-supported', this.#thank);
    // A reader who reaches for the form will type or press next.
    for (const type of ['pointerover', 'focusin']) {
      this.addEventListener(type, () => void this.#act().catch(() => undefined), {once: true});
    }
  }

  /** Calls off the attempt that is under way, if any: whatever comes of it, the page is not left. */
  cancel(): void {
    this.#isFetching = false;
    this.#checkout?.abort();
  }

  protected override willUpdate(): void {
    if (this.#locale.ready) this.#settle();
  }

  protected override updated(): void {
    // The attributes are for a server, which writes a property as an attribute, true or false; once a
    // reader has chosen, only the properties count.
    for (const radio of this.renderRoot.querySelectorAll<HTMLInputElement>('[type=radio]')) {
      radio.checked = radio.hasAttribute('checked');
    }
    for (const option of this.renderRoot.querySelectorAll('option')) {
      option.selected = option.hasAttribute('selected');
    }
    // Where the form gives way to something else, the focus goes there, and comes back with it.
    const stage = this.#thanks
      ? 'thanks'
      : this.#checkout?.phase === 'embedded'
        ? 'back'
        : 'submit';
    if (stage !== this.#stage) this.#focus(stage);
    this.#stage = stage;
  }

  protected override render(): unknown {
    const {t, language, dir, ready} = this.#locale;
    if (!ready) return nothing;
    return html`<div lang=${language} dir=${dir} data-nosnippet>
      ${
        this.#thanks
          ? html`<p part="thanks" role="status" tabindex="-1">${this.#thanks}</p>`
          : this.#checkout?.phase === 'embedded'
            ? html`<button part="back" type="button" @click=${this.#back}>${t('back')}</button>`
            : this.#renderForm()
      }<slot name="checkout"></slot>
    </div>`;
  }

  #renderForm(): TemplateResult {
    const {t} = this.#locale;
    const {frequency} = this;
    const {phase = 'idle', newTabUrl, error = this.#error} = this.#checkout ?? {};
    const isBusy = this.#isFetching || phase !== 'idle';
    const isCustom = this.#picked === 'custom';
    const {presets = [], min = 0, max = 0} = this.#amounts ?? {};
    const offered = offeredFrequencies(this.#offer, this.#currency);
    const offeredIn = offeredCurrencies(this.#offer);
    const {money} = this.#amount();
    const amount = money && this.#perFrequency(this.#show(money.minor));
    // What there are no words for is one and the same to a reader.
    const problem = this.#problem && t(this.#problem as MessageKey);
    // Where it is the way of writing that was at fault, the full form shows how to.
    const limits = {min: this.#show(min, !problem), max: this.#show(max, !problem)};
    const failure = newTabUrl
      ? html`<a href=${newTabUrl} target="_blank" rel="noopener">${t('new-tab')}</a>`
      : this.#problem
        ? `${problem || ''} ${t('range', limits)}`.trim()
        : error &&
          (t(error as MessageKey) ||
            t(/^(am|cu)/.test(error) ? 'offer-unavailable' : 'provider-down'));
    // The sign of the currency, on the side where the language writes it.
    const [before = '', after = ''] = this.#show(0).split(/\p{Nd}[\p{Nd}.,٫]*/u);
    const radio = (name: string, value: string | number, text: unknown, isChosen: boolean) =>
      html`<label
        ><input type="radio" name=${name} value=${value} ?checked=${isChosen} /><span
          >${text}</span
        ></label
      >`;

    return html`<form
      novalidate
      autocomplete="off"
      @submit=${this.#submit}
      @input=${this.#hear}
      @change=${this.#hear}
    >
      ${
        offered.length > 1
          ? html`<fieldset part="frequency">
              <legend>${t('frequency')}</legend>
              <div class="row">
                ${offered.map(one => radio('frequency', one, t(one), one === frequency))}
              </div>
            </fieldset>`
          : nothing
      }${
        offeredIn.length > 1
          ? html`<label class="currency"
              >${t('currency')}<select part="currency" name="currency">
                ${offeredIn.map(
                  one => html`<option ?selected=${one === this.#currency}>${one}</option>`,
                )}
              </select></label
            >`
          : nothing
      }
      <fieldset part="amount">
        <legend>${frequency === 'once' ? t('amount') : this.#perFrequency(t('amount'))}</legend>
        <div class="row">
          ${presets.map(minor =>
            radio('amount', minor, html`<bdi>${this.#show(minor)}</bdi>`, minor === this.#picked),
          )}
        </div>
        <div class="row">
          ${radio('amount', 'custom', html`<span id="other">${t('other')}</span>`, isCustom)}
          <span class="field"
            ><span id="before">${before}</span
            ><input
              part="custom"
              name="custom"
              inputmode="decimal"
              autocomplete="off"
              aria-labelledby="other before after"
              aria-describedby="error range"
              aria-invalid=${!!this.#problem}
              .value=${this.#typed}
            /><span id="after">${after}</span></span
          >
        </div>
        <p id="range" ?hidden=${!isCustom || !!failure}>${t('range', limits)}</p>
      </fieldset>
      <p part="error" id="error" role="alert">${failure}</p>
      <button part="submit" aria-disabled=${isBusy} aria-describedby="summary">
        ${isBusy ? t('busy') : amount ? t('button-amount', {amount}) : t('button')}
      </button>
      <p part="summary" id="summary">
        ${amount && t(frequency === 'once' ? 'pay-once' : 'pay', {amount})} ${t('next')}
      </p>
    </form>`;
  }

  #show(minor: number, trim = true): string {
    return formatMoney({minor, currency: this.#currency}, this.#locale.locale, {trim});
  }

  #perFrequency(amount: string): string {
    return this.#locale.t(`per-${this.frequency}`, {amount});
  }

  /** What the form would sell now, or why nothing; what is typed is read once the acts are here. */
  #amount(): {readonly money?: Money; readonly problem?: Problem} {
    const picked = this.#picked;
    const currency = this.#currency;
    if (picked === 'custom') {
      const parsed = acts?.parseMoney(this.#typed, currency, this.#locale.locale);
      if (!parsed?.ok) return parsed ? {problem: parsed.because} : {};
      return this.#sold(parsed.money);
    }
    return this.#sold({minor: picked, currency});
  }

  #sold(money: Money): {readonly money?: Money; readonly problem?: Problem} {
    const verdict = acts?.checkAmount(this.#offer, this.frequency, money);
    return verdict?.ok === false ? {problem: verdict.because} : {money};
  }

  /** Fetches what a press needs. Rejects where it cannot be fetched. */
  async #act(): Promise<void> {
    acts ??= await import('./acts.js');
    this.requestUpdate();
  }

  /** Takes presses to a checkout, once it has been fetched. */
  #till(): CheckoutController | undefined {
    return (this.#checkout ??=
      acts &&
      new acts.CheckoutController(this, {
        hook: () => this.checkout,
        mount: () => mountIn(this),
        origins: () => this.origins ?? [],
      }));
  }

  /** Brings frequency, currency and amount in line with the offer. */
  #settle() {
    if (this.#given !== (this.#given = this.offer)) this.#offer = saneOffer(this.offer);
    const offer = this.#offer;
    this.#currency = currencyFor(offer, this.currency, this.#locale.locale);
    const offered = offeredFrequencies(offer, this.#currency);
    if (!offered.includes(this.frequency)) this.frequency = offered[0] ?? 'monthly';

    const before = this.#amounts;
    const now = offer[this.frequency]?.[this.#currency];
    this.#amounts = now;
    const picked = this.#picked;
    if (!now || before === now || (before && picked === 'custom')) return;
    const {presets, preset} = now;
    const usual = presets.includes(preset) ? preset : (presets[0] ?? 'custom');
    // A reader who gives more than usual does so for every frequency; what was typed stays as it is.
    this.#picked =
      before && picked !== before.preset
        ? (presets[before.presets.indexOf(picked as number)] ?? usual)
        : usual;
  }

  readonly #hear = ({type, target}: Event) => {
    const {name, value} = target as HTMLInputElement;
    // A choice is made when it changes, an amount while it is typed.
    if ((type === 'input') !== (name === 'custom')) return;
    if (name === 'frequency') this.frequency = value as Frequency;
    else if (name === 'currency') this.currency = value;
    else this.#picked = name === 'custom' || value === 'custom' ? 'custom' : Number(value);
    if (name === 'custom') this.#typed = value;
    this.#settle();
    this.#problem = undefined;
    this.#error = undefined;
    // A change of mind calls an attempt off.
    this.#checkout?.abort();
    this.requestUpdate();
    const tell = () =>
      this.dispatchEvent(new SupportChooseEvent(this.frequency, this.#amount().money));
    if (acts) tell();
    else void this.#act().then(tell, tell);
  };

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    if (this.#isFetching || (this.#checkout && this.#checkout.phase !== 'idle')) return;
    if (!acts) {
      this.#isFetching = true;
      this.requestUpdate();
      const isCalledOff = () => !this.#isFetching;
      await this.#act().catch(() => undefined);
      if (isCalledOff()) return;
      this.#isFetching = false;
    }
    const checkout = this.#till();
    this.#error = checkout ? undefined : navigator.onLine ? 'network' : 'offline';
    if (!checkout) return this.requestUpdate();
    const {money: amount, problem} = this.#amount();
    this.#problem = problem;
    this.requestUpdate();
    if (!amount) {
      await this.updateComplete;
      return this.#focus('custom');
    }
    const {campaign, placement} = this;
    const code = await checkout.press({
      offerId: this.#offer.id ?? 'support',
      frequency: this.frequency,
      amount,
      locale: this.#locale.locale,
      attribution: {
        ...(campaign ? {campaign} : {}),
        ...(placement ? {placement} : {}),
        page: location.pathname,
        ...this.attribution,
      },
    });
    if (code === 'not-configured' && !this.checkout && !hasWarned) {
      hasWarned = true;
      console.warn('reader-support: <support-ask> has no checkout');
    }
  };

  readonly #back = () => this.#checkout?.abort();

  readonly #thank = ({frequency, amount}: SupportSupportedEvent) => {
    this.#thanks = thanksFor(this.#locale, frequency, amount);
    this.requestUpdate();
  };

  #focus(part: string) {
    this.renderRoot.querySelector<HTMLElement>(`[part=${part}]`)?.focus();
  }
}

/** The sane part of an offer, or the default where there is none. */
function saneOffer(given: unknown): Offer {
  const offer: {id?: string} & Partial<Record<Frequency, Record<string, Amounts>>> = {};
  try {
    const {id, ...rest} = Object(given) as Offer;
    if (typeof id === 'string') offer.id = id;
    for (const frequency of frequencies) {
      for (const [currency, amounts] of Object.entries(rest[frequency] ?? {})) {
        const {min, max, presets, preset} = amounts;
        const isSane =
          isCurrency(currency) &&
          [min, max, preset, ...presets].every(
            minor => Number.isSafeInteger(minor) && minor > 0 && minor >= min && minor <= max,
          );
        if (isSane) (offer[frequency] ??= {})[currency] = amounts;
      }
    }
  } catch {
    // No offer at all.
  }
  return offeredCurrencies(offer)[0] ? offer : defaultOffer;
}

/**
 * A light-DOM child for Stripe, which refuses shadow roots. An element that has this one in its shadow
 * root forwards its own slot: `<support-ask><slot name="checkout" slot="checkout"></slot></support-ask>`.
 */
function mountIn(host: Element): HTMLElement {
  const root = host.getRootNode();
  if (root instanceof ShadowRoot && host.querySelector('slot[slot=checkout]')) {
    return mountIn(root.host);
  }
  let mount = host.querySelector<HTMLElement>('[slot=checkout]');
  if (!mount) {
    mount = document.createElement('div');
    mount.slot = 'checkout';
    host.append(mount);
  }
  return mount;
}
