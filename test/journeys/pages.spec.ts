/** Pages that are hard on us: policies, style sheets, filters, frames, second copies, routes and print. */

import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from '@playwright/test';
import {
  appealOn,
  built,
  expect,
  goesToPay,
  hears,
  isNotAsked,
  keptBy,
  leaves,
  listen,
  pays,
  press,
  read,
  readOn,
  scrollsThrough,
  seesAppeal,
  shiftsOn,
  snoozes,
  submitOn,
  test,
  toldBy,
  type Page,
} from './reader.js';

/** Opens a page of the test's own at an address of the paper. */
async function readOwn(page: Page, path: string, body: string): Promise<void> {
  await page.route(`**${path}`, route => route.fulfill({contentType: 'text/html', body}));
  await read(page, path);
}

test('under the strictest policy nothing is violated from the ask to the thanks', async ({
  page,
}) => {
  await read(page, '/strict.html');
  await seesAppeal(page);
  await scrollsThrough(page);
  await snoozes(page, 'tomorrow');
  await page.locator('[part~=undo]').click();
  await goesToPay(page);
  await page.goBack({waitUntil: 'commit'});
  await hears(page, 'pageshow', 2);
  expect((await toldBy(page)).filter(({type}) => type === 'securitypolicyviolation')).toEqual([]);
  await goesToPay(page);
  await pays(page);
  expect((await toldBy(page)).filter(({type}) => type === 'securitypolicyviolation')).toEqual([]);
});

test('a page that does not list our Trusted Types policy keeps its article and its own link', async ({
  page,
}) => {
  const {'content-security-policy': policy = ''} = (
    await page.request.get('/strict.html')
  ).headers();
  const response = await page.request.get('/lighthouse.html');
  await page.route('**/lighthouse.html', route =>
    route.fulfill({
      response,
      headers: {
        ...response.headers(),
        'content-security-policy': policy.replace('types reader-support', "types 'none'"),
      },
    }),
  );
  await read(page, '/lighthouse.html');
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.story-body > p').first()).toBeVisible();
  await expect(page.getByRole('heading', {name: 'A word from the editor'})).toBeVisible();
  await expect(page.locator('[slot=fallback]')).toBeVisible();
});

for (const path of ['/article.html', '/', '/dialog.html', '/lighthouse.html', '/spa/table-maker']) {
  test(`the policy of ${path} is kept`, async ({page}) => {
    await read(page, path);
    await seesAppeal(page);
    await leaves(page, 'later');
    await hears(page, 'support-closed');
    expect((await toldBy(page)).filter(({type}) => type === 'securitypolicyviolation')).toEqual([]);
  });
}

test('a hostile style sheet leaves the appeal legible', async ({page}) => {
  const lookOf = (page: Page) =>
    appealOn(page).evaluate(host => {
      const looks: Record<string, unknown>[] = [];
      const visit = (root: ShadowRoot) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) visit(element.shadowRoot);
          // Native radios lie unseen under their labels.
          if (!element.checkVisibility() || element.matches('[type=radio]')) continue;
          const style = getComputedStyle(element);
          looks.push({
            what: `${element.localName}.${element.getAttribute('part') ?? element.className}`,
            ...Object.fromEntries(
              [
                'fontFamily',
                'fontStyle',
                'fontSize',
                'letterSpacing',
                'textTransform',
                'textShadow',
                'textIndent',
                'writingMode',
                'zoom',
                'opacity',
                'transform',
                'direction',
              ].map(name => [name, style[name as keyof CSSStyleDeclaration]]),
            ),
          });
        }
      };
      visit(host.shadowRoot!);
      const {opacity, transform, writingMode, zoom, visibility} = getComputedStyle(host);
      return {looks, host: {opacity, transform, writingMode, zoom, visibility}};
    });

  // Otherwise the tick of the chosen amount may be seen fading in.
  await page.emulateMedia({reducedMotion: 'reduce'});
  await read(page, '/hostile.html');
  await seesAppeal(page);
  const {looks, host} = await lookOf(page);
  expect(host).toEqual({
    opacity: '1',
    transform: 'none',
    writingMode: 'horizontal-tb',
    zoom: '1',
    visibility: 'visible',
  });
  expect(looks.length).toBeGreaterThan(30);
  for (const look of looks) {
    const {fontStyle, textTransform, textShadow, textIndent, writingMode, opacity, zoom} = look;
    expect(
      {fontStyle, textTransform, textShadow, textIndent, writingMode, opacity, zoom},
      String(look['what']),
    ).toEqual({
      fontStyle: 'normal',
      textTransform: 'none',
      textShadow: 'none',
      textIndent: '0px',
      writingMode: 'horizontal-tb',
      opacity: '1',
      zoom: '1',
    });
    expect(parseFloat(String(look['fontSize'])), String(look['what'])).toBeGreaterThanOrEqual(13);
    // A heading of 2.25em at the largest text there is, 32 px.
    expect(parseFloat(String(look['fontSize'])), String(look['what'])).toBeLessThanOrEqual(72);
    expect(String(look['fontFamily'])).not.toContain('Comic');
  }
  const button = (await submitOn(page).boundingBox())!;
  expect(button.width).toBeGreaterThan(120);
  expect(button.height).toBeGreaterThanOrEqual(44);
  await goesToPay(page);
});

test('a filter that hides the dialog leaves the page usable within half a second', async ({
  baseURL,
}, info) => {
  // Only an extension can do what a blocker does: style sheets of the user's origin.
  const folder = await mkdtemp(join(tmpdir(), 'filter-'));
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'filter',
      version: '1',
      permissions: ['scripting'],
      host_permissions: ['<all_urls>'],
      background: {service_worker: 'worker.js'},
    }),
  );
  await writeFile(join(folder, 'worker.js'), '');
  const {args = [], ...launch} = info.project.use.launchOptions ?? {};
  const context = await chromium.launchPersistentContext('', {
    ...launch,
    baseURL: baseURL!,
    args: [...args, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const page = await context.newPage();
    await page.addInitScript(listen);
    for (const css of ['display: none', 'opacity: 0']) {
      await read(page, '/dialog.html');
      await seesAppeal(page);
      await worker.evaluate(async css => {
        const {tabs, scripting} = (globalThis as unknown as {chrome: Chrome}).chrome;
        for (const {id, url} of await tabs.query({})) {
          if (!url?.includes('/dialog.html')) continue;
          await scripting.insertCSS({
            target: {tabId: id},
            origin: 'USER',
            css: `support-appeal { ${css} !important }`,
          });
        }
      }, css);
      // The reader presses something of the page: the first press may find the page inert.
      const link = page.locator('main a, nav a').first();
      await link.scrollIntoViewIfNeeded();
      const box = (await link.boundingBox())!;
      await page.mouse.click(box.x + box.width - 2, box.y + box.height - 2, {button: 'middle'});
      const closed = await hears(page, 'support-closed');
      expect(closed.reason, css).toBe('timeout');
      const pressed = await hears(page, 'pointerdown');
      expect(closed.at - pressed.at, css).toBeLessThan(500);
      const isFree = await page.evaluate(
        ({x, y}) => document.elementFromPoint(x, y)?.closest('a') !== null,
        {x: box.x + box.width / 2, y: box.y + box.height / 2},
      );
      expect(isFree, css).toBe(true);
      // Nobody closed it, so nothing is remembered.
      expect(await keptBy(page), css).toEqual([]);
    }
  } finally {
    await context.close();
    await rm(folder, {recursive: true, force: true});
  }
});

interface Chrome {
  tabs: {query(query: object): Promise<{id?: number; url?: string}[]>};
  scripting: {insertCSS(injection: object): Promise<void>};
}

test('a frame that may not leave offers a link to a new tab', async ({page}) => {
  // An opaque origin: no storage, no top navigation, and scripts come by CORS.
  await page.route('**/js/**', async route => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: {...response.headers(), 'access-control-allow-origin': '*'},
    });
  });
  await page.route('**/framed.html', route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Framed</title><article><p>The story.</p>
        <support-appeal campaign="framed" currency="USD"></support-appeal></article>
        <script>
          addEventListener('support-checkout', event => event.respondWith(
            Promise.resolve({type: 'redirect', url: 'https://checkout.stripe.com/c/pay/cs_test_1'})));
        </script>
        <script type="module" src="/js/reader-support.js"></script></html>`,
    }),
  );
  await readOwn(
    page,
    '/frames.html',
    '<!doctype html><title>Frames</title><iframe sandbox="allow-scripts allow-forms allow-popups" src="/framed.html" width="600" height="900"></iframe>',
  );
  const frame = page.frameLocator('iframe');
  await frame.locator('[part~=submit]').click();
  const link = frame.locator('[part~=error] a');
  await expect(link).toHaveText('Continue in a new tab');
  await expect(link).toHaveAttribute('href', 'https://checkout.stripe.com/c/pay/cs_test_1');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(frame.locator('[part~=submit]')).toHaveAttribute('aria-disabled', 'false');
  await frame.locator('[part~=close]').click();
  await expect(frame.locator('support-appeal[open]')).toHaveCount(0);
  expect(page.url()).toMatch(/\/frames\.html$/);
});

for (const which of ['twice', 'in two versions', 'beside the modules']) {
  test(`a page that loads the script ${which} asks once and says so once`, async ({page}) => {
    const said: string[] = [];
    page.on('console', message => said.push(message.text()));
    const loader = await built('reader-support.js');
    const {version} = JSON.parse(await built('integrity.json')) as {version: string};
    expect(loader).toContain(`"${version}"`);
    await page.route('**/js/old/*', async route => {
      const {pathname} = new URL(route.request().url());
      const text = await built(pathname.split('/').at(-1)!);
      await route.fulfill({
        contentType: 'text/javascript',
        body: which === 'twice' ? text : text.replaceAll(`"${version}"`, '"0.0.9"'),
      });
    });
    const article = await (await page.request.get('/article.html')).text();
    const second =
      which === 'beside the modules'
        ? '<script type="module" src="/built/payment-link.js"></script><support-ask></support-ask>'
        : '<script type="module" src="/js/old/reader-support.js" data-campaigns="/support/campaigns.json"></script>';
    await readOwn(page, '/article.html', article.replace('<main', `${second}<main`));
    await expect(appealOn(page).locator('[part=submit]')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(appealOn(page)).toHaveCount(1);
    await expect(page.locator('support-appeal')).toHaveCount(1);
    const ours = said.filter(line => line.includes('already runs on this page'));
    expect(ours).toHaveLength(which === 'beside the modules' ? 0 : 1);
    expect((await toldBy(page)).filter(({type}) => type === 'support-shown')).toHaveLength(1);
  });
}

for (const name of ['support-appeal', 'support-ask', 'support-thanks']) {
  test(`somebody else’s <${name}> is left alone, and nothing is thrown`, async ({page}) => {
    await page.addInitScript(name => {
      customElements.define(name, class extends HTMLElement {});
    }, name);
    await read(page, '/article.html');
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.story-body > p').first()).toBeVisible();
    await read(page, '/lighthouse.html');
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.story-body > p').first()).toBeVisible();
    if (name === 'support-appeal') {
      await expect(page.getByRole('heading', {name: 'A word from the editor'})).toBeVisible();
    }
  });
}

test.describe('on a phone', () => {
  test.use({viewport: {width: 412, height: 823}, hasTouch: true});

  for (const path of [
    '/article.html',
    '/lighthouse.html',
    '/',
    '/dialog.html',
    '/arabic.html',
    '/spa/table-maker',
  ]) {
    test(`nothing moves on ${path}, from the first line to the last`, async ({page}) => {
      await read(page, path);
      if (!/^\/(dialog\.html)?$/.test(path)) await expect(appealOn(page)).toHaveCount(1);
      await scrollsThrough(page);
      await expect(appealOn(page)).toHaveCount(1);
      expect(await shiftsOn(page)).toEqual([]);
    });

    test(`nothing above the appeal moves on ${path} when the reader closes it`, async ({page}) => {
      await read(page, path);
      await seesAppeal(page);
      await leaves(page, 'later');
      await hears(page, 'support-closed');
      await page.locator('button[part~=remind][value=tomorrow]').click();
      await hears(page, 'support-reminded');
      await scrollsThrough(page);
      expect(await shiftsOn(page)).toEqual([]);
    });

    test(`nothing moves on ${path} where nothing is due`, async ({page}) => {
      await read(page, '/article.html');
      await snoozes(page, 'next-week');
      await read(page, path);
      await hears(page, 'support-skipped');
      await scrollsThrough(page);
      expect(await shiftsOn(page)).toEqual([]);
    });
  }

  test('the choices of a reminder stay under the finger that reaches for them', async ({page}) => {
    await read(page, '/article.html');
    await seesAppeal(page);
    await page.locator('[part~=later]').scrollIntoViewIfNeeded();
    // Where the first choice is in each frame, from the first in which there is one.
    const places = await appealOn(page).evaluate(async appeal => {
      const part = (name: string) =>
        appeal.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`);
      const places = new Set<number>();
      part('later')?.click();
      for (let frames = 0; frames < 60;) {
        await new Promise(requestAnimationFrame);
        const choice = part('remind');
        if (!choice) continue;
        frames += 1;
        places.add(Math.round(choice.getBoundingClientRect().top));
      }
      return [...places];
    });
    expect(places).toHaveLength(1);
  });

  test('the bar leaves half of the window to the article', async ({page}) => {
    await read(page, '/');
    await seesAppeal(page);
    const box = (await appealOn(page).boundingBox())!;
    expect(box.height).toBeLessThanOrEqual(823 / 2);
    expect(box.y + box.height).toBeLessThanOrEqual(823.5);
  });
});

for (const path of ['/article.html', '/', '/dialog.html', '/lighthouse.html', '/spa/table-maker']) {
  test(`${path} keeps nothing and tells nobody before the reader acts`, async ({page, baseURL}) => {
    const strangers: string[] = [];
    const sent: string[] = [];
    page.on('request', request => {
      const url = request.url();
      if (!url.startsWith(baseURL!) && !url.startsWith('data:')) strangers.push(url);
      if (request.method() !== 'GET' || url.includes('/companion/')) sent.push(url);
    });
    await read(page, path);
    await seesAppeal(page);
    await appealOn(page).locator('#heading, [part=collapsed]').scrollIntoViewIfNeeded();
    await hears(page, 'support-seen');
    await page.waitForLoadState('networkidle');
    expect(await keptBy(page)).toEqual([]);
    expect(strangers).toEqual([]);
    expect(sent).toEqual([]);
  });
}

test('no ask on a page that the site has marked as sensitive', async ({page}) => {
  await read(page, '/sensitive.html');
  await isNotAsked(page, 'sensitive-page');
});

test('a single-page app asks at most once per route and leaves nothing behind', async ({page}) => {
  await read(page, '/spa/table-maker');
  await seesAppeal(page);
  const routes = ['/spa/', '/spa/spring-tide', '/spa/table-maker'];
  for (let n = 0; n < 21; n += 1) {
    const path = routes[n % 3]!;
    await page.locator(`a[data-route][href="${path}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(appealOn(page)).toHaveCount(path === '/spa/' ? 0 : 1);
    await expect(page.locator('support-appeal')).toHaveCount(path === '/spa/' ? 0 : 1);
  }
  const client = await page.context().newCDPSession(page);
  const {result} = await client.send('Runtime.evaluate', {
    expression: `customElements.get('support-appeal').prototype`,
  });
  await expect
    .poll(async () => {
      await client.send('HeapProfiler.collectGarbage');
      const {objects} = await client.send('Runtime.queryObjects', {
        prototypeObjectId: result.objectId!,
      });
      const {result: size} = await client.send('Runtime.callFunctionOn', {
        objectId: objects.objectId!,
        functionDeclaration: 'function () { return this.length }',
      });
      await client.send('Runtime.releaseObject', {objectId: objects.objectId!});
      return size.value as number;
    })
    .toBeLessThanOrEqual(2);

  // What was snoozed on one route is quiet on the next, and back and forth.
  await snoozes(page, 'next-week');
  await page.locator('nav a[data-route][href="/spa/spring-tide"]').click();
  await hears(page, 'support-skipped');
  await expect(submitOn(page)).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/table-maker$/);
  await expect(submitOn(page)).toHaveCount(0);
});

test('a printed page holds the article and no appeal', async ({page}) => {
  for (const path of ['/article.html', '/lighthouse.html', '/', '/dialog.html']) {
    await page.emulateMedia({media: 'screen'});
    await read(page, path);
    await seesAppeal(page);
    await page.emulateMedia({media: 'print'});
    await expect(page.locator('support-appeal')).toBeHidden();
    await expect(submitOn(page)).toBeHidden();
    await expect(page.locator('main p:visible').first()).toBeVisible();
  }
});

test('an appeal waits until the site’s consent dialog is closed', async ({page}) => {
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const dialog = document.createElement('dialog');
      dialog.id = 'consent';
      dialog.textContent = 'May we?';
      document.body.append(dialog);
      dialog.showModal();
    });
  });
  await page.clock.install();
  await read(page, '/dialog.html');
  await readOn(page);
  await page.clock.runFor(60_000);
  await expect(appealOn(page)).toHaveCount(0);
  await page.evaluate(() => document.querySelector<HTMLDialogElement>('#consent')?.close());
  await expect(appealOn(page)).toHaveCount(1);
  await press(page);
});
