/** Finds out, before the campaigns file has arrived, whether this reader might be asked on this page. */

import {pageFacts} from '../browser/facts.js';
import {knownState} from '../browser/storage/stored.js';
import {mightAsk} from '../core/campaigns/decide.js';

/** Whether some campaign might ask, whatever the campaigns file says. */
export function mayBeAsked(): boolean {
  const state = knownState();
  return mightAsk(pageFacts(state), state);
}
