/** Plays the script tag of 0.1.0 against the present companion. */

import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {chromium} from '../package/a-page.js';
import {campaigns, experimental} from './browser-campaigns.js';
import {
  aReader,
  hears,
  keptBy,
  openNewspaper,
  outcomeOf,
  press,
  type Newspaper,
} from './newspaper.js';
import {rowsOf} from './subject-companion.js';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 24, 8);

interface EventRow {
  readonly name: string;
  readonly campaign: string;
  readonly count: number;
}

/** How often each event was counted. */
async function eventsAt({companion}: Newspaper): Promise<Record<string, number>> {
  const rows = (await rowsOf(companion.store.database, 'event_sums')) as unknown as EventRow[];
  const sums: Record<string, number> = {};
  for (const {name, count} of rows) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** Waits until these events are counted. */
async function counts(newspaper: Newspaper, ...names: string[]): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    const sums = await eventsAt(newspaper);
    if (names.every(name => sums[name])) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.fail(`expected ${names.join()} but counted ${JSON.stringify(await eventsAt(newspaper))}`);
}

describe('the script of 0.1.0 at the present companion', () => {
  let browser: Browser;
  let newspaper: Newspaper;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    newspaper = await openNewspaper('0.1.0', campaigns, start);
  });
  afterEach(() => newspaper.close());

  it('takes a monthly gift from the appeal to the thanks', async () => {
    const reader = await aReader(browser, newspaper);
    const page = await reader.read('/news/harbour');
    assert.equal((await hears(page, 'support-shown')).campaign, 'winter');
    await hears(page, 'support-seen');
    await press(page, 'input[name=frequency][value=monthly]');
    await press(page, 'input[name=amount][value="200"]');
    await press(page, 'input[name=amount][value="500"]');
    await press(page, '[part~="submit"]');
    await page.waitForSelector('button[name=pay]');
    await page.click('button[name=pay]');
    await page.waitForFunction(() => location.pathname === '/news/harbour');
    await page.waitForSelector('support-thanks >>> [part~="heading"]', {visible: true});
    await hears(page, 'support-supported');

    const gifts = await rowsOf(newspaper.companion.store.database, 'gifts');
    assert.equal(gifts.length, 1);
    const {minor, currency, frequency, state, campaign, placement, offer} = gifts[0] as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      {minor, currency, frequency, state, campaign, placement, offer},
      {
        ...{minor: 500, currency: 'USD', frequency: 'monthly', state: 'paid'},
        ...{campaign: 'winter', placement: 'inline', offer: 'support'},
      },
    );
    await counts(newspaper, 'view', 'open', 'start', 'supported');
    const {cookies} = await keptBy(page);
    const names = cookies.map(({name}) => name);
    assert.ok(names.includes('support-pass') && names.includes('support-hint'), names.join());

    newspaper.clock.now += 60 * day;
    assert.equal((await outcomeOf(reader)).reason, 'supporter');
  });

  it('remembers "later", even when the browser has forgotten what scripts stored', async () => {
    const reader = await aReader(browser, newspaper);
    const page = await reader.read('/news/harbour');
    await hears(page, 'support-shown');
    await hears(page, 'support-seen');
    await press(page, '[part~="later"]');
    await hears(page, 'support-closed');
    await counts(newspaper, 'view', 'later');
    await page.waitForFunction(() => document.cookie.includes('support-reader='));
    newspaper.clock.now += 3 * day;
    assert.equal((await outcomeOf(reader)).reason, 'snoozed');

    await page.evaluate(() => localStorage.clear());
    assert.equal((await outcomeOf(reader)).reason, 'snoozed');
    // The campaign says five days, and the page's clock has gone on meanwhile.
    newspaper.clock.now += 2 * day + 3_600_000;
    const {type} = await outcomeOf(reader);
    assert.equal(type, 'support-shown');
  });

  it('counts each close under its name', async () => {
    for (const part of ['close', 'already', 'never']) {
      const reader = await aReader(browser, newspaper);
      const page = await reader.read('/news/harbour');
      await hears(page, 'support-shown');
      await press(page, `[part~="${part}"]`);
      await hears(page, 'support-closed');
      await page.close();
    }
    await counts(newspaper, 'close', 'already-supporting', 'not-this-campaign');
  });

  it('counts the readers of an experiment', async () => {
    await newspaper.close();
    newspaper = await openNewspaper('0.1.0', experimental, start);
    for (let i = 0; i < 4; i += 1) await outcomeOf(await aReader(browser, newspaper));
    await counts(newspaper, 'exposure');
    const exposures = await rowsOf(newspaper.companion.store.database, 'exposures');
    assert.ok(exposures.length > 0);
  });

  it('may ask for a reminder by mail in the words of 0.1.0', async () => {
    const {companion, site} = newspaper;
    const reader = await aReader(browser, newspaper);
    const page = await reader.read('/news/harbour');
    const status = await page.evaluate(async () => {
      const body = {email: 'reader@example.org', choice: 'next-week', locale: 'en', page: '/'};
      const response = await fetch('/companion/reminders', {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({...body, minutesEast: 60}),
      });
      return response.status;
    });
    assert.equal(status, 202);
    await companion.sendMails();
    const [mail] = companion.mails;
    assert.ok(mail?.text.includes(`${site}/companion/reminders/`));
  });
});
