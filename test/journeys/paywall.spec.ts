/** The paywall: five free articles, the wall, a gift, and reading on. */

import axePath from 'axe-core';
import {startDemo, type Demo} from '../../demo/server.js';
import {
  arrivesAtPayPage,
  built,
  expect,
  pays,
  setClock,
  shiftsOn,
  submitOn,
  tabsTo,
  test,
  toldBy,
  type Browser,
  type Page,
  type Route,
} from './reader.js';

const addresses = ['', '-2', '-3', '-4', '-5', '-6'].map(n => `/paywall${n}.html`);
const lastParagraph = 'The harbour board would like it back.';
const lastOnes = [
  lastParagraph,
  'A decision is expected in the spring.',
  'Everything but the wheel goes back on Friday',
  'The committee meets on Tuesday.',
  'The clock now loses four minutes a day again.',
  'A class of the primary school will count on Thursday',
];
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
  for (const [n, path] of addresses.slice(0, 5).entries()) {
    expect(await opens(page, path)).toBe('metered');
    await expect(page.getByText(lastOnes[n]!)).toBeVisible();
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
  await expect(page.getByText(lastOnes[5]!)).toHaveCount(0);
  expect(await page.locator('body').textContent()).not.toContain('primary school');
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
  expect(order).toEqual({paragraphs: 3, next: 'support-paywall'});
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
  await expect(page.getByText(lastOnes[5]!)).toBeVisible();
  const response = await page.goto('/members.html');
  expect(await response!.text()).toContain(gated);
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
  await expect(one.getByText(lastOnes[5]!)).toBeVisible();
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
  await expect(page.getByRole('link', {name: 'More ways to give, from $2 a month'})).toBeVisible();
  await context.close();
});

test.describe('the script', () => {
  test.use({mayThrow: true});
  const files = '**/built/**';

  const plainText = async (browser: Browser) => {
    const context = await browser.newContext({javaScriptEnabled: false});
    const page = await context.newPage();
    await page.goto(addresses[0]!);
    const text = await page.locator('#article-body').innerText();
    await context.close();
    return text;
  };
  /** The whole text, once the snippet's three seconds are over. */
  const isWhole = async (page: Page, text: string) => {
    await expect(page.getByText(lastParagraph)).toBeVisible();
    expect(await page.locator('#article-body').innerText()).toBe(text);
    await expect(
      page.getByRole('link', {name: 'More ways to give, from $2 a month'}),
    ).toBeVisible();
  };

  test('is blocked, missing, or broken off at any byte: the article is whole', async ({
    page,
    browser,
  }) => {
    const text = await plainText(browser);
    expect(text).toContain(lastParagraph);
    const shares = Array.from({length: 6}, (_, n) => (n + 0.5) / 6);
    await page.route(files, route => route.abort());
    await page.goto(addresses[0]!);
    await isWhole(page, text);
    const contentType = 'text/javascript; charset=utf-8';
    const brokenOff = shares.map(share => async (route: Route) => {
      // Each file at its own length: what imports another finds that one broken off as well.
      const text = await (await route.fetch()).text();
      await route.fulfill({body: text.slice(0, Math.floor(text.length * share)), contentType});
    });
    const wrong = ['', '<!doctype html>'].map(
      body => (route: Route) => route.fulfill({body, contentType}),
    );
    for (const answer of [...wrong, ...brokenOff]) {
      await page.unroute(files);
      await page.route(files, answer);
      await page.goto(addresses[0]!);
      await isWhole(page, text);
    }
  });
});

for (const [name, viewport] of Object.entries({
  phone: {width: 360, height: 740},
  desktop: {width: 1280, height: 800},
})) {
  test(`a slow script flashes nothing and moves nothing: ${name}`, async ({page}) => {
    await page.setViewportSize(viewport);
    await readsFive(page);
    // Looks at every frame: was anything behind the preview ever to be read?
    await page.addInitScript(() => {
      const seen: boolean[] = [];
      Object.assign(globalThis, {seen});
      const look = () => {
        const rest = document.querySelector('#article-body > :nth-child(4)');
        seen.push(rest ? getComputedStyle(rest).visibility === 'visible' : false);
        requestAnimationFrame(look);
      };
      look();
    });
    await page.route('**/built/paywall.js', async route => {
      await new Promise(resolve => setTimeout(resolve, 600));
      await route.continue();
    });
    expect(await opens(page, addresses[5]!)).toBe('locked');
    await expect(page.locator('support-paywall button[part~=submit]')).toBeAttached();
    const flashes = () =>
      page.evaluate(() => (globalThis as unknown as {seen: boolean[]}).seen.filter(Boolean).length);
    expect(await flashes()).toBe(0);
    expect(await shiftsOn(page)).toEqual([]);
    // And for whoever may read it, it is there at once, and moves nothing either.
    expect(await opens(page, addresses[1]!)).toBe('metered');
    await expect(page.getByText(lastOnes[1]!)).toBeVisible();
    expect(await flashes()).toBeGreaterThan(0);
    expect(await shiftsOn(page)).toEqual([]);
  });
}

test('the anti-flicker snippet in the page is the one whose hash is published', async ({page}) => {
  const {guard} = JSON.parse(await built('integrity.json')) as {
    guard: {html: string; bytes: number; csp: string};
  };
  expect(guard.bytes).toBeLessThanOrEqual(400);
  expect(await built('../docs/paywall.md')).toContain(guard.html);
  const response = await page.goto(addresses[0]!);
  expect(await response!.text()).toContain(guard.html);
  const hash = guard.csp.split(' ')[1]!;
  expect(response!.headers()['content-security-policy']).toContain(hash);
  expect((await toldBy(page)).filter(({type}) => type === 'securitypolicyviolation')).toEqual([]);
});

test.describe('a paper of its own', () => {
  let demo: Demo;
  test.beforeEach(async () => {
    demo = await startDemo({port: 0, secretKey: '', database: ':memory:'});
  });
  test.afterEach(() => demo.stop());

  /** Gets in by the link in the mail on top, by keyboard. */
  async function followsMail(page: Page): Promise<void> {
    await expect
      .poll(async () => {
        await page.goto(`${demo.site}/mail`);
        return page.locator('.mails li').count();
      })
      .toBeGreaterThan(0);
    await page.locator('.mails li').first().getByRole('link').first().press('Enter');
    await page.getByRole('button', {name: 'Let me in'}).press('Enter');
    await expect(page.getByRole('heading')).toHaveText('Welcome back');
  }

  test('a reader reads five, meets the wall, gives $2 a month, reads on, and lets a second device in by keyboard', async ({
    page,
    browser,
  }) => {
    const at = (path: string) => demo.site + path;
    for (const path of addresses.slice(0, 5)) expect(await opens(page, at(path))).toBe('metered');
    expect(await opens(page, at(addresses[5]!))).toBe('locked');
    // By keyboard alone: monthly is chosen, the amount is picked, and Enter on the button pays.
    await tabsTo(page, 'input[frequency=monthly]');
    await tabsTo(page, 'input[amount=500]');
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('support-paywall input[value="200"]')).toBeChecked();
    await tabsTo(page, 'button[submit]');
    await page.keyboard.press('Enter');
    await arrivesAtPayPage(page);
    await expect(page.locator('body')).toContainText('$2.00');
    await expect(page.locator('body')).toContainText(/month/);
    await pays(page);
    for (const path of addresses) expect(await opens(page, at(path))).toBe('open');
    await expect(page.getByText(lastOnes[5]!)).toBeVisible();

    const phone = await browser.newContext();
    const second = await phone.newPage();
    for (const path of addresses.slice(0, 5)) await opens(second, at(path));
    expect(await opens(second, at(addresses[5]!))).toBe('locked');
    await tabsTo(second, 'a[sign-in]');
    await second.keyboard.press('Enter');
    await second.waitForURL(/access\/restore/);
    await second.getByRole('textbox').fill('reader@example.com');
    await second.keyboard.press('Enter');
    await expect(second.getByRole('heading')).toHaveText('Please look at your mail');
    await followsMail(second);
    expect(await opens(second, at(addresses[5]!))).toBe('open');
    await expect(second.getByText(lastOnes[5]!)).toBeVisible();
    const response = await second.goto(at('/members.html'));
    expect(await response!.text()).toContain(gated);
    await phone.close();
  });

  test('a supporter gives a story away, and whoever has the link reads it', async ({
    page,
    browser,
  }) => {
    await page.goto(`${demo.site}/gift`);
    await expect(page.getByText('Whoever gives each month')).toBeVisible();
    await page.goto(`${demo.site}/support.html`);
    await submitOn(page).click();
    await arrivesAtPayPage(page);
    await pays(page);
    const anybody = await browser.newContext();
    const friend = await anybody.newPage();
    const links = [];
    for (const story of ['/members.html', addresses[5]!, '/members.html']) {
      await page.goto(`${demo.site}/gift`);
      await page.getByLabel('Story').selectOption(story);
      await expect(page.getByLabel('Story')).toContainText('The last page of the log');
      await page.getByRole('button', {name: 'Make a link'}).click();
      links.push((await page.locator('main a[href*="support_link"]').getAttribute('href'))!);
      await expect(page.getByText(/more this month/)).toHaveText(
        links.length === 1 ? '2 more this month.' : '1 more this month.',
      );
    }
    const members = await friend.goto(links[0]!);
    expect(await members!.text()).toContain(gated);
    expect(members!.headers()['cache-control']).toBe('private, no-store');
    // What was gated is set like the rest of the story.
    await expect(friend.getByText(gated)).not.toHaveCSS('margin-top', '0px');
    for (const path of addresses.slice(0, 5)) await opens(friend, demo.site + path);
    expect(await opens(friend, demo.site + addresses[5]!)).toBe('locked');
    expect(await opens(friend, links[1]!)).toBe('open');
    await expect(friend.getByText(lastOnes[5]!)).toBeVisible();
    // It opens that one story, and changed, none.
    expect(await opens(friend, links[1]!.replace('-6.html', '-5.html'))).toBe('metered');
    expect(await opens(friend, links[1]!.slice(0, -2))).toBe('locked');
    await anybody.close();
  });
});

test('what a screen reader says of the wall, in order', async ({page}) => {
  await readsFive(page);
  await opens(page, addresses[5]!);
  await expect(page.locator('support-paywall button[part~=submit]')).toBeVisible();
  const snapshot = await page.locator('article').ariaSnapshot();
  const said = snapshot
    .split('\n')
    .map(line => line.trim().replace(/^- /, ''))
    .filter(line => !/^(text:|strong:|\/url:)/.test(line));
  const wall = said.findIndex(line => line.startsWith('region'));
  expect(said[wall - 1]).toMatch(/^paragraph: Two of our reporters/);
  expect(said.slice(wall)).toEqual([
    'region "Read on with The Harbour Post":',
    'paragraph: You have read your 5 free articles this month.',
    'heading "Read on with The Harbour Post" [level=2]',
    'paragraph: For $2 a month every story is open, to you and to those you share it with.',
    'group "How often":',
    'radio "Monthly" [checked]',
    'radio "Yearly"',
    'radio "Once"',
    'group "How much a month":',
    'radio "$2"',
    'radio "$5" [checked]',
    'radio "$10"',
    'radio "$20"',
    'radio "Other amount"',
    'alert',
    'button "Read on for $5 a month"',
    'paragraph: You will pay $5 a month until you cancel. Paid through Stripe.',
    'link "More ways to give, from $2 a month":',
    'paragraph:',
    'link "Already a member? Sign in":',
  ]);
});

test.describe('an appeal and a paywall on one page', () => {
  const campaigns = {
    campaigns: [{id: 'winter', format: 'inline', place: {selector: '#article-body', paragraph: 1}}],
    consent: 'minimal',
    checkout: '/companion/checkout',
  };
  const aPage = (paywall: string) => `<!doctype html><html lang="en"><head><title>Both</title>
    <script id="campaigns" type="application/json">${JSON.stringify(campaigns)}</script>
    <script type="module" src="/js/reader-support.js" data-campaigns="#campaigns"></script></head>
    <body><main><h1>Both</h1><div id="article-body"><p>1</p><p>2</p><p>3</p><p>4</p></div>${paywall}</main></body></html>`;
  const goes = async (page: Page, free: number, more = '') => {
    await page.route('**/both.html', route =>
      route.fulfill({
        body: aPage(
          `<support-paywall for="article-body" free="${free}" ${more}></support-paywall>`,
        ),
        contentType: 'text/html',
      }),
    );
    await page.goto('/both.html');
  };
  const asks = (page: Page) => page.locator('support-appeal[open], support-paywall support-ask');

  test('free to read: the appeal asks, once the paywall has decided', async ({page}) => {
    await goes(page, 5);
    await expect(paywallOn(page)).toHaveAttribute('state', 'metered');
    await expect(page.locator('support-appeal[open]')).toHaveCount(1);
    await expect(asks(page)).toHaveCount(1);
  });

  test('at the wall: nothing asks but the wall', async ({page}) => {
    await page.clock.install();
    await goes(page, 0);
    await expect(page.locator('support-paywall support-ask')).toBeVisible();
    await page.mouse.wheel(0, 2000);
    await page.clock.runFor(60_000);
    await expect(asks(page)).toHaveCount(1);
    await expect(page.locator('support-appeal')).toHaveCount(0);
  });

  test('while the companion is asked: neither, and for a supporter neither after it', async ({
    page,
    context,
    baseURL,
  }) => {
    await context.addCookies([{name: 'support-hint', value: '1', url: baseURL!}]);
    let answer: (() => void) | undefined;
    await page.route('**/companion/access', async route => {
      await new Promise<void>(resolve => (answer = resolve));
      await route.fulfill({json: {pass: true, until: Date.now() + 1e9}});
    });
    await page.clock.install();
    await goes(page, 0, 'access="/companion/access"');
    await expect(paywallOn(page)).toHaveAttribute('state', 'pending');
    await expect.poll(() => typeof answer).toBe('function');
    await expect(asks(page)).toHaveCount(0);
    answer!();
    await expect(paywallOn(page)).toHaveAttribute('state', 'open');
    await page.clock.runFor(60_000);
    await expect(asks(page)).toHaveCount(0);
    await expect(page.getByText('4', {exact: true})).toBeVisible();
  });
});

test('the state page shows and edits the meter, and the time machine plays it', async ({
  page,
  context,
}) => {
  await setClock(context, '2026-11-10T10:00:00Z');
  await readsFive(page);
  await page.goto('/state.html');
  const meter = page.locator('#meter');
  await expect(meter).toContainText('the wall: 5 of 5 read');
  await expect(page.locator('#counted tr')).toHaveCount(5);
  await expect(page.locator('#days tr').first()).toContainText('the wall');
  // With the next month there are five again, one a day.
  await expect(page.locator('#days')).toContainText('free: 4 of 5 left after it');
  await page.getByRole('button', {name: 'Not read: /paywall-2.html'}).click();
  await expect(meter).toContainText('free: the last one');
  expect(await opens(page, addresses[5]!)).toBe('metered');
  await page.goto('/state.html');
  await page.getByRole('button', {name: 'Forget the meter'}).click();
  await expect(meter).toContainText('free: 4 of 5 left after it');
  await page.getByRole('button', {name: '…read a story that is counted'}).click();
  await expect(meter).toContainText('free: 3 of 5 left after it');
  await page.getByLabel('reads each day').fill('6');
  await expect(page.locator('#days tr').first()).toContainText('the wall');
  await page.getByRole('button', {name: '…gives each month'}).click();
  await expect(page.locator('#days tr').first()).toContainText('a supporter reads everything');
  expect(await opens(page, addresses[0]!)).toBe('open');
});

test('the time machine stays within its days, and works where a browser keeps nothing', async ({
  page,
}) => {
  await page.goto('/state.html');
  const verdict = page.locator('#verdict');
  const days = page.locator('#days tr');
  await page.getByLabel('from today').fill('99999999');
  await page.getByRole('button', {name: '…picked after ten more articles'}).click();
  await expect(verdict).toContainText('At the latest:');
  await expect(days).toHaveCount(30);
  await expect(days.first()).toContainText('ten more articles');

  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      get() {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  await page.goto('/state.html');
  await expect(verdict).toContainText('“quay” would be shown');
  await page.getByRole('button', {name: '…picked next week'}).click();
  await expect(verdict).toContainText('the reader asked to be left alone');
  await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
});
