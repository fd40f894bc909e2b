/** Gives a site's own overlays their turn. Fetches what queues them, which most pages never need. */

import type * as Turns from '../browser/overlays/turn.js';
import {warn} from './warn.js';

let turns: Promise<typeof Turns> | undefined;

/** Waits for a turn; resolves with `undefined` when none came within `timeoutMs` (2 s), or none can be had. */
export async function requestTurn(options?: Turns.TurnOptions): Promise<Turns.Turn | undefined> {
  // One promise, so that all requests of one task are queued before the first turn is granted.
  turns ??= import('../browser/overlays/turn.js');
  try {
    return await (await turns).requestTurn(options);
  } catch (error) {
    turns = undefined;
    warn(error);
    return undefined;
  }
}
