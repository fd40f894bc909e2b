import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {parseCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import {longTestLimit} from '../time-limit.js';
import {chromium, visit, type Answer} from './a-page.js';
import {filesIn, textOf} from './run.js';

const page = textOf('docs/without-a-server.md');
const snippets = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
const [five = '', more = '', own = ''] = snippets('json');
const [tag = ''] = snippets('html');

/** A site as the page of the docs makes it. */
function aSite(campaigns: string): Record<string, Answer> {
  const scripts = filesIn('dist').filter(path => /^dist\/reader-support[^/]*\.js$/.test(path));
  const story = '<p>The ferry ran again.</p>'.repeat(4);
  return {
    '/': {
      body: `<!doctype html><html lang="en"><head><title>Ferry</title>${tag}</head><body><article>${story}</article></body></html>`,
    },
    '/support/campaigns.json': {type: 'json', body: campaigns},
    ...Object.fromEntries(
      scripts.map((path): [string, Answer] => [
        path.replace('dist/', '/js/'),
        {type: 'javascript', body: textOf(path)},
      ]),
    ),
  };
}

/** What of the form a reader can choose, by name. */
const choices = (page: Page, name: string): Promise<string[]> =>
  page.evaluate(name => {
    const form = document.querySelector('support-appeal')?.shadowRoot?.querySelector('support-ask');
    return Array.from(
      form?.shadowRoot?.querySelectorAll<HTMLInputElement>(`input[name=${name}]`) ?? [],
      input => input.value,
    );
  }, name);

const choose = (page: Page, name: string, value: string): Promise<void> =>
  page.evaluate(
    (name, value) => {
      const form = document
        .querySelector('support-appeal')!
        .shadowRoot!.querySelector('support-ask')!;
      form
        .shadowRoot!.querySelector<HTMLInputElement>(`input[name=${name}][value="${value}"]`)!
        .click();
    },
    name,
    value,
  );

/** Presses the button, and gives the address that the browser goes to. */
async function press(page: Page): Promise<string> {
  await page.setRequestInterception(true);
  const went = new Promise<string>(resolve => {
    page.on('request', request => {
      if (!request.isNavigationRequest()) return void request.continue();
      resolve(request.url());
      void request.abort();
    });
  });
  await page.evaluate(() => {
    const form = document
      .querySelector('support-appeal')!
      .shadowRoot!.querySelector('support-ask')!;
    form.shadowRoot!.querySelector<HTMLButtonElement>('[part=submit]')!.click();
  });
  return went;
}

async function whenShown(page: Page): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await choices(page, 'amount')).length > 0) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.fail('no form within 10 s');
}

describe('docs/without-a-server.md', {timeout: longTestLimit}, () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  it('has campaigns files that pass the check, the first of six lines at most', () => {
    assert.equal(snippets('json').length, 3);
    assert.ok(five.trim().split('\n').length <= 6);
    for (const file of snippets('json')) {
      const parsed = parseCampaigns(file);
      assert.deepEqual(parsed.ok ? [] : parsed.problems, []);
    }
  });

  it('takes $5 a month: the press opens the Payment Link', async () => {
    await visit(browser, aSite(five), async ({page, errors}) => {
      await whenShown(page);
      assert.deepEqual(await choices(page, 'amount'), ['500']);
      assert.deepEqual(await choices(page, 'frequency'), []);
      assert.deepEqual(await choices(page, 'custom'), []);
      const address = new URL(await press(page));
      assert.equal(address.origin + address.pathname, 'https://buy.stripe.com/abc');
      assert.match(address.searchParams.get('client_reference_id')!, /_winter_/);
      assert.deepEqual(errors, []);
    });
  });

  it('has "Other amount" for single gifts alone, through the link where customers choose', async () => {
    await visit(browser, aSite(more), async ({page}) => {
      await whenShown(page);
      assert.deepEqual(await choices(page, 'frequency'), ['monthly', 'once']);
      assert.deepEqual(await choices(page, 'amount'), ['500', '1000']);
      await choose(page, 'frequency', 'once');
      await page.waitForFunction(() => true);
      assert.deepEqual(await choices(page, 'amount'), ['2000', 'custom']);
      const address = new URL(await press(page));
      assert.equal(address.pathname, '/ghi');
    });
  });

  it('opens a donation page on a host that nothing else allows, with the gift in its address', async () => {
    await visit(browser, aSite(own), async ({page}) => {
      await whenShown(page);
      assert.equal(await press(page), 'https://donate.example.org/?a=5.00&c=USD&f=monthly');
    });
  });

  it('asks nothing where no link sells anything, and says so', async () => {
    const none = five.replace('{"USD": {"500": "https://buy.stripe.com/abc"}}', '{}');
    await visit(browser, aSite(none), async ({page, said}) => {
      await new Promise(resolve => setTimeout(resolve, 1500));
      assert.equal(await page.evaluate(() => document.querySelector('support-appeal')), null);
      assert.equal(said.filter(line => line.includes('no Payment Link')).length, 1);
    });
  });
});
