/** What the script tag loads when an ask is due, or a reader comes back from a payment. */

import '../define/support-appeal.js';

export {explain, giveWordsBack, showAppeal, thankReader} from '../page/show-appeal.js';

/** Defines the other elements that are in the page now. */
export function defineOthers(): void {
  if (document.querySelector('support-thanks') || location.search.includes('support=success')) {
    void import('../define/support-thanks.js');
  }
  if (document.querySelector('support-paywall,support-meter')) {
    void import('../define/support-paywall.js');
  }
}

defineOthers();
if (document.querySelector('meta[name="support:companion"]')) {
  void import('../page/connect-companion.js').then(({connectCompanion}) => connectCompanion());
}
