import {expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {recordClose, writeState} from '../../src/core/cadence/reader-record.js';
import {emptyState, readState} from '../../src/core/cadence/reader-state.js';
import type {ReaderEventBatch} from '../../src/core/experiments/reader-event.js';
import {SupportClosedEvent, SupportSeenEvent} from '../../src/events/index.js';
import {connectCompanion} from '../../src/page/connect-companion.js';
import {start} from '../../src/page/start.js';
import {trackEvents} from '../../src/page/track-events.js';
import {nextTask} from '../fake-timers.js';

const campaign = {id: 'winter'};
const experiment = {
  id: 'autumn',
  version: 1,
  campaign: 'winter',
  arms: {control: {weight: 0.5}, plain: {weight: 0.5}},
};

describe('connectCompanion()', () => {
  const sent: {url: string; method: string; body: string}[] = [];
  const {fetch: realFetch} = globalThis;
  const {sendBeacon} = navigator;
  const stops: (() => void)[] = [];
  /** `tell()` has no end here: the page ends it. */
  const begun = (file?: Partial<CampaignsFile>) => {
    const {abort} = AbortController.prototype;
    const {AbortController: Real} = globalThis;
    globalThis.AbortController = class extends Real {
      constructor() {
        super();
        stops.push(() => abort.call(this));
      }
    };
    try {
      connectCompanion(file);
    } finally {
      globalThis.AbortController = Real;
    }
  };

  beforeEach(() => {
    globalThis.fetch = (url, init) => {
      const body = typeof init?.body === 'string' ? init.body : '';
      sent.push({
        url: new URL(url as URL, location.href).href,
        method: init?.method ?? 'GET',
        body,
      });
      return Promise.resolve(new Response(null, {status: 204}));
    };
    // So that what leaves with the page can be read at once.
    navigator.sendBeacon = () => false;
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    // What was to be written after the last event is.
    await nextTask();
    sent.length = 0;
    globalThis.fetch = realFetch;
    navigator.sendBeacon = sendBeacon;
    Reflect.deleteProperty(navigator, 'globalPrivacyControl');
    for (const meta of document.querySelectorAll('meta[name="support:companion"]')) meta.remove();
    document.cookie = 'support-reader=; Max-Age=0; Path=/';
    localStorage.clear();
    delete page().tells;
    delete page().full;
    delete page().memory;
    delete page().read;
  });

  const see = () => document.dispatchEvent(new SupportSeenEvent('winter'));
  const close = () => document.dispatchEvent(new SupportClosedEvent('winter', 'later', Date.now()));
  const leave = () => dispatchEvent(new PageTransitionEvent('pagehide'));
  const told = () =>
    sent
      .filter(({url}) => url.endsWith('/events'))
      .flatMap(({body}) => (JSON.parse(body) as ReaderEventBatch).events)
      .map(({name}) => name);

  it('tells what happened, once the reader has done something', () => {
    begun({companion: '/companion'});
    for (let turn = 0; turn < 12; turn++) see();
    leave();
    expect(sent).to.deep.equal([]);
    close();
    leave();
    expect(told()).to.deep.equal(['view', 'later']);
    expect(sent[0]?.url).to.equal(`${location.origin}/companion/events`);
  });

  it('counts who only looks where the file says so, or the reader has consented', () => {
    begun({companion: '/companion/', count: 'all'});
    see();
    leave();
    expect(told()).to.deep.equal(['view']);
    for (const stop of stops.splice(0)) stop();
    sent.length = 0;
    delete page().tells;
    page().full = true;
    begun({companion: '/companion'});
    see();
    leave();
    expect(told()).to.deep.equal(['view']);
  });

  for (const more of [{experiments: [experiment]}, {holdback: 0.05}])
    it(`counts everybody given ${Object.keys(more).join()}`, () => {
      begun({companion: '/companion', ...more});
      see();
      leave();
      expect(told()).to.deep.equal(['view']);
    });

  it('keeps what the reader asked for in the companion’s cookie', async () => {
    const now = Date.now();
    const quiet = recordClose(
      emptyState,
      {campaign: 'winter', reason: 'later', until: now + 1e9},
      now,
    );
    begun({companion: '/companion'});
    localStorage.setItem('support:reader', writeState(quiet));
    close();
    await nextTask();
    expect(sent).to.deep.equal([
      {url: `${location.origin}/companion/reader`, method: 'PUT', body: writeState(quiet)},
    ]);
  });

  it('reads where the companion is from the page where there is no file', () => {
    const meta = document.createElement('meta');
    meta.name = 'support:companion';
    meta.content = '/members';
    document.head.append(meta);
    begun();
    close();
    leave();
    expect(sent[0]?.url).to.equal(`${location.origin}/members/events`);
  });

  it('asks another host for no cookie', async () => {
    begun({companion: 'https://support.example.org'});
    close();
    await nextTask();
    leave();
    expect(sent).to.deep.equal([]);
  });

  it('tells nobody under Global Privacy Control', () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', {configurable: true, value: true});
    begun({companion: '/companion', count: 'all'});
    close();
    leave();
    expect(sent).to.deep.equal([]);
  });

  it('tells nothing twice', () => {
    stops.push(trackEvents({events: '/own/events'}));
    begun({companion: '/companion'});
    begun({companion: '/companion'});
    close();
    leave();
    expect(sent.map(({url}) => new URL(url).pathname)).to.deep.equal(['/own/events']);
  });

  for (const companion of ['https://', 'http://['])
    it(`says that ${JSON.stringify(companion)} is no address, and tells nobody`, () => {
      const {warn} = console;
      const warnings: unknown[][] = [];
      console.warn = (...words: unknown[]) => warnings.push(words);
      try {
        begun({companion});
        close();
        leave();
      } finally {
        console.warn = warn;
      }
      expect(warnings.map(([name, error]) => [name, error instanceof TypeError])).to.deep.equal([
        ['reader-support:', true],
      ]);
      expect(sent).to.deep.equal([]);
      expect(page().tells).to.equal(undefined);
    });

  it('takes an empty address for the root of the site', () => {
    begun({companion: ''});
    close();
    leave();
    expect(sent.map(({url}) => new URL(url).pathname)).to.deep.equal(['/events']);
  });

  describe('start()', () => {
    const skipped = () =>
      new Promise<{reason: string}>(resolve =>
        document.addEventListener(
          'support-skipped',
          event => resolve(event as unknown as {reason: string}),
          {once: true},
        ),
      );
    const cookieOf = (until: number, at: number) => {
      const state = recordClose(emptyState, {campaign: 'winter', reason: 'later', until}, at);
      return `support-reader=${btoa(writeState(state))}; Path=/`;
    };
    const day = 86_400_000;

    it('heeds the cookie’s quiet where the browser has wiped the record, or has an older one', async () => {
      const now = Date.now();
      const older = recordClose(
        emptyState,
        {campaign: 'winter', reason: 'later', until: now - day},
        now - 40 * day,
      );
      for (const kept of [undefined, writeState(older)]) {
        localStorage.clear();
        delete page().memory;
        if (kept) localStorage.setItem('support:reader', kept);
        document.cookie = cookieOf(now + 20 * day, now - 8 * day);
        document.body.insertAdjacentHTML(
          'beforeend',
          '<support-appeal campaign="winter"></support-appeal>',
        );
        const heard = skipped();
        const stop = start({campaigns: {campaigns: [campaign]}});
        expect((await heard).reason).to.equal('snoozed');
        stop();
        document.querySelector('support-appeal')?.remove();
        const {closes} = readState(localStorage.getItem('support:reader')).state;
        expect(closes.at(-1)?.until).to.equal(now + 20 * day);
      }
      expect(sent).to.deep.equal([]);
    });
  });
});
