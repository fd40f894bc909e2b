import {html, LitElement, nothing, type CSSResultGroup, type PropertyDeclarations} from 'lit';
import {LocaleController} from '../../controllers/locale-controller.js';
import {ThanksController} from '../../controllers/thanks-controller.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import {hostStyles} from '../shared/host.styles.js';
import {enclosed, words} from '../shared/words.js';
import {thanksFor} from './thanks-for.js';
import {thanksStyles} from './support-thanks.styles.js';

/**
 * The thanks: tells a reader who comes back from a payment that it arrived, and what it was. It shows
 * nothing to anybody else, so it may stand on every page a payment returns to.
 *
 * @slot heading - A heading instead of the one that names the amount.
 * @slot - The editor's words, under the heading.
 *
 * @fires {SupportSupportedEvent} support-supported - The reader has given. A hint, never a proof.
 *
 * @csspart heading - The heading.
 * @csspart note - What is said while the payment is looked up, or when there was none.
 *
 * @cssprop [--support-background=Canvas] - Background.
 * @cssprop [--support-text=CanvasText] - Text.
 * @cssprop [--support-muted] - Text of less weight.
 * @cssprop [--support-font=inherit] - Typeface. Default: the page's.
 * @cssprop [--support-heading-font] - Typeface of the heading. Default: that of the article's headings.
 * @cssprop [--support-font-size=clamp(16px, 1rem, 32px)] - Size of the text.
 * @cssprop [--support-space=1.25em] - Space between the parts.
 */
export class SupportThanksElement extends LitElement {
  static override styles: CSSResultGroup = [hostStyles, thanksStyles];

  static override properties: PropertyDeclarations = {checkout: {}};

  /** URL of the companion's checkout, which is asked for `/{session}`. */
  declare checkout: string | undefined;

  readonly #locale = new LocaleController(this);
  readonly #thanks: ThanksController = new ThanksController(this, () => this.checkout);

  constructor() {
    super();
    new SurroundingsController(this);
  }

  protected override render(): unknown {
    const {t, ready, language, dir} = this.#locale;
    const {state, frequency, amount} = this.#thanks;
    if (!ready || state === 'none') return nothing;
    const heading = () =>
      html`<h2 part="heading">${words(thanksFor(this.#locale, frequency, amount))}</h2>`;
    return html`<div class="frame" lang=${language} dir=${dir} data-nosnippet>
      <div class="sheet">
        <div role="status">
          ${enclosed(
            state === 'supported'
              ? html`<slot name="heading">${heading()}</slot>`
              : html`<p part="note">${words(t(state === 'unpaid' ? 'unpaid' : 'busy'))}</p>`,
          )}
        </div>
        ${enclosed(state === 'supported' ? html`<slot></slot>` : nothing)}
      </div>
    </div>`;
  }
}
