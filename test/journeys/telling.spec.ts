/** What the page tells the companion: what happened, and what the reader wants remembered where scripts forget. */

import {
  expect,
  isNotAsked,
  read,
  seesAppeal,
  setClock,
  snoozes,
  test,
  type Page,
} from './reader.js';
import {waitLimit} from '../time-limit.js';

const monday = '2027-03-01T20:00:00+01:00';
const nineDaysOn = '2027-03-10T20:00:00+01:00';

/** Safari deletes what scripts wrote, after seven days without a visit; what a server wrote stays. */
async function wipes(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}

test('a snooze outlives a browser that deletes what scripts have stored', async ({
  page,
  context,
}) => {
  await setClock(context, monday);
  await read(page, '/article.html');
  await seesAppeal(page);
  const kept = page.waitForResponse(response => response.url().endsWith('/companion/reader'));
  await snoozes(page, 'next-month');
  expect((await kept).status()).toBe(204);
  const cookies = await context.cookies();
  const cookie = cookies.find(({name}) => name === 'support-reader');
  expect(cookie?.httpOnly).toBe(false);
  expect(cookie?.sameSite).toBe('Lax');

  await wipes(page);
  await setClock(context, nineDaysOn);
  await read(page, '/article.html');
  await isNotAsked(page, 'snoozed');
  expect(await page.evaluate(() => localStorage.getItem('support:reader'))).toContain('next-month');
});

test('where no companion keeps it the same reader is asked again', async ({page, context}) => {
  await setClock(context, monday);
  await page.route('**/campaigns.json', async route => {
    const response = await route.fetch();
    const {companion, ...file} = (await response.json()) as Record<string, unknown>;
    expect(companion).toBe('/companion');
    await route.fulfill({response, json: file});
  });
  await read(page, '/article.html');
  await seesAppeal(page);
  await snoozes(page, 'next-month');
  await wipes(page);
  await setClock(context, nineDaysOn);
  await read(page, '/article.html');
  await seesAppeal(page);
});

test('what happened is counted, without an id of anybody', async ({page}) => {
  const bodies: string[] = [];
  await page.route('**/companion/events', async route => {
    bodies.push(route.request().postData() ?? '');
    await route.fulfill({status: 204});
  });
  await read(page, '/article.html');
  await seesAppeal(page);
  await snoozes(page, 'next-month');
  await expect.poll(() => bodies.join(), {timeout: waitLimit}).toContain('"later"');
  const events = bodies.flatMap(body => (JSON.parse(body) as {events: object[]}).events);
  for (const event of events)
    for (const name of Object.keys(event))
      expect(['name', 'campaign', 'placement', 'count']).toContain(name);
});
