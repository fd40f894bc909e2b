/** Lays an appeal over the page, and shows a bar in parts. */

import {html, nothing, type ReactiveControllerHost} from 'lit';
import type {LocaleController} from '../../controllers/locale-controller.js';
import {ModalController} from '../../controllers/modal-controller.js';
import {StepAsideController} from '../../controllers/step-aside-controller.js';
import {TopLayerController} from '../../controllers/top-layer-controller.js';
import type {AskView} from '../ask/support-ask.js';
import {chevron} from '../shared/icons.js';
import {adopt} from '../shared/adopt.js';
import {words} from '../shared/words.js';
import {overlayStyles} from './overlay.styles.js';
import {readPaper} from './read-paper.js';

/** What is asked of an appeal. */
interface OverlayHost extends ReactiveControllerHost, HTMLElement {
  format: 'inline' | 'bar' | 'dialog';
  readonly open: boolean;
  readonly closing: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly collapsed: boolean | undefined;
  view: AskView | undefined;
  readonly waitFor: string | undefined;
  readonly stackAbove: string | undefined;
  close(): boolean;
}

/** Up to here a bar opens in two steps. */
const phone = '(max-width: 46em)';

/** A bar steps aside for what it would cover; a dialog never holds the page. */
export class Overlay {
  readonly #host: OverlayHost;
  readonly #withdraw: () => void;
  readonly #modal: ModalController;

  /** `withdraw` takes the host away when it may not be shown, or cannot be seen. */
  constructor(host: OverlayHost, withdraw: () => void) {
    this.#host = host;
    this.#withdraw = withdraw;
    adopt(host.renderRoot, overlayStyles);
    this.#modal = new ModalController(host, withdraw);
    const isBar = () => host.format === 'bar' && (host.open || host.closing);
    new StepAsideController(host, isBar);
    new TopLayerController(host, () => isBar() || (host.format === 'dialog' && host.closing));
    // In a small frame a dialog would be a trap.
    if (host.format === 'dialog' && this.#modal.isCramped) host.format = 'inline';
    else readPaper(host);
    host.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !isBar() || host.view === 'button' || !host.open) return;
      event.preventDefault();
      void this.turnTo('button');
    });
  }

  /** How much of a bar is shown when the reader opens it: on a phone the first of two steps. */
  get openView(): AskView | undefined {
    return matchMedia(phone).matches ? 'amounts' : undefined;
  }

  /** How much is shown at first; a reader who asked for it (`isManual`) has opened it. */
  viewAtFirst(isManual: boolean): AskView | undefined {
    const {format, collapsed} = this.#host;
    if (format !== 'bar') return undefined;
    return isManual || collapsed === false ? this.openView : 'button';
  }

  /** Shows more of a bar, or less: the reader's own act. The focus goes to what it is now about. */
  async turnTo(view: AskView | undefined): Promise<void> {
    const host = this.#host;
    host.view = view;
    await host.updateComplete;
    const part =
      view === 'button' ? '[part=expand]' : view === 'summary' ? '[part=collapse]' : '#heading';
    host.renderRoot.querySelector<HTMLElement>(part)?.focus({preventScroll: true});
  }

  /** Shows what comes next when the reader has pressed the button before there was all of the form. */
  proceed(): Promise<void> {
    return this.turnTo(this.#host.view === 'amounts' ? 'summary' : this.openView);
  }

  /** The way back to less, above the words of a bar. */
  renderTop({t}: LocaleController): unknown {
    const host = this.#host;
    const {view} = host;
    if (host.format !== 'bar' || view === 'button') return nothing;
    const isBack = view === 'summary';
    return html`<button
      part="collapse"
      type="button"
      class=${isBack ? 'back' : ''}
      aria-expanded=${isBack ? nothing : 'true'}
      @click=${() => this.turnTo(isBack ? 'amounts' : 'button')}
    >
      ${chevron}<span class="unseen">${words(t(isBack ? 'to-amounts' : 'collapse'))}</span>
    </button>`;
  }

  /** Lays it over the page, if it is a dialog. Answers `false` while somebody else's dialog is open. */
  lay(base: Element): boolean {
    if (!(base instanceof HTMLDialogElement)) return true;
    if (this.#modal.isForbidden) return false;
    base.oncancel = event => {
      event.preventDefault();
      this.#host.close();
    };
    // A browser lets no page veto a second press of Escape.
    base.onclose = () => {
      if (this.#host.open) this.#withdraw();
    };
    this.#modal.open(base, base.querySelector('#heading'));
    return true;
  }

  /** Closes the dialog, and gives the focus back. */
  close(): void {
    this.#modal.close();
  }
}
