/** Lets a test in a browser say when time passes, so that it neither sleeps nor guesses. */

const {setTimeout, clearTimeout, setInterval, clearInterval} = globalThis;
const {now} = Date;

/** Resolves when whatever promises and tasks were under way have run. */
export const nextTask = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

/** Resolves when the page is laid out and drawn, and observers of that have been called. */
export async function nextFrames(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  await nextTask();
}

interface Timer {
  readonly run: () => void;
  readonly period: number | undefined;
  due: number;
}

/** The page's timers and its clock, which stand still until `advance()`. */
export class FakeTimers {
  #elapsed = 0;
  // No timer of the browser has such a number.
  #lastId = 1e9;
  readonly #timers = new Map<unknown, Timer>();
  readonly #start = now.call(Date);

  /** Takes the place of the page's timers until `restore()`. */
  constructor() {
    const start =
      (isRepeated: boolean) =>
      (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): number => {
        const id = ++this.#lastId;
        const due = this.#elapsed + Math.max(ms, 0);
        const period = isRepeated ? Math.max(ms, 1) : undefined;
        this.#timers.set(id, {due, period, run: () => run(...given)});
        return id;
      };
    const end = (stop: typeof clearTimeout) => (id?: number) => {
      if (!this.#timers.delete(id)) stop(id);
    };
    globalThis.setTimeout = start(false) as unknown as typeof setTimeout;
    globalThis.setInterval = start(true) as unknown as typeof setInterval;
    globalThis.clearTimeout = end(clearTimeout) as typeof clearTimeout;
    globalThis.clearInterval = end(clearInterval) as typeof clearInterval;
    Date.now = () => this.#start + this.#elapsed;
  }

  /** Lets time pass, with every timer that is due in it, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await nextTask();
    for (;;) {
      const [next] = [...this.#timers].sort(([, a], [, b]) => a.due - b.due);
      if (!next || next[1].due > end) break;
      const [id, timer] = next;
      this.#elapsed = timer.due;
      if (timer.period === undefined) this.#timers.delete(id);
      else timer.due += timer.period;
      timer.run();
      await nextTask();
    }
    this.#elapsed = end;
  }

  /** Gives the page its own timers back. What has not run by now never does. */
  restore(): void {
    Object.assign(globalThis, {setTimeout, clearTimeout, setInterval, clearInterval});
    Date.now = now;
  }
}
