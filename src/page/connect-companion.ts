/** Connects the page to the companion that its campaigns file, or a `<meta>`, names. */

import {isOptedOut} from '../browser/analytics/is-opted-out.js';
import {isPreview} from '../browser/is-debugged.js';
import {page} from '../browser/page.js';
import type {CampaignsFile} from '../core/campaigns/campaign.js';
import {trackEvents} from './track-events.js';
import {ownProperties} from '../core/own-properties.js';

/** Where a page without a campaigns file says it. */
const meta = 'meta[name="support:companion"]';

/**
 * Connects the page to the companion, once, unless `trackEvents()` has done so already: what happens is counted,
 * and what the reader asks for is kept where browsers do not delete it. Under Global Privacy Control
 * and in a preview nothing is. Never throws.
 */
export function connectCompanion(file: Partial<CampaignsFile> = {}): void {
  const {companion, experiments, holdback, count} = ownProperties({...file});
  if (page().tells || isOptedOut() || isPreview()) return;
  try {
    const named = companion ?? document.querySelector<HTMLMetaElement>(meta)?.content ?? '';
    const base = new URL(named.replace(/\/*$/, '/'), location.href);
    trackEvents({
      events: new URL('events', base),
      // The cookie of another host is nothing that a browser would keep for this page.
      reader: base.origin === location.origin ? new URL('reader', base) : undefined,
      // Of an experiment everybody must be counted whom it shows something, or it would not be one.
      count: count ?? ((experiments ?? holdback) ? 'all' : 'interactions'),
    });
  } catch (error) {
    console.warn('reader-support:', error);
  }
}
