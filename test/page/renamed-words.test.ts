import {aTimeout, expect, fixture, html} from '@open-wc/testing';
import '../../src/define/support-appeal.js';
import {page} from '../../src/browser/page.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import type {SupportClosedEvent} from '../../src/events/index.js';
import type {SupportSkippedEvent} from '../../src/events/support-skipped-event.js';
import {start} from '../../src/page/start.js';

const hour = 3_600_000;

/** What a page hears, once. */
const hears = <T extends Event>(type: string): Promise<T> =>
  new Promise(resolve =>
    document.addEventListener(type, event => resolve(event as T), {once: true}),
  );

describe('a page with the words of 0.1.0', () => {
  beforeEach(() => {
    localStorage.clear();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
  });
  afterEach(() => {
    localStorage.clear();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
  });

  it('keeps to the cadence of a campaigns file', async () => {
    const views = [{campaign: 'winter', at: Date.now() - 30 * hour}];
    localStorage.setItem(storageKey, JSON.stringify({...emptyState, views}));
    const campaigns = {
      consent: 'full',
      campaigns: [{id: 'winter', format: 'bar', cadence: {gapHours: 48}}],
    } as unknown as CampaignsFile;
    const skipped = hears<SupportSkippedEvent>('support-skipped');
    const {stop} = start({campaigns});
    const {reason, until} = await skipped;
    stop();
    expect(reason).to.equal('seen-recently');
    expect(until).to.equal(views[0]!.at + 48 * hour);
  });

  it('keeps to the cadence that an element is given', async () => {
    page().directed = 1;
    const appeal = document.createElement('support-appeal');
    const changes = {campaign: 'winter', cadence: {close: 3}, copy: {heading: 'A message'}};
    Object.assign<SupportAppealElement, unknown>(appeal, changes);
    await fixture(html`<div>${appeal}</div>`);
    appeal.show();
    await appeal.updateComplete;
    await aTimeout(100);
    const closed = hears<SupportClosedEvent>('support-closed');
    const before = Date.now();
    appeal.close('close');
    const {until} = await closed;
    expect(Math.round((until - before) / hour)).to.equal(3 * 24);
  });
});
