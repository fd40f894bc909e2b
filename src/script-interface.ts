/** What the script tag loads when an ask is due. */

import './define/all.js';
