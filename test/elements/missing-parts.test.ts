import {expect, fixture, html} from '@open-wc/testing';
import {waitUntil} from '../wait-until.js';

const at = (path: string): string => new URL(`../../src/${path}`, import.meta.url).href;

const words = '<h2 slot="heading">A message</h2><p>We answer to you.</p>';

/** An appeal on a page of its own, from which something is missing. */
async function anAppealWithout(missing: string, format: string) {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="A page"></iframe>`);
  frame.style.cssText = 'width:800px; height:600px';
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve, {once: true}));
  frame.srcdoc =
    `<!doctype html><html lang="en"><body><p>News.</p>
    <script>window.errors = []; window.onerror = text => { errors.push(text); };
      window.onunhandledrejection = event => { errors.push(String(event.reason)); }; ${missing}</` +
    `script><support-appeal campaign="winter" format="${format}" checkout="/nowhere">${words}</support-appeal>
    <script type="module">
      import {start} from '${at('page/start.ts')}';
      import '${at('define/support-appeal.ts')}';
      start({campaigns: {campaigns: [{id: 'winter', format: '${format}', trigger: {seconds: 0}}]}});
    </` +
    `script></body></html>`;
  await loaded;
  const inside = frame.contentDocument!;
  const appeal = inside.querySelector<HTMLElement>('support-appeal')!;
  const ask = () => appeal.shadowRoot?.querySelector('support-ask')?.shadowRoot;
  await waitUntil(() => ask()?.querySelector('[part~=submit]'), 'the form');
  const {errors} = frame.contentWindow as unknown as {errors: string[]};
  return {inside, errors, ask: ask()!};
}

/** What may be missing: on http pages, in old browsers, or for fear of tracking. */
const missing: Record<string, string> = {
  crypto: `Object.defineProperty(window, 'crypto', {value: undefined});`,
  'crypto.randomUUID': `Object.defineProperty(Crypto.prototype, 'randomUUID', {value: undefined});`,
  'crypto.getRandomValues': `Crypto.prototype.getRandomValues = () => { throw new Error('no numbers'); };`,
  IntersectionObserver: `delete window.IntersectionObserver;`,
  MutationObserver: `delete window.MutationObserver;`,
  ResizeObserver: `delete window.ResizeObserver;`,
  'all observers': `delete window.IntersectionObserver; delete window.MutationObserver; delete window.ResizeObserver;`,
  localStorage: `Object.defineProperty(window, 'localStorage', {get() { throw new Error('no storage'); }});`,
  'navigator.locks': `Object.defineProperty(Navigator.prototype, 'locks', {value: undefined});`,
};

describe('an appeal on a page from which something is missing', () => {
  for (const [name, script] of Object.entries(missing))
    for (const format of ['inline', 'bar', 'dialog'])
      it(`is shown as ${format}, and answers a press in words, without ${name}`, async () => {
        const {ask, errors} = await anAppealWithout(script, format);
        ask.querySelector<HTMLElement>('[part~=submit]')!.click();
        await waitUntil(() => ask.querySelector('[part~=error]')?.textContent.trim(), 'words');
        expect(errors).to.deep.equal([]);
      });

  for (const [given, script] of Object.entries({
    'an attempt cannot be made': `window.AbortController = function () { throw new Error('no attempts'); };`,
    'no event may be dispatched any more': `EventTarget.prototype.dispatchEvent = () => { throw new Error('no events'); };`,
    'the clock is broken': `Date.now = () => { throw new Error('no time'); };`,
  }))
    it(`answers a press in words when ${given}`, async () => {
      const {ask, errors, inside} = await anAppealWithout('', 'inline');
      (inside.defaultView as unknown as {eval(text: string): void}).eval(script);
      ask.querySelector<HTMLElement>('[part~=submit]')!.click();
      await waitUntil(() => ask.querySelector('[part~=error]')?.textContent.trim(), 'words');
      expect(errors).to.deep.equal([]);
    });
});

describe('a dialog that a filter hides', () => {
  const hide = (appeal: HTMLElement, name: string, value: string) => {
    appeal.parentElement!.style.setProperty(name, value);
  };
  for (const [given, name, value] of [
    ['by display', 'display', 'none'],
    ['by opacity', 'opacity', '0'],
    ['by content-visibility', 'content-visibility', 'hidden'],
  ] as const)
    it(`gives the page back without a press, seconds later, hidden ${given}`, async () => {
      const {inside} = await anAppealWithout('', 'dialog');
      const appeal = inside.querySelector('support-appeal')!;
      await new Promise(resolve => setTimeout(resolve, 3200));
      hide(appeal, name, value);
      await waitUntil(() => !appeal.open, 'closed');
    });
});
