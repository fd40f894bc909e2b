import {expect} from '@open-wc/testing';
import {keptWithoutConsent, recordClose, writeState} from '../../src/core/cadence/reader-record.js';
import {emptyState, readState, type ReaderState} from '../../src/core/cadence/reader-state.js';
import type {ReaderEvent, ReaderEventBatch} from '../../src/core/experiments/reader-event.js';
import {beacon} from '../../src/browser/analytics/beacon.js';
import {page} from '../../src/browser/page.js';
import {SupportClosedEvent, SupportSeenEvent} from '../../src/events/index.js';
import {trackEvents, type TrackEventsOptions} from '../../src/page/track-events.js';
import {nextTask} from '../fake-timers.js';

const key = 'support:reader';
const day = 86_400_000;

interface Sent {
  readonly url: string;
  readonly how: string;
  readonly init: RequestInit | undefined;
  readonly text: string;
}

describe('tell()', () => {
  const sent: Sent[] = [];
  let status = 204;
  let stop: (() => void) | undefined;
  const {fetch: realFetch} = globalThis;
  const later: Promise<unknown>[] = [];

  beforeEach(() => {
    status = 204;
    globalThis.fetch = (url, init) => {
      const text = typeof init?.body === 'string' ? init.body : '';
      sent.push({
        url: url instanceof Request ? url.url : String(url),
        how: init?.method ?? 'GET',
        init,
        text,
      });
      return Promise.resolve(new Response(null, {status}));
    };
    Object.defineProperty(navigator, 'sendBeacon', {
      configurable: true,
      value: (url: URL, body: Blob) => {
        later.push(
          body
            .text()
            .then(text => sent.push({url: String(url), how: 'beacon', init: undefined, text})),
        );
        return true;
      },
    });
  });
  afterEach(async () => {
    stop?.();
    stop = undefined;
    await Promise.all(later.splice(0));
    sent.length = 0;
    globalThis.fetch = realFetch;
    Reflect.deleteProperty(navigator, 'sendBeacon');
    Reflect.deleteProperty(navigator, 'globalPrivacyControl');
    localStorage.clear();
    document.cookie = 'support-reader=; Max-Age=0; Path=/';
    delete page().full;
    delete page().memory;
    delete page().read;
  });

  const begin = (options: TrackEventsOptions) => (stop = trackEvents(options));
  const batches = () =>
    sent.filter(({how}) => how !== 'PUT').map(({text}) => JSON.parse(text) as ReaderEventBatch);
  const leave = async () => {
    dispatchEvent(new PageTransitionEvent('pagehide'));
    await Promise.all(later);
  };
  const see = (campaign = 'winter') => document.dispatchEvent(new SupportSeenEvent(campaign));
  const happen = (type: string, fields: object) =>
    document.dispatchEvent(Object.assign(new Event(type, {bubbles: true}), fields));

  describe('what happened', () => {
    it('is sent when the page is left, counted, without an id of an event', async () => {
      begin({events: '/companion/events'});
      see();
      see();
      document.dispatchEvent(new SupportClosedEvent('winter', 'later', 5));
      expect(sent).to.have.length(0);
      await leave();
      expect(sent).to.have.length(1);
      expect(sent[0]?.url).to.equal(`${location.origin}/companion/events`);
      const [batch] = batches();
      expect(batch?.id).to.match(/^[\da-f]{32}$/);
      expect(batch?.events).to.deep.equal([
        {name: 'view', campaign: 'winter', count: 2},
        {name: 'later', campaign: 'winter', count: 1},
      ]);
    });

    it('is sent at ten events, without cookies, and not twice', async () => {
      begin({events: '/companion/events'});
      for (let turn = 0; turn < 10; turn++) see();
      expect(sent).to.have.length(1);
      expect(sent[0]?.init?.credentials).to.equal('omit');
      expect(sent[0]?.init?.keepalive).to.equal(true);
      expect(new Headers(sent[0]?.init?.headers).get('content-type')).to.match(/^text\/plain/);
      await leave();
      expect(sent).to.have.length(1);
    });

    it('has ids once the reader has consented, each its own', async () => {
      page().full = true;
      begin({events: '/companion/events'});
      happen('support-exposed', {
        campaign: 'winter',
        experiment: 'a@1',
        arm: 'plain',
        exposure: 'x-12345678',
      });
      see();
      see();
      await leave();
      const events = batches().flatMap(batch => batch.events);
      expect(
        events.map(({name, experiment, arm, exposure}) => [name, experiment, arm, exposure]),
      ).to.deep.equal([
        ['exposure', 'a@1', 'plain', 'x-12345678'],
        ['view', 'a@1', 'plain', undefined],
        ['view', 'a@1', 'plain', undefined],
      ]);
      expect(new Set(events.map(({id}) => id)).size).to.equal(3);
    });

    it('names the exposure to nobody without consent', async () => {
      begin({events: '/companion/events'});
      happen('support-exposed', {
        campaign: 'winter',
        experiment: 'a@1',
        arm: 'plain',
        exposure: 'x-12345678',
      });
      await leave();
      expect(batches()[0]?.events).to.deep.equal([
        {name: 'exposure', campaign: 'winter', experiment: 'a@1', arm: 'plain', count: 1},
      ]);
    });

    it('is told to nobody under Global Privacy Control', async () => {
      Object.defineProperty(navigator, 'globalPrivacyControl', {configurable: true, value: true});
      const told: ReaderEvent[] = [];
      begin({events: '/companion/events', onEvent: event => told.push(event)});
      for (let turn = 0; turn < 12; turn++) see();
      await leave();
      expect(sent).to.have.length(0);
      expect(told).to.have.length(0);
    });

    it('leaves for another origin only when the reader has pressed the button', async () => {
      begin({events: 'https://events.example.org/events'});
      for (let turn = 0; turn < 12; turn++) see();
      await leave();
      expect(sent).to.have.length(0);
      happen('support-checkout', {intent: {attribution: {campaign: 'winter', placement: 'bar'}}});
      await leave();
      const events = batches().flatMap(batch => batch.events);
      expect(events.find(({name}) => name === 'start')).to.deep.equal({
        name: 'start',
        campaign: 'winter',
        placement: 'bar',
        count: 1,
      });
      expect(events.find(({name}) => name === 'view')?.count).to.equal(12);
    });

    it('is cut into requests that the companion takes', async () => {
      begin({events: '/companion/events', mayIdentify: () => true});
      for (let turn = 0; turn < 40; turn++) see(`${'a long name of a campaign '.repeat(2)}${turn}`);
      await leave();
      for (const {text} of sent) expect(text.length).to.be.below(2048);
      expect(batches().flatMap(batch => batch.events)).to.have.length(40);
      expect(new Set(batches().map(({id}) => id)).size).to.equal(sent.length);
    });

    it('reaches an analytics tool as well, whose fault is no fault of ours', () => {
      const told: ReaderEvent[] = [];
      begin({
        onEvent: event => {
          told.push(event);
          throw new Error('the tool is broken');
        },
      });
      see();
      happen('support-choose', {});
      happen('support-choose', {});
      happen('support-closed', {campaign: 'winter', reason: 'timeout'});
      expect(told.map(({name}) => name)).to.deep.equal(['view', 'open']);
      expect(sent).to.have.length(0);
    });

    it('ends with it', async () => {
      begin({events: '/companion/events'})();
      see();
      await leave();
      expect(sent).to.have.length(0);
    });
  });

  describe('the reader’s record', () => {
    const now = Date.now();
    const quiet: ReaderState = recordClose(
      emptyState,
      {campaign: 'winter', reason: 'later', until: now + 30 * day},
      now - 8 * day,
    );
    const cookieOf = (state: ReaderState) => `support-reader=${btoa(writeState(state))}; Path=/`;
    const storedNow = () => readState(localStorage.getItem(key)).state;
    const puts = () => sent.filter(({how}) => how === 'PUT');

    it('comes back from the cookie when the browser has wiped what scripts wrote', () => {
      document.cookie = cookieOf(quiet);
      localStorage.clear();
      begin({reader: '/companion/reader'});
      expect(storedNow()).to.deep.equal(quiet);
      expect(puts()).to.have.length(0);
    });

    it('is the later of the two where both are there', () => {
      const later = recordClose(
        emptyState,
        {campaign: 'spring', reason: 'close', until: now + 90 * day},
        now - day,
      );
      localStorage.setItem(key, writeState(later));
      document.cookie = cookieOf(quiet);
      begin({reader: '/companion/reader'});
      expect(storedNow().closes.map(({campaign}) => campaign)).to.deep.equal(['winter', 'spring']);
    });

    it('is put into the cookie when it changes, and only what the reader asked for', async () => {
      begin({reader: '/companion/reader'});
      localStorage.setItem(key, writeState({...quiet, views: [{campaign: 'winter', at: now}]}));
      document.dispatchEvent(new SupportClosedEvent('winter', 'later', now));
      await nextTask();
      expect(puts()).to.have.length(1);
      const [put] = puts();
      expect(put?.url).to.equal('/companion/reader');
      expect(put?.init?.credentials).to.equal('same-origin');
      expect(put?.text).to.equal(writeState(keptWithoutConsent(quiet)));
      document.dispatchEvent(new SupportClosedEvent('winter', 'later', now));
      await nextTask();
      expect(puts(), 'nothing has changed').to.have.length(1);
    });

    it('is sent again when it did not arrive', async () => {
      status = 503;
      begin({reader: '/companion/reader'});
      localStorage.setItem(key, writeState(quiet));
      for (let turn = 0; turn < 2; turn++) {
        document.dispatchEvent(new SupportClosedEvent('winter', 'later', now));
        await nextTask();
      }
      expect(puts()).to.have.length(2);
    });

    it('asks nothing of anybody who has asked for nothing', () => {
      begin({reader: '/companion/reader'});
      expect(sent).to.have.length(0);
      expect(localStorage.getItem(key)).to.equal(null);
    });

    for (const value of ['%%%', 'bm8=', btoa('{"v":2}'), btoa('[]')])
      it(`is left alone given the cookie ${value}`, () => {
        document.cookie = `support-reader=${value}; Path=/`;
        localStorage.setItem(key, writeState(quiet));
        begin({reader: '/companion/reader'});
        expect(storedNow()).to.deep.equal(quiet);
      });
  });
});

describe('beacon()', () => {
  it('never throws, whatever the page forbids', () => {
    const ended = new AbortController();
    const {fetch: realFetch} = globalThis;
    const {sendBeacon} = navigator;
    const tried: string[] = [];
    const forbid = (name: string) => () => {
      tried.push(name);
      throw new TypeError('forbidden');
    };
    globalThis.fetch = forbid('fetch');
    navigator.sendBeacon = forbid('sendBeacon');
    try {
      const out = beacon({url: '/events'}, ended.signal);
      out.send({name: 'view'});
      expect(() => out.flush()).not.to.throw();
      out.send({name: 'view'});
      expect(() => out.flush(true)).not.to.throw();
      expect(tried).to.deep.equal(['fetch', 'sendBeacon']);
    } finally {
      globalThis.fetch = realFetch;
      navigator.sendBeacon = sendBeacon;
      ended.abort();
    }
  });
});
