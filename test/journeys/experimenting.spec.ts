/** An experiment: readers who stay in their version, a gift that is found in the report, an editor who only looks. */

import {spawn, type ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {
  appealOn,
  choose,
  expect,
  goesToPay,
  listen,
  pays,
  read,
  seesAppeal,
  test,
  type Browser,
  type BrowserContext,
  type Page,
} from './reader.js';

interface Arm {
  readonly arm: string;
  readonly counts: {
    readonly readers: number;
    readonly gifts: number;
    readonly value: number;
    readonly started: number;
  };
}

const headings: Readonly<Record<string, string>> = {
  control: 'A message from The Harbour Post',
  'plain-words': 'You read us. Help pay for it.',
};

test.describe.configure({mode: 'serial'});

// A paper of its own: whoever reads the other one would be in the report.
let server: ChildProcess | undefined;
let site = '';

test.beforeAll(async () => {
  const main = fileURLToPath(new URL('../../demo/main.ts', import.meta.url));
  const paper = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {...process.env, PORT: '0'},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = paper;
  site = await new Promise((resolve, reject) => {
    paper.stdout.on('data', (text: Buffer) => {
      const [address] = /http:\S+/.exec(String(text)) ?? [];
      if (address) resolve(address);
    });
    paper.once('exit', code => reject(new Error(`the paper ended with ${code}`)));
  });
});

test.afterAll(() => {
  server?.kill();
});

/** A reader whom this paper has not seen. */
async function aReader(browser: Browser, options: object = {}): Promise<BrowserContext> {
  const context = await browser.newContext({baseURL: site, locale: 'en-US', ...options});
  await context.addInitScript(listen);
  return context;
}

/** What the report says of an arm, or of all of them. */
async function reported(name?: string): Promise<Arm['counts']> {
  const headers = {authorization: 'Bearer the-harbour-post'};
  const response = await fetch(`${site}/companion/report?format=json`, {headers});
  const {arms} = (await response.json()) as {arms: Arm[]};
  const counts = arms.filter(({arm}) => !name || arm === name).map(one => one.counts);
  const sum = (key: keyof Arm['counts']) => counts.reduce((all, one) => all + one[key], 0);
  return {
    readers: sum('readers'),
    gifts: sum('gifts'),
    value: sum('value'),
    started: sum('started'),
  };
}

const armOf = async (page: Page): Promise<string> => {
  await seesAppeal(page);
  const arm = (await appealOn(page).getAttribute('arm')) ?? '';
  await expect(page.getByRole('heading', {name: headings[arm] ?? ''})).toBeVisible();
  return arm;
};

test('two readers and one gift are in the report, in the right arm and to the cent', async ({
  browser,
}) => {
  const [one, other] = [await aReader(browser), await aReader(browser)];
  const [first, second] = [await one.newPage(), await other.newPage()];
  await read(first, '/experiment.html');
  await read(second, '/experiment.html');
  const [arm, otherArm] = [await armOf(first), await armOf(second)];
  await second.close();
  await choose(first, 'monthly', 1000);
  await goesToPay(first);
  await pays(first);

  await expect.poll(() => reported()).toMatchObject({readers: 2, gifts: 1});
  const counts = await reported(arm);
  expect(counts).toMatchObject({gifts: 1, value: 12 * 1000, started: 1});
  expect(counts.readers).toBe(arm === otherArm ? 2 : 1);

  const editor = await browser.newPage({
    baseURL: site,
    httpCredentials: {username: 'editor', password: 'the-harbour-post'},
  });
  await editor.goto('/companion/report');
  await expect(editor.locator('h1')).toContainText('Too early');
  // The real element, with each version's own words.
  for (const [name, heading] of Object.entries(headings)) {
    const card = editor.locator('.card', {has: editor.getByRole('heading', {name, exact: true})});
    await expect(card.locator('support-appeal')).toContainText(heading);
  }
  await Promise.all([editor.close(), one.close(), other.close()]);
});

test('a reader is counted once and stays in the version, over reloads, tabs and the way back', async ({
  browser,
}) => {
  const before = await reported();
  const reader = await aReader(browser);
  // Two tabs at once, as a browser restores them.
  const [page, tab] = [await reader.newPage(), await reader.newPage()];
  await Promise.all([read(page, '/experiment.html'), read(tab, '/experiment.html')]);
  const arm = await armOf(page);
  expect(await armOf(tab)).toBe(arm);
  await tab.close();
  await page.reload();
  expect(await armOf(page)).toBe(arm);
  await read(page, '/');
  await page.goBack({waitUntil: 'commit'});
  expect(await armOf(page)).toBe(arm);
  await page.close();
  await expect.poll(async () => (await reported()).readers).toBeGreaterThan(before.readers);

  // Whoever comes after is counted after: by then everything of the first reader is there.
  const later = await aReader(browser);
  const last = await later.newPage();
  await read(last, '/experiment.html');
  await armOf(last);
  await last.close();
  await expect.poll(async () => (await reported()).readers).toBeGreaterThan(before.readers + 1);
  expect((await reported()).readers).toBe(before.readers + 2);
  await Promise.all([reader.close(), later.close()]);
});

test('an editor looks at both versions, and leaves no trace', async ({browser}) => {
  const before = await reported();
  const editor = await aReader(browser);
  const page = await editor.newPage();
  await read(page, '/experiment.html?support-arm=tide-appeal:plain-words');
  expect(await armOf(page)).toBe('plain-words');
  const panel = page.getByRole('region', {name: 'Preview of experiments'});
  await expect(panel).toContainText('plain-words, 50 % ← shown');
  await expect(panel).toContainText('This browser has not been drawn yet');
  await panel.getByRole('link', {name: 'control'}).click();
  await page.waitForURL(/tide-appeal(:|%3A)control/);
  expect(await armOf(page)).toBe('control');
  expect(await page.evaluate(() => localStorage.getItem('support:experiments'))).toBe(null);
  await page.close();

  // A gift that is tried out in a preview is no gift of an arm's.
  const trial = await editor.newPage();
  await read(trial, '/experiment.html?support-arm=tide-appeal:plain-words');
  await armOf(trial);
  await goesToPay(trial);
  await pays(trial);
  await trial.close();

  const reader = await aReader(browser);
  const real = await reader.newPage();
  await read(real, '/experiment.html');
  await armOf(real);
  await real.close();
  await expect.poll(async () => (await reported()).readers).toBeGreaterThan(before.readers);
  const after = await reported();
  expect(after).toEqual({...before, readers: before.readers + 1});
  await Promise.all([editor.close(), reader.close()]);
});

test('a robot is counted nowhere', async ({browser}) => {
  const before = await reported();
  const robot = await aReader(browser, {userAgent: 'Examplebot/2.1 (+https://bot.example)'});
  const page = await robot.newPage();
  await read(page, '/experiment.html');
  await seesAppeal(page);
  await expect(page.getByRole('heading', {name: headings['control'] ?? ''})).toBeVisible();
  await page.close();
  const reader = await aReader(browser);
  const real = await reader.newPage();
  await read(real, '/experiment.html');
  await armOf(real);
  await real.close();
  await expect.poll(async () => (await reported()).readers).toBeGreaterThan(before.readers);
  expect((await reported()).readers).toBe(before.readers + 1);
  await Promise.all([robot.close(), reader.close()]);
});
