/** Queues overlays, so that a site's own and the kit's are shown one at a time. */

import {page} from '../page.js';
import {ownProperties} from '../../core/own-properties.js';

/** The right to show an overlay, until it is released. */
export interface Turn {
  /** Lets the next overlay show. Further calls do nothing. */
  release(): void;
}

export interface TurnOptions {
  /** Higher priorities go first. Appeals use −1; default: 0. */
  readonly priority?: number;
  /** How long to wait, in ms. Default: 2000. */
  readonly timeoutMs?: number;
}

type GivenOptions = TurnOptions & {readonly patience?: number};

/** Waits for a turn; resolves with `undefined` when none came within `timeoutMs` (2 s). */
export function requestTurn(options: TurnOptions = {}): Promise<Turn | undefined> {
  // Honoured until 1.0: `patience`.
  const {
    patience = 2000,
    priority = 0,
    timeoutMs = patience,
  } = ownProperties({...options}) as GivenOptions;
  const line = page();
  const waiting = (line.waiting ??= []);

  const letNextIn = () => {
    if (line.busy) return;
    let first = waiting[0];
    for (const one of waiting) if (first && one.priority > first.priority) first = one;
    if (!first) return;
    waiting.splice(waiting.indexOf(first), 1);
    line.busy = true;
    first.grant();
  };

  return new Promise(resolve => {
    const grant = () => {
      clearTimeout(timer);
      let held = true;
      resolve({
        release() {
          if (!held) return;
          held = false;
          line.busy = false;
          letNextIn();
        },
      });
    };
    const entry = {priority, grant};
    waiting.push(entry);
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(entry), 1);
      resolve(undefined);
    }, timeoutMs);
    // All requests of one task are queued before the first turn is granted.
    queueMicrotask(letNextIn);
  });
}
