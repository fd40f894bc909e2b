/** What two engines find in every element, format, state, colour scheme and direction: nothing. */

import {createRequire} from 'node:module';
import type {AxeResults} from 'axe-core';
import {expect, read, seesAppeal, test, type Page} from './reader.js';

const require = createRequire(import.meta.url);
const axe = require.resolve('axe-core/axe.min.js');
const ace = require.resolve('accessibility-checker-engine/ace.js');

type State = 'shown' | 'error' | 'busy' | 'later' | 'reminded' | 'thanks';
const states: readonly State[] = ['shown', 'error', 'later', 'reminded', 'thanks', 'busy'];

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

const harness = (language: string) => `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><title>States</title>
    <script type="module" src="/js/reader-support.js"></script>
  </head>
  <body><main><h1>States</h1><div id="here"><support-ask checkout="/companion/checkout"></support-ask></div><support-paywall server state="open"></support-paywall></main></body>
</html>`;

/** Puts an appeal into a state; resolves when it is there. */
function put(page: Page, format: string, state: State): Promise<void> {
  return page.evaluate(
    async ({format, state}) => {
      const tick = () => new Promise(resolve => setTimeout(resolve, 30));
      const until = async (test: () => unknown) => {
        for (let n = 0; n < 1000 && !test(); n += 1) await tick();
        if (!test()) throw new Error(`${format} did not come to be ${state}`);
      };
      await until(() => customElements.get('support-appeal'));
      const appeal = document.createElement('support-appeal') as HTMLElement & {
        show(options: object): boolean;
        remindLater(choice?: string): boolean;
        close(reason: string): boolean;
      };
      Object.assign(appeal, {
        format,
        campaign: `${format}-${state}`,
        publication: 'The Harbour Post',
        copy: {
          heading: `Heading of ${format} ${state}`,
          body: ['{publication} lives **from {from}**, [says](https://example.org/) its *editor*.'],
          reassurance: 'Stop when you like.',
          fallback: '[Another way](https://example.org/)',
        },
        offer: {
          monthly: {
            USD: {min: 200, max: 10000, presets: [200, 500], preset: 500},
            EUR: {min: 200, max: 10000, presets: [200, 500], preset: 500},
          },
          once: {USD: {min: 200, max: 10000, presets: [200, 500], preset: 500}},
        },
        checkout: () =>
          state === 'busy'
            ? new Promise(() => {})
            : Promise.resolve({type: 'embedded', finished: Promise.resolve('complete')}),
      });
      document.querySelector('#here')?.append(appeal);
      appeal.show({manual: true});
      const ask = () => appeal.shadowRoot?.querySelector('support-ask')?.shadowRoot;
      const submit = () => ask()?.querySelector<HTMLElement>('[part=submit]');
      await until(submit);
      if (state === 'error') {
        const custom = ask()?.querySelector<HTMLInputElement>('[part=custom]');
        if (custom) custom.value = '1';
        custom?.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
        await tick();
      }
      if (state === 'later') appeal.remindLater();
      else if (state === 'reminded') appeal.remindLater('next-week');
      else if (state !== 'shown') submit()?.click();
      const status = () => appeal.shadowRoot?.querySelector('[part=status]')?.textContent;
      await until(
        {
          shown: submit,
          error: () => ask()?.querySelector('[part=error]')?.textContent.trim(),
          busy: () => submit()?.getAttribute('aria-disabled') === 'true',
          later: status,
          reminded: status,
          thanks: status,
        }[state],
      );
    },
    {format, state},
  );
}

const clear = (page: Page) =>
  page.evaluate(() => document.querySelector('#here')?.replaceChildren());

/** Puts a paywall there, in a state that a gate may have written; resolves when it says so. */
async function wall(page: Page, attributes: Readonly<Record<string, string>>): Promise<void> {
  await clear(page);
  await page.evaluate(async attributes => {
    await customElements.whenDefined('support-paywall');
    const paywall = document.createElement('support-paywall');
    for (const [name, value] of Object.entries({server: '', checkout: '/c', ...attributes}))
      paywall.setAttribute(name, value);
    paywall.innerHTML =
      '<h2 slot="heading">Read on</h2><p>Our words.</p><a slot="fallback" href="/s">Give</a>';
    document.querySelector('#here')!.append(paywall);
  }, attributes);
  const {state = ''} = attributes;
  const seen = {metered: '[part~=text]', locked: '[part~=submit]'}[state];
  if (seen) await expect(page.locator(`#here support-paywall ${seen}`)).toBeVisible();
}

const walls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pending: {state: 'pending'},
  open: {state: 'open', because: 'entitled'},
  'two left': {state: 'metered', because: 'free-article', left: '2', of: '5'},
  'the last': {state: 'metered', because: 'last-free-article', left: '0', of: '5'},
  'the wall': {state: 'locked', because: 'meter-used', left: '0', of: '5', 'sign-in': '/in'},
  'a way to register': {state: 'locked', because: 'meter-used', of: '5', more: '3'},
  'for members': {state: 'locked', because: 'members-only', of: '0', 'sign-in': '/in'},
};

for (const language of ['en', 'ar']) {
  for (const scheme of ['light', 'dark', 'forced colours'] as const) {
    test(`every state in ${scheme}, ${language === 'ar' ? 'right to left' : 'left to right'}`, async ({
      page,
    }) => {
      await page.emulateMedia(
        scheme === 'forced colours' ? {forcedColors: 'active'} : {colorScheme: scheme},
      );
      await page.route('**/states.html*', route =>
        route.fulfill({contentType: 'text/html', body: harness(language)}),
      );
      await read(page, '/states.html');
      await page.addScriptTag({path: axe});
      await page.addScriptTag({path: ace});
      await expect(page.locator('support-ask [part~=submit]')).toBeVisible();

      const found: Record<string, unknown> = {};
      const look = async (what: string, within: string) => {
        const results = [...(await axeFinds(page, within)), ...(await aceFinds(page))];
        if (results.length > 0) found[what] = results;
      };
      await look('the form alone', 'support-ask');
      for (const format of ['inline', 'bar', 'dialog']) {
        for (const state of states) {
          await clear(page);
          await put(page, format, state);
          await look(`${format} ${state}`, 'support-appeal');
        }
      }
      for (const [what, attributes] of Object.entries(walls)) {
        await wall(page, attributes);
        await look(`paywall: ${what}`, '#here');
      }
      expect(found).toEqual({});
    });
  }
}

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
          const target = element.closest('label, .field') ?? element;
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
