/** Runs the companion's recurring jobs. */

/** A recurring job. Several processes may run it at once, so it must claim what it works on. */
export interface Job {
  readonly name: string;
  /** The ms between the end of one run and the start of the next. */
  readonly every: number;
  /** Runs once and resolves with how much was done, for the log. After a rejection it still runs again. */
  run(): Promise<number>;
}

/** The result of one run. */
export interface Turn {
  readonly job: string;
  /** How much was done; `undefined` when it failed. */
  readonly done?: number;
  /** The class name of the error; never its message, which may contain an address. */
  readonly failed?: string;
}

/**
 * Runs every job at once and then at its interval, never twice at the same time. `stop()` resolves when
 * the current runs have ended.
 */
export function runJobs(
  jobs: readonly Job[],
  heard: (turn: Turn) => void = () => undefined,
): {stop(): Promise<void>} {
  const ended = new AbortController();
  const {signal} = ended;

  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      // `stop()` may have been called during the run.
      if (signal.aborted) return resolve();
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal.addEventListener('abort', stop, {once: true});
    });

  async function repeat({name, every, run}: Job): Promise<void> {
    while (!signal.aborted) {
      try {
        heard({job: name, done: await run()});
      } catch (error) {
        heard({job: name, failed: error instanceof Error ? error.name : typeof error});
      }
      // Jitter spreads processes that started together.
      await pause(every * (0.9 + Math.random() / 5));
    }
  }

  const running = Promise.all(jobs.map(repeat));
  return {
    async stop() {
      ended.abort();
      await running;
    },
  };
}
