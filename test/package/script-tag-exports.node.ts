import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import type {Browser, Page} from 'puppeteer-core';
import {chromium, visit, type Answer} from './a-page.js';
import {
  appeal,
  article,
  aSite,
  integrity,
  isShown,
  names,
  settle,
  until,
  whenShown,
  withNonce,
} from './a-site.js';
import {root, textOf} from './run.js';
import {longTestLimit, waitLimit} from '../time-limit.js';

describe('what the script tag exports', {timeout: longTestLimit}, () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  const address = `${integrity.base}reader-support.js`;
  const plainTag = `<script type="module" src="${address}"></script>`;
  const asyncTag = `<script type="module" async src="${address}"></script>`;
  const classic = (text: string) =>
    `<script>import('${address}').then(async ({session}) => {${text}})</script>`;
  const wait = `while (!session.decision) await new Promise(go => setTimeout(go, 20));`;

  for (const [name, tag] of [
    ['deferred', plainTag],
    ['async', asyncTag],
  ] as const) {
    it(`gives a classic script the session of ${name} tag`, async () => {
      const head = classic(`${wait} window.reason = session.decision.ask;`);
      await visit(browser, aSite({head, tag}), async ({page, errors}) => {
        await page.waitForFunction(() => 'reason' in window, {timeout: waitLimit});
        assert.equal(
          await page.evaluate(() => (window as unknown as {reason: boolean}).reason),
          true,
        );
        await whenShown(page);
        assert.deepEqual(errors, []);
      });
    });

    it(`stops ${name} tag whose campaigns file is still on its way`, async () => {
      const file = JSON.stringify({campaigns: [{id: 'winter', place: {selector: 'body'}}]});
      const late = {type: 'json', body: file, delay: 600} as const;
      const named = tag.replace(' src', ' data-campaigns="/campaigns.json" src');
      for (const [act, count] of [
        ['session.stop(); session.navigate();', 0],
        ['session();', 0],
        ['', 1],
      ] as const) {
        const head = classic(`${act} window.done = true;`);
        const site = aSite({head, tag: named}, {'/campaigns.json': late});
        const html = String(site['/']!.body).replace(appeal, '');
        await visit(browser, {...site, '/': {body: html}}, async ({page, errors}) => {
          await page.waitForFunction(() => 'done' in window, {timeout: waitLimit});
          if (count > 0) await whenShown(page);
          else await new Promise(resolve => setTimeout(resolve, 2000));
          const appeals = await page.evaluate(
            () => document.querySelectorAll('support-appeal').length,
          );
          assert.equal(appeals, count);
          assert.deepEqual(errors, []);
        });
      }
    });
  }

  const hint = 'no data-campaigns';
  const bare = (markup: string, tag = plainTag): Record<string, Answer> => {
    const site = aSite({tag});
    return {...site, '/': {body: String(site['/']!.body).replace(appeal, markup)}};
  };

  it('says once where the tag has lost its campaigns file, with the cure', async () => {
    await visit(browser, bare(''), async ({page, said, errors}) => {
      await settle();
      await page.evaluate(() => history.pushState(null, '', '/next'));
      await settle();
      assert.equal(said.filter(line => line.includes(hint)).length, 1);
      assert.match(said.join(), /tag manager/);
      assert.deepEqual(errors, []);
    });
  });

  it('says nothing of a campaigns file on a page that imports start()', async () => {
    const importing = `<script type="module">import '${address}';</script>`;
    await visit(browser, bare('', importing), async ({said}) => {
      await settle();
      assert.deepEqual(said, []);
    });
  });

  for (const markup of [
    appeal,
    '<support-ask></support-ask>',
    '<support-thanks></support-thanks>',
    '<a href="/give" data-support-open>Give</a>',
  ]) {
    it(`says nothing of a campaigns file on a page with ${markup.split('>')[0]}>`, async () => {
      await visit(browser, bare(markup), async ({said}) => {
        await settle();
        assert.deepEqual(
          said.filter(line => line.includes(hint)),
          [],
        );
      });
    });
  }
});

describe(
  'what the script tag exports to be fetched when it is called',
  {timeout: longTestLimit},
  () => {
    let browser: Browser;
    /** npm's functions, for the same page. */
    let npm: string;
    before(async () => {
      browser = await chromium();
      const {outputFiles} = await build({
        stdin: {
          contents: `export {storageReport} from 'reader-support';
          export * from 'reader-support/events';
          export {emptyState, forecast} from 'reader-support/core';
          export {registerLocale} from 'reader-support/elements';`,
          resolveDir: root,
        },
        tsconfigRaw: '{}',
        conditions: ['production', 'browser'],
        bundle: true,
        write: false,
        format: 'esm',
      });
      npm = outputFiles[0]!.text;
    });
    after(() => browser.close());

    const address = `${integrity.base}reader-support.js`;
    const toolsFile = integrity.base + names.find(name => name.includes('.tools-'))!;
    const campaigns = [{id: 'winter', place: {selector: 'body'}, copy: {heading: 'Our words.'}}];
    const data = (file: object) =>
      `<script type="application/json" id="file">${JSON.stringify({campaigns, ...file})}</script>`;
    const tag = `<script type="module" src="${address}" data-campaigns="#file"></script>`;

    interface Results {
      results: Record<string, unknown>;
      end: () => void;
    }
    const resultOf = async (page: Page, name: string): Promise<unknown> => {
      await page.waitForFunction(
        key => key in ((globalThis as unknown as Partial<Results>).results ?? {}),
        {timeout: waitLimit},
        name,
      );
      return page.evaluate(key => (globalThis as unknown as Results).results[key], name);
    };

    /** A page whose script has all exports as `kit`, npm's as `npm`, and keeps what it finds in `results`. */
    const scripts = {
      'a classic script': (text: string) =>
        `<script>window.results = {};
       import('${address}').then(async kit => {${text}})</script>`,
      'a module': (text: string) =>
        `<script>window.results = {};</script>
       <script type="module">import * as kit from '${address}'; ${text}</script>`,
    };
    type Script = keyof typeof scripts;
    const kinds = Object.keys(scripts) as Script[];

    function aPage(
      {
        script = 'a module',
        text = '',
        file = {},
        lang = 'en',
        head = '',
      }: {script?: Script; text?: string; file?: object; lang?: string; head?: string},
      changed: Record<string, Answer> = {},
    ): Record<string, Answer> {
      const body = `<!doctype html><html lang="${lang}"><head><title>Ferry</title>${head}${data(file)}${tag}${scripts[script](text)}</head>
      <body><p id="article">${article}</p></body></html>`;
      return aSite({}, {'/': {body}, '/npm.js': {type: 'javascript', body: npm}, ...changed});
    }

    const toolsOf = (requests: readonly string[]) =>
      requests.filter(path => path === toolsFile).length;
    const toolsBody = textOf(`dist/${toolsFile.slice(integrity.base.length)}`);
    const slow = (delay: number): Record<string, Answer> => ({
      [toolsFile]: {type: 'javascript', body: toolsBody, delay},
    });

    it('are these names', async () => {
      const text = `results.names = Object.keys(kit).sort().join(' ');`;
      await visit(browser, aPage({text}), async ({page, requests, errors}) => {
        assert.equal(
          await resultOf(page, 'names'),
          'forecast open registerLocale requestTurn session start storageReport toGa4 toPlausible toSegment toSnowplow trackEvents',
        );
        await whenShown(page);
        await settle();
        // Imported is not called.
        assert.equal(toolsOf(requests), 0);
        assert.deepEqual(errors, []);
      });
    });

    const event = `{name: 'start', campaign: 'winter', experiment: 'blue-or-red', arm: 'red', placement: 'bar'}`;
    const gift = `{name: 'gift', campaign: 'winter', amount: {minor: 500, currency: 'USD'}, frequency: 'monthly', order: 'cs_1'}`;
    const calls = [
      `storageReport()`,
      `forecast([{id: 'winter', format: 'bar', cadence: {maxViews: 2}}],
      {now: 1767225600000, utcOffsetMinutes: 60, path: '/news', tags: [], language: 'en', device: 'phone',
        referrer: '', supporter: false, sensitive: false, asked: false}, {v: 1, views: [], closes: [], read: [], meter: []}, 30)`,
      ...['toGa4', 'toPlausible', 'toSegment', 'toSnowplow'].flatMap(name => [
        `${name}(${event})`,
        `${name}(${gift})`,
      ]),
    ];
    for (const script of kinds) {
      for (const [moment, wait] of [
        ['before the first decision', ''],
        [
          'after an appeal is shown',
          `while (!document.querySelector('support-appeal')) await new Promise(go => setTimeout(go, 20));`,
        ],
      ] as const) {
        it(`give ${script} what npm’s give, ${moment}`, async () => {
          const text = `${wait} const npm = await import('/npm.js'); results.before = performance.getEntriesByType('resource').filter(({name}) => name.includes('.tools-')).length;
          results.kit = [${calls.map(call => `await kit.${call}`).join(',')}];
          results.npm = [${calls.map(call => `npm.${call}`).join(',')}];
          results.promises = kit.storageReport() instanceof Promise;
          results.json = [JSON.stringify(results.kit), JSON.stringify(results.npm)];`;
          await visit(browser, aPage({script, text}), async ({page, requests, errors}) => {
            const [ours, npms] = (await resultOf(page, 'json')) as string[];
            assert.equal(await resultOf(page, 'before'), 0);
            assert.ok(ours!.length > 1000);
            assert.equal(ours, npms);
            assert.equal(await resultOf(page, 'promises'), true);
            assert.equal(toolsOf(requests), 1);
            await whenShown(page);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    const press = (page: Page, part: string) =>
      page.evaluate(wanted => {
        const shadow = document.querySelector('support-appeal')!.shadowRoot!;
        shadow.querySelector<HTMLElement>(`[part~="${wanted}"]`)!.click();
      }, part);
    const intoGa4 = (sink: string) => `kit.trackEvents({onEvent: async event => {
      const {name, params} = await kit.toGa4(event); ${sink}; }}).then(end => { window.end = end; results.began = true; });`;
    const layer = `(window.dataLayer ??= []).push({event: name, ecommerce: params})`;
    const gtag = `(window.dataLayer ??= []).push({event: name, ecommerce: params, by: 'gtag'})`;
    const pushed = (page: Page) =>
      page.evaluate(
        () =>
          (window as unknown as {dataLayer?: {event: string; ecommerce: Record<string, unknown>}[]})
            .dataLayer ?? [],
      );

    for (const script of kinds) {
      for (const [given, sink, delay] of [
        ['a file that is here at once', layer, 0],
        ['a file that comes after the events', layer, 4000],
        ['gtag() and a file that comes after the events', gtag, 4000],
      ] as const) {
        it(`counts every event for ${script}, given ${given}`, async () => {
          const site = aPage({script, text: intoGa4(sink)}, slow(delay));
          await visit(browser, site, async ({page, requests, errors}) => {
            await page.waitForFunction(
              () =>
                !!document
                  .querySelector('support-appeal')
                  ?.shadowRoot?.querySelector('[part~=later]'),
              {timeout: waitLimit},
            );
            // What is seen for a second counts as seen.
            await new Promise(resolve => setTimeout(resolve, 1500));
            await press(page, 'close');
            await settle();
            if (delay > 0) assert.deepEqual(await pushed(page), []);
            await until(async () => (await pushed(page)).length >= 2, 'two events');
            const events = await pushed(page);
            assert.deepEqual(
              events.map(entry => entry.event),
              ['view_promotion', 'support_close'],
            );
            const {ecommerce} = events[0]!;
            assert.equal(ecommerce['promotion_id'], 'winter');
            assert.equal(ecommerce['creative_slot'], 'inline');
            assert.equal(toolsOf(requests), 1);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    const half = {
      control: {weight: 0.5},
      plain: {weight: 0.5, overrides: {copy: {heading: 'Plain.'}}},
    };
    const silent = {control: {weight: 0}, nothing: {weight: 1, enabled: false}};
    const anExperiment = (arms: object) => [{id: 'words', version: 1, campaign: 'winter', arms}];
    const shown = ['exposure', 'view', 'close'];
    for (const [given, file, names] of [
      ['an experiment', {experiments: anExperiment(half)}, shown],
      ['full consent', {experiments: anExperiment(half), consent: 'full'}, shown],
      ['an arm that shows nothing', {experiments: anExperiment(silent)}, ['exposure']],
      ['a reader who is held back', {holdback: 0.99}, ['exposure']],
    ] as const) {
      for (const script of kinds) {
        for (const delay of [0, 4000]) {
          it(`counts the same exposures for ${script} as npm’s, given ${given}, and a file that comes ${delay > 0 ? 'after them' : 'at once'}`, async () => {
            // Not the one reader in a hundred who is not held back.
            const head = `<script>crypto.getRandomValues = numbers => numbers.fill(7);</script>`;
            const text = `const npm = await import('/npm.js'); results.kit = []; results.npm = [];
            document.addEventListener('support-skipped', ({reason}) => { results.skipped = reason; });
            npm.trackEvents({onEvent: event => results.npm.push(event)});
            kit.trackEvents({onEvent: event => results.kit.push(event)}).then(() => { results.began = true; });`;
            // The campaigns come once both listen.
            const site = aPage(
              {script, text, head},
              {
                ...slow(delay),
                '/late.json': {
                  type: 'json',
                  body: JSON.stringify({campaigns, ...file}),
                  delay: 500,
                },
              },
            );
            const body = String(site['/']!.body).replace(
              'data-campaigns="#file"',
              'data-campaigns="/late.json"',
            );
            await visit(browser, {...site, '/': {body}}, async ({page, requests, errors}) => {
              const isAsked = names.length > 1;
              if (isAsked) await whenShown(page);
              else await resultOf(page, 'skipped');
              // What is seen for a second counts as seen.
              await new Promise(resolve => setTimeout(resolve, 1500));
              assert.equal(await isShown(page), isAsked);
              if (isAsked) await press(page, 'close');
              await resultOf(page, 'began');
              const eventsOf = async (name: string) =>
                (await resultOf(page, name)) as Record<string, unknown>[];
              await until(async () => (await eventsOf('kit')).length >= names.length, 'the events');
              await settle();
              const events = await eventsOf('kit');
              assert.deepEqual(
                events.map(({name}) => name),
                names,
              );
              assert.deepEqual(events, await eventsOf('npm'));
              const hasId = given === 'full consent';
              assert.equal(typeof events[0]!['exposure'], hasId ? 'string' : 'undefined');
              assert.equal(toolsOf(requests), 1);
              assert.deepEqual(errors, []);
            });
          });
        }
      }
    }

    it('count for two callers, each once, and for neither after it has ended', async () => {
      const caller = (name: string) =>
        `kit.trackEvents({onEvent: ({name}) => (results.${name} ??= []).push(name)})`;
      const text = `const ends = Promise.all([${caller('first')}, ${caller('second')}]);
      ends.then(all => { window.end = () => all.forEach(end => end()); results.began = true; });`;
      await visit(browser, aPage({text}, slow(3000)), async ({page, errors}) => {
        await whenShown(page);
        await resultOf(page, 'began');
        await until(
          async () => ((await resultOf(page, 'second')) as string[]).length > 0,
          'an event',
        );
        assert.deepEqual(await resultOf(page, 'first'), ['view']);
        assert.deepEqual(await resultOf(page, 'second'), ['view']);
        await page.evaluate(() => (window as unknown as Results).end());
        await press(page, 'close');
        await settle();
        assert.deepEqual(await resultOf(page, 'first'), ['view']);
        assert.deepEqual(errors, []);
      });
    });

    for (const call of [`trackEvents({})`, 'storageReport()', `toGa4({name: 'view'})`]) {
      it(`rejects ${call} where the file cannot be had, and the appeal is shown`, async () => {
        const text = `kit.${call}.catch(error => { results.error = String(error); });`;
        const site = aPage({text});
        const without = Object.fromEntries(
          Object.entries(site).filter(([path]) => path !== toolsFile),
        );
        await visit(browser, without, async ({page, errors}) => {
          assert.match(String(await resultOf(page, 'error')), /reader-support\.tools-/);
          await whenShown(page);
          await press(page, 'close');
          await settle();
          assert.deepEqual(
            errors.filter(error => !/404/.test(error)),
            [],
          );
        });
      });
    }

    const dutch = `kit.registerLocale('nl', {later: 'Later', close: 'Sluiten'});`;
    const wordOf = (page: Page) =>
      page.evaluate(() =>
        document
          .querySelector('support-appeal')
          ?.shadowRoot?.querySelector('[part~=later]')
          ?.textContent.trim(),
      );
    for (const script of kinds) {
      for (const [given, lang, text, word] of [
        ['a new language', 'nl', dutch, 'Later'],
        ['a region of it', 'nl-BE', dutch, 'Later'],
        [
          'a tag as a system writes it',
          'pt-BR',
          `kit.registerLocale('pt_BR.UTF-8', {later: 'Depois'});`,
          'Depois',
        ],
        [
          'another word of a language that it has',
          'de',
          `kit.registerLocale('de', {later: 'Jetzt nicht'});`,
          'Jetzt nicht',
        ],
        [
          'npm’s own function',
          'nl',
          `const npm = await import('/npm.js'); npm.registerLocale('nl', {later: 'Later'});`,
          'Later',
        ],
      ] as const) {
        it(`registers words from ${script} before an appeal is shown, given ${given}`, async () => {
          // The campaigns file is late, so that also a classic script's words come first.
          const site = aPage(
            {script, lang, text},
            {'/late.json': {type: 'json', body: JSON.stringify({campaigns}), delay: 500}},
          );
          const start = site['/']!;
          const body = String(start.body).replace(
            'data-campaigns="#file"',
            'data-campaigns="/late.json"',
          );
          await visit(browser, {...site, '/': {body}}, async ({page, requests, errors}) => {
            await whenShown(page);
            assert.equal(await wordOf(page), word);
            assert.equal(toolsOf(requests), 0);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    it('registers words after an appeal is shown, for when their language is needed', async () => {
      const text = `window.kit = kit;`;
      await visit(browser, aPage({text}), async ({page, errors}) => {
        await whenShown(page);
        assert.equal(await wordOf(page), 'Remind me later');
        await page.evaluate(() => {
          const {kit} = window as unknown as {
            kit: {registerLocale: (tag: string, words: object) => void};
          };
          kit.registerLocale('nl', {later: 'Later'});
          document.documentElement.lang = 'nl';
        });
        await until(async () => (await wordOf(page)) === 'Later', 'Dutch');
        assert.deepEqual(errors, []);
      });
    });

    for (const [name, policy] of Object.entries(integrity.csp)) {
      it(`are fetched under the published policy "${name}"`, async () => {
        const text = `window.results = {report: (await kit.storageReport()).length};`;
        const site = aPage({});
        const module = `<script type="module" nonce="NONCE" src="/page.js"></script>`;
        const body = `<!doctype html><title>Ferry</title>${withNonce}${module}<p id="article">${article}</p>`;
        await visit(
          browser,
          {
            ...site,
            '/': {body, headers: {'content-security-policy': policy}},
            '/page.js': {type: 'javascript', body: `import * as kit from '${address}'; ${text}`},
          },
          async ({page, errors}) => {
            assert.ok(Number(await resultOf(page, 'report')) > 3);
            assert.deepEqual(errors, []);
          },
        );
      });
    }

    it('are held to the import map’s hash', async () => {
      const head = `<script type="importmap">${JSON.stringify(integrity.importmap)}</script>`;
      const text = `kit.storageReport().then(() => { results.found = 'a report'; }, () => { results.found = 'refused'; });`;
      for (const [body, found] of [
        [toolsBody, 'a report'],
        [`${toolsBody} `, 'refused'],
      ] as const) {
        const site = aPage({head, text}, {[toolsFile]: {type: 'javascript', body}});
        await visit(browser, site, async ({page}) => {
          assert.equal(await resultOf(page, 'found'), found);
          await whenShown(page);
        });
      }
    });
  },
);
