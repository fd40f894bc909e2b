import {html, LitElement, nothing, type CSSResultGroup, type PropertyDeclarations} from 'lit';
import {LocaleController} from '../../controllers/locale-controller.js';
import {speakPaywall} from '../../controllers/paywall-words.js';
import {SurroundingsController} from '../../controllers/surroundings-controller.js';
import type {AccessVerdict} from '../../core/meter/access.js';
import type {Period} from '../../core/meter/meter-period.js';
import {hostStyles} from '../shared/host.styles.js';
import {enclosed, words} from '../shared/words.js';
import {renderSteps} from './render-steps.js';
import {stepsStyles} from './steps.styles.js';

/**
 * The meter: tells a reader how many free articles are left, in a slim bar and a quiet line, and with
 * the last one that it is the last. It shows what the page's `<support-paywall>` has counted, or a server.
 *
 * @csspart text - The line.
 * @csspart bar - How many were read, as steps.
 */
export class SupportMeterElement extends LitElement {
  static override styles: CSSResultGroup = [hostStyles, stepsStyles];

  static override properties: PropertyDeclarations = {
    server: {type: Boolean},
    left: {type: Number},
    of: {type: Number},
    period: {},
  };

  /** A server has counted, and says how many are left. */
  declare server: boolean;

  /** Free articles left, when this one is read. */
  declare left: number;

  /** Free articles in a period. */
  declare of: number;

  /** Which period the words name. */
  declare period: string;

  readonly #locale = new LocaleController(this);

  constructor() {
    super();
    new SurroundingsController(this);
    this.server = false;
    this.left = Infinity;
    this.of = Infinity;
    this.period = 'month';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('support-access', this.#hear);
    const paywall = document.querySelector('support-paywall') as
      (HTMLElement & {verdict?: Partial<AccessVerdict>; period?: Period}) | null;
    if (!this.server && paywall?.verdict) this.#show(paywall.verdict, paywall.period);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('support-access', this.#hear);
  }

  protected override render(): unknown {
    const {language, dir, ready} = this.#locale;
    const {left, of} = this;
    // Where nothing counts there is nothing to say; at the wall, the wall says it.
    if (!ready || !(of > 0 && of < Infinity && left < Infinity)) return nothing;
    const t = speakPaywall(this, this.#locale);
    const period = t(
      this.period === 'week' || this.period === 'day' || this.period === 'days'
        ? this.period
        : 'month',
    );
    return html`<div class="steps" lang=${language} dir=${dir} data-nosnippet>
      ${enclosed(renderSteps(of, of - left))}
      <p part="text">${words(t(left > 0 ? 'left' : 'last', {count: left, of, period}))}</p>
    </div>`;
  }

  readonly #hear = (event: Event) => {
    const {target} = event;
    const {verdict} = event as Event & {verdict?: Partial<AccessVerdict>};
    if (verdict && !this.server) this.#show(verdict, (target as {period?: Period}).period);
  };

  #show(
    {access, left = Infinity, limit = Infinity}: Partial<AccessVerdict>,
    period: Period = 'month',
  ) {
    this.left = access === 'metered' ? left : Infinity;
    this.of = limit;
    this.period = typeof period === 'string' ? period : 'days';
  }
}
