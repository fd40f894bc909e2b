/** How do thousands of small requests become a few writes? Those that come together are written together. */

import type {EventGroup} from './event-store.js';

/** How the queue gathers. */
export interface QueueOptions {
  /** Ms to wait for company; 0 writes every request by itself, as runtimes need that forget between requests. */
  readonly wait: number;
  /** Groups in one write. */
  readonly most: number;
  /** Groups that may wait while writes are slow or fail; what comes then is turned away. */
  readonly room: number;
  /** Ms that a caller waits for its write. */
  readonly patience: number;
  /** Ms from a write that failed to the next try; doubles up to a minute. */
  readonly pause: number;
  /** Hears why a write failed. */
  readonly failed: (error: unknown) => void;
  /** Hears how many groups were given up when the queue was emptied. */
  readonly lost: (groups: readonly EventGroup[]) => void;
}

export const queueDefaults: QueueOptions = {
  wait: 10,
  most: 5000,
  room: 20_000,
  patience: 5000,
  pause: 1000,
  failed: () => undefined,
  lost: () => undefined,
};

const longestPause = 60_000;

/** What became of groups when their caller was answered: `waiting` ones are tried until they are written. */
export type Queued = 'written' | 'waiting' | 'full';

interface Waiting {
  readonly groups: readonly EventGroup[];
  readonly tell: (queued: Queued) => void;
}

/** Groups on their way to whoever keeps them. */
export interface EventQueue {
  /** Resolves when the groups have been written, or must wait for longer than a caller can. */
  add(groups: readonly EventGroup[]): Promise<Queued>;
  /** Tries what waits once more, now, and resolves when nothing waits any more. */
  settled(): Promise<void>;
}

/** Makes a queue. One write is under way at a time, so a slow store is never asked twice at once. */
export function eventQueue(
  write: (groups: readonly EventGroup[]) => Promise<void>,
  options: Partial<QueueOptions> = {},
): EventQueue {
  const {wait, most, room, patience, pause, failed, lost} = {...queueDefaults, ...options};
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
      // A process that has nothing else to do does not stay for a store that is down.
      if (!isWork && typeof timer === 'object') (timer as {unref?(): void}).unref?.();
      wake = () => {
        clearTimeout(timer as number);
        resolve();
      };
    });

  function giveUp(): void {
    const groups = waiting.flatMap(one => one.groups);
    waiting = [];
    size = 0;
    lost(groups);
  }

  async function work(): Promise<void> {
    // A turn of the event loop: whoever is reading a request now can join.
    await rest(wait);
    while (waiting.length) {
      const taken = next();
      const groups = taken.flatMap(one => one.groups);
      try {
        await write(groups);
        failures = 0;
        size -= groups.length;
        for (const {tell} of taken) tell('written');
      } catch (error) {
        // What was written all the same is known again by its keys.
        waiting.unshift(...taken);
        for (const {tell} of taken) tell('waiting');
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
        // While writes fail, nobody is kept waiting to hear it.
        const timer = setTimeout(resolve, failures ? 0 : patience, 'waiting');
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
