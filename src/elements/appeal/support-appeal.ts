import {
  html,
  isServer,
  LitElement,
  nothing,
  unsafeCSS,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import {SupportShowEvent, SupportShownEvent} from '../../events/support-appeal-events.js';
import type {CheckoutHook} from '../../checkout/hook.js';
import type {CheckoutSetting} from '../../core/money/checkout-setting.js';
import {AppealController} from '../../controllers/appeal-controller.js';
import {DismissalController} from '../../controllers/dismissal-controller.js';
import {LocaleController} from '../../controllers/locale-controller.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import {isTheme, type CampaignImage, type Theme} from '../../core/campaigns/appearance.js';
import type {Copy} from '../../core/campaigns/campaign.js';
import type {Cadence, CloseReason, RemindChoice} from '../../core/cadence/cadence.js';
import type {Attribution} from '../../core/money/checkout.js';
import {defaultOffer, saneOffer, type Frequency, type Offer} from '../../core/money/offer.js';
import type {PopularAmounts} from '../../core/money/popular.js';
import type {SupportSupportedEvent} from '../../events/support-supported-event.js';
import type {AskView, SupportAskElement} from '../ask/support-ask.js';
import {enterConfirmation, renderConfirmation} from './confirmation.js';
import {confirmationStyles} from './confirmation.styles.js';
import {adopt} from '../shared/adopt.js';
import {hostStyles} from '../shared/host.styles.js';
import type {Overlay} from './overlay.js';
import {letterOf, renderActions, renderAppeal} from './render-appeal.js';
import {enclosed, words} from '../shared/words.js';
import type {Letter} from './letter.js';
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
 * @slot methods - The ways to pay, for official marks.
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
 * @csspart image - The picture.
 * @csspart kicker - The line above the heading.
 * @csspart heading - Around the heading.
 * @csspart copy - Around the words.
 * @csspart highlight - The sentence that stands out.
 * @csspart benefits - What a gift of the chosen frequency brings, a list.
 * @csspart byline - Who signs.
 * @csspart portrait - The picture of who signs.
 * @csspart reassurance - Around the quiet line.
 * @csspart collapsed - The one sentence of a bar that is not open.
 * @csspart ask - The form, a `<support-ask>`. Its parts can be reached through the appeal.
 * @csspart actions - What stands beside the button, and the row of actions after a close.
 * @csspart action - Each way to be left alone: `later`, `already`, `never`, and `undo`, `calendar`, `done` afterwards.
 * @csspart more - The button that shows `already`, `never` and `secondary`.
 * @csspart secondary - Another way to help, in a line.
 * @csspart expand - The button that opens a bar.
 * @csspart collapse - The button that closes it to one line, or leads back a step.
 * @csspart close - The ✕.
 * @csspart panel - What is shown after a close.
 * @csspart remind - Each choice of a reminder.
 * @csspart status - The live region that tells what was remembered.
 *
 * @cssprop [--support-background] - Background. Default: a tint of the accent; over the page its own paper.
 * @cssprop [--support-page=Canvas] - The paper of a bar, a dialog and the tick. Default: the page's background.
 * @cssprop [--support-text=CanvasText] - Text.
 * @cssprop [--support-kicker=--support-muted] - Colour of the kicker.
 * @cssprop [--support-highlight] - Background of the sentence that stands out. Default: a tint of the accent.
 * @cssprop [--support-rule=--support-text] - Colour of the rule over the appeal.
 * @cssprop [--support-rule-width=3px] - Weight of that rule.
 * @cssprop [--support-shadow] - Shadow of a bar.
 * @cssprop [--support-bar-size=65dvb] - How high an open bar may be.
 * @cssprop [--support-image-ratio=8 / 3] - Aspect ratio of the picture.
 * @cssprop [--support-heading-font] - Typeface of the heading. Default: that of the article's headings.
 * @cssprop [--support-heading-size] - Size of the heading. Default: by the width of the appeal.
 * @cssprop [--support-heading-weight] - Weight of the heading. Default: that of the article's headings.
 * @cssprop [--support-copy-font=--support-heading-font] - Typeface of the words. Default: the page's.
 */
export class SupportAppealElement extends LitElement {
  static override styles: CSSResultGroup = [hostStyles, appealStyles, confirmationStyles];

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
    theme: {reflect: true},
    accent: {},
    image: {attribute: false},
    imageOrigins: {attribute: false},
    frequencies: {attribute: false},
    collapsed: {attribute: false},
    methods: {attribute: false},
    manage: {},
    popular: {attribute: false},
    view: {reflect: true},
    failed: {attribute: false},
    more: {attribute: false},
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

  /** A set of typefaces, colours and edges. Default: the page's typefaces and our colours. */
  declare theme: Theme | undefined;

  /** The one loud colour, as `#rgb` or `#rrggbb`. */
  declare accent: string | undefined;

  /** A picture above the words. Its measures keep the page from shifting. */
  declare image: CampaignImage | undefined;

  /** Hosts that pictures may come from, besides the site's own. */
  declare imageOrigins: readonly string[] | undefined;

  /** The frequencies of the offer that are shown, in their order. Default: all. */
  declare frequencies: readonly Frequency[] | undefined;

  /** Whether a bar begins as one line. Default: `true`. */
  declare collapsed: boolean | undefined;

  /** Names of the ways to pay that the Checkout shows, such as `Card` and `Apple Pay`. */
  declare methods: readonly string[] | undefined;

  /** Where a supporter changes or stops a gift. */
  declare manage: string | undefined;

  /** The amounts in minor units that gifts have shown to be popular, by frequency and currency. */
  declare popular: PopularAmounts | undefined;

  /** How much a bar shows: its one line (`button`), or on a phone one of the two steps of the form. */
  declare view: AskView | undefined;

  declare protected failed: boolean;

  declare protected more: boolean;

  readonly #locale: LocaleController = new LocaleController(this);
  readonly #dismissal: DismissalController = new DismissalController(this);
  readonly #appeal: AppealController = new AppealController(this, this.#dismissal);
  #offer = defaultOffer;
  #overlay: Overlay | undefined;
  #isShown = false;
  #isThemed = false;
  #height = 0;
  #frequency: Frequency | undefined;
  #before: HTMLElement | null = null;

  constructor() {
    super();
    new SurroundingsController(this);
    this.campaign = 'default';
    this.format = 'inline';
    this.open = false;
    this.closing = false;
    this.failed = false;
    this.more = false;
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
    this.#appeal.isManual = ownProperties(options).manual === true;
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

  /** Waits for the theme and for what lies over the page, before it is open. Both are fetched beside the interface. */
  protected override async scheduleUpdate(): Promise<void> {
    const {format, open, theme} = this;
    const pieces: Promise<void>[] = [];
    if (open && !this.#isThemed && isTheme(theme)) pieces.push(this.#fetchTheme());
    if (open && !this.#overlay && format !== 'inline') pieces.push(this.#fetchOverlay());
    if (pieces[0]) await Promise.all(pieces);
    await super.scheduleUpdate();
  }

  async #fetchTheme() {
    try {
      const {themeStyles} = await import('../../themes/themes.js');
      adopt(this.renderRoot, unsafeCSS(themeStyles));
      this.#isThemed = true;
    } catch (error) {
      console.warn('reader-support:', error);
    }
  }

  async #fetchOverlay() {
    try {
      const {Overlay: OverlayOf} = await import('./overlay.js');
      this.#overlay = new OverlayOf(this, () => this.#dismissal.withdraw());
    } catch (error) {
      console.warn('reader-support:', error);
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('offer') || changed.has('frequencies'))
      this.#offer = saneOffer({...saneOffer(this.offer), frequencies: this.frequencies});
    if (onServer) return;
    if (changed.has('accent')) this.#setAccent();
    // A landmark has a name.
    if (this.#locale.ready) this.ariaLabel ??= this.#locale.t('region');
    if (this.open) {
      this.closing = this.hidden = false;
      // What was taken back is as it was.
      if (!this.#isShown && !changed.get('closing'))
        this.view = this.#overlay?.viewAtFirst(this.#appeal.isManual);
    } else if (changed.get('open') && !this.closing) {
      this.#height = this.offsetHeight;
    }
    // What was open to the reader before goes on where the confirmation had the focus.
    if (changed.get('closing') && this.hidden && this.shadowRoot?.activeElement)
      this.#before?.focus({preventScroll: true});
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
    const letter = letterOf(this, this.#locale, this.#offer, this.#frequency);
    const appeal = renderAppeal(
      this,
      this.#locale,
      this.#overlay,
      letter,
      this.#press,
      this.#renderAsk(letter),
    );
    return html`
      <div class="frame" data-nosnippet>
        ${enclosed(
          format === 'dialog'
            ? html`<dialog part="base" aria-labelledby="heading">${appeal}</dialog>`
            : html`<div part="base" ?hidden=${closing}>${appeal}</div>`,
        )}
        <div class="panel" part="panel" tabindex="-1" lang=${language} dir=${dir}>
          ${renderConfirmation(this, this.#locale, dismissal)}
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
    this.#appeal.shown(base);
    this.dispatchEvent(new SupportShownEvent(this.campaign));
  }

  #renderAsk(letter: Letter): unknown {
    const {attribution, format, readerId} = this;
    const {dir, language} = this.#locale;
    return html`<support-ask
      part="ask"
      exportparts="frequency, amount, meaning, pill, meaning-line, custom, currency, error, submit, trust, summary, methods, back, thanks"
      ?over=${format !== 'inline'}
      .view=${this.view}
      .campaign=${this.campaign}
      .placement=${this.placement ?? format}
      .offer=${this.#offer}
      .currency=${this.currency}
      .checkout=${this.checkout}
      .origins=${this.origins}
      .copy=${letter.copy}
      .values=${letter.values}
      .manage=${this.manage}
      .methods=${this.methods}
      .popular=${this.popular}
      .attribution=${{...attribution, ...(readerId && {readerId})}}
      @change=${this.#followChoice}
      @proceed=${() => void this.#overlay?.proceed()}
      @support-checkout-failed=${() => (this.failed = true)}
      @support-supported=${this.#thank}
    >
      <slot name="checkout" slot="checkout"></slot>
      <slot name="methods" slot="methods">${words(this.methods?.join(', '))}</slot>
      <div part="actions" slot="actions" lang=${language} dir=${dir}>
        ${renderActions(
          this,
          this.#overlay,
          letter,
          this.#press,
          this.failed,
          this.more,
          () => (this.more = !this.more),
        )}
      </div>
    </support-ask>`;
  }

  #setAccent() {
    const {accent = ''} = this;
    if (/^#([\da-f]{3}){1,2}$/i.test(accent)) this.style.setProperty('--support-accent', accent);
    else this.style.removeProperty('--support-accent');
  }

  readonly #press = (reason: CloseReason): void => this.#shrink(() => this.close(reason));

  /** Has the appeal shrink to the confirmation, where the focus goes, if `close` closes it. */
  #shrink(close: () => boolean) {
    const {offsetHeight} = this;
    if (close()) void this.updateComplete.then(() => this.#confirm(offsetHeight));
  }

  #confirm(height: number) {
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
    if (!panel || !this.closing) return;
    this.#before = document.activeElement === this ? null : (document.activeElement as HTMLElement);
    enterConfirmation(panel, height);
  }

  /** The copy follows the form: prices in its currency, and what its frequency brings. */
  readonly #followChoice = ({currentTarget}: Event) => {
    const {currency, frequency} = currentTarget as SupportAskElement;
    this.currency = currency;
    this.#frequency = frequency;
    this.requestUpdate();
  };

  readonly #thank = ({frequency}: SupportSupportedEvent) =>
    this.#shrink(() => this.#dismissal.close({reason: 'supported', frequency}));
}
