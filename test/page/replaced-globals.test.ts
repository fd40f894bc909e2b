import {fixture, html} from '@open-wc/testing';
import {waitUntil} from '../wait-until.js';

const at = (path: string): string => new URL(`../../src/${path}`, import.meta.url).href;

const appeal = `<support-appeal campaign="winter" checkout="/checkout">
  <h2 slot="heading">A message</h2><p>We answer to you.</p>
  <a slot="fallback" href="https://example.org/give">Support us</a></support-appeal>`;

const started = (load: string) => `
  import {start} from '${at('page/start.ts')}';
  start({load: ${load}});`;

const defined = `() => import('${at('define/support-appeal.ts')}')`;

/** How an appeal comes to decide on a page. */
const ways: Record<string, string> = {
  'with start()': started(defined),
  'without start()': `import '${at('define/support-appeal.ts')}';`,
};

/** A page of its own in which a script runs before or after ours. */
async function aPage(script: string, {module = ways['with start()']!, after = false} = {}) {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="A page"></iframe>`);
  frame.style.cssText = 'width:800px; height:600px';
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve, {once: true}));
  const theirs = `<script type="module">${script}</` + 'script>';
  const ours = `<script type="module">${module}</` + 'script>';
  frame.srcdoc = `<!doctype html><html lang="en"><body><p>News.</p>${appeal}
    ${after ? ours + theirs : theirs + ours}</body></html>`;
  await loaded;
  const element = frame.contentDocument!.querySelector<HTMLElement>('support-appeal')!;
  const link = element.querySelector('a')!;
  const isSeen = (part: Element | null | undefined) =>
    part?.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) === true &&
    part.getBoundingClientRect().height > 0;
  return {
    isOpen: () => isSeen(element.shadowRoot?.querySelector('[part=base]')),
    isGivenBack: () => isSeen(link) && isSeen(element.querySelector('p')),
  };
}

/** What old libraries put in the place of a browser's own. */
const replaced: Record<string, string> = {
  'Event, as MooTools does': `window.Event = function (event) { this.event = event; };`,
  'Event, as a polyfill does': `
    const Native = window.Event;
    window.Event = function (type) { const event = document.createEvent('Event'); event.initEvent(type, false, false); return event; };
    window.Event.prototype = Native.prototype;`,
  'Event, by an object, as Prototype does': `window.Event = {observe() {}, stop() {}};`,
  CustomEvent: `window.CustomEvent = function (type) { const event = document.createEvent('CustomEvent'); event.initCustomEvent(type, false, false, null); return event; };`,
  'UIEvent and MouseEvent': `window.UIEvent = window.MouseEvent = function () {};`,
  'Array.from, as Prototype does': `
    Array.from = function (iterable) { const result = []; for (let i = 0; i < (iterable.length || 0); i += 1) result.push(iterable[i]); return result; };`,
  'Element.prototype.closest': `Element.prototype.closest = function () { return undefined; };`,
  'Element.prototype.closest, by one that throws': `Element.prototype.closest = function () { throw new Error('use $().up()'); };`,
  'Object.assign': `Object.assign = function (destination, source) { for (const name in source) destination[name] = source[name]; return destination; };`,
  'Function.prototype.bind': `
    Function.prototype.bind = function (context) { const method = this; return function () { return method.apply(context, arguments); }; };`,
  JSON: `
    const {parse, stringify} = JSON;
    window.JSON = {parse: text => parse(text), stringify: value => stringify(value)};
    Array.prototype.toJSON = function () { return 'a list'; };`,
  Promise: `
    const Native = window.Promise;
    window.Promise = class extends Native {};
    delete Native.prototype.finally;`,
};

describe('a page that has replaced one of the globals', () => {
  for (const [global, script] of Object.entries(replaced))
    for (const [way, module] of Object.entries(ways))
      it(`shows the appeal ${way}, given another ${global}, before the script and after it`, async () => {
        for (const after of [false, true]) {
          const {isOpen} = await aPage(script, {module, after});
          await waitUntil(isOpen, after ? 'after' : 'before');
        }
      });
});

/** What throws before an appeal is open. */
const failures: Record<string, string> = {
  'events cannot be dispatched': `
    const {dispatchEvent} = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
      if (event.type.startsWith('support-')) throw new Error('no events');
      return dispatchEvent.call(this, event);
    };`,
  'a template cannot be drawn': `document.importNode = () => { throw new Error('no templates'); };`,
  'a shadow root cannot be made': `Element.prototype.attachShadow = () => { throw new Error('no shadow'); };`,
  'style sheets cannot be adopted': `Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', {
      get: () => [], set() { throw new Error('no style sheets'); } });`,
};

describe('an appeal that cannot be opened', () => {
  for (const [failure, script] of Object.entries(failures))
    for (const [way, module] of Object.entries(ways))
      it(`gives the words and the link back ${way}, when ${failure}`, async () => {
        const {isGivenBack} = await aPage(script, {module});
        await waitUntil(isGivenBack, 'words');
      });

  it('gives the words and the link back when the interface does not arrive', async () => {
    const module = started(`() => Promise.reject(new Error('404'))`);
    const {isGivenBack} = await aPage('', {module});
    await waitUntil(isGivenBack, 'words');
  });

  it('gives the words and the link back when the elements are there and their session fails', async () => {
    const module = `import '${at('define/support-appeal.ts')}';
      ${started(`() => Promise.reject(new Error('404'))`)}`;
    const {isGivenBack} = await aPage('', {module});
    await waitUntil(isGivenBack, 'words');
  });
});
