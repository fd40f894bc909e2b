import {expect} from '@open-wc/testing';
import '../../src/define/support-appeal.js';
import '../../src/define/support-thanks.js';
import {page} from '../../src/browser/page.js';
import {thankReader} from '../../src/page/thank-reader.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {waitUntil} from '../wait-until.js';

const bottomOf = (element: Element) => Math.round(element.getBoundingClientRect().bottom);
const isSeen = (element: Element) => element.checkVisibility() && element.clientHeight > 0;

/** What runs when a test is over. */
const undo: (() => void)[] = [];

function put(markup: string): HTMLElement {
  document.body.insertAdjacentHTML('beforeend', markup);
  const element = document.body.lastElementChild as HTMLElement;
  undo.push(() => element.remove());
  return element;
}

async function aBar(
  properties: Partial<SupportAppealElement> = {},
  root: Node = document.body,
): Promise<SupportAppealElement> {
  page().directed = 1;
  const bar = document.createElement('support-appeal');
  Object.assign(bar, {format: 'bar', copy: {heading: 'A message'}, ...properties});
  root.appendChild(bar);
  undo.push(() => bar.remove());
  bar.show();
  await waitUntil(() => bar.shadowRoot?.querySelector('[part=base]'), 'the bar');
  return bar;
}

const style = (element: HTMLElement, property: string, value: string) => {
  element.style.setProperty(property, value);
  undo.push(() => element.style.removeProperty(property));
};

describe('a bar', () => {
  beforeEach(() => {
    put('<div style="height:300vh"></div>');
    scrollTo(0, 0);
  });
  afterEach(() => {
    for (const end of undo.splice(0).reverse()) end();
    localStorage.clear();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
  });

  for (const [property, value] of [
    ['filter', 'grayscale(1)'],
    ['transform', 'translateZ(0)'],
    ['contain', 'layout'],
    ['will-change', 'transform'],
    ['perspective', '1px'],
    ['backdrop-filter', 'blur(1px)'],
    ['container-type', 'inline-size'],
  ] as const)
    it(`lies at the foot of the window, as does the thanks, given ${property} on what holds it`, async () => {
      style(document.body, property, value);
      const bar = await aBar();
      await waitUntil(() => bottomOf(bar) === innerHeight, 'at the foot');
      expect(bar.getBoundingClientRect().left).to.equal(0);
      expect(bar.clientWidth).to.equal(document.documentElement.clientWidth);
      bar.remove();
      await thankReader({}, {campaigns: []});
      const strip = document.querySelector('support-thanks')!.parentElement!;
      undo.push(() => strip.remove());
      expect(bottomOf(strip)).to.equal(innerHeight);
      expect(getComputedStyle(strip).borderTopWidth).to.equal('0px');
    });

  it('looks as it would without the top layer, takes no focus and stays when the reader presses elsewhere', async () => {
    const field = put('<input aria-label="Search">');
    field.focus();
    const bar = await aBar();
    expect(document.activeElement).to.equal(field);
    expect(bar.matches(':popover-open')).to.equal(true);
    const {margin, padding, overflow, borderTopWidth} = getComputedStyle(bar);
    expect([margin, padding, overflow, borderTopWidth]).to.deep.equal([
      '0px',
      '0px',
      'visible',
      '0px',
    ]);
    document.body.click();
    document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));
    expect(bar.open && isSeen(bar)).to.equal(true);
  });

  it('lies over what has the highest z-index, and escapes from a shadow root', async () => {
    const holder = put('<div style="transform:translateZ(0);overflow:hidden;height:1px"></div>');
    put('<div style="position:fixed;inset:auto 0 0;height:90px;z-index:2147483647">Ad</div>');
    const bar = await aBar({}, holder.attachShadow({mode: 'open'}));
    await waitUntil(() => bottomOf(bar) === innerHeight, 'at the foot');
    expect(document.elementFromPoint(innerWidth / 2, innerHeight - 5)).to.equal(holder);
  });

  it('is fixed where there are no popovers', async () => {
    const bar = document.createElement('support-appeal');
    Object.defineProperty(bar, 'showPopover', {
      value: () => {
        throw new Error('none');
      },
    });
    Object.assign(bar, {format: 'bar'});
    document.body.append(bar);
    undo.push(() => bar.remove());
    bar.show();
    await waitUntil(() => bottomOf(bar) === innerHeight && isSeen(bar), 'at the foot');
    expect(bar.hasAttribute('popover')).to.equal(false);
  });

  it('comes back after it was moved, and leaves the top layer when it is done', async () => {
    const bar = await aBar();
    put('<section></section>').append(bar);
    await waitUntil(() => bar.matches(':popover-open') && bottomOf(bar) === innerHeight, 'back');
    bar.hidePopover();
    await waitUntil(() => bar.matches(':popover-open'), 'back again');
    bar.close();
    await bar.updateComplete;
    expect(bar.matches(':popover-open')).to.equal(true);
    bar.shadowRoot!.querySelector<HTMLElement>('[part~=done]')!.click();
    await waitUntil(() => !isSeen(bar) && !bar.hasAttribute('popover'), 'done');
  });

  const fixed = 'position:fixed;inset:auto 0 0;height:60px;background:#fff';
  for (const [given, markup] of [
    ['a fixed dialog', `<div role="dialog" style="${fixed}">Cookies?</div>`],
    ['a fixed alertdialog', `<div role="alertdialog" style="${fixed}">Your session ends</div>`],
    ['an open native dialog', `<dialog open style="${fixed}">Sign in</dialog>`],
    [
      'a dialog in a fixed wrapper',
      `<div style="${fixed}"><div role="dialog">Cookies?</div></div>`,
    ],
    ['a wrapper without a size', `<div role="dialog"><div style="${fixed}">Cookies?</div></div>`],
    [
      'what waitFor selects',
      `<div id="consent" style="position:fixed;top:0;height:90px;width:90px">Cookies?</div>`,
    ],
  ] as const)
    it(`hides while it would cover ${given}, and comes back, neither closed nor counted`, async () => {
      const bar = await aBar({waitFor: '#consent'});
      let closed = 0;
      bar.addEventListener('support-closed', () => (closed += 1));
      const cover = put(markup);
      await waitUntil(() => !isSeen(bar), 'hidden');
      cover.remove();
      await waitUntil(() => isSeen(bar), 'back');
      expect([bar.open, closed, localStorage.length]).to.deep.equal([true, 0, 0]);
    });

  for (const [given, markup] of [
    [
      'a dialog elsewhere',
      '<div role="dialog" style="position:fixed;top:0;height:90px">Menu</div>',
    ],
    [
      'a dialog in the text',
      '<div role="dialog" style="height:100vh;margin-top:-100vh">Newsletter</div>',
    ],
    [
      'a drawer beside the window',
      `<div role="dialog" style="${fixed};transform:translateX(100%)">Menu</div>`,
    ],
  ] as const)
    it(`stays, given ${given}`, async () => {
      const bar = await aBar();
      put(markup);
      await new Promise(resolve => setTimeout(resolve, 600));
      expect(isSeen(bar)).to.equal(true);
    });

  it('hides while a consent framework shows its dialog', async () => {
    const bar = await aBar();
    const listeners: Record<string, (data: unknown, success?: boolean) => void> = {};
    const frameworks = globalThis as unknown as Record<string, unknown>;
    frameworks['__tcfapi'] = (_command: string, _version: number, listener: () => void) =>
      (listeners['tcf'] = listener);
    frameworks['__gpp'] = (_command: string, listener: () => void) => (listeners['gpp'] = listener);
    undo.push(() => void Reflect.deleteProperty(globalThis, '__tcfapi'));
    undo.push(() => void Reflect.deleteProperty(globalThis, '__gpp'));
    await waitUntil(() => listeners['tcf'] && listeners['gpp'], 'heard');
    for (const [framework, shown, gone] of [
      ['tcf', {eventStatus: 'cmpuishown'}, {eventStatus: 'useractioncomplete'}],
      [
        'gpp',
        {eventName: 'cmpDisplayStatus', data: 'visible'},
        {eventName: 'cmpDisplayStatus', data: 'hidden'},
      ],
      [
        'gpp',
        {eventName: 'listenerRegistered', pingData: {cmpDisplayStatus: 'visible'}},
        {eventName: 'signalStatus', pingData: {cmpDisplayStatus: 'hidden'}},
      ],
      ['tcf', {eventStatus: 'cmpuishown'}, {eventStatus: 'tcloaded'}],
    ] as const) {
      listeners[framework]!(shown, true);
      await waitUntil(() => !isSeen(bar), 'hidden');
      listeners[framework]!({}, true);
      listeners[framework]!(gone, true);
      await waitUntil(() => isSeen(bar), 'back');
    }
    expect(bar.open).to.equal(true);
  });

  it('hides in full screen', async () => {
    const bar = await aBar();
    let full: Element | null = document.body;
    Object.defineProperty(document, 'fullscreenElement', {configurable: true, get: () => full});
    undo.push(() => void Reflect.deleteProperty(document, 'fullscreenElement'));
    await waitUntil(() => !isSeen(bar), 'hidden');
    full = null;
    await waitUntil(() => isSeen(bar), 'back');
  });

  it('stands upon the bar that the file names, and goes down when that is gone', async () => {
    const sticky = put(
      '<div class="ad" style="position:fixed;inset:auto 0 0;height:90px">Ad</div>',
    );
    const bar = await aBar({stackAbove: '.ad'});
    await waitUntil(() => bottomOf(bar) === innerHeight - 90, 'above');
    sticky.style.height = '50px';
    await waitUntil(() => bottomOf(bar) === innerHeight - 50, 'lower');
    sticky.remove();
    await waitUntil(() => bottomOf(bar) === innerHeight, 'at the foot');
  });
});
