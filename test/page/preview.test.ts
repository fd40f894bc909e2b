import {expect} from '@open-wc/testing';
import '../../src/define/all.js';
import {page} from '../../src/browser/page.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import {recordArticle, writeState} from '../../src/core/cadence/reader-record.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import type {ReaderEvent} from '../../src/core/experiments/reader-event.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {start, type SupportSession} from '../../src/page/start.js';
import {trackEvents} from '../../src/page/track-events.js';
import {nextTask} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

const file: CampaignsFile = {
  consent: 'full',
  companion: '/companion',
  holdback: 0.0001,
  campaigns: [
    {id: 'winter', place: {selector: 'article'}, copy: {heading: 'A message', body: ['Please.']}},
    {id: 'summer', place: {selector: 'article'}, copy: {heading: 'Sun', body: ['Please.']}},
  ],
  experiments: [
    {
      ...{id: 'autumn', version: 1, campaign: 'winter'},
      arms: {
        control: {weight: 0.5},
        plain: {weight: 0.5, overrides: {copy: {heading: 'You read us.'}}},
      },
    },
  ],
};

describe('a preview', () => {
  const address = location.href;
  const {fetch: realFetch} = globalThis;
  const {sendBeacon} = navigator;
  const {warn} = console;
  let requests: string[] = [];
  let heard: ReaderEvent[] = [];
  let exposures = 0;
  let session: SupportSession | undefined;
  let stopTracking: (() => void) | undefined;
  let seen = 0;
  const countExposure = () => void (exposures += 1);
  const countSeen = () => void (seen += 1);

  const clean = () => {
    for (const element of document.querySelectorAll('article, support-appeal, #support-preview'))
      element.remove();
    document.cookie = 'support-reader=; Max-Age=0; Path=/';
    localStorage.clear();
    sessionStorage.clear();
    const shared = page();
    for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
  };

  beforeEach(() => {
    clean();
    [requests, heard, exposures, seen] = [[], [], 0, 0];
    const article = document.createElement('article');
    for (const text of ['One', 'Two', 'Three'])
      article.append(Object.assign(document.createElement('p'), {textContent: text}));
    document.body.prepend(article);
    globalThis.fetch = (url, init) => {
      const {pathname} = new URL(url as string, location.href);
      if (!pathname.startsWith('/companion')) return realFetch(url, init);
      requests.push(`${init?.method ?? 'GET'} ${pathname}`);
      return Promise.resolve(new Response(null, {status: 204}));
    };
    navigator.sendBeacon = url => {
      requests.push(`BEACON ${new URL(url, location.href).pathname}`);
      return true;
    };
    console.warn = () => undefined;
    document.addEventListener('support-exposed', countExposure);
    document.addEventListener('support-seen', countSeen);
  });
  afterEach(async () => {
    session?.stop();
    stopTracking?.();
    stopTracking = undefined;
    await nextTask();
    document.removeEventListener('support-exposed', countExposure);
    document.removeEventListener('support-seen', countSeen);
    globalThis.fetch = realFetch;
    navigator.sendBeacon = sendBeacon;
    console.warn = warn;
    history.replaceState(null, '', address);
    clean();
  });

  const traces = () => ({
    requests,
    heard: heard.map(({name}) => name),
    exposures,
    stored: [...Object.entries(localStorage), ...Object.entries(sessionStorage)],
    cookie: document.cookie,
  });
  const nothing = {requests: [], heard: [], exposures: 0, stored: [], cookie: ''};

  /** Looks at the appeal until it is seen, closes it, takes that back, and leaves the page. */
  async function visit(search: string): Promise<SupportAppealElement> {
    history.replaceState(null, '', search || address);
    session = start({campaigns: file});
    const find = () => document.querySelector<SupportAppealElement>('support-appeal[open]');
    await waitUntil(() => find() !== null, 'it opens');
    const appeal = find()!;
    await waitUntil(() => seen > 0, 'it is seen');
    appeal.close('later');
    await appeal.updateComplete;
    await nextTask();
    dispatchEvent(new PageTransitionEvent('pagehide'));
    await nextTask();
    return appeal;
  }

  it('is compared with a visit, which is counted and stored', async () => {
    await visit('');
    const {requests: sent, exposures: count, stored} = traces();
    expect(sent.some(request => request.endsWith('/companion/events'))).to.equal(true);
    expect(sent).to.include('PUT /companion/reader');
    expect(count).to.be.above(0);
    expect(stored.map(([key]) => key).sort()).to.deep.equal(['support:experiments', storageKey]);
  });

  for (const search of [
    '?support-arm=autumn:plain',
    '?support-arm=autumn:control',
    '?page=2&support-arm=autumn:plain',
    '?support-arm=autumn:misspelt',
    '?support-arm=other:plain',
    '?support-arm',
  ]) {
    it(`counts, sends and stores nothing at all, given ${search}`, async () => {
      const appeal = await visit(search);
      expect(traces()).to.deep.equal(nothing);
      const arm = /autumn:(plain|control)/.exec(search)?.[1] ?? null;
      expect(appeal.getAttribute('arm')).to.equal(arm);
    });
  }

  it('says nothing to a site that tracks events itself', async () => {
    history.replaceState(null, '', '?support-arm=autumn:plain');
    stopTracking = trackEvents({
      ...{events: '/companion/events', reader: '/companion/reader'},
      onEvent: event => heard.push(event),
    });
    await visit('?support-arm=autumn:plain');
    expect(traces()).to.deep.equal(nothing);
  });

  it('leaves what a reader’s browser has stored as it is', async () => {
    const before = writeState(recordArticle(emptyState, 'a', Date.now()));
    localStorage.setItem(storageKey, before);
    await visit('?support-arm=autumn:plain');
    expect(traces().stored).to.deep.equal([[storageKey, before]]);
  });
});
