import {expect} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import '../../src/define/all.js';
import {page} from '../../src/browser/page.js';
import {start, type SupportSession} from '../../src/page/start.js';
import {nextFrames} from '../fake-timers.js';
import {layouts, textOf, type Layout} from './layouts.js';
import {waitUntil} from '../wait-until.js';

const home = location.href;

/** What stands in a text, as a site writes it. */
const elements = [
  '<support-appeal campaign="winter" checkout="/c"><h2 slot="heading">A message</h2><p>Words.</p></support-appeal>',
  '<support-ask checkout="/c"></support-ask>',
  '<support-paywall server state="locked" checkout="/c"></support-paywall>',
  '<support-thanks></support-thanks>',
  '<support-meter server left="2" of="5"></support-meter>',
];

let style: HTMLStyleElement;
let body: HTMLElement;

/** Lays out a page. */
async function lay({css, html, ...layout}: Layout): Promise<void> {
  style.textContent = css;
  body.innerHTML = html.replace('TEXT', textOf({css, html, ...layout}));
  await nextFrames();
}

/** Where something stands across the page; what is in the next column is moved back into the first. */
function boxOf(element: Element, {gap}: Layout): {left: number; width: number} {
  const {left, width} = element.getClientRects()[0]!;
  return {left: gap === undefined ? left : left % (width + gap), width};
}

function expectSameBox(element: Element, other: Element, layout: Layout): void {
  const [own, sibling] = [boxOf(element, layout), boxOf(other, layout)];
  const what = `${element.localName} ${JSON.stringify(own)} as ${JSON.stringify(sibling)}`;
  expect(own.width, what).to.be.closeTo(sibling.width, 1);
  expect(own.left, what).to.be.closeTo(sibling.left, 1);
}

/** Looks at wide, middle and narrow windows; the reader turns and resizes one window. */
async function expectAtEveryWidth(
  placed: readonly Element[],
  sibling: Element,
  layout: Layout,
): Promise<void> {
  for (const width of [1280, 768, 390]) {
    await setViewport({width, height: 900});
    await nextFrames();
    await nextFrames();
    for (const element of placed) expectSameBox(element, sibling, layout);
  }
}

const standsIn = (appeal: Element | null): boolean =>
  !!appeal?.shadowRoot?.querySelector('support-ask')?.shadowRoot?.querySelector('form');

/** Puts elements after the third paragraph by hand, with the class of the fourth. */
async function placeByHand({align}: Layout, written: readonly string[]): Promise<Element[]> {
  page().directed = 1;
  // The runner's commands go by what else is in the address.
  history.replaceState(null, '', `${location.href}&support=success`);
  const paragraph = body.querySelectorAll('p')[2]!;
  const place = document.createRange();
  place.setStartAfter(paragraph);
  const parts = place.createContextualFragment(written.join(''));
  const placed = [...parts.children];
  for (const element of placed) element.classList.add(...(align ? [align] : []));
  paragraph.after(parts);
  body.querySelector('support-appeal')?.show();
  const form = () => body.querySelector('support-ask')?.shadowRoot?.querySelector('form');
  await waitUntil(() => form() ?? standsIn(body.querySelector('support-appeal')), 'a form');
  await nextFrames();
  return placed;
}

describe('an element in the column of the text', () => {
  let session: SupportSession | undefined;

  beforeEach(() => {
    localStorage.clear();
    style = document.head.appendChild(document.createElement('style'));
    body = document.body.appendChild(document.createElement('div'));
  });
  afterEach(() => {
    session?.();
    session = undefined;
    style.remove();
    body.remove();
    history.replaceState(null, '', home);
    localStorage.clear();
    Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
  });
  after(() => setViewport({width: 800, height: 600}));

  // No appeal is shown beside a wall.
  for (const [what, written] of [
    ['an appeal', elements.slice(0, 1)],
    ['an ask, a wall, a thanks and a meter', elements.slice(1)],
  ] as const)
    for (const layout of layouts)
      it(`lets ${what} stand where a paragraph stands in ${layout.name}`, async () => {
        await setViewport({width: 1000, height: 900});
        await lay(layout);
        const placed = await placeByHand(layout, written);
        expect(placed.length).to.equal(written.length);
        const sibling = body.querySelectorAll('p:not(support-appeal p)')[3]!;
        await expectAtEveryWidth(placed, sibling, layout);
      });

  for (const layout of layouts.filter(({align}) => !align))
    it(`lets a campaign’s appeal stand where a paragraph stands in ${layout.name}`, async () => {
      await setViewport({width: 390, height: 900});
      await lay(layout);
      const {className, localName} = body.querySelector('p')!.parentElement!;
      const place = {selector: className ? `.${className.split(' ')[0]}` : localName, paragraph: 3};
      const copy = {heading: 'A message', body: ['Words.']};
      session = start({campaigns: {campaigns: [{id: 'winter', place, copy}]}});
      await waitUntil(() => standsIn(body.querySelector('support-appeal')), 'it');
      const appeal = body.querySelector('support-appeal')!;
      expect(appeal.parentElement).to.equal(body.querySelector('p')!.parentElement);
      expectSameBox(appeal, body.querySelector('p')!, layout);
      await expectAtEveryWidth([appeal], body.querySelector('p')!, layout);
    });

  it('stands in the column from an element that reserves its room, too', async () => {
    await setViewport({width: 1280, height: 900});
    const layout = layouts.find(({name}) => name === 'narrow paragraphs, centred')!;
    await lay(layout);
    body.querySelector('p')!.insertAdjacentHTML('afterend', `<div>${elements[0]!}</div>`);
    await nextFrames();
    expectSameBox(body.querySelector('support-appeal')!, body.querySelector('p')!, layout);
  });

  it('stands in the column of the text that a wall is for', async () => {
    await setViewport({width: 1280, height: 900});
    const layout: Layout = {
      name: 'a text and its wall',
      css: 'article p{max-width:34em;margin:1em auto}',
      html: '<article><h1>Tide</h1><div id="text">TEXT</div></article>',
    };
    await lay(layout);
    body
      .querySelector('article')!
      .insertAdjacentHTML('beforeend', '<support-paywall for="text" free="0"></support-paywall>');
    await nextFrames();
    expectSameBox(body.querySelector('support-paywall')!, body.querySelector('p')!, layout);
  });

  for (const [rule, name] of [
    ['margin: 0 40px', 'flow'],
    ['margin-block: 7px 9px', 'flow'],
    ['width: 300px', 'flow'],
    ['inline-size: 50%; margin-inline: auto', 'flow'],
    ['max-width: 20em', 'flow'],
    ['float: right; width: 250px', 'a float beside'],
    ['clear: both', 'a float beside'],
    ['grid-column: 1 / -1', 'a grid with named lines'],
    ['grid-column: full-start / full-end', 'a grid with named lines'],
    ['grid-column: 2 / span 3; justify-self: end; width: 200px', 'twelve columns with span'],
    ['grid-column: 1 / -1', 'twelve columns where paragraphs alone are placed'],
    ['max-width: 900px !important', 'a block theme’s constrained layout'],
    ['align-self: flex-start; width: 50%', 'a centred flex column'],
    ['order: -1', 'a flex column that stretches'],
    ['column-span: all', 'two columns'],
    ['max-width: none', 'narrow paragraphs, centred'],
    ['width: 100%', 'narrow paragraphs, centred'],
    ['margin: 2em 0', 'narrow paragraphs, centred'],
    ['max-width: 50em; margin-inline: auto', 'narrow paragraphs, centred, over a reset'],
    ['float: left; width: 200px', 'narrow paragraphs, at the start'],
    ['margin-inline-start: 0', 'narrow paragraphs from right to left'],
  ] as const)
    it(`obeys the site’s own rule ${rule} in ${name}`, async () => {
      await setViewport({width: 1280, height: 900});
      const layout = layouts.find(one => one.name === name)!;
      await lay({...layout, css: `${layout.css} support-ask,x-plain{display:block;${rule}}`});
      body.querySelector('p')!.insertAdjacentHTML('afterend', elements[1]!);
      const ask = body.querySelector('support-ask')!;
      await waitUntil(() => ask.shadowRoot?.querySelector('form'), 'the form');
      await nextFrames();
      const look = (element: Element) => {
        const {x, y, width} = element.getBoundingClientRect();
        const {marginTop, marginBottom, float, order, gridColumn} = getComputedStyle(element);
        return [x, y, width]
          .map(Math.round)
          .concat([marginTop, marginBottom, float, order, gridColumn] as never[]);
      };
      const own = look(ask);
      const plain = document.createElement('x-plain');
      plain.style.setProperty('height', `${ask.offsetHeight}px`);
      plain.style.setProperty('margin-block', getComputedStyle(ask).marginBlock);
      ask.replaceWith(plain);
      expect(own).to.deep.equal(look(plain));
    });
});
