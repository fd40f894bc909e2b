/** What three engines find in every element, format, state, colour scheme and direction: nothing. */

import {createRequire} from 'node:module';
import type {AxeResults} from 'axe-core';
import {
  addressOf,
  directions,
  fewerLooks,
  looks,
  nameOf,
  states,
  statesOf,
  type GalleryState,
} from '../../demo/gallery/states.js';
import {expect, keptBy, read, seesAppeal, test, type Page} from './reader.js';

const require = createRequire(import.meta.url);
const axe = require.resolve('axe-core/axe.min.js');
const ace = require.resolve('accessibility-checker-engine/ace.js');
const sniffer = require.resolve('html_codesniffer/build/HTMLCS.js');

interface AceReport {
  results: {
    ruleId: string;
    value: [string, string];
    message: string;
    snippet: string;
    path: {dom: string};
  }[];
}

/** What axe finds within the given elements; rules of good practice included. */
async function axeFinds(page: Page, within: string) {
  return page.evaluate(
    async ({within}) => {
      const {axe} = globalThis as unknown as {
        axe: {run(context: unknown, options: unknown): Promise<AxeResults>};
      };
      const {violations} = await axe.run(within, {
        resultTypes: ['violations'],
      });
      return violations.flatMap(({id, nodes}) =>
        nodes.map(
          ({target, failureSummary}) => `${id}: ${target.flat().join(' ')} ${failureSummary ?? ''}`,
        ),
      );
    },
    {within},
  );
}

/** What IBM's engine finds in our elements. */
async function aceFinds(page: Page) {
  return page.evaluate(async () => {
    const {ace} = globalThis as unknown as {
      ace: {Checker: new () => {check(node: Node, policies: string[]): Promise<AceReport>}};
    };
    const {results} = await new ace.Checker().check(document, ['WCAG_2_2']);
    return results
      .filter(({value: [level, result]}) => level === 'VIOLATION' && result === 'FAIL')
      .filter(({path}) => path.dom.includes('support-'))
      .map(({ruleId, message, snippet}) => `${ruleId}: ${message} ${snippet}`);
  });
}

interface Sniffer {
  readonly ERROR: number;
  process(standard: string, content: Element, done: () => void, failed: () => void): void;
  getMessages(): {type: number; code: string; msg: string; element: Element}[];
}

/** What HTML_CodeSniffer finds, which looks into no shadow root: each is handed to it. */
async function snifferFinds(page: Page) {
  return page.evaluate(async () => {
    const {HTMLCS} = globalThis as unknown as {HTMLCS: Sniffer};
    const rootsIn = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap(({shadowRoot}) =>
        shadowRoot ? [...shadowRoot.children, ...rootsIn(shadowRoot)] : [],
      );
    // It climbs from an element to those around it, for their colours, and would stop at the root.
    const style = globalThis.getComputedStyle;
    globalThis.getComputedStyle = (node, pseudo) =>
      style(node instanceof ShadowRoot ? node.host : node, pseudo);
    Object.defineProperty(ShadowRoot.prototype, 'parentNode', {
      configurable: true,
      get(this: ShadowRoot) {
        return this.host;
      },
    });
    const found: string[] = [];
    for (const part of rootsIn(document)) {
      await new Promise<void>((done, failed) => {
        HTMLCS.process('WCAG2AA', part, done, () => failed(new Error('it gave up')));
      });
      for (const {type, code, msg, element} of HTMLCS.getMessages())
        if (type === HTMLCS.ERROR) found.push(`${code}: ${msg} ${element.outerHTML.slice(0, 120)}`);
    }
    globalThis.getComputedStyle = style;
    Reflect.deleteProperty(ShadowRoot.prototype, 'parentNode');
    return found;
  });
}

/** Roles of what may be silent: what speaks later, and boxes, which no screen reader mentions. */
const maySayNothing = new Set(['status', 'alert', 'generic']);

/** What a screen reader would meet in our elements and have nothing to say about. */
async function emptyIn(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const {nodes} = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map(node => [node.nodeId, node]));
  const says = (id: string): boolean => {
    const {childIds = [], ignored, name, value} = byId.get(id)!;
    return (!ignored && Boolean(name?.value ?? value?.value)) || childIds.some(says);
  };
  return nodes
    .filter(({ignored, role}) => !ignored && !maySayNothing.has(String(role?.value)))
    .filter(({nodeId}) => !says(nodeId))
    .map(({role}) => `an empty ${String(role?.value)}`);
}

/** Shows states in one page, one after the other, and lists what the engines find in each. */
async function findIn(page: Page, states: readonly GalleryState[]) {
  const [first] = states;
  await page.setViewportSize({width: first!.width, height: first!.width > 400 ? 800 : 640});
  await read(page, addressOf(first!));
  await expect(page.locator('html[data-shown]')).toHaveCount(1);
  await page.addScriptTag({path: axe});
  await page.addScriptTag({path: ace});
  await page.addScriptTag({path: sniffer});
  const found: Record<string, unknown> = {};
  for (const state of states) {
    await page.evaluate(async state => {
      const module = '/built/gallery.js';
      const {showState} = (await import(module)) as {
        showState(state: GalleryState): Promise<void>;
      };
      await showState(state);
    }, state);
    const results = [
      ...(await axeFinds(page, '#place')),
      ...(await aceFinds(page)),
      ...(await snifferFinds(page)),
      ...(await emptyIn(page)),
    ];
    if (results.length > 0) found[nameOf(state)] = results;
  }
  return found;
}

test.describe('states of the gallery', () => {
  // The engines come from outside the page, whose policy forbids scripts of that kind.
  test.use({bypassCSP: true});
  test.beforeEach(({page}) => page.emulateMedia({reducedMotion: 'reduce'}));

  for (const look of process.env['FULL'] ? looks : fewerLooks) {
    const {theme, scheme, direction, width} = look;
    test(`three engines find nothing in the theme ${theme}, ${scheme}, ${direction}, at ${width} px`, async ({
      page,
    }) => {
      expect(await findIn(page, statesOf(look))).toEqual({});
    });
  }

  for (const direction of directions) {
    test(`three engines find nothing in forced colours, ${direction}`, async ({page}) => {
      await page.emulateMedia({forcedColors: 'active'});
      const look = looks.find(look => look.direction === direction && look.width > 400);
      expect(await findIn(page, statesOf(look!))).toEqual({});
    });
  }

  test('every frame of the gallery has a name, and the gallery nothing to find', async ({page}) => {
    await page.addInitScript({path: axe});
    await read(page, '/gallery.html?element=support-meter');
    await expect(
      page.locator('iframe').first().contentFrame().locator('html[data-shown]'),
    ).toHaveCount(1);
    expect(await axeFinds(page, '.gallery')).toEqual([]);
    await expect(page.locator('iframe')).toHaveCount(3);
    await page.getByLabel('state').selectOption('last');
    await page.getByRole('button', {name: 'Show'}).click();
    await expect(page.locator('iframe')).toHaveCount(1);
    await expect(page.locator('iframe')).toHaveAttribute('title', /support-meter, last/);
  });

  test('what is closed in a frame is remembered nowhere', async ({page}) => {
    const state = states.find(({state, format}) => state === 'reminded' && format === 'bar')!;
    await read(page, addressOf(state));
    await expect(page.locator('html[data-shown]')).toHaveCount(1);
    await read(page, '/');
    expect(await keptBy(page)).toEqual([]);
  });
});

for (const path of [
  '/article.html',
  '/lighthouse.html',
  '/',
  '/dialog.html',
  '/arabic.html',
  '/hostile.html',
  '/support.html',
  '/embedded.html',
]) {
  test(`nothing is found in our elements on ${path}`, async ({page, context}) => {
    // The engines come from outside the page, which may forbid scripts of that kind.
    await context.addInitScript({path: axe});
    await read(page, path);
    if (/embedded|support/.test(path)) await expect(page.locator('[part~=submit]')).toBeVisible();
    else await seesAppeal(page);
    expect(
      await axeFinds(page, /embedded|support/.test(path) ? 'support-ask' : 'support-appeal'),
    ).toEqual([]);
  });
}

test('the thanks has nothing to find', async ({page, context}) => {
  await context.addInitScript({path: axe});
  await page.route('**/companion/checkout/*', route =>
    route.fulfill({
      json: {state: 'complete', frequency: 'monthly', amount: {minor: 200, currency: 'USD'}},
    }),
  );
  await read(page, '/thanks.html?support=success&support_session=cs_test_1');
  await expect(page.locator('support-thanks [part~=heading]')).toBeVisible();
  expect(await axeFinds(page, 'support-thanks')).toEqual([]);
});

test('targets are large enough for a thumb', async ({page}) => {
  await page.setViewportSize({width: 320, height: 568});
  for (const path of ['/article.html', '/', '/dialog.html']) {
    await read(page, path);
    await seesAppeal(page);
    const small = await page.locator('support-appeal').evaluate(host => {
      const small: string[] = [];
      const visit = (root: ShadowRoot) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) visit(element.shadowRoot);
          // A choice that is drawn over its label is pressed itself.
          const target = element.closest('label:not(:has(select)), .field') ?? element;
          if (!element.matches('a, button, input, select') || !target.checkVisibility()) continue;
          const {width, height} = target.getBoundingClientRect();
          if (width < 24 || height < 44)
            small.push(`${element.outerHTML.slice(0, 80)} ${width}×${height}`);
        }
      };
      visit(host.shadowRoot!);
      return small;
    });
    expect(small, path).toEqual([]);
  }
});

test('at 320 by 256, as at 400 % zoom, everything can be reached', async ({page}) => {
  await page.setViewportSize({width: 320, height: 256});
  for (const path of ['/article.html', '/', '/dialog.html']) {
    await read(page, path);
    await seesAppeal(page);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
      path,
    ).toBeLessThanOrEqual(320);
    for (const part of ['submit', 'later', 'close']) {
      const control = page.locator(`support-appeal [part~="${part}"]`);
      await control.scrollIntoViewIfNeeded();
      await expect(control, `${path} ${part}`).toBeInViewport();
    }
  }
});
