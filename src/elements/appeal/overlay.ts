/** Lays an appeal over the page. */

import type {ReactiveControllerHost} from 'lit';
import {ModalController} from '../../controllers/modal-controller.js';
import {StepAsideController} from '../../controllers/step-aside-controller.js';
import {TopLayerController} from '../../controllers/top-layer-controller.js';

/** What is asked of an appeal. */
interface OverlayHost extends ReactiveControllerHost, HTMLElement {
  format: 'inline' | 'bar' | 'dialog';
  readonly open: boolean;
  readonly closing: boolean;
  readonly waitFor: string | undefined;
  readonly stackAbove: string | undefined;
  close(): boolean;
}

/** A bar steps aside for what it would cover; a dialog never holds the page. */
export class Overlay {
  readonly #host: OverlayHost;
  readonly #withdraw: () => void;
  readonly #modal: ModalController;

  /** `withdraw` takes the host away when it may not be shown, or cannot be seen. */
  constructor(host: OverlayHost, withdraw: () => void) {
    this.#host = host;
    this.#withdraw = withdraw;
    this.#modal = new ModalController(host, withdraw);
    const isBar = () => host.format === 'bar' && (host.open || host.closing);
    new StepAsideController(host, isBar);
    new TopLayerController(host, () => isBar() || (host.format === 'dialog' && host.closing));
    // In a small frame a dialog would be a trap.
    if (host.format === 'dialog' && this.#modal.isCramped) host.format = 'inline';
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
