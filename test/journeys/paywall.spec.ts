/** The paywall: five free articles, the wall, a gift, and reading on. */

import axePath from 'axe-core';
import {arrivesAtPayPage, expect, pays, shiftsOn, test, type Page} from './reader.js';

const addresses = ['', '-2', '-3', '-4', '-5', '-6'].map(n => `/paywall${n}.html`);
const lastParagraph = 'The harbour board would like it back.';
const gated = 'The keeper wrote the last line of the log in pencil.';

const paywallOn = (page: Page) => page.locator('support-paywall');
const meterOn = (page: Page) => page.locator('support-paywall [part~="text"]');

/** Opens an article and waits until its paywall has decided. */
async function opens(page: Page, path: string): Promise<string | null> {
  await page.goto(path);
  await expect(paywallOn(page)).toHaveAttribute('state', /open|metered|locked/);
  return paywallOn(page).getAttribute('state');
}

async function readsFive(page: Page): Promise<void> {
  for (const path of addresses.slice(0, 5)) expect(await opens(page, path)).toBe('metered');
}

async function isAccessible(page: Page): Promise<void> {
  await page.evaluate(axePath.source);
  const violations = await page.evaluate(async () => {
    const {axe} = globalThis as unknown as {
      axe: {run(): Promise<{violations: {id: string; nodes: {html: string}[]}[]}>};
    };
    return (await axe.run()).violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
  expect(violations).toEqual([]);
}

test('a reader knows where they stand, and meets the wall at the sixth article', async ({page}) => {
  const said = [];
  for (const path of addresses.slice(0, 5)) {
    expect(await opens(page, path)).toBe('metered');
    await expect(page.getByText(lastParagraph)).toBeVisible();
    said.push(await meterOn(page).textContent());
  }
  expect(said).toEqual([
    '4 of 5 free articles left this month',
    '3 of 5 free articles left this month',
    '2 of 5 free articles left this month',
    '1 of 5 free articles left this month',
    'This is the last of your 5 free articles this month',
  ]);
  expect(await opens(page, addresses[5]!)).toBe('locked');
  await expect(page.getByText(lastParagraph)).toHaveCount(0);
  expect(await page.locator('body').textContent()).not.toContain('harbour board');
  await expect(page.getByText('You have read your 5 free articles this month.')).toBeVisible();
  // What was read stays open.
  expect(await opens(page, addresses[2]!)).toBe('metered');
});

test('the wall stands directly after the preview, takes no focus and moves nothing', async ({
  page,
}) => {
  await readsFive(page);
  await opens(page, addresses[5]!);
  await expect(page.locator('support-paywall support-ask button[part~=submit]')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
  const order = await page.evaluate(() => {
    const root = document.getElementById('article-body')!;
    return {
      paragraphs: root.querySelectorAll('p').length,
      next: root.nextElementSibling?.localName,
    };
  });
  expect(order).toEqual({paragraphs: 2, next: 'support-paywall'});
  expect(await shiftsOn(page)).toEqual([]);
});

test('nobody meets a violation of accessibility, at the wall or before it', async ({page}) => {
  await opens(page, addresses[0]!);
  await isAccessible(page);
  for (const path of addresses.slice(1, 5)) await opens(page, path);
  await opens(page, addresses[5]!);
  await expect(page.locator('support-paywall support-ask button[part~=submit]')).toBeVisible();
  await isAccessible(page);
  await opens(page, '/members.html');
  await expect(page.locator('support-paywall support-ask button[part~=submit]')).toBeVisible();
  await isAccessible(page);
});

test('a reader who gives $2 a month reads on, here and at the gate of the server', async ({
  page,
}) => {
  await readsFive(page);
  await opens(page, addresses[5]!);
  await page.locator('support-paywall label:has(input[name=amount][value="200"])').click();
  await page.locator('support-paywall button[part~=submit]').click();
  await arrivesAtPayPage(page);
  await pays(page);
  expect(await opens(page, addresses[5]!)).toBe('open');
  await expect(page.getByText(lastParagraph)).toBeVisible();
});

test('two tabs count an article once', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await Promise.all([opens(one, addresses[0]!), opens(two, addresses[0]!)]);
  await opens(one, addresses[1]!);
  await expect(meterOn(one)).toHaveText('3 of 5 free articles left this month');
});

test('a gift in one tab opens the article in the other, in its place', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await readsFive(one);
  expect(await opens(one, addresses[5]!)).toBe('locked');
  const before = await one
    .locator('#article-body')
    .evaluate(body => body.getBoundingClientRect().top);
  await two.goto('/sensitive.html');
  await two.evaluate(() => {
    const record = JSON.parse(localStorage.getItem('support:reader')!) as object;
    const supported = {at: Date.now(), until: Date.now() + 1e9, frequency: 'monthly'};
    localStorage.setItem('support:reader', JSON.stringify({...record, supported}));
  });
  await expect(one.getByText(lastParagraph)).toBeVisible();
  expect(await one.locator('#article-body p').allTextContents()).toHaveLength(5);
  expect(
    await one.locator('#article-body').evaluate(body => body.getBoundingClientRect().top),
  ).toBe(before);
});

test('without its script an article is what the mode of the site promises', async ({browser}) => {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto('/paywall.html');
  await expect(page.getByText(lastParagraph)).toBeVisible();
  const response = await page.goto('/members.html');
  expect(await response!.text()).not.toContain(gated);
  await expect(page.getByRole('link', {name: 'Become a member from $2 a month'})).toBeVisible();
  await context.close();
});
