/** What does a companion do without being asked, and how often? */

/** Work that is done again and again. Copies may do it at the same time, so it takes what it works on. */
export interface Job {
  readonly name: string;
  /** Ms between the end of one turn and the start of the next. */
  readonly every: number;
  /** One turn. Answers how much was done, for the log; may reject, the next turn comes all the same. */
  run(): Promise<number>;
}

/** What became of a turn. */
export interface Turn {
  readonly job: string;
  /** How much was done; `undefined` when it failed. */
  readonly done?: number;
  /** The class of the error; never its words, which may hold an address. */
  readonly failed?: string;
}

/**
 * Runs jobs until it is told to stop: each at once, then at its pace, never twice at the same time.
 * `stop()` resolves when the turns under way have ended.
 */
export function runJobs(
  jobs: readonly Job[],
  heard: (turn: Turn) => void = () => undefined,
): {stop(): Promise<void>} {
  const ended = new AbortController();
  const {signal} = ended;

  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      // It may have been told to stop while the turn was under way.
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
      // Copies that started together drift apart, so that they do not all ask at once.
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
