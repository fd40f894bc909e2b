import type {ReactiveController, ReactiveControllerHost} from 'lit';

// Enough steps to notice both two fifths of the element and two fifths of a small window.
const threshold = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4];

/** Notices when two fifths of something, or of a window smaller than it, were in view for a second. */
export class SeenController implements ReactiveController {
  readonly #seen: () => void;
  #observer: IntersectionObserver | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, seen: () => void) {
    this.#seen = seen;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Waits for the reader to see the element; calls back once at most. */
  watch(element: Element): void {
    this.stop();
    // Without the observer what is shown counts as seen, or it would be shown again and again.
    if (!('IntersectionObserver' in globalThis)) return this.#wait();
    this.#observer = new IntersectionObserver(
      entries => {
        for (const {intersectionRatio, intersectionRect} of entries) {
          if (intersectionRatio >= 0.4 || intersectionRect.height >= 0.4 * innerHeight) {
            this.#wait();
          } else this.#cancelTimer();
        }
      },
      {threshold},
    );
    this.#observer.observe(element);
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#cancelTimer();
  }

  #wait() {
    this.#timer ??= setInterval(() => {
      // Nobody sees it in a hidden window: another second has to pass.
      if (document.hidden) return;
      this.stop();
      this.#seen();
    }, 1000);
  }

  #cancelTimer() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
