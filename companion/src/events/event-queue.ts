/** Combines many small event requests into a few writes. */

import type {EventGroup} from './event-store.js';

/** Options of the queue. */
export interface QueueOptions {
  /** How long to collect requests for one write, in ms; 0 writes each by itself, for runtimes without memory. */
  readonly wait: number;
  /** The most groups in one write. */
  readonly most: number;
  /** How many groups may wait while writes are slow or fail; further ones are refused. */
  readonly room: number;
  /** How long a caller waits for its write, in ms. */
  readonly timeoutMs: number;
  /** The pause after a failed write, in ms; doubles up to a minute. */
  readonly pause: number;
  /** Called with the reason when a write fails. */
  readonly failed: (error: unknown) => void;
  /** Called with the groups that were given up when the queue was emptied. */
  readonly lost: (groups: readonly EventGroup[]) => void;
}

export const queueDefaults: QueueOptions = {
  wait: 10,
  most: 5000,
  room: 20_000,
  timeoutMs: 5000,
  pause: 1000,
  failed: () => undefined,
  lost: () => undefined,
};

const longestPause = 60_000;

/** The state of groups when their caller is answered; `waiting` ones are retried until they are written. */
export type Queued = 'written' | 'waiting' | 'full';

interface Waiting {
  readonly groups: readonly EventGroup[];
  readonly tell: (queued: Queued) => void;
}

/** A queue of groups on their way to the store. */
export interface EventQueue {
  /** Resolves when the groups are written, or when writing takes longer than the caller can wait. */
  add(groups: readonly EventGroup[]): Promise<Queued>;
  /** Writes what is waiting now, once more, and resolves when the queue is empty. */
  settled(): Promise<void>;
}

/** Creates a queue. Only one write runs at a time, so a slow store never gets two at once. */
export function eventQueue(
  write: (groups: readonly EventGroup[]) => Promise<void>,
  options: Partial<QueueOptions> = {},
): EventQueue {
  const {wait, most, room, timeoutMs, pause, failed, lost} = {...queueDefaults, ...options};
  let waiting: Waiting[] = [];
  let size = 0;
  let failures = 0;
  let working: Promise<void> | undefined;
  let isEnding = false;
  let wake: () => void = () => undefined;

  function next(): Waiting[] {
    let count = 0;
    const enough = waiting.findIndex(({groups}) => (count += groups.length) >= most);
    return waiting.splice(0, enough < 0 ? waiting.length : enough + 1);
  }

  const rest = (ms: number, isWork = true) =>
    new Promise<void>(resolve => {
      const timer: unknown = setTimeout(resolve, ms);
      // The timer must not keep a process alive only because its store is down.
      if (!isWork && typeof timer === 'object') (timer as {unref?(): void}).unref?.();
      wake = () => {
        clearTimeout(timer as number);
        resolve();
      };
    });

  function giveUp(): void {
    const groups = waiting.flatMap(batch => batch.groups);
    waiting = [];
    size = 0;
    lost(groups);
  }

  async function work(): Promise<void> {
    // One turn of the event loop lets requests that are being read join.
    await rest(wait);
    while (waiting.length) {
      const batches = next();
      const groups = batches.flatMap(batch => batch.groups);
      try {
        await write(groups);
        failures = 0;
        size -= groups.length;
        for (const {tell} of batches) tell('written');
      } catch (error) {
        // Groups that were written despite the error are recognized by their keys.
        waiting.unshift(...batches);
        for (const {tell} of batches) tell('waiting');
        failed(error);
        if (isEnding) giveUp();
        else await rest(Math.min(pause * 2 ** failures++, longestPause), false);
      }
    }
    working = undefined;
  }

  return {
    async add(groups) {
      if (!wait) {
        await write(groups);
        return 'written';
      }
      if (size + groups.length > room) return 'full';
      size += groups.length;
      return await new Promise(resolve => {
        // While writes fail, callers are answered at once.
        const timer = setTimeout(resolve, failures ? 0 : timeoutMs, 'waiting');
        waiting.push({
          groups,
          tell(queued) {
            clearTimeout(timer);
            resolve(queued);
          },
        });
        working ??= work();
      });
    },
    async settled() {
      isEnding = true;
      wake();
      await working;
      isEnding = false;
    },
  };
}
