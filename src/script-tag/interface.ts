/** What the script tag loads when an ask is due, or a reader comes back from a payment. */

import {page} from '../browser/page.js';
import {listenToEvents} from '../page/listen-to-events.js';

export {explain, giveWordsBack, showAppeal, thankReader} from '../page/show-appeal.js';

// The last of all: an appeal in the page is drawn as soon as it is defined, and a file that was cut off before
// its end must leave the words in it alone.
import '../define/support-appeal.js';

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

// What counts events may still be on its way; an offline page keeps no more than a hundred.
listenToEvents((...heard) => {
  const shared = page();
  if (shared.tells !== 'later') return;
  shared.early ??= [];
  if (shared.early.length < 100) shared.early.push(heard);
});
