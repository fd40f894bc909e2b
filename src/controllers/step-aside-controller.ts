import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Takes a bar out of the way while it would cover what the reader has focused (WCAG 2.4.11). */
export class StepAsideController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #lies: () => boolean;

  /** `lies` tells whether the host lies over the page now. */
  constructor(host: ReactiveControllerHost & HTMLElement, lies: () => boolean) {
    this.#host = host;
    this.#lies = lies;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('focusin', this.#look);
  }

  hostDisconnected(): void {
    document.removeEventListener('focusin', this.#look);
  }

  // A frame later, since the browser may scroll to what it focuses.
  readonly #look = ({target}: Event) =>
    requestAnimationFrame(() => {
      const host = this.#host;
      const isCovered =
        target instanceof Element &&
        target !== host &&
        !host.contains(target) &&
        target.matches(':focus-visible') &&
        this.#lies() &&
        covers(host.getBoundingClientRect(), target.getBoundingClientRect());
      host.toggleAttribute('aside', isCovered);
    });
}

/** Whether two boxes meet. A region taller than half the window, such as `<main>`, is not meant. */
function covers(bar: DOMRect, box: DOMRect): boolean {
  return box.bottom > bar.top && box.top < bar.bottom && box.height < innerHeight / 2;
}
