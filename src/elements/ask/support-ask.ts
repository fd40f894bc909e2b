import {html, LitElement, nothing, type CSSResultGroup, type PropertyDeclarations} from 'lit';
import type {CheckoutHook} from '../../checkout/hook.js';
import {isPaidThroughStripe, type CheckoutSetting} from '../../core/money/checkout-setting.js';
import {currencyFor} from '../../controllers/currency-for.js';
import {LocaleController} from '../../controllers/locale-controller.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import type {CopyTexts} from '../../core/copy/copy-fields.js';
import {copyText, parseCopy} from '../../core/copy/parse-copy.js';
import type {Attribution} from '../../core/money/checkout.js';
import {
  amountsOf,
  defaultOffer,
  offeredFrequencies,
  saneOffer,
  type Frequency,
  type Offer,
} from '../../core/money/offer.js';
import type {PopularAmounts} from '../../core/money/popular.js';
import {ownProperties} from '../../core/own-properties.js';
import type * as Interactions from './ask-interactions.js';
import type {AskForm, AskInteractions} from './ask-interactions.js';
import {renderAmounts, renderFrequencies, renderOther, writeAmount} from './ask-fields.js';
import {hostStyles} from '../shared/host.styles.js';
import {keepKeys} from '../shared/keep-keys.js';
import {enclosed, words} from '../shared/words.js';
import {askStyles} from './support-ask.styles.js';

/**
 * The parts of the form: all of it when `undefined`, or the button alone, the choice with a way on, or what
 * follows from the choice.
 */
export type AskView = 'button' | 'amounts' | 'summary';

/** What a press needs, once any form has fetched it. */
let fetched: typeof Interactions | undefined;
let fetching: Promise<typeof Interactions> | undefined;

/**
 * The ask: a form that lets a reader choose how often and how much to give, says what will happen, and
 * hands over to a checkout. It stands in an appeal, or alone on a page.
 *
 * @slot methods - The ways to pay, for official marks.
 * @slot actions - What stands beside the button.
 * @slot checkout - Where an embedded checkout is mounted: a child in the light DOM, made when needed.
 *
 * @fires {SupportChooseEvent} support-choose - The reader chose a frequency or an amount.
 * @fires {SupportCheckoutEvent} support-checkout - The reader pressed the button. Cancelable.
 * @fires {SupportCheckoutFailedEvent} support-checkout-failed - The checkout ended in an error.
 * @fires {SupportSupportedEvent} support-supported - An embedded checkout was completed.
 *
 * @csspart frequency - The choice of a frequency.
 * @csspart amount - The choice of an amount.
 * @csspart meaning - What an amount makes possible.
 * @csspart pill - A word at an amount.
 * @csspart meaning-line - Both of the chosen amount in one line, where the form is narrow.
 * @csspart custom - The field for another amount.
 * @csspart currency - The choice of a currency, where there is one.
 * @csspart error - What went wrong, in words.
 * @csspart submit - The button.
 * @csspart trust - Around the two lines under the button.
 * @csspart summary - What the reader will pay, until when, and through whom.
 * @csspart methods - The ways to pay.
 * @csspart back - The way back from an embedded checkout.
 * @csspart thanks - What is shown after an embedded checkout.
 *
 * @cssprop [--support-background] - Background. Default: a tint of the accent.
 * @cssprop [--support-text=CanvasText] - Text.
 * @cssprop [--support-muted] - Text of less weight. Default: the text at 74 %.
 * @cssprop [--support-border] - Borders of controls. Default: the text at 56 %.
 * @cssprop [--support-field] - Background of an amount and of the field. Default: none, and the paper.
 * @cssprop [--support-tint] - Background of the chosen amount. Default: a tint of the accent.
 * @cssprop [--support-accent=#ffbe2e] - The button.
 * @cssprop [--support-on-accent] - Text on the accent. Default: black or white, whichever is legible.
 * @cssprop [--support-edge] - Border of the button. Default: the accent, darker.
 * @cssprop [--support-error] - Errors.
 * @cssprop [--support-focus=--support-text] - The focus ring.
 * @cssprop [--support-font=inherit] - Typeface. Default: the page's.
 * @cssprop [--support-font-size=clamp(16px, 1rem, 32px)] - Size of the text.
 * @cssprop [--support-radius=3px] - Rounding of controls.
 * @cssprop [--support-space=1.25em] - Space between the parts.
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
    copy: {attribute: false},
    values: {attribute: false},
    methods: {attribute: false},
    manage: {},
    popular: {attribute: false},
    view: {reflect: true},
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

  /** The words of the button and at the amounts. */
  declare copy: Pick<CopyTexts, 'amounts' | 'button'> | undefined;

  /** What the placeholders of the words stand for, but for `{amount}`. */
  declare values: Readonly<Record<string, string>> | undefined;

  /** Names of the ways to pay that the Checkout shows, such as `Card` and `Apple Pay`. */
  declare methods: readonly string[] | undefined;

  /** Where a supporter changes or stops a gift. */
  declare manage: string | undefined;

  /** The amounts in minor units that gifts have shown to be popular, by frequency and currency. */
  declare popular: PopularAmounts | undefined;

  /** How much of the form is shown: a bar shows it in parts. */
  declare view: AskView | undefined;

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
      this.addEventListener(
        type,
        () => this.#interact(() => undefined),
        ownProperties({once: true}),
      );
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
          ${enclosed(this.#interactions?.instead() ?? this.#renderForm())}
          <div class="mount"><slot name="checkout"></slot></div>
        </div>`
      : nothing;
  }

  #renderForm(): unknown {
    const {view} = this;
    const interactions = this.#interactions;
    const failure = (interactions ? interactions.failure : this.#form.failure) ?? words();
    const hasFailed = this.#hasFailure && !interactions?.problem;
    const kind = hasFailed ? 'failed' : '';
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
      <div class="fields">
        ${enclosed(view === 'button' || view === 'summary' ? nothing : [renderFrequencies(this, this.#form, this.#locale), this.#renderAmounts()])}
        <p part="error" id="error" role="alert" class=${kind}>${failure}</p>
      </div>
      <div class="foot">${this.#renderButton(hasFailed)}<slot name="actions"></slot></div>
    </form>`;
  }

  get #hasFailure(): boolean {
    return !!(this.#interactions ? this.#interactions.failure : this.#form.failure);
  }

  #renderAmounts(): unknown {
    const form = this.#form;
    const locale = this.#locale;
    const interactions = this.#interactions;
    return renderAmounts(
      this,
      form,
      locale,
      renderOther(form, locale, !!interactions?.problem, this.#enterField),
      html`<p id="range" ?hidden=${form.picked !== 'custom' || this.#hasFailure}>
        ${words(interactions?.range)}
      </p>`,
    );
  }

  #renderButton(hasFailed: boolean): unknown {
    const {t} = this.#locale;
    const {frequency, manage, view} = this;
    const interactions = this.#interactions;
    const isBusy = interactions?.isBusy ?? this.#form.isSubmitting;
    const isOnce = frequency === 'once';
    const shown = this.#money(interactions ? interactions.money?.minor : this.#form.picked);
    const amount = shown && t(`per-${frequency}`, {amount: shown});
    const text = isBusy ? t('busy') : this.#buttonWords(shown, amount, hasFailed);
    const summary = amount && t(isOnce ? 'pay-once' : 'pay', {amount});
    const next = isPaidThroughStripe(this.checkout) ? t('next') : '';
    // A line that has room for the button alone says all of it on the button.
    const terms = [this.copy?.button?.[frequency] && amount, isOnce ? '' : t('until')];
    const rest = view === 'button' && amount ? terms.filter(term => term).join(' ') : '';
    const hasTrust = !view || view === 'summary';
    return html`<button
        part="submit"
        aria-disabled=${!!isBusy}
        aria-describedby=${hasTrust ? 'summary' : nothing}
      >
        <span>${words(text)}</span>
        ${enclosed(rest ? html`<small>${words(rest)}</small>` : nothing)}
      </button>
      ${enclosed(
        !hasTrust
          ? nothing
          : html`<div part="trust">
              <p part="summary" id="summary">
                <span>${words(`${summary} ${next}`.trim())}</span>
                ${enclosed(manage && !isOnce ? html`<a href=${manage}>${words(t('cancel-online'))}</a>` : nothing)}
              </p>
              ${enclosed(this.#renderMethods())}
            </div>`,
      )}`;
  }

  /** The ways to pay; where there are none yet, a slot alone, which hears of those that come. */
  #renderMethods(): unknown {
    const list = this.methods?.join(', ');
    const isSlotted = [...((this.children as HTMLCollection | undefined) ?? [])].some(
      child =>
        child.slot === 'methods' &&
        // An appeal hands on its own slot, filled or not.
        (child as Partial<HTMLSlotElement>).assignedNodes?.().length !== 0,
    );
    const slot = html`<slot name="methods" @slotchange=${() => this.requestUpdate()}
      >${words(list)}</slot
    >`;
    return list || isSlotted ? html`<p part="methods" translate="no">${slot}</p>` : slot;
  }

  /** An amount as the language writes it; nothing for what is no number yet. */
  #money(minor: number | string | undefined): string {
    return writeAmount(this.#form, this.#locale, minor);
  }

  /** The words on the button say amount and interval; an editor's may say it another way. */
  #buttonWords(shown: string, amount: string, hasFailed: boolean): string {
    const {t} = this.#locale;
    if (!shown) return t('button');
    if (this.view === 'amounts') return t('proceed', {amount});
    if (hasFailed) return t('button-again', {amount});
    const own = this.copy?.button?.[this.frequency];
    return own === undefined
      ? t(this.view === 'button' ? 'give' : 'button-amount', {amount})
      : copyText(parseCopy(own, {...this.values, amount: shown}));
  }

  /** A pointer that chooses another amount means to write it next; a key may pass on its way. */
  readonly #enterField = ({detail}: MouseEvent) => {
    if (detail) {
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('[part=custom]')?.focus(),
      );
    }
  };

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
    else if (name === 'currency') this.currency = value;
    else form.picked = name === 'custom' || value === 'custom' ? 'custom' : +value;
    if (name === 'custom') form.typed = value;
    form.isSubmitting = false;
    this.#followOffer();
    this.requestUpdate();
    // Not composed in the browser's own way; whoever holds the form goes by its choices.
    if (name === 'frequency' || name === 'currency') this.dispatchEvent(new Event('change'));
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
