import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {isConsentDialogShown} from '../browser/overlays/consent-dialog.js';
import {findWithin, windowBox} from '../browser/overlays/overlay.js';

/** What lies at the foot of the window. */
interface StripHost extends ReactiveControllerHost, HTMLElement {
  readonly waitFor: string | undefined;
  readonly stackAbove: string | undefined;
}

const dialogs = ['dialog[open]', '[role=dialog]', '[role=alertdialog]'];

/** How often the page around a strip is looked at, in ms: no event tells of what comes to lie there. */
const lookEveryMs = 250;

/**
 * Keeps a strip at the foot of the window: in the top layer, so that no ancestor moves it and nothing of the page
 * covers it; upon a bar of the site's own; and hidden while something else needs its place or the whole window.
 */
export class TopLayerController implements ReactiveController {
  readonly #host: StripHost;
  readonly #lies: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;
  #height = 0;

  /** `lies` tells whether the host lies over the page now. */
  constructor(host: StripHost, lies: () => boolean) {
    this.#host = host;
    this.#lies = lies;
    host.addController(this);
  }

  // A popover that is moved in the document is closed by that.
  hostConnected(): void {
    this.hostUpdated();
  }

  hostUpdated(): void {
    if (!this.#lies()) return this.#stop();
    this.#timer ??= setInterval(this.#look, lookEveryMs);
    this.#look();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#host.removeAttribute('covered');
    this.#leaveTopLayer();
  }

  #leaveTopLayer() {
    if (this.#host.hasAttribute('popover')) this.#host.removeAttribute('popover');
  }

  #enterTopLayer() {
    const host = this.#host;
    // Without popovers it is fixed, as best it can.
    if (!('popover' in host) || (host.popover && host.matches(':popover-open'))) return;
    host.popover = 'manual';
    try {
      host.showPopover();
    } catch {
      this.#leaveTopLayer();
    }
  }

  readonly #look = () => {
    const host = this.#host;
    const {waitFor, stackAbove} = host;
    this.#enterTopLayer();
    // It has no height while it is hidden.
    this.#height = host.offsetHeight || this.#height;
    const view = windowBox();
    const top = (stackAbove && findWithin(stackAbove, view)?.getBoundingClientRect().top) || 0;
    // What reaches into the upper half is not a bar at the foot.
    const foot = top > view.bottom / 2 ? view.bottom - top : 0;
    host.style.setProperty('--_foot', `${foot}px`);
    const bottom = view.bottom - foot;
    const box = {...view, top: bottom - this.#height, bottom};
    host.toggleAttribute(
      'covered',
      document.fullscreenElement !== null ||
        isConsentDialogShown() ||
        (waitFor !== undefined && findWithin(waitFor, view) !== undefined) ||
        dialogs.some(selector => findWithin(selector, box, isFixed) !== undefined),
    );
  };
}

/** Whether an element stays in the window while the page scrolls: by itself, by what holds it, or by its box. */
function isFixed(element: Element): boolean {
  const around = [...element.children];
  for (let part: Element | null = element; part; part = part.parentElement) around.push(part);
  return around.some(part => getComputedStyle(part).position === 'fixed');
}
