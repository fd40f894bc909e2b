import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {coverOf} from '../browser/overlays/overlay.js';

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Keeps a native modal dialog from ever holding the page: hidden by a filter, it closes itself. */
export class ModalController implements ReactiveController {
  readonly #hidden: () => void;
  #dialog: HTMLDialogElement | undefined;
  #before: Element | null = null;
  #observer: ResizeObserver | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, hidden: () => void) {
    this.#hidden = hidden;
    host.addController(this);
  }

  hostDisconnected(): void {
    if (this.#dialog) this.close();
  }

  /** Whether somebody else's dialog is open: none is laid over it. */
  get isForbidden(): boolean {
    return coverOf() !== undefined;
  }

  /** Whether this is a frame in which a dialog would be a trap. */
  get isCramped(): boolean {
    return window !== window.parent && (innerWidth < 320 || innerHeight < 256);
  }

  /** Opens the dialog with the focus on its heading. */
  open(dialog: HTMLDialogElement, heading: HTMLElement | null): void {
    if (this.#dialog === dialog && dialog.open) return;
    this.#before = document.activeElement;
    this.#dialog = dialog;
    dialog.showModal();
    heading?.focus({preventScroll: true});
    void frame().then(frame).then(this.#check);
    // Whatever takes it out of the page takes its size, at any time.
    if ('ResizeObserver' in globalThis) {
      this.#observer = new ResizeObserver(this.#check);
      this.#observer.observe(dialog);
    }
    // What makes it transparent or invisible changes no size, and no event tells of it.
    this.#timer = setInterval(this.#check, 1000);
    addEventListener('pointerdown', this.#check, true);
    addEventListener('keydown', this.#check, true);
  }

  /** Closes the dialog and puts the focus back where it was. */
  close(): void {
    const dialog = this.#dialog;
    this.#dialog = undefined;
    this.#observer?.disconnect();
    clearInterval(this.#timer);
    removeEventListener('pointerdown', this.#check, true);
    removeEventListener('keydown', this.#check, true);
    dialog?.close();
    this.restoreFocus();
  }

  /** Puts the focus back where it was before the dialog opened. */
  restoreFocus(): void {
    if (this.#before instanceof HTMLElement) this.#before.focus({preventScroll: true});
    this.#before = null;
  }

  // An invisible modal leaves the whole page inert, without a trace of why.
  readonly #check = () => {
    if (this.#dialog?.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) === false) {
      this.#hidden();
    }
  };
}
