/** Being left alone: a snooze that is one, and the ways out that are none of a payment. */

import {readFile} from 'node:fs/promises';
import {
  appealOn,
  expect,
  focusedOn,
  hears,
  isLeftAlone,
  isNotAsked,
  keptBy,
  leaves,
  partOf,
  read,
  readOn,
  recordOf,
  seesAppeal,
  setClock,
  snoozes,
  statusOn,
  submitOn,
  tabsTo,
  test,
  toldBy,
  type Choice,
} from './reader.js';

// A Monday evening in Berlin. A reader's day begins at four in the morning.
const now = '2027-03-01T20:00:00+01:00';

const ends: Record<Exclude<Choice, 'after-10-more-articles'>, {before: string; after: string}> = {
  tomorrow: {before: '2027-03-02T03:58:00+01:00', after: '2027-03-02T04:01:00+01:00'},
  'next-week': {before: '2027-03-08T03:58:00+01:00', after: '2027-03-08T04:01:00+01:00'},
  // Summer time has begun by then.
  'next-month': {before: '2027-04-01T03:58:00+02:00', after: '2027-04-01T04:01:00+02:00'},
  'in-3-months': {before: '2027-06-01T03:58:00+02:00', after: '2027-06-01T04:01:00+02:00'},
};

for (const [choice, {before, after}] of Object.entries(ends)) {
  test(`"${choice}" is quiet until then, and no longer`, async ({page, context}) => {
    await setClock(context, now);
    await read(page, '/article.html');
    await seesAppeal(page);
    await snoozes(page, choice as Choice);
    await expect(statusOn(page)).toContainText('We will remind you on');
    await isLeftAlone(page, 'snoozed');

    await setClock(context, before);
    await read(page, '/article.html');
    await isNotAsked(page, 'snoozed');

    await setClock(context, after);
    await read(page, '/article.html');
    await seesAppeal(page);
  });
}

test('"next week" is shown on the eighth day and not before', async ({page, context}) => {
  await setClock(context, now);
  await read(page, '/article.html');
  await snoozes(page, 'next-week');
  for (let day = 2; day <= 7; day += 1) {
    await setClock(context, `2027-03-0${day}T20:00:00+01:00`);
    await read(page, '/article.html');
    await isNotAsked(page, 'snoozed');
  }
  await setClock(context, '2027-03-08T20:00:00+01:00');
  await read(page, '/article.html');
  await seesAppeal(page);
});

test('"after ten more articles" counts articles, not visits', async ({page}) => {
  const article = await (await page.request.get('/article.html')).text();
  await page.route('**/story-*.html', route =>
    route.fulfill({contentType: 'text/html', body: article}),
  );
  const isCounted = (count: number) =>
    expect
      .poll(async () =>
        /"read":\["([^\]]+)"\]/.exec((await recordOf(page)) ?? '')?.[1]?.split('","'),
      )
      .toHaveLength(count);

  await read(page, '/article.html');
  await snoozes(page, 'after-10-more-articles');
  await expect(statusOn(page)).toContainText('10 more articles');
  for (let n = 1; n <= 9; n += 1) {
    await read(page, `/story-${n}.html`);
    await isCounted(n);
  }
  // To read one again is to read no more.
  await read(page, '/story-1.html');
  await hears(page, 'support-skipped');
  await read(page, '/lighthouse.html');
  await isNotAsked(page, 'articles-to-go');
  await isCounted(10);
  await read(page, '/article.html');
  await seesAppeal(page);
});

test('"remind me later" without a choice is quiet for three days', async ({page, context}) => {
  await setClock(context, now);
  await read(page, '/article.html');
  await snoozes(page);
  await expect(statusOn(page)).toContainText('We will not ask again before');
  await setClock(context, '2027-03-04T19:58:00+01:00');
  await read(page, '/lighthouse.html');
  await isNotAsked(page, 'snoozed');
  await setClock(context, '2027-03-04T20:02:00+01:00');
  await read(page, '/article.html');
  await seesAppeal(page);
});

for (const {part, reason, before, after} of [
  {
    part: 'close',
    reason: 'closed',
    before: '2027-03-15T19:58:00+01:00',
    after: '2027-03-15T20:02:00+01:00',
  },
  {
    part: 'already',
    reason: 'already-supporting',
    before: '2027-03-29T20:58:00+02:00',
    after: '2027-03-29T21:02:00+02:00',
  },
] as const) {
  test(`"${part}" is quiet everywhere, for as long as it should be`, async ({page, context}) => {
    await setClock(context, now);
    await read(page, '/article.html');
    await seesAppeal(page);
    await leaves(page, part);
    await hears(page, 'support-closed');
    await isLeftAlone(page, reason);
    await setClock(context, before);
    await read(page, '/article.html');
    await isNotAsked(page, reason);
    await setClock(context, after);
    await read(page, '/article.html');
    await seesAppeal(page);
  });
}

for (const [part, reason, days] of [
  ['later', 'snoozed', 3],
  ['close', 'closed', 14],
  ['already', 'already-supporting', 28],
  ['never', 'not-this-campaign', 365],
] as const)
  test(`"${part}" is remembered though the reader leaves at once, and nothing is fetched for it`, async ({
    page,
  }) => {
    await read(page, '/article.html');
    await seesAppeal(page);
    await page.route('**/reader-support.*-*', route => route.abort());
    await page.evaluate(part => {
      document
        .querySelector('support-appeal')!
        .shadowRoot!.querySelector<HTMLElement>(`[part~=${part}]`)!
        .click();
      location.assign('?left');
    }, part);
    await page.waitForURL('**/article.html?left');
    const {until} = await hears(page, 'support-skipped');
    await isNotAsked(page, reason);
    expect(Math.round((until! - Date.now()) / 86_400_000)).toBe(days);
  });

test('offline, a reader closes, picks a day and takes it back', async ({page, context}) => {
  await read(page, '/article.html');
  await seesAppeal(page);
  await context.setOffline(true);
  await partOf(page, 'later').click();
  await partOf(page, 'remind').first().click();
  await expect(partOf(page, 'status')).toContainText('We will remind you on');
  await expect(partOf(page, 'calendar')).toBeVisible();
  await partOf(page, 'undo').click();
  await expect(submitOn(page)).toBeVisible();
});

test('"don’t show me this again" is kept for its campaign and asks no more of others', async ({
  page,
  context,
}) => {
  await setClock(context, now);
  await read(page, '/article.html');
  await leaves(page, 'never');
  await hears(page, 'support-closed');
  await read(page, '/strict.html');
  await isNotAsked(page, 'not-this-campaign');
  await setClock(context, '2028-02-27T20:00:00+01:00');
  await read(page, '/article.html');
  await isNotAsked(page, 'not-this-campaign');
  await read(page, '/lighthouse.html');
  await seesAppeal(page);
});

test('a snooze can be taken back', async ({page}) => {
  await read(page, '/article.html');
  await snoozes(page, 'next-month');
  await partOf(page, 'undo').click();
  await expect(submitOn(page)).toBeVisible();
  await read(page, '/lighthouse.html');
  await seesAppeal(page);
});

test('a snooze from the dialog leaves the page free at once', async ({page}) => {
  await read(page, '/dialog.html');
  await seesAppeal(page);
  await snoozes(page, 'next-week');
  await page.getByRole('link', {name: 'The Harbour Post'}).first().click();
  await page.waitForURL(/\/$/);
  await isNotAsked(page, 'snoozed');
});

test('Escape closes the dialog and gives the focus back', async ({page}) => {
  await read(page, '/dialog.html');
  await page.keyboard.press('Tab');
  const before = await focusedOn(page);
  await seesAppeal(page);
  await page.keyboard.press('Escape');
  await expect(appealOn(page)).toHaveCount(0);
  expect((await hears(page, 'support-closed')).reason).toBe('close');
  await expect.poll(() => focusedOn(page)).toBe(before);
  await isLeftAlone(page, 'closed');
});

test('a reminder is put into the reader’s own calendar', async ({page, context}) => {
  await setClock(context, now);
  await read(page, '/article.html');
  await snoozes(page, 'next-week');
  const downloading = page.waitForEvent('download');
  await partOf(page, 'calendar').click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.ics$/);
  const calendar = await readFile(await download.path(), 'utf8');
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
  expect(calendar).toMatch(/\r\nEND:VCALENDAR\r\n$/);
  expect(calendar).toContain('\r\nDTSTART:20270308T080000Z\r\n');
  expect(calendar).toMatch(/\r\nURL:http:\/\/localhost:\d+\/article\.html\r\n/);
  expect(calendar).toContain('\r\nBEGIN:VALARM\r\n');
  expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of calendar.split('\r\n'))
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('a snooze in one tab closes the appeal in the other within a second', async ({context}) => {
  const [one, other] = [await context.newPage(), await context.newPage()];
  await read(one, '/article.html');
  await read(other, '/dialog.html');
  await seesAppeal(one);
  await seesAppeal(other);
  await snoozes(one, 'next-week');
  await expect(appealOn(other)).toHaveCount(0);
  const closed = await hears(one, 'support-closed');
  const heeded = await hears(other, 'support-closed');
  expect(heeded).toMatchObject({reason: 'later', until: closed.until});
  // From when the browser told the other tab.
  const [told] = (await toldBy(other)).filter(({type}) => type === 'storage');
  expect(heeded.at - told!.at).toBeLessThan(1000);
});

test('a snooze while a dialog waits in another tab keeps it from coming', async ({context}) => {
  const [one, other] = [await context.newPage(), await context.newPage()];
  await read(one, '/article.html');
  await read(other, '/dialog.html');
  await seesAppeal(one);
  await snoozes(one, 'tomorrow');
  await readOn(other);
  await isNotAsked(other, 'snoozed');
});

test('a reader snoozes by the keyboard alone and keeps their place', async ({page}) => {
  await read(page, '/article.html');
  await seesAppeal(page);
  await tabsTo(page, 'button[later]');
  await page.keyboard.press('Enter');
  await expect(statusOn(page)).not.toHaveText('');
  await tabsTo(page, 'button[remind=next-week]');
  await page.keyboard.press('Enter');
  await expect(statusOn(page)).toContainText('We will remind you on');
  await tabsTo(page, 'button[undo]');
  await tabsTo(page, 'a[]');
  await isLeftAlone(page, 'snoozed');
});

test('what the reader asked for is all that is kept', async ({page}) => {
  await read(page, '/article.html');
  await snoozes(page, 'tomorrow');
  // And the same once more, in the companion's cookie, which Safari does not delete.
  await expect.poll(() => keptBy(page)).toEqual(['support:reader', 'support-reader']);
  const record = JSON.parse((await recordOf(page)) ?? '{}') as {
    closes: {undone?: boolean}[];
    views: unknown[];
    read: unknown[];
  };
  expect(record.closes.filter(({undone}) => !undone)).toHaveLength(1);
  expect(record).toMatchObject({views: [], read: []});
});

test('a link of the page brings the appeal back after a close', async ({page}) => {
  await read(page, '/article.html');
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  await page.reload();
  await isNotAsked(page, 'closed');
  await page.locator('a[data-support-open]').click();
  await expect(submitOn(page)).toBeVisible();
  // A letter may be higher than the window: it is read from its heading on.
  await expect(partOf(page, 'heading')).toBeInViewport();
  await expect(partOf(page, 'close')).toBeInViewport();
  await expect(page).toHaveURL(/\/article\.html$/);
});
