/** Holds the present script tag against what browsers have stored under the one of 0.1.0. */

import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {chromium} from '../package/a-page.js';
import {campaigns} from './browser-campaigns.js';
import {fixtureValue} from './fixtures.js';
import {outcomesOf, type KeptThen} from './kept-readings.js';
import {aReader, hears, keptBy, openNewspaper, outcomeOf, press} from './newspaper.js';

const day = 86_400_000;
const all = fixtureValue('browser.json') as readonly KeptThen[];

describe('the present script, given what the one of 0.1.0 has stored', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  it('has enrolments, records and cookies to go by', () => {
    const keys = new Set(all.flatMap(({kept}) => Object.keys(kept.storage)));
    assert.deepEqual([...keys].sort(), ['support:experiments', 'support:reader']);
    const cookies = new Set(all.flatMap(({kept}) => kept.cookies.map(({name}) => name)));
    assert.deepEqual([...cookies].sort(), ['support-hint', 'support-reader']);
    const headings = new Set(
      all.flatMap(({outcomes}) => outcomes.map(({outcome}) => outcome.heading ?? outcome.reason)),
    );
    for (const seen of ['As it is', 'Short', 'A longer heading', 'held-back', 'snoozed', 'closed'])
      assert.ok(headings.has(seen), seen);
  });

  for (const {name, campaigns: file, kept, outcomes} of all)
    it(`asks as the old one would have: ${name}`, async () => {
      const instants = outcomes.map(({now}) => now);
      const found = await outcomesOf(browser, 'present', file, kept, instants);
      assert.deepEqual(JSON.parse(JSON.stringify(found)), outcomes);
    });

  it('honours the days that a campaigns file gives in the words of 0.1.0', async test => {
    const start = Date.UTC(2026, 10, 24, 8);
    for (const [part, days] of [
      ['later', 5],
      ['close', 20],
    ] as const) {
      const newspaper = await openNewspaper('present', campaigns, start);
      test.after(() => newspaper.close());
      const reader = await aReader(browser, newspaper);
      const page = await reader.read('/news/harbour');
      await hears(page, 'support-seen');
      await press(page, `[part~="${part}"]`);
      await hears(page, 'support-closed');
      await page.waitForFunction(() => localStorage.getItem('support:reader')?.includes('until'));
      const {storage} = await keptBy(page);
      const {closes} = JSON.parse(storage['support:reader'] ?? '') as {
        closes: {at: number; until: number; reason: string}[];
      };
      assert.deepEqual(
        closes.map(({at, until, reason}) => ({reason, days: (until - at) / day})),
        [{reason: part, days}],
      );
      await page.close();

      // The hours between two views: 36, where the default is 24.
      newspaper.clock.now = start + (days + 1) * day;
      const later = await reader.read('/news/harbour');
      await hears(later, 'support-seen');
      await later.waitForFunction(() => {
        const {views} = JSON.parse(localStorage.getItem('support:reader') ?? '{}') as {
          views?: {at: number}[];
        };
        return views?.some(({at}) => at > Date.now() - 60_000);
      });
      await later.close();
      newspaper.clock.now += 30 * 3_600_000;
      assert.equal((await outcomeOf(reader)).reason, 'seen-recently');
      newspaper.clock.now += 7 * 3_600_000;
      assert.equal((await outcomeOf(reader)).type, 'support-shown');
    }
  });
});
