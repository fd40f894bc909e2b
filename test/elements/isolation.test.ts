import {expect} from '@open-wc/testing';
import '../../src/define/all.js';
import {page} from '../../src/browser/page.js';
import {nextFrames} from '../fake-timers.js';
import {keptOut, keptOutOfWords, letIn, withoutEffect} from './longhands.js';
import {waitUntil} from '../wait-until.js';

const lists = {keptOut, keptOutOfWords, letIn, withoutEffect};

/** Values of which each longhand takes one that differs from what it is. */
const values =
  `red 10px 0.5 2 7 auto none hidden all both inline-size strict vertical-rl 1s "x" x normal --x
  url("data:,x") 50% paint opacity ltr rtl center blur(2px) inset(1px) rotate(5deg) 5deg multiply isolate
  preserve-3d absolute right avoid underline wavy always contain start smooth mandatory break-all uppercase
  italic small-caps bold inert upright plaintext reverse infinite paused linear allow-discrete collapse
  crosshair justify pre border-box fixed round no-repeat alternate anywhere button trim-both content dark
  inside span textfield dotted none! scale(2) path("M0,0L1,1") repeat-x left 1px first stable thin`
    .split(/\s+/)
    .concat('1 / 2', '2 2', '1px 1px', 'repeat 3px', 'no-open-quote');

const computed = (element: Element, name: string): string =>
  getComputedStyle(element).getPropertyValue(name);

const wrapperOf = (element: Element): Element => element.shadowRoot!.firstElementChild!;

/** Everything a browser computes for an element, but what follows from how large it is. */
function looksOf(element: Element): Record<string, string> {
  const names = [...getComputedStyle(element)].filter(
    name =>
      !/^--|size|width|height|origin|grid-template|inset|^(top|right|bottom|left)$|flex-basis/.test(
        name,
      ),
  );
  return Object.fromEntries(names.map(name => [name, computed(element, name)]));
}

/** What is measured by the width of an element, or of what it stands in. */
const isMeasured = (name: string): boolean => /^(padding|margin)|^flex-wrap$/.test(name);

/** All that is in an element's shadow, and in those within. */
function insideOf(element: Element): Element[] {
  return [...(element.shadowRoot?.querySelectorAll('*') ?? [])].flatMap(one => [
    one,
    ...insideOf(one),
  ]);
}

/** Waits until what appears has appeared. */
async function settled(host: Element): Promise<void> {
  await nextFrames();
  for (const element of insideOf(host)) {
    for (const animation of element.getAnimations()) animation.finish();
  }
}

const kinds = {
  appeal: '<support-appeal campaign="winter" checkout="/c"><p>Words.</p></support-appeal>',
  ask: '<support-ask checkout="/c"></support-ask>',
  wall: '<support-paywall server state="locked" checkout="/c"></support-paywall>',
  meter: '<support-meter server left="2" of="5"></support-meter>',
  thanks: '<support-thanks></support-thanks>',
} as const;

const standsIn = (appeal: Element): boolean =>
  !!appeal.shadowRoot?.querySelector('support-ask')?.shadowRoot?.querySelector('form');

describe('a page’s style sheet and our elements', () => {
  let body: HTMLElement;
  let style: HTMLStyleElement;
  const home = location.href;

  async function stand(kind: keyof typeof kinds): Promise<HTMLElement> {
    page().directed = 1;
    history.replaceState(null, '', `${location.href}&support=success`);
    body.innerHTML = `<p>Before.</p>${kinds[kind]}<x-plain>Plain</x-plain>`;
    const element = body.children[1] as HTMLElement;
    if (kind === 'appeal') body.querySelector('support-appeal')!.show();
    await waitUntil(() => element.shadowRoot?.firstElementChild, 'its words');
    await waitUntil(
      () =>
        kind === 'meter' ||
        kind === 'thanks' ||
        insideOf(element).some(it => it.localName === 'form'),
      'its form',
    );
    await settled(element);
    return element;
  }

  beforeEach(() => {
    localStorage.clear();
    style = document.head.appendChild(document.createElement('style'));
    body = document.body.appendChild(document.createElement('main'));
  });
  afterEach(() => {
    style.remove();
    body.remove();
    history.replaceState(null, '', home);
    localStorage.clear();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
  });

  it('meet in every longhand the browser knows, each of which is kept out or let in', () => {
    const strange = [...getComputedStyle(document.body)].filter(
      name => Object.values(lists).filter(list => list.has(name)).length !== 1,
    );
    expect(strange.join(' ')).to.equal('');
  });

  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[])
    it(`meet in every longhand of the ${kind} as the lists say`, async () => {
      style.textContent = 'x-plain {display: block}';
      const host = await stand(kind);
      const plain = body.querySelector('x-plain') as HTMLElement;
      const wrapper = wrapperOf(host);
      const wrong: string[] = [];
      let tried = 0;
      for (const name of getComputedStyle(document.body)) {
        const before = computed(plain, name);
        const value = values.find(one => {
          plain.style.setProperty(name, one);
          return computed(plain, name) !== before;
        });
        plain.style.removeProperty(name);
        if (value === undefined) continue;
        tried += 1;
        const [own, words] = [computed(host, name), computed(wrapper, name)];
        host.style.setProperty(name, value, 'important');
        const isKept = computed(host, name) === own;
        const isOut = computed(wrapper, name) === words;
        host.style.removeProperty(name);
        const isRight = keptOut.has(name)
          ? isKept && isOut
          : keptOutOfWords.has(name)
            ? isOut
            : letIn.has(name) || isOut;
        if (!isRight) wrong.push(`${name}: ${value}`);
      }
      expect(wrong.join('; ')).to.equal('');
      expect(tried).to.be.greaterThan(250);
    });

  for (const [given, rules] of [
    ['a border round everything', '*{border:5px solid red !important}'],
    [
      'paddings, shadows and colours of every div',
      'div{padding:3em;box-shadow:0 0 9px red;background:red;color:lime;opacity:.2}',
    ],
    [
      'a rule of the root for all',
      ':root *{outline:9px solid red !important;filter:invert(1) !important;opacity:.1 !important}',
    ],
    [
      'transforms',
      '*{transform:rotate(3deg) !important;rotate:9deg !important;scale:2 !important;translate:9px !important;zoom:1.4 !important}',
    ],
    [
      'clips and masks',
      '*{clip-path:inset(40%) !important;mask:linear-gradient(red,transparent) !important;overflow:hidden !important;max-height:9px !important;contain:size !important}',
    ],
    ['all unset', 'main *{all:unset !important}'],
    ['all revert', 'main *{all:revert !important}'],
    [
      'what inherits',
      'body,main,main *{color:lime !important;font-style:italic !important;letter-spacing:9px !important;text-transform:uppercase !important;text-indent:4em !important;text-shadow:1px 1px red !important;word-spacing:2em !important;line-height:3 !important;font-size:4px !important;font-weight:900 !important;white-space:pre !important;text-align:right !important;visibility:hidden !important;cursor:wait !important;pointer-events:none !important;list-style:square !important;hyphens:auto !important}',
    ],
    ['a line through the text', 'main *{text-decoration:line-through red 4px !important}'],
    [
      'columns and heights',
      'main *{columns:3 !important;height:4px !important;aspect-ratio:9 !important;overflow:clip !important}',
    ],
    ['fixed boxes', 'main *{position:fixed !important;inset:0 !important;z-index:9 !important}'],
    [
      'writing from top to bottom',
      'body,main *{writing-mode:vertical-rl !important;text-orientation:upright !important}',
    ],
    [
      'animations',
      '@keyframes x{from,to{opacity:0;transform:scale(0)}} main *{animation:x 1s infinite !important;transition:all 9s !important}',
    ],
    ['another display', 'main *{display:none !important}'],
    ['contents', 'main *{display:contents !important;content:url("data:,x") !important}'],
  ] as const)
    for (const kind of ['appeal', 'ask', 'wall', 'meter'] as const)
      it(`leave the looks of the ${kind} as they are, given ${given}`, async () => {
        const host = await stand(kind);
        const all = () => [wrapperOf(host), ...insideOf(host)].map(looksOf);
        const [before, ownBefore, width] = [all(), host.checkVisibility(), host.clientWidth];
        style.textContent = rules;
        await settled(host);
        const after = all();
        const isAsWide = host.clientWidth === width;
        const changed = after.flatMap((looks, at) =>
          Object.keys(looks)
            .filter(name => looks[name] !== before[at]![name])
            .filter(name => isAsWide || !isMeasured(name))
            .map(name => `${name}: ${before[at]![name]} → ${looks[name]}`),
        );
        expect([...new Set(changed)].join('; ')).to.equal('');
        expect(host.checkVisibility({visibilityProperty: true, opacityProperty: true})).to.equal(
          ownBefore,
        );
        expect(host.getClientRects().length).to.equal(1);
      });

  it('add no words of the page’s to ours', async () => {
    const host = await stand('ask');
    const height = host.offsetHeight;
    style.textContent =
      'main *::before,main *::after{content:"Advertisement";display:block;height:99px}';
    await nextFrames();
    expect(host.offsetHeight).to.equal(height);
  });

  for (const format of ['bar', 'dialog'] as const)
    it(`have nothing to say to each other about the place of a ${format}`, async () => {
      page().directed = 1;
      body.innerHTML = kinds.appeal.replace('campaign', `format="${format}" campaign`);
      const host = body.querySelector('support-appeal')!;
      host.show();
      await waitUntil(
        () =>
          format === 'bar'
            ? standsIn(host) && computed(host, 'position') === 'fixed'
            : host.shadowRoot!.querySelector('dialog')?.open,
        'it lies over the page',
      );
      await settled(host);
      const boxOf = () =>
        JSON.stringify(host.shadowRoot!.querySelector('[part=base]')!.getBoundingClientRect());
      const before = boxOf();
      style.textContent =
        'main *{margin:9px 50px !important;width:200px !important;max-width:99px !important;float:right !important;grid-column:3 !important}';
      await nextFrames();
      expect(boxOf()).to.equal(before);
      host.close();
    });

  it('agree in the typeface of words and the headings of the article, and in nothing else', async () => {
    style.textContent = `main{font:italic 300 40px/2 "Courier New",monospace;color:red}
      h2,h3{font:italic 400 10px/3 Verdana,sans-serif;color:red;text-transform:uppercase}
      h3{display:none;font-family:Impact}`;
    await stand('ask');
    body.innerHTML = `<h2>Tide</h2><h3>Unseen</h3><p>Text.</p>${kinds.appeal}<h2 style="font-family:Impact">After</h2>`;
    const appeal = body.querySelector('support-appeal')!;
    appeal.show();
    await waitUntil(() => appeal.shadowRoot?.querySelector('h2'), 'the heading');
    const heading = getComputedStyle(appeal.shadowRoot!.querySelector('h2')!);
    expect(heading.fontFamily).to.equal('Verdana, sans-serif');
    expect(heading.fontWeight).to.equal('400');
    expect(heading.fontStyle).to.equal('normal');
    expect(heading.textTransform).to.equal('none');
    const words = getComputedStyle(appeal.shadowRoot!.querySelector('[part=copy]')!);
    expect(words.fontFamily).to.contain('Courier New');
    expect(words.fontStyle).to.equal('normal');
    expect(words.fontSize).to.equal('18px');
    expect(words.color).not.to.equal('rgb(255, 0, 0)');
    appeal.style.setProperty('--support-font', 'Georgia');
    appeal.style.setProperty('--support-heading-font', 'Palatino');
    expect(heading.fontFamily).to.equal('Palatino');
    expect(words.fontFamily).to.equal('Palatino');
    expect(getComputedStyle(wrapperOf(appeal)).fontFamily).to.equal('Georgia');
  });
});
