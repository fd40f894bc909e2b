import {aTimeout, expect, fixture, html} from '@open-wc/testing';
import '../../src/define/support-appeal.js';
import {requestTurn, type TurnOptions} from '../../src/browser/overlays/turn.js';
import {page} from '../../src/browser/page.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import type {SupportClosedEvent} from '../../src/events/index.js';
import type {SupportSkippedEvent} from '../../src/events/support-skipped-event.js';
import {SupportSeenEvent} from '../../src/events/support-appeal-events.js';
import {start} from '../../src/page/start.js';
import {trackEvents, type TrackEventsOptions} from '../../src/page/track-events.js';
import {waitUntil} from '../wait-until.js';

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

  it('shows and withholds what the arms of an experiment say', async () => {
    const fileWith = (arm: object) => {
      const arms = {control: {weight: 0}, other: {weight: 1, ...arm}};
      return {
        campaigns: [{id: 'winter', format: 'bar', copy: {heading: 'As it is'}}],
        experiments: [{id: 'words', version: 1, campaign: 'winter', arms, goal: {currency: 'USD'}}],
      } as unknown as CampaignsFile;
    };
    const shown = hears('support-shown');
    const first = start({campaigns: fileWith({set: {copy: {heading: 'Short'}}})});
    await shown;
    const appeal = document.querySelector('support-appeal');
    expect(appeal?.copy?.heading).to.equal('Short');
    first.stop();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
    const skipped = hears<SupportSkippedEvent>('support-skipped');
    const second = start({campaigns: fileWith({show: false})});
    expect((await skipped).reason).to.equal('held-back');
    second.stop();
    appeal?.remove();
  });

  it('hands events to `told` and waits for an interaction where `count` says `acts`', () => {
    const names: string[] = [];
    const options = {count: 'acts', told: ({name}: {name: string}) => names.push(name)};
    const stop = trackEvents(options as unknown as TrackEventsOptions);
    document.dispatchEvent(new SupportSeenEvent('winter'));
    stop();
    expect(names).to.deep.equal(['view']);
  });

  it('waits for a turn for as long as `patience` says', async () => {
    const turn = await requestTurn();
    const options = {patience: 10} as unknown as TurnOptions;
    expect(await requestTurn(options)).to.equal(undefined);
    turn?.release();
  });

  it('asks the `ways` of a paywall and lets in as `whenSilent` says', async () => {
    await import('../../src/define/support-paywall.js');
    const holder = document.createElement('div');
    holder.innerHTML = '<div id="text"><p>1</p><p>2</p></div><support-paywall for="text" free="0">';
    const paywall = holder.querySelector('support-paywall')!;
    const broken = {id: 'library', whenSilent: 'yes', ask: () => Promise.reject(new Error('down'))};
    Object.assign<object, object>(paywall, {ways: [broken]});
    document.body.append(holder);
    await waitUntil(() => paywall.verdict.access === 'open', 'open');
    expect(paywall.verdict.reason).to.equal('provider-silent');
    holder.remove();
  });
});

describe('the session that start() returns', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, Symbol.for('reader-support')));

  it('has the latest decision, and none before the first', async () => {
    const session = start();
    expect(session.decision).to.equal(undefined);
    const skipped = hears<SupportSkippedEvent>('support-skipped');
    await skipped;
    expect(session.decision).to.deep.include({ask: false, reason: 'no-campaign'});
    const first = session.decision;
    const again = hears<SupportSkippedEvent>('support-skipped');
    session.navigate();
    await again;
    expect(session.decision).not.to.equal(first);
    session();
    session.stop();
  });
});
