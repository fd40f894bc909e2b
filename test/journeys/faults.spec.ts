/** What can go wrong: the article is never lost, and the reader is told in words. */

import {
  appealOn,
  arrivesAtPayPage,
  built,
  countPosts,
  errorOn,
  expect,
  framesOn,
  goesToPay,
  hears,
  isNotAsked,
  leaves,
  pays,
  press,
  read,
  seesAppeal,
  snoozes,
  submitOn,
  test,
  thanksOn,
  toldBy,
  type Browser,
  type Page,
} from './reader.js';

const storyOf = (page: Page): Promise<string[]> =>
  page.locator('.story-body > :not(support-appeal)').allInnerTexts();

/** The story as a browser without scripts shows it. */
async function plainStory(browser: Browser, baseURL: string, path: string): Promise<string[]> {
  const context = await browser.newContext({baseURL, javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(path);
  const story = await storyOf(page);
  await context.close();
  expect(story.length).toBeGreaterThan(4);
  return story;
}

const fallbackOn = (page: Page) =>
  page.getByRole('link', {name: 'Support The Harbour Post monthly from $2'});

/** The story is all there, and so is the editor's own appeal with its link. */
async function isReadable(page: Page, story: string[]): Promise<void> {
  expect(await storyOf(page)).toEqual(story);
  await expect(page.getByRole('heading', {name: 'A word from the editor'})).toBeVisible();
  await expect(fallbackOn(page)).toBeVisible();
  expect(await fallbackOn(page).getAttribute('href')).toBe('/support.html');
}

test('without JavaScript the story and the fallback link stand', async ({browser, baseURL}) => {
  const context = await browser.newContext({baseURL: baseURL!, javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto('/lighthouse.html');
  await expect(page.getByRole('heading', {name: 'A word from the editor'})).toBeVisible();
  await expect(fallbackOn(page)).toBeVisible();
  await context.close();
});

test('with the script, the fallback link makes room for the form', async ({page}) => {
  await read(page, '/lighthouse.html');
  await seesAppeal(page);
  await expect(page.getByRole('heading', {name: 'A word from the editor'})).toBeVisible();
  await expect(fallbackOn(page)).toBeHidden();
});

test.describe('the script', () => {
  test.use({mayThrow: true});

  const files = {loader: '**/js/reader-support.js', interface: '**/js/reader-support.*-*.js'};

  for (const [name, pattern] of Object.entries(files)) {
    test(`is blocked, missing, or a page of HTML: ${name}`, async ({page, browser, baseURL}) => {
      const story = await plainStory(browser, baseURL!, '/lighthouse.html');
      const answers = [
        {abort: true},
        {status: 404, body: 'Not found', contentType: 'text/plain'},
        {status: 200, body: '<!doctype html><title>Hotel Wi-Fi</title>', contentType: 'text/html'},
        {status: 500, body: ''},
      ];
      for (const answer of answers) {
        await page.unrouteAll();
        await page.route(pattern, route =>
          'abort' in answer ? route.abort() : route.fulfill(answer),
        );
        await read(page, '/lighthouse.html');
        await page.waitForLoadState('networkidle');
        await isReadable(page, story);
      }
    });
  }

  test('is cut off anywhere', async ({page, browser, baseURL}) => {
    const story = await plainStory(browser, baseURL!, '/lighthouse.html');
    const whole = await built('reader-support.js');
    for (let part = 0; part < 20; part += 1) {
      const body = whole.slice(0, Math.floor((whole.length * part) / 20));
      await page.unrouteAll();
      await page.route(files.loader, route =>
        route.fulfill({contentType: 'text/javascript', body}),
      );
      await read(page, '/lighthouse.html');
      await isReadable(page, story);
    }
  });

  test('is cut off anywhere after it has decided', async ({page, browser, baseURL}) => {
    const story = await plainStory(browser, baseURL!, '/lighthouse.html');
    for (let part = 0; part < 10; part += 1) {
      await page.unrouteAll();
      await page.route(files.interface, async route => {
        const whole = await (await route.fetch()).text();
        const body = whole.slice(0, Math.floor((whole.length * part) / 10));
        await route.fulfill({contentType: 'text/javascript', body});
      });
      await read(page, '/lighthouse.html');
      await page.waitForLoadState('networkidle');
      await isReadable(page, story);
    }
  });

  test('is half a minute late', async ({page, browser, baseURL}) => {
    const story = await plainStory(browser, baseURL!, '/lighthouse.html');
    let release = () => {};
    const held = new Promise<void>(resolve => (release = resolve));
    await page.route(files.loader, async route => {
      await held;
      await route.continue();
    });
    await page.goto('/lighthouse.html', {waitUntil: 'commit'});
    await expect(page.locator('.story-end')).toBeVisible();
    await isReadable(page, story);
    // Nothing but the script itself ends the wait, however long it takes.
    release();
    await seesAppeal(page);
    expect(await storyOf(page)).toEqual(story);
  });
});

for (const [what, answer] of Object.entries({
  missing: {status: 404, body: ''},
  'no JSON': {body: '<!doctype html>'},
  null: {body: 'null', contentType: 'application/json'},
  'a list': {body: '[]', contentType: 'application/json'},
  nonsense: {
    body: '{"campaigns":[null,7,{"id":"quay","format":"popup","place":{"selector":"]["}},{"id":"x","audience":5,"place":{"selector":".story-body"}}]}',
    contentType: 'application/json',
  },
})) {
  test(`a campaigns file that is ${what} leaves the article as it is`, async ({
    page,
    browser,
    baseURL,
  }) => {
    const story = await plainStory(browser, baseURL!, '/article.html');
    await page.route('**/support/campaigns.json', route => route.fulfill(answer));
    await read(page, '/article.html');
    await page.waitForLoadState('networkidle');
    expect(await storyOf(page)).toEqual(story);
  });
}

/** A reader who blocks what sites store: as browsers have it, the getters throw. */
const blocksStorage = (page: Page) =>
  page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    }
  });

test('with storage forbidden a reader is asked once on a visit, whatever they do about it', async ({
  page,
  context,
  baseURL,
}) => {
  await blocksStorage(page);
  await read(page, '/article.html');
  await seesAppeal(page);
  // By a link of the page, and by hand.
  await page.evaluate(() => location.assign('/lighthouse.html'));
  await page.waitForURL('**/lighthouse.html');
  await isNotAsked(page, 'asked-on-this-page');
  await read(page, '/article.html');
  await isNotAsked(page, 'asked-on-this-page');
  // In a tab of its own, opened from a link.
  const tab = await context.newPage();
  await blocksStorage(tab);
  await tab.goto('/article.html', {referer: `${baseURL}/`});
  await isNotAsked(tab, 'asked-on-this-page');
  // A visit later on.
  const later = await context.newPage();
  await blocksStorage(later);
  await later.goto('/article.html', {referer: 'https://search.example/'});
  await seesAppeal(later);
});

test('with storage forbidden a reader is asked, snoozes and pays all the same', async ({page}) => {
  await blocksStorage(page);
  await read(page, '/article.html');
  await seesAppeal(page);
  await snoozes(page, 'next-week');
  await expect(page.locator('support-appeal [part~=status]')).toContainText('We will remind you');
  await page.locator('[part~=undo]').click();
  await goesToPay(page);
  await pays(page);
  await expect(thanksOn(page)).toContainText('$5');
});

test('with storage full a snooze lasts as long as the page', async ({page}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await read(page, '/spa/table-maker');
  await seesAppeal(page);
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  await page.locator('nav a[href="/spa/spring-tide"]').click();
  expect((await hears(page, 'support-skipped')).reason).toBe('closed');
  await expect(appealOn(page)).toHaveCount(0);
});

test('a record from a newer version is neither obeyed nor overwritten', async ({page}) => {
  const newer = '{"v":99,"closes":"in a shape nobody knows yet"}';
  await page.addInitScript(text => localStorage.setItem('support:reader', text), newer);
  await read(page, '/article.html');
  await seesAppeal(page);
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  expect(await page.evaluate(() => localStorage.getItem('support:reader'))).toBe(newer);
});

test('a broken record starts afresh', async ({page}) => {
  await page.addInitScript(() => {
    if (!sessionStorage.getItem('broken'))
      localStorage.setItem('support:reader', '{"v":1,"closes":7');
    sessionStorage.setItem('broken', 'yes');
  });
  await read(page, '/article.html');
  await seesAppeal(page);
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  await read(page, '/article.html');
  expect((await hears(page, 'support-skipped')).reason).toBe('closed');
});

test('offline, a press is answered in words and can be tried again', async ({page, context}) => {
  await read(page, '/article.html');
  await seesAppeal(page);
  await context.setOffline(true);
  await press(page);
  await expect(errorOn(page)).toContainText('offline');
  await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'false');
  await context.setOffline(false);
  await goesToPay(page);
});

test('a companion that never answers is given ten seconds', async ({page}) => {
  await page.clock.install();
  await page.route('**/companion/checkout', () => {});
  await read(page, '/article.html');
  await seesAppeal(page);
  await page.clock.pauseAt(Date.now() + 60_000);
  await press(page);
  await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'true');
  await hears(page, 'support-checkout');
  await page.clock.runFor(9_900);
  await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(errorOn(page)).toHaveText('');
  await page.clock.runFor(200);
  await expect(errorOn(page)).toHaveText(/\w/);
  expect((await hears(page, 'support-checkout-failed')).code).toBe('timeout');
  await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'false');
  await page.clock.resume();
  await page.unrouteAll({behavior: 'ignoreErrors'});
  await goesToPay(page);
});

test('an answer that comes after a close leads nowhere', async ({page}) => {
  let arrive = () => {};
  const arrival = new Promise<void>(resolve => (arrive = resolve));
  let release = () => {};
  const held = new Promise<void>(resolve => (release = resolve));
  let pass = () => {};
  const passedOn = new Promise<void>(resolve => (pass = resolve));
  await page.route('**/companion/checkout', async route => {
    arrive();
    await held;
    await route.continue();
    pass();
  });
  await read(page, '/article.html');
  await press(page);
  // A close that comes sooner calls the request off: the next journey.
  await arrival;
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  release();
  await passedOn;
  await page.waitForLoadState('networkidle');
  // Whoever was led away would be on the way by the next frames.
  await framesOn(page);
  await expect(page).toHaveURL(/\/article\.html$/);
});

test('a close that comes before the way to a checkout has loaded sends nothing', async ({page}) => {
  let release = () => {};
  const held = new Promise<void>(resolve => (release = resolve));
  await page.route('**/js/*.checkout-*.js', async route => {
    await held;
    await route.continue();
  });
  const posts = countPosts(page);
  await read(page, '/article.html');
  const script = page.waitForResponse(/\.checkout-\w+\.js$/);
  await press(page);
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  release();
  await (await script).finished();
  await page.waitForLoadState('networkidle');
  await framesOn(page);
  expect(posts()).toBe(0);
  await expect(page).toHaveURL(/\/article\.html$/);
});

const bad: Record<string, object> = {
  'HTML with a 200': {contentType: 'text/html', body: '<!doctype html><title>Hotel Wi-Fi</title>'},
  nothing: {contentType: 'application/json', body: ''},
  'no JSON': {contentType: 'application/json', body: '{'},
  null: {json: null},
  'another shape': {json: {ok: true}},
  'a number for a URL': {json: {url: 7}},
  'a script': {json: {url: 'javascript:document.title="hit"'}},
  'a script, hidden': {json: {url: ' \u0001java\nscript:document.title="hit"'}},
  'data:': {json: {url: 'data:text/html,hit'}},
  'a stranger': {json: {url: 'https://evil.example/pay'}},
  'a stranger without a scheme': {json: {url: '//evil.example'}},
  'a stranger with backslashes': {json: {url: '/\\evil.example'}},
  'a stranger behind a user name': {json: {url: 'https://checkout.stripe.com@evil.example/'}},
  'a stranger with a longer name': {json: {url: 'https://checkout.stripe.com.evil.example/'}},
  'the wrong port': {json: {url: 'https://checkout.stripe.com:444/'}},
  'plain http': {json: {url: 'http://checkout.stripe.com/c/pay/cs_test'}},
  'a 500': {status: 500, body: 'oops'},
  'a 429': {
    status: 429,
    contentType: 'application/problem+json',
    json: {type: 'about:blank', title: 'Too many', status: 429, code: 'rate-limited'},
  },
};

test('no bad answer of a companion leads anywhere', async ({page}) => {
  let answer: object = {};
  let navigations = 0;
  await page.route('**/companion/checkout', route => route.fulfill(answer));
  await read(page, '/article.html');
  await seesAppeal(page);
  page.on('request', request => {
    if (request.isNavigationRequest()) navigations += 1;
  });
  const title = await page.title();
  for (const [count, [what, given]] of Object.entries(bad).entries()) {
    answer = given;
    await press(page);
    await hears(page, 'support-checkout-failed', count + 1);
    await expect(errorOn(page), what).toHaveText(/\w/);
    await expect(submitOn(page), what).toHaveAttribute('aria-disabled', 'false');
    expect(page.url(), what).toMatch(/\/article\.html$/);
    expect(await page.title(), what).toBe(title);
  }
  expect(navigations).toBe(0);
  await expect(errorOn(page)).toContainText('Too many attempts');
});

test('no bad answer of a page’s own hook leads anywhere', async ({page}) => {
  await read(page, '/article.html');
  await seesAppeal(page);
  const codes = await page.evaluate(async () => {
    const answers: unknown[] = [
      undefined,
      null,
      'https://checkout.stripe.com/',
      {},
      {type: 'redirect'},
      {type: 'redirect', url: 'javascript:alert(1)'},
      {type: 'redirect', url: 'https://evil.example/'},
      {type: 'embedded'},
      {type: 'somewhere'},
      new Error('thrown'),
    ];
    const ask = document.querySelector('support-appeal')?.shadowRoot?.querySelector('support-ask');
    const codes: unknown[] = [];
    document.addEventListener('support-checkout-failed', event => {
      codes.push((event as unknown as {code: string}).code);
    });
    for (const answer of answers) {
      const respond = (event: Event) => {
        const promise = answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        (event as unknown as {respondWith(promise: Promise<unknown>): void}).respondWith(promise);
      };
      document.addEventListener('support-checkout', respond, {once: true});
      const failed = new Promise(resolve => {
        document.addEventListener('support-checkout-failed', resolve, {once: true});
      });
      ask?.shadowRoot?.querySelector<HTMLElement>('[part=submit]')?.click();
      await failed;
    }
    return codes;
  });
  expect(codes).toEqual([
    ...Array<string>(4).fill('bad-response'),
    ...Array<string>(3).fill('unsafe-url'),
    'bad-response',
    'bad-response',
    expect.any(String),
  ]);
  expect(page.url()).toMatch(/\/article\.html$/);
  await expect(submitOn(page)).toHaveAttribute('aria-disabled', 'false');
});

test('where a checkout fails, the editor’s own link comes back', async ({page}) => {
  await page.route('**/companion/checkout', route => route.abort());
  await read(page, '/lighthouse.html');
  await seesAppeal(page);
  await press(page);
  await expect(errorOn(page)).toHaveText(/\w/);
  await expect(fallbackOn(page)).toBeVisible();
});

test('a retry of a press that failed is the same attempt', async ({page}) => {
  const attempts: unknown[] = [];
  let isDown = true;
  await page.route('**/companion/checkout', route => {
    const {attemptId} = route.request().postDataJSON() as {attemptId: unknown};
    attempts.push(attemptId);
    return isDown ? route.abort() : route.continue();
  });
  await read(page, '/article.html');
  await press(page);
  await hears(page, 'support-checkout-failed');
  isDown = false;
  await press(page);
  await arrivesAtPayPage(page);
  expect(attempts.length).toBeGreaterThan(1);
  expect(new Set(attempts).size).toBe(1);
});

test('clocks that ran ahead do not silence for good', async ({page}) => {
  await page.addInitScript(() => {
    const at = Date.now() + 400 * 86_400_000;
    const close = {campaign: 'quay', reason: 'close', at, until: at + 14 * 86_400_000};
    if (!localStorage.getItem('support:reader'))
      localStorage.setItem(
        'support:reader',
        JSON.stringify({v: 1, views: [], closes: [close], read: []}),
      );
  });
  await read(page, '/article.html');
  const {until = 0} = await hears(page, 'support-skipped');
  expect(until - Date.now()).toBeLessThanOrEqual(14 * 86_400_000);
  expect(until - Date.now()).toBeGreaterThan(13 * 86_400_000);
  expect(await toldBy(page)).not.toContainEqual(expect.objectContaining({type: 'support-shown'}));
});
