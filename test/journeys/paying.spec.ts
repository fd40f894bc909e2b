/** Giving: from the article to the payment and back again, and what can be in between. */

import {
  appealOn,
  arrivesAtPayPage,
  cancels,
  choose,
  countPosts,
  declines,
  errorOn,
  expect,
  focusedOn,
  goesToPay,
  hears,
  isLeftAlone,
  keptBy,
  opensForm,
  overflowOf,
  partOf,
  pays,
  press,
  read,
  seesAppeal,
  submitOn,
  tabsTo,
  test,
  thanksOn,
  toldBy,
  writes,
} from './reader.js';

test('a reader gives 2 dollars a month and is never asked again', async ({page}) => {
  await read(page, '/article.html');
  await seesAppeal(page);
  await choose(page, 'monthly', 200);
  await expect(submitOn(page)).toContainText('$2');
  await expect(partOf(page, 'summary')).toContainText('$2 a month');
  await goesToPay(page);
  await expect(page.locator('.price')).toHaveText('$2.00 USD every month');
  await pays(page);

  await expect(thanksOn(page)).toContainText('$2 a month');
  expect(new URL(page.url()).search).toBe('');
  await isLeftAlone(page, 'supporter');
  for (const path of ['/strict.html', '/hostile.html', '/arabic.html', '/spa/table-maker']) {
    await read(page, path);
    await hears(page, 'support-skipped');
    await expect(appealOn(page)).toHaveCount(0);
  }
});

test('a reader who reloads the thanks is thanked no second time', async ({page}) => {
  await read(page, '/article.html');
  await goesToPay(page);
  await pays(page);
  await page.reload();
  await hears(page, 'support-skipped');
  await expect(thanksOn(page)).toHaveCount(0);
  await isLeftAlone(page, 'supporter');
});

for (const {frequency, minor, price, thanks} of [
  {frequency: 'once', minor: 500, price: '$5.00 USD once', thanks: '$5'},
  {frequency: 'annual', minor: 2000, price: '$20.00 USD every year', thanks: '$20 a year'},
] as const) {
  test(`a reader gives ${price}`, async ({page}) => {
    await read(page, '/article.html');
    await seesAppeal(page);
    await choose(page, frequency, minor);
    await goesToPay(page);
    await expect(page.locator('.price')).toHaveText(price);
    await pays(page);
    await expect(thanksOn(page)).toContainText(thanks);
    await isLeftAlone(page, 'supporter');
  });
}

test('a reader gives an amount of their own from the dialog', async ({page}) => {
  await read(page, '/dialog.html');
  await seesAppeal(page);
  await writes(page, '7.50');
  await expect(partOf(page, 'summary')).toContainText('$7.50 a month');
  await goesToPay(page);
  await expect(page.locator('.price')).toHaveText('$7.50 USD every month');
});

test('a reader gives from the bar', async ({page}) => {
  await read(page, '/');
  await seesAppeal(page);
  await choose(page, 'monthly', 1000);
  await goesToPay(page);
  await pays(page);
  await isLeftAlone(page, 'supporter');
});

test('an amount that is not on offer is refused in words, and nothing is sent', async ({page}) => {
  const posts = countPosts(page);
  await read(page, '/article.html');
  await writes(page, '1');
  await press(page);
  await expect(errorOn(page)).toContainText('from $2 to $1,000');
  await expect(partOf(page, 'custom')).toHaveAttribute('aria-invalid', 'true');
  expect(await focusedOn(page)).toBe('input[custom]');
  expect(posts()).toBe(0);
});

test('a declined card can be tried again', async ({page}) => {
  await read(page, '/article.html');
  await goesToPay(page);
  await declines(page);
  await pays(page);
  await expect(thanksOn(page)).toContainText('$5');
});

test('a reader who cancels comes back to an appeal that is alive', async ({page}) => {
  await read(page, '/article.html');
  await goesToPay(page);
  await cancels(page);
  await page.waitForURL(/\/article\.html/);
  await seesAppeal(page);
  await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'false');
  // What lets this browser, and no other, fetch its pass once it has paid. No script can read it.
  expect(await keptBy(page)).toEqual(['support-claim']);
  await goesToPay(page);
});

for (const path of ['/article.html', '/dialog.html', '/']) {
  test(`Back from the pay page to ${path} finds the button alive, and counts no second view`, async ({
    page,
  }) => {
    await read(page, path);
    await seesAppeal(page);
    await opensForm(page);
    await appealOn(page).locator('#heading').scrollIntoViewIfNeeded();
    await hears(page, 'support-seen');
    await choose(page, 'monthly', 1000);
    await goesToPay(page);
    await page.goBack({waitUntil: 'commit'});
    await hears(page, 'pageshow', 2);
    expect((await toldBy(page)).filter(({persisted}) => persisted)).toHaveLength(1);

    await expect(appealOn(page)).toHaveCount(1);
    await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'false');
    await expect(submitOn(page)).toContainText('$10');
    await expect(errorOn(page)).toHaveText('');
    // A second view would be counted after a second in sight: only time shows that none is.
    await page.waitForTimeout(1500);
    for (const type of ['support-shown', 'support-seen'])
      expect(
        (await toldBy(page)).filter(one => one.type === type),
        type,
      ).toHaveLength(1);
    await goesToPay(page);
  });
}

test('a reader who has paid and goes back is not asked to pay again', async ({page}) => {
  await read(page, '/article.html');
  await goesToPay(page);
  await pays(page);
  await page.goBack({waitUntil: 'commit'});
  await expect(page).toHaveURL(/\/stripe-fake\/pay\//);
  await page.goBack({waitUntil: 'commit'});
  await expect(page).toHaveURL(/\/article\.html/);
  await expect(appealOn(page)).toHaveCount(0);
});

for (const {how, act} of [
  {how: 'a double click', act: 'dblclick'},
  {how: 'Enter held down', act: 'enter'},
  {how: 'two presses in one task', act: 'task'},
] as const) {
  test(`${how} asks for one payment`, async ({page}) => {
    const posts = countPosts(page);
    await page.route('**/companion/checkout', async route => {
      // A slow server: the answer must not come before the second press.
      await new Promise(resolve => setTimeout(resolve, 500));
      await route.continue();
    });
    await read(page, '/article.html');
    await seesAppeal(page);
    if (act === 'dblclick') await submitOn(page).dblclick();
    else if (act === 'task') {
      await submitOn(page).evaluate((button: HTMLElement) => {
        button.click();
        button.click();
      });
    } else {
      await submitOn(page).focus();
      for (let n = 0; n < 6; n += 1) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
    }
    await arrivesAtPayPage(page);
    expect(posts()).toBe(1);
  });
}

test('Stripe’s page inside ours: mounted, paid, thanked', async ({page}) => {
  await read(page, '/embedded.html');
  await press(page);
  const frame = page.frameLocator('iframe[name=embedded-checkout]');
  await expect(frame.locator('.price')).toContainText('$5.00 USD every month');
  await frame.locator('button[name=decline]').click();
  await expect(frame.getByRole('alert')).toContainText('declined');
  await frame.locator('button[name=pay]').click();
  await hears(page, 'support-supported');
  await expect(page.locator('support-ask [part~=thanks]')).toContainText('$5 a month');
  expect(await toldBy(page)).not.toContainEqual(
    expect.objectContaining({type: 'securitypolicyviolation'}),
  );
});

test('Stripe’s page inside ours can be left for the form', async ({page}) => {
  await read(page, '/embedded.html');
  await press(page);
  await expect(page.locator('iframe[name=embedded-checkout]')).toBeVisible();
  await partOf(page, 'back').click();
  await expect(page.locator('iframe[name=embedded-checkout]')).toHaveCount(0);
  await choose(page, 'monthly', 200);
  await press(page);
  const frame = page.frameLocator('iframe[name=embedded-checkout]');
  await expect(frame.locator('.price')).toContainText('$2.00');
});

test('a Payment Link is opened for the amount, with what the gift is attributed to', async ({
  page,
}) => {
  await page.route('https://buy.stripe.com/**', route =>
    route.fulfill({contentType: 'text/html', body: '<title>Stripe</title>'}),
  );
  await read(page, '/payment-link.html');
  await choose(page, 'monthly', 200);
  await press(page);
  await page.waitForURL('https://buy.stripe.com/**');
  const url = new URL(page.url());
  expect(url.pathname).toBe('/test_harbour_monthly_200');
  expect(url.searchParams.get('client_reference_id')).toMatch(/^[\w-]{1,200}$/);
});

test('a reader gives 2 dollars by the keyboard alone', async ({page}) => {
  await read(page, '/article.html');
  await seesAppeal(page);
  await tabsTo(page, 'input[frequency=monthly]');
  await tabsTo(page, 'input[amount=500]');
  await page.keyboard.press('ArrowUp');
  expect(await focusedOn(page)).toBe('input[amount=200]');
  await tabsTo(page, 'button[submit]');
  await page.keyboard.press('Enter');
  await arrivesAtPayPage(page);
  await expect(page.locator('.price')).toHaveText('$2.00 USD every month');
  await tabsTo(page, 'button[pay=1]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/thanks\.html/);
});

test('an Arabic reader gives 2 dollars by the keyboard on the smallest phone', async ({page}) => {
  await page.setViewportSize({width: 320, height: 568});
  await read(page, '/arabic.html');
  await seesAppeal(page);
  expect(await overflowOf(page)).toBe(0);
  const form = page.locator('support-ask form');
  expect(await form.evaluate(element => getComputedStyle(element).direction)).toBe('rtl');
  const box = (await appealOn(page).boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(320);

  await tabsTo(page, 'input[amount=500]');
  // To the right is back, where lines run to the left.
  await page.keyboard.press('ArrowUp');
  expect(await focusedOn(page)).toBe('input[amount=200]');
  await tabsTo(page, 'button[submit]');
  await page.keyboard.press('Enter');
  await arrivesAtPayPage(page);
  await expect(page.locator('.price')).toHaveText('$2.00 USD every month');
});

test('the landing form sells in another currency', async ({page}) => {
  await read(page, '/support.html');
  await page.locator('select[part~=currency]').selectOption('EUR');
  await choose(page, 'once', 1000);
  await goesToPay(page);
  await expect(page.locator('.price')).toHaveText('€10.00 EUR once');
});

test('a reader who comes back to a page without a thanks of its own is thanked all the same', async ({
  page,
}) => {
  await read(page, '/article.html?support=success&support_session=cs_test_unknown');
  await expect(thanksOn(page)).toContainText('Thank you');
  expect(page.url()).not.toContain('support');
  await expect(appealOn(page).locator('support-ask')).toHaveCount(0);
  await isLeftAlone(page, /supporter/);
});
