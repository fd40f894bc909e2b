/** What the script tag loads when an ask is due. */

import './define/support-appeal.js';

export {care, explain, present} from './backstage.js';

/** Defines `<support-thanks>`: a page with that element asks for it. */
export const defineThanks = (): Promise<unknown> => import('./define/support-thanks.js');
