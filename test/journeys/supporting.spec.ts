/** Being a supporter: let in after paying, on a second device by mail, until it ends. And being reminded by mail. */

import {startDemo, type Demo} from '../../demo/server.js';
import {
  expect,
  goesToPay,
  isNotAsked,
  listen,
  partOf,
  pays,
  read,
  recordOf,
  seesAppeal,
  shiftsOn,
  snoozes,
  test,
  thanksOn,
  type Page,
} from './reader.js';
import {waitLimit} from '../time-limit.js';

const day = 86_400_000;

let demo: Demo;
const clock = {now: 0};

// A newspaper of its own, whose clock is the test's.
test.beforeEach(async () => {
  clock.now = Date.UTC(2026, 10, 24, 8);
  demo = await startDemo({port: 0, secretKey: '', database: ':memory:', now: () => clock.now});
});
test.afterEach(() => demo.stop());

/** What the companion says of the reader of a page. */
async function accessOn(page: Page): Promise<unknown> {
  return await (await page.request.get(`${demo.site}/companion/access`)).json();
}

/** Opens the outbox and follows the link in the mail on top. */
async function followsLastMail(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto(`${demo.site}/mail`);
      return await page.locator('.mails li').count();
    })
    .toBeGreaterThan(0);
  await page.locator('.mails li').first().getByRole('link').first().click();
}

test('a reader gives monthly, is let in, lets a phone in by mail, cancels, and is out when the period ends', async ({
  page,
  browser,
}) => {
  await read(page, `${demo.site}/article.html`);
  await seesAppeal(page);
  expect(await accessOn(page)).toEqual({pass: false, because: 'no-pass'});
  await goesToPay(page);
  await pays(page);
  await expect(thanksOn(page)).toContainText('a month');
  expect(await accessOn(page)).toMatchObject({pass: true});
  // The page's own scripts see a hint, and no pass.
  const cookies = await page.evaluate(() => document.cookie);
  expect(cookies).toContain('support-hint=1');
  expect(cookies).not.toContain('support-pass');

  const second = await browser.newContext();
  await second.addInitScript(listen);
  const phone = await second.newPage();
  await phone.goto(`${demo.site}/companion/access/restore`);
  await phone.getByLabel('E-mail address').fill('reader@example.com');
  await phone.getByRole('button', {name: 'Send me a link'}).click();
  await expect(phone.getByRole('heading')).toHaveText('Please look at your mail');
  await followsLastMail(phone);
  await expect(phone.getByRole('heading')).toHaveText('Use your support on this device');
  expect(await accessOn(phone)).toMatchObject({pass: false});
  await phone.getByRole('button', {name: 'Let me in'}).click();
  await expect(phone.getByRole('heading')).toHaveText('Welcome back');
  await phone.getByRole('link', {name: 'Go to The Harbour Post'}).click();
  expect(await accessOn(phone)).toMatchObject({pass: true});
  // Nobody asks a supporter, on this device either, which knows of no gift.
  await read(phone, `${demo.site}/article.html`);
  await isNotAsked(phone, 'supporter');
  expect(await phone.evaluate(() => localStorage.length)).toBe(0);

  await phone.goto(`${demo.site}/companion/portal`);
  await phone.getByRole('button', {name: 'Manage my support'}).click();
  await phone.getByRole('button', {name: 'Cancel it'}).click();
  await expect(phone.getByText('Ends on 2026-12-24')).toBeVisible();
  await phone.getByRole('link', {name: 'Back to the site'}).click();
  expect(await accessOn(phone)).toEqual({pass: true, until: Date.UTC(2026, 11, 24, 8)});

  clock.now = Date.UTC(2026, 11, 24, 8) - 1000;
  expect(await accessOn(phone)).toMatchObject({pass: true});
  clock.now += 1000;
  const [checkout] = demo.fake!.events.filter(({type}) => type === 'checkout.session.completed');
  await demo.fake!.renew(checkout!.data.object.id);
  for (const device of [page, phone]) {
    expect(await accessOn(device)).toEqual({pass: false, because: 'ended'});
    expect(await device.evaluate(() => document.cookie)).not.toContain('support-hint');
  }
  await second.close();
});

test('a reminder asked for by mail is confirmed, comes once, and can be stopped', async ({
  page,
}) => {
  const posts: string[] = [];
  page.on('request', request => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
  });
  await read(page, `${demo.site}/lighthouse.html`);
  await seesAppeal(page);
  await snoozes(page, 'tomorrow');
  expect(posts).toEqual([]);
  const field = page.getByLabel('By e-mail as well');
  await field.fill('reader@example.com');
  await field.press('Enter');
  await expect(page.getByText('Please confirm it with the link in the mail')).toBeVisible();
  expect(posts).toEqual(['/companion/reminders']);
  // It is kept nowhere on this device.
  expect(await recordOf(page)).not.toContain('example');
  await followsLastMail(page);
  await expect(page.getByRole('heading')).toHaveText('A reminder on November 25, 2026');
  await page.getByRole('button', {name: 'Yes, remind me'}).click();
  await expect(page.getByRole('heading')).toHaveText('We will remind you on November 25, 2026');

  clock.now += 2 * day;
  // The companion looks every ten seconds by itself.
  await expect.poll(() => demo.outbox.length, {timeout: waitLimit}).toBe(2);
  await followsLastMail(page);
  await expect(page).toHaveURL(`${demo.site}/lighthouse.html`);
  expect(demo.outbox.map(({subject}) => subject)).toEqual([
    'Your reminder from The Harbour Post',
    'Please confirm your reminder from The Harbour Post',
  ]);
});

for (const {given, comes} of [
  {given: 'its file before a day is picked', comes: 'before'},
  {given: 'its file two seconds after', comes: 'after'},
  {given: 'no file', comes: 'never'},
] as const)
  for (const size of [
    {width: 1280, height: 800},
    {width: 360, height: 640},
  ])
    test(`the field for a reminder by mail moves nothing outside of a press at ${size.width} px, given ${given}`, async ({
      page,
    }) => {
      await page.setViewportSize(size);
      let come!: () => void;
      const due = new Promise<void>(resolve => (come = resolve));
      const requested = page.waitForRequest('**/reader-support.email-reminders-*.js');
      await page.route('**/reader-support.email-reminders-*.js', async route => {
        await due;
        await (comes === 'never' ? route.abort() : route.continue());
      });
      await read(page, `${demo.site}/lighthouse.html`);
      await seesAppeal(page);
      await partOf(page, 'later').click();
      await requested;
      if (comes !== 'after') come();
      // Longer than a press excuses a shift.
      await page.waitForTimeout(700);
      await partOf(page, 'remind').and(page.locator('[value="next-week"]')).click();
      await page.waitForTimeout(700);
      const after = page.locator('support-appeal ~ p').first();
      const before = await after.boundingBox();
      if (comes === 'after') {
        await page.waitForTimeout(1300);
        come();
      }
      const field = page.getByLabel('By e-mail as well');
      if (comes === 'never') await expect(field).toHaveCount(0);
      else await expect(field).toBeVisible();
      await page.waitForTimeout(300);
      expect(await after.boundingBox()).toEqual(before);
      expect(await shiftsOn(page)).toEqual([]);
    });
