/** What the script tag loads when an ask is due. */

import './define/all.js';

export {care, explain, present} from './backstage.js';
