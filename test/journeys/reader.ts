/** A reader of The Harbour Post: what they do and what they see, one verb each. */

import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type Fixtures,
  type Locator,
  type Page,
  type Route,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test';

export {expect};
export type {Browser, BrowserContext, Locator, Page, Route};

export type Frequency = 'once' | 'monthly' | 'annual';
export type Choice =
  'tomorrow' | 'next-week' | 'next-month' | 'in-3-months' | 'after-10-more-articles';
export type Part = 'later' | 'close' | 'already' | 'never';

/** What a page has said since it was opened. */
export interface Told {
  readonly type: string;
  readonly reason?: string;
  readonly code?: string;
  readonly until?: number;
  readonly persisted?: boolean;
  readonly directive?: string;
  /** When, in ms since the page was opened. */
  readonly at: number;
}

interface Extra {
  /** Whether the page may throw: only where the test itself breaks its script. */
  mayThrow: boolean;
}

type Arguments = PlaywrightTestArgs & PlaywrightTestOptions;
type WorkerArguments = PlaywrightWorkerArgs & PlaywrightWorkerOptions;

const fixtures: Fixtures<Extra, object, Arguments, WorkerArguments> = {
  mayThrow: [false, {option: true}],
  timezoneId: 'Europe/Berlin',
  locale: 'en-US',
  context: async ({context, mayThrow}, use) => {
    const errors: string[] = [];
    context.on('weberror', error => errors.push(error.error().message));
    await context.addInitScript(listen);
    await use(context);
    if (!mayThrow) expect(errors, 'errors in the page').toEqual([]);
  },
};

/** Every page listens to itself, and none of them may throw. */
export const test: TestType<Arguments & Extra, WorkerArguments> = base.extend<Extra>(fixtures);

/** Runs in the page before anything else does. */
export function listen(): void {
  const told: Record<string, unknown>[] = [];
  Object.defineProperty(globalThis, 'told', {value: told});
  Object.defineProperty(globalThis, 'shifts', {value: []});
  const types = [
    'support-shown',
    'support-seen',
    'support-skipped',
    'support-closed',
    'support-reminded',
    'support-checkout',
    'support-checkout-failed',
    'support-supported',
    'securitypolicyviolation',
    'pageshow',
    'pointerdown',
    'storage',
  ];
  for (const type of types) {
    addEventListener(
      type,
      event => {
        const {reason, code, until, persisted, effectiveDirective} = event as unknown as Record<
          string,
          unknown
        >;
        told.push({
          type,
          reason,
          code,
          until,
          persisted,
          directive: effectiveDirective,
          at: event.timeStamp,
        });
      },
      true,
    );
  }
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      const {value, hadRecentInput, sources} = entry as unknown as {
        value: number;
        hadRecentInput: boolean;
        sources: {node: Element | null; previousRect: DOMRect; currentRect: DOMRect}[];
      };
      // What follows an appeal may move with the reader's own press, as the appeal shrinks or grows with it;
      // what stands above it never does. What is in a shadow root is null.
      const appeal = document.querySelector('support-appeal');
      const isAbove = (node: Element) =>
        !appeal || !!(node.compareDocumentPosition(appeal) & Node.DOCUMENT_POSITION_FOLLOWING);
      const moved = hadRecentInput
        ? sources.filter(({node}) => node && node !== appeal && isAbove(node))
        : sources;
      if (moved.length === 0) continue;
      (globalThis as unknown as {shifts: unknown[]}).shifts.push({
        value,
        what: moved.map(
          ({node, previousRect, currentRect}) =>
            `${node?.nodeName ?? '(ours)'} ${previousRect.y} → ${currentRect.y}`,
        ),
      });
    }
  }).observe({type: 'layout-shift', buffered: true});
}

/** Opens a page of the paper and waits until it has loaded. */
export async function read(page: Page, path: string): Promise<void> {
  await page.goto(path);
}

/** The appeal on screen, in whichever format. */
export function appealOn(page: Page): Locator {
  return page.locator('support-appeal[open]');
}

/** The part of an appeal, or of the form in it, by its name. */
export function partOf(page: Page, name: string): Locator {
  return page.locator(`[part~="${name}"]`);
}

export function submitOn(page: Page): Locator {
  return partOf(page, 'submit');
}

export function errorOn(page: Page): Locator {
  return partOf(page, 'error');
}

export function thanksOn(page: Page): Locator {
  return page.locator('support-thanks [part~="heading"]');
}

export function statusOn(page: Page): Locator {
  return page.locator('support-appeal [part~="status"]');
}

/** Reads on until a bar or a dialog is due. */
export async function readOn(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight * 0.6));
}

/** Sees the ask of this page, reading on until it comes. */
export async function seesAppeal(page: Page): Promise<void> {
  const isOverlay = /^\/(dialog\.html)?$/.test(new URL(page.url()).pathname);
  if (isOverlay) await readOn(page);
  await expect(appealOn(page)).toHaveCount(1);
  await expect(submitOn(page)).toBeVisible();
}

/** What the page has said so far. */
export function toldBy(page: Page): Promise<Told[]> {
  return page.evaluate(() => (globalThis as unknown as {told: Told[]}).told);
}

/** Waits for the page to say something of this type, and gives the last of it. */
export async function hears(page: Page, type: string, count = 1): Promise<Told> {
  const heard = async () => (await toldBy(page)).filter(one => one.type === type);
  await expect
    .poll(async () => (await heard()).length, {message: type})
    .toBeGreaterThanOrEqual(count);
  return (await heard()).at(-1)!;
}

/** Is not asked on this page, even after reading to its end; and the page says why. */
export async function isNotAsked(page: Page, reason: RegExp | string = /./): Promise<void> {
  const skipped = await hears(page, 'support-skipped');
  expect(skipped.reason).toMatch(reason);
  await readOn(page);
  await expect(appealOn(page)).toHaveCount(0);
  await expect(submitOn(page)).toHaveCount(0);
}

/** One page in each format, and one where an editor placed the appeal by hand. */
export const askingPages = ['/article.html', '/', '/dialog.html', '/lighthouse.html'] as const;

/** Is left alone on every page of the paper that asks, whatever the format. */
export async function isLeftAlone(page: Page, reason: RegExp | string = /./): Promise<void> {
  for (const path of askingPages) {
    await read(page, path);
    await isNotAsked(page, reason);
  }
}

/** Opens a bar that is one line; any other appeal is open. */
export async function opensForm(page: Page): Promise<void> {
  await expect(submitOn(page)).toBeVisible();
  const expand = partOf(page, 'expand');
  if (await expand.isVisible()) await expand.click();
  await expect(partOf(page, 'amount')).toBeVisible();
}

/** Chooses "Other", which becomes the field, and writes an amount into it. */
export async function writes(page: Page, amount: string): Promise<void> {
  await opensForm(page);
  const field = partOf(page, 'custom');
  if (!(await field.isVisible())) await page.locator('input[name=amount][value=custom]').click();
  await expect(field).toBeFocused();
  await field.fill(amount);
}

/** Picks how often and how much (in cents) in the form. */
export async function choose(page: Page, frequency: Frequency, minor: number): Promise<void> {
  await opensForm(page);
  await page.locator(`label:has(input[name=frequency][value=${frequency}])`).click();
  await page.locator(`label:has(input[name=amount][value="${minor}"])`).click();
}

export async function press(page: Page): Promise<void> {
  await submitOn(page).click();
}

/** Presses the button and arrives at the fake's pay page. */
export async function goesToPay(page: Page): Promise<void> {
  await press(page);
  await arrivesAtPayPage(page);
}

export async function arrivesAtPayPage(page: Page): Promise<void> {
  await page.waitForURL(/\/stripe-fake\/pay\//);
  await expect(page.locator('button[name=pay]')).toBeVisible();
}

/** Pays, and comes back to the paper, which says thank you. */
export async function pays(page: Page): Promise<void> {
  await page.locator('button[name=pay]').click();
  await page.waitForURL(/\/thanks\.html/);
  await expect(thanksOn(page)).toBeVisible();
}

export async function declines(page: Page): Promise<void> {
  await page.locator('button[name=decline]').click();
  await expect(page.getByRole('alert')).toContainText('declined');
}

/** Follows the pay page's way back. */
export async function cancels(page: Page): Promise<void> {
  await page.locator('a[rel=back]').click();
}

/** Leaves the appeal by one of its ways out. The less usual ones stand behind "More". */
export async function leaves(page: Page, part: Part): Promise<void> {
  if (part === 'already' || part === 'never') {
    await opensForm(page);
    await partOf(page, 'more').click();
  }
  await page.locator(`support-appeal button[part~="${part}"]`).click();
}

/** "Remind me later", and when. */
export async function snoozes(page: Page, choice?: Choice): Promise<void> {
  await leaves(page, 'later');
  if (choice === undefined) return;
  await page.locator(`button[part~="remind"][value="${choice}"]`).click();
  await hears(page, 'support-reminded');
}

/** Sets the clock of every page opened from now on; it goes on from there. */
export async function setClock(context: BrowserContext, time: string): Promise<void> {
  await context.addInitScript(time => {
    const shared = globalThis as unknown as {RealDate?: DateConstructor; Date: DateConstructor};
    const Real = (shared.RealDate ??= Date);
    const ahead = new Real(time).getTime() - Real.now();
    shared.Date = class extends Real {
      constructor(...given: unknown[]) {
        super(...((given.length > 0 ? given : [Real.now() + ahead]) as []));
      }
      static override now(): number {
        return Real.now() + ahead;
      }
    } as DateConstructor;
  }, time);
}

/** What the browser keeps of the paper: keys of its storage and names of its cookies. */
export async function keptBy(page: Page): Promise<string[]> {
  const cookies = await page.context().cookies();
  const keys = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({name}) => String(name)),
    ...(await caches.keys()),
  ]);
  return [...keys, ...cookies.map(({name}) => name)];
}

/** The reader's record, as it is stored. */
export function recordOf(page: Page): Promise<string | null> {
  return page.evaluate(() => localStorage.getItem('support:reader'));
}

/** Counts the requests for a payment from now on. */
export function countPosts(page: Page): () => number {
  let posts = 0;
  page.on('request', request => {
    if (request.method() === 'POST' && request.url().endsWith('/companion/checkout')) posts += 1;
  });
  return () => posts;
}

/** What has the focus, however deep in shadow roots: `button[later]` for the part `later`. */
export function focusedOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element) return '';
    const {name, value} = element as HTMLInputElement;
    const part = element.getAttribute('part')?.split(' ').at(-1);
    return `${element.localName}[${[part ?? name, part && part !== 'remind' ? '' : value].filter(Boolean).join('=')}]`;
  });
}

/** Goes from control to control until this one has the focus. */
export async function tabsTo(page: Page, control: string): Promise<void> {
  const been: string[] = [];
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press('Tab');
    const focused = await focusedOn(page);
    if (focused === control) return;
    been.push(focused);
  }
  throw new Error(`expected to reach ${control} but came by ${been.join(', ')}`);
}

/** Scrolls through the whole page as a thumb does. */
export async function scrollsThrough(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.mouse.move(100, 200);
  for (let way = 0; way < height; way += 400) {
    await page.mouse.wheel(0, 400);
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
  }
}

/** Waits until the page has drawn what it knows, and its observers have been called. */
export function framesOn(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** Everything on the page that has moved by itself. */
export async function shiftsOn(page: Page): Promise<unknown[]> {
  await framesOn(page);
  return page.evaluate(() => (globalThis as unknown as {shifts: unknown[]}).shifts);
}

/** Whether everything fits, side to side. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Text of a file of the package's own build. */
export function built(name: string): Promise<string> {
  return readFile(new URL(`../../dist/${name}`, import.meta.url), 'utf8');
}

/** Puts a bundle of the site's own, with imports relative to the root, before everything else on the article's page. */
export async function withBundle(page: Page, contents: string): Promise<void> {
  const {outputFiles} = await build({
    stdin: {
      contents,
      resolveDir: fileURLToPath(new URL('../../', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    // As for a site that installed the package: this repository's own paths lead to the sources.
    tsconfigRaw: '{}',
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  const body = outputFiles[0]?.text ?? '';
  await page.route('**/own-bundle.js', route =>
    route.fulfill({contentType: 'text/javascript', body}),
  );
  await page.route('**/article.html', async route => {
    const response = await route.fetch();
    const tag = '<script type="module" src="/own-bundle.js"></script>';
    const html = (await response.text()).replace(/<head[^>]*>/, head => head + tag);
    await route.fulfill({response, body: html});
  });
}
