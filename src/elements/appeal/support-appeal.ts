import {
  html,
  isServer,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import {SupportShowEvent, SupportShownEvent} from '../../events/support-appeal-events.js';
import type {CheckoutHook} from '../../checkout/hook.js';
import type {CheckoutSetting} from '../../core/money/checkout-setting.js';
import {AppealController} from '../../controllers/appeal-controller.js';
import {currencyFor} from '../../controllers/currency-for.js';
import {DismissalController} from '../../controllers/dismissal-controller.js';
import {LocaleController} from '../../controllers/locale-controller.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import type {Copy} from '../../core/campaigns/campaign.js';
import type {Cadence, CloseReason, RemindChoice} from '../../core/cadence/cadence.js';
import type {Attribution} from '../../core/money/checkout.js';
import {copyForCount} from '../../core/copy/count-copy.js';
import {formatMoney} from '../../core/money/money.js';
import {defaultOffer, fromPrice, saneOffer, type Offer} from '../../core/money/offer.js';
import type {SupportSupportedEvent} from '../../events/support-supported-event.js';
import type {MessageKey} from '../../locales/en.js';
import type {SupportAskElement} from '../ask/support-ask.js';
import {renderConfirmation, renderStatus} from './confirmation.js';
import {confirmationStyles} from './confirmation.styles.js';
import {hostStyles} from '../shared/host.styles.js';
import type {Overlay} from './overlay.js';
import {overlayStyles} from './overlay.styles.js';
import {publicationOf} from './publication-of.js';
import {renderCopy} from '../shared/render-copy.js';
import {amountIn, enclosed, words} from '../shared/words.js';
import {appealStyles} from './support-appeal.styles.js';
import {ownProperties} from '../../core/own-properties.js';

const onServer: boolean = isServer;

/**
 * The appeal: a message that asks for support, as seldom as the cadence allows, with the ask in it
 * and an honest way to be left alone. One component in three formats: `inline` in the article, `bar`
 * at the foot of the window, `dialog` over the page.
 *
 * Without `start()` on the page it decides for itself, once per page view. Give it
 * `role="complementary"` in the markup too, so that reader modes know that it is not the article.
 *
 * @slot heading - The heading. Wins over `copy`, like every slot.
 * @slot - The editor's words.
 * @slot reassurance - A quiet line under the form.
 * @slot fallback - One short link to another way to give: shown until the script runs, and when a checkout fails.
 * @slot checkout - Where an embedded checkout is mounted.
 *
 * @fires {SupportShowEvent} support-show - The appeal is about to become visible. Cancelable.
 * @fires {SupportShownEvent} support-shown - The appeal became visible.
 * @fires {SupportSeenEvent} support-seen - Two fifths of it were in view for a second.
 * @fires {SupportCloseEvent} support-close - The reader is closing it. Cancelable.
 * @fires {SupportClosedEvent} support-closed - It was closed; nothing asks again before `until`.
 * @fires {SupportRemindEvent} support-remind - The reader picks when to be reminded. Cancelable.
 * @fires {SupportRemindedEvent} support-reminded - A reminder was set.
 *
 * @csspart base - The appeal; in the format `dialog` the dialog.
 * @csspart heading - Around the heading.
 * @csspart copy - Around the words.
 * @csspart reassurance - Around the quiet line.
 * @csspart ask - The form, a `<support-ask>`.
 * @csspart actions - The row of ways to be left alone.
 * @csspart action - Each of them: `later`, `already`, `never`, and `undo`, `calendar`, `done` afterwards.
 * @csspart close - The ✕.
 * @csspart panel - What is shown after a close.
 * @csspart remind - Each choice of a reminder.
 * @csspart status - The live region that tells what was remembered.
 *
 * @cssprop [--support-background=Canvas] - Background.
 * @cssprop [--support-text=CanvasText] - Text.
 * @cssprop [--support-rule=--support-text] - Colour of the rules.
 * @cssprop [--support-rule-width=3px] - Weight of the heavy rule.
 * @cssprop [--support-heading-font] - Typeface of the heading. Default: that of the article's headings.
 * @cssprop [--support-copy-font=--support-heading-font] - Typeface of the words. Default: the page's.
 */
export class SupportAppealElement extends LitElement {
  static override styles: CSSResultGroup = [
    hostStyles,
    appealStyles,
    overlayStyles,
    confirmationStyles,
  ];

  static override properties: PropertyDeclarations = {
    campaign: {reflect: true},
    format: {reflect: true, useDefault: true},
    currency: {},
    checkout: {},
    placement: {},
    open: {type: Boolean, reflect: true},
    closing: {type: Boolean, reflect: true},
    offer: {attribute: false},
    copy: {attribute: false},
    cadence: {attribute: false},
    campaignEnds: {attribute: false},
    publication: {},
    origins: {attribute: false},
    attribution: {attribute: false},
    readerId: {attribute: false},
    articles: {attribute: false},
    waitFor: {attribute: 'wait-for'},
    stackAbove: {attribute: 'stack-above'},
    minArticles: {attribute: false},
    failed: {attribute: false},
  };

  /** Names the campaign in storage and in every event. */
  declare campaign: string;

  /** How the appeal meets the reader. */
  declare format: 'inline' | 'bar' | 'dialog';

  /** ISO 4217 code of the currency to start with. */
  declare currency: string | undefined;

  /** Where a press goes: an address of the companion, or a checkout hook. */
  declare checkout: CheckoutSetting | CheckoutHook | undefined;

  /** Where the appeal stands, for the newsroom's reports; default: the format. */
  declare placement: string | undefined;

  /** Whether the appeal is visible. Prefer `show()` and `close()`. */
  declare open: boolean;

  /** Whether the reader has closed it and can still take that back. */
  declare closing: boolean;

  /** What can be given; default: monthly from $2. */
  declare offer: Offer | undefined;

  /** The words, where no slot has them. */
  declare copy: Copy | undefined;

  /** What differs from the default cadence. */
  declare cadence: Partial<Cadence> | undefined;

  /** When the campaign ends, as in the campaigns file. */
  declare campaignEnds: string | undefined;

  /** Name of the publication, for the copy's `{publication}`. Default: the page's `og:site_name`. */
  declare publication: string | undefined;

  /** More origins that a checkout may lead to. */
  declare origins: readonly string[] | undefined;

  /** What a gift is attributed to, beside campaign and placement. */
  declare attribution: Attribution | undefined;

  /** The site's own id of the reader. It travels with a gift and is never stored. */
  declare readerId: string | undefined;

  /** Articles the reader has read lately, for the copy's `{articles}`; 0 where they are not counted. */
  declare articles: number;

  /** Selector of the site's consent dialog, where it is not a modal one: nothing lies over it. */
  declare waitFor: string | undefined;

  /** Selector of a sticky bar of the site's own, upon which a bar stands. */
  declare stackAbove: string | undefined;

  /** Below how many articles `copy.withoutCount` is shown; default: 5. */
  declare minArticles: number | undefined;

  declare protected failed: boolean;

  readonly #locale: LocaleController = new LocaleController(this);
  readonly #dismissal: DismissalController = new DismissalController(this);
  readonly #appeal: AppealController = new AppealController(this, this.#dismissal);
  #offer = defaultOffer;
  #overlay: Overlay | undefined;
  #isManual = false;
  #isShown = false;
  #height = 0;

  constructor() {
    super();
    new SurroundingsController(this);
    this.campaign = 'default';
    this.format = 'inline';
    this.open = false;
    this.closing = false;
    this.failed = false;
    this.articles = 0;
  }

  override connectedCallback(): void {
    // The words were readable until now; whatever is decided must not move the page.
    this.#height ||= this.offsetHeight;
    try {
      super.connectedCallback();
    } catch (error) {
      return this.#appeal.failed(error);
    }
    // What reader modes and search snippets go by. A custom element has no other way to tell them.
    if (!this.hasAttribute('role')) this.setAttribute('role', 'complementary');
    this.setAttribute('data-nosnippet', '');
  }

  /**
   * Shows the appeal, unless a listener objects. One that the reader asked for (`manual`) is not
   * counted as a view. Returns whether it will be visible; a dialog stays away while another is open.
   */
  show(options: {readonly manual?: boolean} = {}): boolean {
    if (this.open) return true;
    if (!this.dispatchEvent(new SupportShowEvent(this.campaign))) return false;
    this.#isManual = ownProperties(options).manual === true;
    this.open = true;
    return true;
  }

  /** Closes the appeal and starts the snooze for this reason. Returns `false` when a listener objects. */
  close(reason: CloseReason = 'close'): boolean {
    return this.#dismissal.close({reason});
  }

  /** Closes the appeal until a time the reader chose; without a choice, asks for one. */
  remindLater(choice?: RemindChoice): boolean {
    const dismissal = this.#dismissal;
    return this.open ? dismissal.close({reason: 'later', choice}) : dismissal.remind(choice);
  }

  /** Waits for what lies over the page, before it is open. It is fetched beside the interface. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.open && this.format !== 'inline' && !this.#overlay) {
      try {
        const module = await import('./overlay.js');
        this.#overlay = new module.Overlay(this, () => this.#dismissal.withdraw());
      } catch (error) {
        console.warn('reader-support:', error);
      }
    }
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('offer')) this.#offer = saneOffer(this.offer);
    if (onServer) return;
    // A landmark has a name.
    if (this.#locale.ready) this.ariaLabel ??= this.#locale.t('region');
    if (this.open) {
      this.closing = this.hidden = false;
    } else if (changed.get('open') && !this.closing) {
      this.#height = this.offsetHeight;
    }
  }

  protected override render(): unknown {
    const {closing, format} = this;
    const dismissal = this.#dismissal;
    const {dir, language, ready} = this.#locale;
    if (!ready) return nothing;
    if (!this.open && !closing) {
      // What a page without a script shows, if a server has rendered it.
      return html`<div class="frame">
        <slot name="heading"></slot><slot></slot><slot name="reassurance"></slot
        ><slot name="fallback"></slot>
      </div>`;
    }
    return html`
      <div class="frame" data-nosnippet>
        ${enclosed(
          format === 'dialog'
            ? html`<dialog part="base" aria-labelledby="heading">${this.#renderAppeal()}</dialog>`
            : html`<div part="base" ?inert=${closing}>${this.#renderAppeal()}</div>`,
        )}
        <div class="panel" part="panel" tabindex="-1" lang=${language} dir=${dir}>
          <p part="status" role="status">${renderStatus(this.#locale, dismissal)}</p>
          ${enclosed(closing ? renderConfirmation(this, this.#locale, dismissal) : nothing)}
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    const frame = this.renderRoot.firstElementChild as HTMLElement | null;
    const base = this.renderRoot.querySelector<HTMLElement>('[part=base]');
    if (frame) frame.style.height = this.open || this.closing ? '' : `${this.#height}px`;
    if (this.open === this.#isShown || (this.open && !base)) return;
    this.#isShown = this.open;
    if (!this.open || !base) {
      this.#appeal.hidden();
      this.#overlay?.close();
      // The form is still there, unseen. What it began must not take the reader away now.
      this.renderRoot.querySelector<HTMLElement & {cancel?(): void}>('support-ask')?.cancel?.();
    } else if (this.format !== 'inline' && !this.#overlay?.lay(base)) this.#dismissal.withdraw();
    else this.#appear(base);
  }

  #appear(base: HTMLElement) {
    this.#appeal.shown(base, this.#isManual);
    this.dispatchEvent(new SupportShownEvent(this.campaign));
  }

  #renderAppeal(): unknown {
    const {articles: count, attribution, campaign, currency, format, readerId} = this;
    const copy = copyForCount(this.copy, count, this.minArticles);
    const {dir, language, locale, t} = this.#locale;
    const offer = this.#offer;
    const values = {
      publication: publicationOf(this),
      // Made only where they are asked for: the first number a page formats is a slow one.
      get from() {
        const from = fromPrice(offer, currencyFor(offer, currency, locale));
        return from ? amountIn(formatMoney(from.money, locale)) : '';
      },
      get articles() {
        return t('articles', {count});
      },
    };
    const renderText = (text = '') => renderCopy(text, values);
    const renderAction = (reason: CloseReason, part: string, key: MessageKey) => html`
      <button part=${`action ${part}`} type="button" @click=${() => this.#press(reason)}>
        ${words(t(key))}
      </button>
    `;
    return html`
      <div class="sheet">
        <div class="words">
          <div id="heading" part="heading" tabindex="-1">
            <slot name="heading"
              ><h2>${copy.heading ? renderText(copy.heading) : words(t('region'))}</h2></slot
            >
          </div>
          <div part="copy">
            <slot @slotchange=${() => this.copy && this.requestUpdate()}></slot>
            ${enclosed(this.#hasWords ? nothing : copy.body?.map(text => html`<p>${renderText(text)}</p>`))}
          </div>
        </div>
        <div class="form">
          <support-ask
            part="ask"
            .campaign=${campaign}
            .placement=${this.placement ?? format}
            .offer=${offer}
            .currency=${currency}
            .checkout=${this.checkout}
            .origins=${this.origins}
            .attribution=${{...attribution, ...(readerId && {readerId})}}
            @change=${this.#followCurrency}
            @support-checkout-failed=${() => (this.failed = true)}
            @support-supported=${this.#thank}
          >
            <slot name="checkout" slot="checkout"></slot>
          </support-ask>
          ${enclosed(this.failed ? html`<p><slot name="fallback">${renderText(copy.fallback)}</slot></p>` : nothing)}
          <div part="reassurance">
            <slot name="reassurance">${renderText(copy.reassurance)}</slot>
          </div>
        </div>
        <div part="actions" lang=${language} dir=${dir}>
          ${renderAction('later', 'later', 'later')}
          ${renderAction('already-supporting', 'already', 'already')}
          ${renderAction('not-this-campaign', 'never', 'never')}
        </div>
      </div>
      <button
        part="close"
        type="button"
        aria-label=${t('close')}
        @click=${() => this.#press('close')}
      >
        ✕
      </button>
    `;
  }

  /** Whether the words stand in the light DOM, white space aside. */
  get #hasWords(): boolean {
    if (onServer) return false;
    return [...(this.childNodes as NodeListOf<ChildNode & Partial<Element & Text>>)].some(
      ({data, nodeType, slot}) => (nodeType === 3 ? data?.trim() : slot === ''),
    );
  }

  /** A press in the appeal: what has the focus goes away, so the focus moves to what comes instead. */
  async #press(reason: CloseReason) {
    const hadFocus = this.shadowRoot?.activeElement;
    if (!this.close(reason)) return;
    await this.updateComplete;
    // A dialog gives the focus back to the page, unless there is more to choose.
    if (hadFocus && (this.format !== 'dialog' || reason === 'later')) this.#focusPanel();
  }

  #focusPanel() {
    this.renderRoot.querySelector<HTMLElement>('.panel')?.focus({preventScroll: true});
  }

  /** The copy names prices in the currency that the form shows. */
  readonly #followCurrency = ({currentTarget}: Event) => {
    this.currency = (currentTarget as SupportAskElement).currency;
  };

  readonly #thank = ({frequency}: SupportSupportedEvent) => {
    if (this.#dismissal.close({reason: 'supported', frequency}))
      void this.updateComplete.then(() => this.#focusPanel());
  };
}
