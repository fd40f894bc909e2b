/** Whose turn is it to lay something over the page? A site's own overlays and ours stand in one line. */

import {page} from '../page.js';

/** The right to show an overlay, until it is given back. */
export interface Turn {
  /** Lets the next one in line show. Further calls do nothing. */
  release(): void;
}

export interface TurnOptions {
  /** Higher goes first among those who wait. Appeals wait at −1, a site's overlays at 0. */
  readonly priority?: number;
  /** How long to wait, in ms. */
  readonly patience?: number;
}

/** Waits for a turn; resolves with `undefined` when none came within `patience` (2 s). */
export function requestTurn(options: TurnOptions = {}): Promise<Turn | undefined> {
  const {priority = 0, patience = 2000} = options;
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
    }, patience);
    // Everyone who asks in the same task is in line before the first is let in.
    queueMicrotask(letNextIn);
  });
}
