import {html, LitElement, nothing, type CSSResultGroup, type PropertyDeclarations} from 'lit';
import type {CheckoutHook} from '../../checkout/hook.js';
import type {CheckoutSetting} from '../../core/money/checkout-setting.js';
import {currencyFor} from '../../controllers/currency-for.js';
import {LocaleController} from '../../controllers/locale-controller.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import type {Attribution} from '../../core/money/checkout.js';
import {formatMoney} from '../../core/money/money.js';
import {
  amountsOf,
  defaultOffer,
  offeredCurrencies,
  offeredFrequencies,
  saneOffer,
  type Frequency,
  type Offer,
} from '../../core/money/offer.js';
import type * as Interactions from './ask-interactions.js';
import type {AskForm, AskInteractions} from './ask-interactions.js';
import {hostStyles} from '../shared/host.styles.js';
import {keepKeys} from '../shared/keep-keys.js';
import {amountIn, enclosed, words} from '../shared/words.js';
import {askStyles} from './support-ask.styles.js';

/** What a press needs, once any form has fetched it. */
let fetched: typeof Interactions | undefined;
let fetching: Promise<typeof Interactions> | undefined;

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
 * @cssprop [--support-on-accent] - Text on the accent. Default: black or white, whichever is legible.
 * @cssprop [--support-error] - Errors.
 * @cssprop [--support-focus=--support-accent] - The focus ring.
 * @cssprop [--support-font=inherit] - Typeface. Default: the page's.
 * @cssprop [--support-heading-font] - Typeface of headings. Default: that of the article's headings.
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

  /** The frequency chosen. Default: the first one offered. */
  declare frequency: Frequency;

  /** ISO 4217 code of the currency to start with, and then of the one chosen. */
  declare currency: string | undefined;

  /** Where a press goes: the URL of a checkout endpoint, or a checkout hook. */
  declare checkout: CheckoutSetting | CheckoutHook | undefined;

  /** Names the campaign a gift is attributed to. */
  declare campaign: string | undefined;

  /** Names the place on the page a gift is attributed to. */
  declare placement: string | undefined;

  /** What can be given; default: monthly from $2. What is no sane offer in it is left out. */
  declare offer: Offer | undefined;

  /** What else a gift is attributed to. Default of `page`: the page's path. */
  declare attribution: Attribution | undefined;

  /** More origins that a checkout may lead to. */
  declare origins: readonly string[] | undefined;

  readonly #locale: LocaleController = new LocaleController(this);
  readonly #form: AskForm = {
    offer: defaultOffer,
    currency: '',
    amounts: undefined,
    picked: 'custom',
    typed: '',
    isSubmitting: false,
    failure: undefined,
  };
  /** What a reader does in the form, once that has been fetched. */
  #interactions: AskInteractions | undefined;
  #given: unknown;

  constructor() {
    super();
    new SurroundingsController(this);
    // A reader who reaches for the form will type or press next.
    for (const type of ['pointerover', 'focusin']) {
      this.addEventListener(type, () => this.#interact(() => undefined), {once: true});
    }
  }

  /** Calls off the attempt that is under way, if any: whatever comes of it, the page is not left. */
  cancel(): void {
    this.#form.isSubmitting = false;
    this.#interactions?.cancel();
  }

  protected override willUpdate(): void {
    if (this.#locale.ready) this.#followOffer();
  }

  protected override updated(): void {
    // The attributes are for a server, which writes a property as an attribute, true or false; once a
    // reader has chosen, only the properties count.
    for (const choice of this.renderRoot.querySelectorAll('input,option')) {
      const isChosen = choice.matches('[checked],[selected]');
      Object.assign(choice, {checked: isChosen, selected: isChosen});
    }
    this.#interactions?.updated();
  }

  protected override render(): unknown {
    const {language, dir, ready} = this.#locale;
    return ready
      ? html`<div lang=${language} dir=${dir} data-nosnippet>
          ${this.#interactions?.instead() ?? this.#renderForm()}<slot name="checkout"></slot>
        </div>`
      : nothing;
  }

  #renderForm(): unknown {
    const {t} = this.#locale;
    const {frequency} = this;
    const {currency, offer, amounts, picked, typed} = this.#form;
    const interactions = this.#interactions;
    const isBusy = interactions?.isBusy ?? this.#form.isSubmitting;
    const isCustom = picked === 'custom';
    const presets = amounts?.presets ?? [];
    const offered = offeredFrequencies(offer, currency);
    const offeredIn = offeredCurrencies(offer);
    const show = (minor: number) => formatMoney({minor, currency}, this.#locale.locale);
    const perFrequency = (text: string) => t(`per-${frequency}`, {amount: text});
    const minor = interactions ? interactions.money?.minor : picked;
    const amount = typeof minor === 'number' ? perFrequency(amountIn(show(minor))) : '';
    const failure = interactions ? interactions.failure : this.#form.failure;
    // The sign of the currency, on the side where the language writes it.
    const [before, after] = show(0).split(/\p{Nd}/u);
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
      @input=${this.#onInput}
      @change=${this.#onInput}
      @keydown=${keepKeys}
      @keypress=${keepKeys}
      @keyup=${keepKeys}
    >
      ${
        offered.length > 1
          ? html`<fieldset part="frequency">
              <legend>${words(t('frequency'))}</legend>
              <div class="row">
                ${enclosed(offered.map(one => radio('frequency', one, words(t(one)), one === frequency)))}
              </div>
            </fieldset>`
          : nothing
      }${enclosed(
        offeredIn.length > 1
          ? html`<label class="currency"
              ><span>${words(t('currency'))}</span
              ><select part="currency" name="currency" translate="no">
                ${enclosed(offeredIn.map(one => html`<option value=${one} ?selected=${one === currency}>${words(one)}</option>`))}
              </select></label
            >`
          : nothing,
      )}
      <fieldset part="amount">
        <legend>${words(frequency === 'once' ? t('amount') : perFrequency(t('amount')))}</legend>
        <div class="row">
          ${enclosed(presets.map(one => radio('amount', one, words(amountIn(show(one))), one === picked)))}
        </div>
        ${enclosed(
          amounts?.presetsOnly
            ? nothing
            : html`<div class="row">
                ${radio('amount', 'custom', html`<span id="other">${words(t('other'))}</span>`, isCustom)}
                <span class="field"
                  ><span id="before" translate="no">${words(before)}</span
                  ><input
                    part="custom"
                    name="custom"
                    inputmode="decimal"
                    aria-labelledby="other before after"
                    aria-describedby="error range"
                    aria-invalid=${!!interactions?.problem}
                    .value=${typed}
                  /><span id="after" translate="no">${words(after)}</span></span
                >
              </div>`,
        )}
        <p id="range" ?hidden=${!isCustom || !!failure}>${words(interactions?.range)}</p>
      </fieldset>
      <p part="error" id="error" role="alert">${failure ?? words()}</p>
      <button part="submit" aria-disabled=${!!isBusy} aria-describedby="summary">
        ${words(isBusy ? t('busy') : amount ? t('button-amount', {amount}) : t('button'))}
      </button>
      <p part="summary" id="summary">
        ${words(`${amount && t(frequency === 'once' ? 'pay-once' : 'pay', {amount})} ${t('next')}`)}
      </p>
    </form>`;
  }

  /** Does something that needs the interactions: at once, when any form has fetched them. */
  #interact(use: (interactions: AskInteractions) => unknown): void {
    const form = this.#form;
    const act = (module: typeof Interactions) => {
      fetched = module;
      this.#interactions ??= new module.AskInteractions(this, form, this.#locale);
      form.failure = undefined;
      use(this.#interactions);
      this.requestUpdate();
    };
    if (fetched) return act(fetched);
    // One promise for all, so that what a reader does is answered in its order.
    fetching ??= import('./ask-interactions.js');
    // Beside it, as the press needs both; one that fails is told of by the press.
    if (typeof this.checkout === 'object')
      import('../../checkout/named-checkout.js').catch(() => undefined);
    fetching.then(act).catch(() => {
      fetching = undefined;
      // A press is answered, even where nothing else can be.
      if (form.isSubmitting) {
        form.failure = words(this.#locale.t(navigator.onLine ? 'provider-down' : 'offline'));
      }
      form.isSubmitting = false;
      this.requestUpdate();
    });
  }

  /** Brings frequency, currency and amount in line with the offer. */
  #followOffer() {
    const form = this.#form;
    if (this.#given !== (this.#given = this.offer)) form.offer = saneOffer(this.offer);
    const {offer, amounts: before, picked} = form;
    form.currency = currencyFor(offer, this.currency, this.#locale.locale);
    const offered = offeredFrequencies(offer, form.currency);
    if (!offered.includes(this.frequency)) this.frequency = offered[0] ?? 'monthly';

    const now = (form.amounts = amountsOf(offer, this.frequency, form.currency));
    if (!now || before === now || (before && picked === 'custom' && !now.presetsOnly)) return;
    const {presets, preset} = now;
    const usual = presets.includes(preset) ? preset : (presets[0] ?? 'custom');
    // A reader who gives more than usual does so for every frequency; what was typed stays as it is.
    form.picked =
      before && picked !== before.preset
        ? (presets[before.presets.indexOf(picked as number)] ?? usual)
        : usual;
  }

  readonly #onInput = ({type, target}: Event) => {
    const {name, value} = target as HTMLInputElement;
    // A choice is made when it changes, an amount while it is typed.
    if ((type === 'input') !== (name === 'custom')) return;
    const form = this.#form;
    if (name === 'frequency') this.frequency = value as Frequency;
    else if (name === 'currency') {
      this.currency = value;
      // Not composed in the browser's own way; whoever holds the form goes by its currency.
      this.dispatchEvent(new Event('change'));
    } else form.picked = name === 'custom' || value === 'custom' ? 'custom' : +value;
    if (name === 'custom') form.typed = value;
    form.isSubmitting = false;
    this.#followOffer();
    this.requestUpdate();
    this.#interact(interactions => interactions.onChange());
  };

  readonly #submit = (event: Event) => {
    event.preventDefault();
    const form = this.#form;
    if (form.isSubmitting) return;
    form.isSubmitting = true;
    this.requestUpdate();
    this.#interact(interactions => {
      // It may have been called off meanwhile.
      if (form.isSubmitting) void interactions.submit();
      form.isSubmitting = false;
    });
  };
}
