/** How do thousands of small requests become a few writes? Those that come together are written together. */

import type {EventGroup} from './event-store.js';

/** How the queue gathers. */
export interface QueueOptions {
  /** Ms to wait for company; 0 writes every request by itself, as runtimes need that forget between requests. */
  readonly wait: number;
  /** Groups in one write. */
  readonly most: number;
  /** Groups that may wait while writes are slow; what comes then is turned away. */
  readonly room: number;
  /** Ms that a caller waits for its write. */
  readonly patience: number;
}

export const queueDefaults: QueueOptions = {wait: 10, most: 5000, room: 20_000, patience: 5000};

interface Waiting {
  readonly groups: readonly EventGroup[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Why groups were turned away, or given up. */
export class QueueError extends Error {
  readonly because: 'full' | 'late';
  constructor(because: 'full' | 'late') {
    super(because);
    this.name = 'QueueError';
    this.because = because;
  }
}

/** Groups on their way to whoever keeps them. */
export interface EventQueue {
  /** Resolves when the groups have been written; rejects with what the write rejected with, or a `QueueError`. */
  add(groups: readonly EventGroup[]): Promise<void>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

/** Makes a queue. One write is under way at a time, so a slow store is never asked twice at once. */
export function eventQueue(
  write: (groups: readonly EventGroup[]) => Promise<void>,
  options: Partial<QueueOptions> = {},
): EventQueue {
  const {wait, most, room, patience} = {...queueDefaults, ...options};
  const waiting: Waiting[] = [];
  let size = 0;
  let working: Promise<void> | undefined;

  function next(): Waiting[] {
    let count = 0;
    const enough = waiting.findIndex(({groups}) => (count += groups.length) >= most);
    return waiting.splice(0, enough < 0 ? waiting.length : enough + 1);
  }

  async function work(): Promise<void> {
    // A turn of the event loop: whoever is reading a request now can join.
    await new Promise(go => setTimeout(go, wait));
    while (waiting.length) {
      const taken = next();
      const groups = taken.flatMap(one => one.groups);
      size -= groups.length;
      try {
        await write(groups);
        for (const {resolve} of taken) resolve();
      } catch (error) {
        for (const {reject} of taken) reject(error);
      }
    }
    working = undefined;
  }

  return {
    async add(groups) {
      if (!wait) return write(groups);
      if (size + groups.length > room) throw new QueueError('full');
      size += groups.length;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const written = new Promise<void>((resolve, reject) => {
        waiting.push({groups, resolve, reject});
        timer = setTimeout(() => reject(new QueueError('late')), patience);
      });
      working ??= work();
      try {
        await written;
      } finally {
        clearTimeout(timer);
      }
    },
    async settled() {
      await working;
    },
  };
}
