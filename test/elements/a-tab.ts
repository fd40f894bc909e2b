/** One tab of a reader: what the test next door does in it. */

import {page} from '../../src/browser/page.js';
import {readerStore} from '../../src/browser/storage/reader-store.js';
import {knownState} from '../../src/browser/storage/stored.js';
import {recordClose, recordSupported} from '../../src/core/cadence/reader-record.js';
import '../../src/define/support-paywall.js';
import type {SupportPaywallElement} from '../../src/elements/paywall/support-paywall.js';

const day = 86_400_000;
const storage = localStorage;

/** What a reader does in a tab. */
export interface Tab {
  /** Starts a page view; the paywall decides by itself. */
  open(story: string): SupportPaywallElement;
  snooze(campaign: string): void;
  give(): void;
  wipe(): void;
  /** Forgets everything, for the next reader; `isPrivate` keeps storage away from it. */
  begin(isPrivate: boolean): void;
  /** Campaigns that were closed, as this tab knows it. */
  closed(): readonly string[];
}

const tab: Tab = {
  open(story) {
    history.replaceState(null, '', `/${story}`);
    document.querySelector('support-paywall')?.remove();
    const paywall = document.createElement('support-paywall');
    paywall.for = 'article-body';
    document.querySelector('main')!.append(paywall);
    return paywall;
  },
  snooze(campaign) {
    readerStore().update((state, now) =>
      recordClose(state, {campaign, reason: 'later', until: now + 3 * day}, now),
    );
  },
  give() {
    readerStore().update((state, now) =>
      recordSupported(state, {at: now, until: now + 365 * day, frequency: 'monthly'}),
    );
    dispatchEvent(new CustomEvent('support-supported'));
  },
  wipe() {
    localStorage.clear();
    delete page().memory;
  },
  begin(isPrivate) {
    document.querySelector('support-paywall')?.remove();
    storage.clear();
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        if (isPrivate) throw new DOMException('kept away', 'SecurityError');
        return storage;
      },
    });
    const shared = page();
    delete shared.memory;
    delete shared.asked;
  },
  closed: () => knownState().closes.map(({campaign}) => campaign),
};

Object.assign(globalThis, {tab});
