import {aTimeout, expect} from '@open-wc/testing';
import {coverOf} from '../../src/browser/overlays/overlay.js';
import {rightMoment} from '../../src/browser/overlays/right-moment.js';
import {waitReporter} from '../../src/browser/overlays/report-wait.js';
import {requestTurn} from '../../src/browser/overlays/turn.js';
import {page} from '../../src/browser/page.js';
import type {Decision} from '../../src/core/campaigns/decide.js';
import {FakeTimers} from '../fake-timers.js';

const modal = 'role="dialog" aria-modal="true"';
const fixed = 'position:fixed; inset:0 0 0 auto; width:300px; background:#fff';

/** What a page may hold without anything of it on screen. */
const hidden: Record<string, string> = {
  'a drawer beside the window': `<div ${modal} style="${fixed}; transform:translateX(100%)">Menu</div>`,
  'a drawer on the other side': `<div ${modal} style="position:fixed; left:-400px; width:300px; height:300px">Menu</div>`,
  'a drawer under the foot of the window': `<div ${modal} style="position:fixed; top:100vh; width:300px; height:300px">Menu</div>`,
  'display: none': `<div ${modal} style="${fixed}; display:none">Menu</div>`,
  'visibility: hidden': `<div ${modal} style="${fixed}; visibility:hidden">Menu</div>`,
  'opacity: 0': `<div ${modal} style="${fixed}; opacity:0">Menu</div>`,
  'opacity: 0 on what holds it': `<div style="opacity:0"><div ${modal} style="${fixed}">Menu</div></div>`,
  inert: `<div inert ${modal} style="${fixed}">Menu</div>`,
  'hidden and hidden from assistive tools': `<div hidden aria-hidden="true" ${modal} style="position:fixed">Menu</div>`,
  'no size': `<div ${modal}></div>`,
  'no width': `<div ${modal} style="position:fixed; width:0; height:300px; overflow:hidden">Menu</div>`,
  'a collapsed menu': `<div ${modal} style="position:fixed; top:0; width:300px; height:0; overflow:hidden"><a href="#a">News</a><a href="#b">Sport</a></div>`,
  'a menu that is clipped away': `<div ${modal} style="${fixed}; clip-path:inset(100%)"><a href="#a">News</a></div>`,
  'a closed dialog': `<dialog ${modal}>Sign in</dialog>`,
  'a hidden popover': `<div popover ${modal}>Menu</div>`,
  'a wrapper that lets presses through and holds a drawer beside the window': `<div ${modal} style="position:fixed; inset:0; pointer-events:none"><div style="${fixed}; transform:translateX(100%); pointer-events:auto">Menu</div></div>`,
  'a dialog below the fold': `<div style="height:300vh"></div><div ${modal} style="height:300px">Newsletter</div>`,
};

/** What covers the page, however it is built. */
const shown: Record<string, string> = {
  'a drawer in the window': `<div ${modal} style="${fixed}">Menu</div>`,
  'a drawer half in the window': `<div ${modal} style="${fixed}; transform:translateX(50%)">Menu</div>`,
  'an open dialog': `<dialog open>Sign in</dialog>`,
  'a box in a wrapper without a size': `<div ${modal} style="position:relative"><div style="${fixed}">Menu</div></div>`,
  'a box in a collapsed wrapper that does not clip it': `<div ${modal} style="height:0; overflow:hidden"><div style="${fixed}">Menu</div></div>`,
  'a box in a wrapper that lets presses through': `<div ${modal} style="position:fixed; inset:0; pointer-events:none"><div style="${fixed}; pointer-events:auto">Menu</div></div>`,
  'display: contents': `<div ${modal} style="display:contents"><p style="${fixed}">Menu</p></div>`,
  'a frame': `<div ${modal} style="position:fixed; inset:0"><iframe title="Consent" style="width:100%; height:100%"></iframe></div>`,
};

describe('coverOf()', () => {
  let holder: HTMLElement;
  beforeEach(() => {
    holder = document.createElement('div');
    document.body.append(holder);
    scrollTo(0, 0);
  });
  afterEach(() => holder.remove());

  for (const [given, markup] of Object.entries(hidden))
    it(`finds nothing over the page, given ${given}`, () => {
      holder.innerHTML = markup;
      expect(coverOf()).to.equal(undefined);
      expect(coverOf('[aria-modal], dialog')).to.equal(undefined);
    });

  for (const [given, markup] of Object.entries(shown))
    it(`finds what is over the page, given ${given}`, () => {
      holder.innerHTML = markup;
      expect(coverOf()).to.equal(holder.firstElementChild);
    });

  it('finds a dialog that moves into the window later', () => {
    holder.innerHTML = hidden['a drawer beside the window']!;
    expect(coverOf()).to.equal(undefined);
    const drawer = holder.firstElementChild as HTMLElement;
    drawer.style.transform = 'none';
    expect(coverOf()).to.equal(drawer);
  });

  it('finds what the file names, in an open shadow root too', () => {
    holder.innerHTML = '<div id="consent"></div>';
    const consent = holder.firstElementChild!;
    expect(coverOf('#consent')).to.equal(undefined);
    consent.attachShadow({mode: 'open'}).innerHTML = `<div style="${fixed}">Cookies?</div>`;
    expect(coverOf('#consent')).to.equal(consent);
    expect(coverOf()).to.equal(undefined);
    expect(coverOf('<<')).to.equal(undefined);
  });

  it('finds a native modal and an open popover', () => {
    holder.innerHTML = `<dialog>Sign in</dialog><div popover ${modal}>Menu</div>`;
    const [dialog, popover] = holder.children as unknown as [HTMLDialogElement, HTMLElement];
    dialog.showModal();
    expect(coverOf()).to.equal(dialog);
    dialog.close();
    popover.showPopover();
    expect(coverOf()).to.equal(popover);
  });
});

describe('an appeal that waits', () => {
  const ended: AbortController[] = [];
  const {info} = console;
  const address = location.href;
  let told: (Decision & {readonly ask: false})[];
  let logged: unknown[][];
  let timers: FakeTimers;

  const begin = (wait: Partial<Parameters<typeof rightMoment>[0]>) => {
    const end = new AbortController();
    ended.push(end);
    const {signal} = end;
    const report = waitReporter('winter', signal, decision => told.push(decision));
    return rightMoment({signal, isOverlay: false, report, ...wait});
  };

  beforeEach(() => {
    told = [];
    logged = [];
    console.info = (...given: unknown[]) => void logged.push(given);
    timers = new FakeTimers();
  });
  afterEach(() => {
    timers.restore();
    for (const end of ended.splice(0)) end.abort();
    console.info = info;
    history.replaceState(null, '', address);
    for (const element of document.querySelectorAll('aside, support-paywall')) element.remove();
    Reflect.deleteProperty(page(), 'busy');
    Reflect.deleteProperty(page(), 'waiting');
  });

  const put = (markup: string): Element => {
    document.body.insertAdjacentHTML('beforeend', markup);
    return document.body.lastElementChild!;
  };
  const dialog = () => put(`<aside ${modal} style="${fixed}">Menu</aside>`);
  const trigger = {scroll: 100_000};

  for (const [given, reason, prepare] of [
    ['a dialog', 'waiting-for-dialog', () => ({input: dialog(), wait: {}})],
    [
      'what the file names',
      'waiting-for-dialog',
      () => ({input: put(`<aside style="${fixed}">Cookies?</aside>`), wait: {waitFor: 'aside'}}),
    ],
    [
      'a wall that has not decided',
      'waiting-for-paywall',
      () => ({input: put('<support-paywall></support-paywall>'), wait: {}}),
    ],
    ['a trigger', 'waiting-for-trigger', () => ({input: trigger, wait: {trigger}})],
  ] as const)
    it(`says that it waits for ${given}: a developer at once, the page after five seconds, once`, async () => {
      history.replaceState(null, '', '?support-debug');
      const {input, wait} = prepare();
      void begin(wait);
      await timers.advance(0);
      expect(logged.map(([, decision]) => (decision as {reason: string}).reason)).to.deep.equal([
        reason,
      ]);
      await timers.advance(4900);
      expect(told).to.deep.equal([]);
      await timers.advance(20_000);
      expect(told.map(decision => [decision.reason, decision.until])).to.deep.equal([
        [reason, Infinity],
      ]);
      const [step] = told[0]!.trace;
      expect([step!.campaign, step!.rule]).to.deep.equal(['winter', 'moment']);
      expect(step!.input).to.deep.equal(input);
      expect(logged.length).to.equal(1);
    });

  it('says at once that it got no turn', async () => {
    page().busy = true;
    const turn = begin({isOverlay: true, trigger: {seconds: 0}});
    await timers.advance(2100);
    expect(await turn).to.equal(undefined);
    expect(told.map(({reason}) => reason)).to.deep.equal(['no-turn']);
  });

  it('says nothing of a wait that is short, or was ended, and nothing to the console of a reader', async () => {
    const cover = dialog();
    const moment = begin({});
    await timers.advance(3000);
    cover.remove();
    await timers.advance(300);
    await moment;
    dialog();
    void begin({});
    await timers.advance(1000);
    for (const end of ended) end.abort();
    await timers.advance(20_000);
    expect([told, logged]).to.deep.equal([[], []]);
  });

  it('gets its turn, and says nothing of it', async () => {
    const turn = begin({isOverlay: true, trigger: {seconds: 0}});
    await timers.advance(10);
    (await turn)!.release();
    expect(told).to.deep.equal([]);
    timers.restore();
    (await requestTurn())!.release();
    await aTimeout(0);
  });
});
