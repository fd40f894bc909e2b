/** What was decided for one reader and one article, and may the same page be served to others? */

import type {AccessVerdict} from '../../core/meter/access.js';

/** A verdict of `judgeAccess()`, or one of a site's own making: all but `access` may be left out. */
export type GateDecision = Pick<AccessVerdict, 'access'> &
  Partial<Omit<AccessVerdict, 'access' | 'because'>> & {readonly because?: string};

/** Whether the gated part must stay here. `pending` is shut: what was not decided is not sent. */
export function isShut({access}: GateDecision): boolean {
  return access !== 'open' && access !== 'metered';
}

/** Why everybody may read it. Any other reason is one reader's own. */
const forEverybody = new Set(['live', 'public-service', 'sponsored', 'free-section']);

/** Whether the page is the same for every reader, so that a shared cache may keep it. */
export function isForEverybody({access, because = ''}: GateDecision): boolean {
  return access === 'open' && forEverybody.has(because);
}
