import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import type {CheckoutHook} from '../../checkout/hook.js';
import type {CheckoutSetting} from '../../core/money/checkout-setting.js';
import {LocaleController} from '../../controllers/locale-controller.js';
import {PaywallController, type AccessProvider} from '../../controllers/paywall-controller.js';
import {speakPaywall} from '../../controllers/paywall-words.js';
import {PreviewFadeController} from '../../controllers/preview-fade-controller.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import type {CopyTexts} from '../../core/copy/copy-fields.js';
import type {Access, AccessVerdict} from '../../core/meter/access.js';
import type {Meter} from '../../core/meter/meter.js';
import type {Period} from '../../core/meter/meter-period.js';
import type {Frequency, Offer} from '../../core/money/offer.js';
import {renderSteps} from '../meter/render-steps.js';
import {stepsStyles} from '../meter/steps.styles.js';
import {hostStyles} from '../shared/host.styles.js';
import {enclosed, words} from '../shared/words.js';
import {paywallStyles} from './support-paywall.styles.js';

/** `month`, or a number of days that roll. */
const periodOf = (text: string | null): Period =>
  text === 'day' || text === 'week' ? text : Number(text) ? {days: Number(text)} : 'month';

/**
 * The paywall: counts the articles a reader has read for free, and when none is left takes the rest of
 * this one out of the page and says how to go on. It protects nothing by itself: whoever reads the
 * page's source reads the article. Behind the gate of a server (`server`) it only shows what was decided.
 *
 * @slot heading - The heading of the wall.
 * @slot - The editor's words in it.
 * @slot register - A way to register, where that gives more free articles.
 * @slot sign-in - A way to sign in, instead of the link.
 * @slot methods - The ways to pay, for official marks.
 * @slot fallback - One short link to another way to pay.
 *
 * @fires {SupportAccessEvent} support-access - What is done with the article has changed, and why.
 *
 * @csspart meter - How many free articles are left, a `<support-meter>`.
 * @csspart base - The wall.
 * @csspart heading - Its heading.
 * @csspart bar - How many were read, as steps.
 * @csspart note - What was read, and what registering gives.
 * @csspart ask - The form, a `<support-ask>`.
 * @csspart sign-in - The link for members.
 */
export class SupportPaywallElement extends LitElement {
  static override styles: CSSResultGroup = [hostStyles, stepsStyles, paywallStyles];

  static override properties: PropertyDeclarations = {
    for: {},
    preview: {type: Number},
    free: {type: Number},
    registered: {type: Number},
    period: {converter: periodOf},
    access: {},
    signIn: {attribute: 'sign-in'},
    signedIn: {type: Boolean, attribute: 'signed-in'},
    accessProviders: {attribute: false},
    server: {type: Boolean},
    state: {reflect: true},
    campaign: {},
    currency: {},
    checkout: {},
    offer: {attribute: false},
    origins: {attribute: false},
    copy: {attribute: false},
    methods: {attribute: false},
    manage: {},
  };

  /** Id of the element that holds the article's text. */
  declare for: string | undefined;

  /** How many paragraphs of it are a preview. */
  declare preview: number;

  /** How many articles are free in a period; 0 is for members only. */
  declare free: number;

  /** How many are free for readers who have registered. */
  declare registered: number | undefined;

  /** `day`, `week`, `month`, or a number of days that roll. */
  declare period: Period;

  /** Address of the companion's `GET /access`. */
  declare access: string | undefined;

  /** Where members sign in. */
  declare signIn: string | undefined;

  /** Whether this reader has registered. */
  declare signedIn: boolean;

  /** Who else may let this reader through: all are asked at once. */
  declare accessProviders: readonly AccessProvider[] | undefined;

  /** A server has decided already, and sends nothing that may not be read. */
  declare server: boolean;

  /** What is done with the article. */
  declare state: Access;

  /** Names the campaign a gift is attributed to. */
  declare campaign: string | undefined;

  /** ISO 4217 code of the currency to start with. */
  declare currency: string | undefined;

  /** Where a press goes: the URL of a checkout endpoint, or a checkout hook. */
  declare checkout: CheckoutSetting | CheckoutHook | undefined;

  /** What can be given; default: monthly from $2. */
  declare offer: Offer | undefined;

  /** More origins that a checkout may lead to. */
  declare origins: readonly string[] | undefined;

  /** The words of the button and at the amounts. Default: ours, "Read on for $5 a month". */
  declare copy: Pick<CopyTexts, 'amounts' | 'button'> | undefined;

  /** Names of the ways to pay that the Checkout shows, such as `Card` and `Apple Pay`. */
  declare methods: readonly string[] | undefined;

  /** Where a supporter changes or stops a gift. */
  declare manage: string | undefined;

  readonly #locale = new LocaleController(this);
  readonly #paywall: PaywallController = new PaywallController(this);
  #meter: Meter | undefined;

  constructor() {
    super();
    new SurroundingsController(this);
    new PreviewFadeController(this);
    this.preview = 3;
    this.free = 5;
    this.period = 'month';
    this.signedIn = false;
    this.server = false;
    this.state = 'pending';
  }

  /** The name of `accessProviders` in 0.1.0, honoured until 1.0. */
  get ways(): readonly AccessProvider[] | undefined {
    return this.accessProviders;
  }

  set ways(providers: readonly AccessProvider[] | undefined) {
    this.accessProviders = providers;
  }

  /** What is free, where it takes more than the attributes say: rules for sections. */
  get meter(): Meter {
    const {registered, period} = this;
    // What is no number shuts nobody out.
    const free = this.free >= 0 ? this.free : 5;
    return this.#meter ?? {free, period, ...(registered === undefined ? {} : {registered})};
  }

  set meter(meter: Meter | undefined) {
    this.#meter = meter;
    this.refresh();
  }

  /** What was decided, why, until when, and how many articles are left. */
  get verdict(): Partial<AccessVerdict> {
    return this.#paywall.verdict;
  }

  /** Decides afresh: call it when the reader has signed in, or has given. */
  refresh(): void {
    if (this.hasUpdated) this.#paywall.refresh();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const {access} = this.#paywall.verdict;
    if (access && this.hasUpdated) this.state = access;
    if (changed.has('signedIn') || changed.has('accessProviders')) this.refresh();
  }

  protected override render(): unknown {
    const {language, dir, ready} = this.#locale;
    const {left = Infinity} = this.verdict;
    if (!ready) return nothing;
    if (this.state === 'metered')
      return html`<support-meter
        server
        part="meter"
        .left=${left}
        .of=${this.verdict.limit ?? Infinity}
        .period=${typeof this.period === 'string' ? this.period : 'days'}
      ></support-meter>`;
    if (this.state !== 'locked') return nothing;
    const t = speakPaywall(this, this.#locale);
    const {limit = 0, extraAfterRegistration = 0, reason} = this.#paywall.verdict;
    const {campaign, currency, checkout, offer, origins, methods, manage} = this;
    const period = t(typeof this.period === 'string' ? this.period : 'days');
    const hasRead = reason === 'limit-reached' && limit > 0;
    const button = (frequency: Frequency) =>
      t('button', {amount: this.#locale.t(`per-${frequency}`, {amount: '{amount}'})});
    const buttons = {once: button('once'), monthly: button('monthly'), annual: button('annual')};
    const copy = {...this.copy, button: {...buttons, ...this.copy?.button}};
    return html`<section part="base" aria-labelledby="h" lang=${language} dir=${dir} data-nosnippet>
      <div class="fade"></div>
      ${enclosed(
        hasRead
          ? html`<div class="steps">
              ${renderSteps(limit, limit)}
              <p part="note">${words(t('used', {of: limit, period}))}</p>
            </div>`
          : nothing,
      )}
      <div class="sheet">
        <div id="h">
          <slot name="heading"><h2 part="heading">${words(t('heading'))}</h2></slot>
        </div>
        ${enclosed(hasRead ? nothing : html`<p part="note">${words(t('members'))}</p>`)}
        <slot></slot>
        ${enclosed(extraAfterRegistration > 0 ? html`<slot name="register"><p part="note">${words(t('register', {count: extraAfterRegistration}))}</p></slot>` : nothing)}
        <support-ask
          part="ask"
          .campaign=${campaign}
          .currency=${currency}
          .checkout=${checkout}
          .offer=${offer}
          .origins=${origins}
          .copy=${copy}
          .manage=${manage}
          .methods=${methods}
          .placement=${'paywall'}
        >
          <slot name="methods" slot="methods">${words(methods?.join(', '))}</slot>
        </support-ask>
        <slot name="fallback"></slot>
        <slot name="sign-in"
          >${this.signIn ? html`<p><a part="sign-in" href=${this.signIn}>${words(t('sign-in'))}</a></p>` : nothing}</slot
        >
      </div>
    </section>`;
  }
}
