import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, describe, it} from 'node:test';
import {runInNewContext} from 'node:vm';
import {parseHTML} from 'linkedom';
import type {Conclusion} from '../../src/report/archive.js';
import {readConfig} from '../../src/cli/config.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {aConfig, aFolder, run, secrets} from './fixtures.js';
import {aTest, anAppeal, conclude, published, sumsOf, textIn} from './concluded.js';

describe('history', {timeout: longTestLimit}, () => {
  const folder = aTest();
  const history = (...more: readonly string[]) =>
    run(['history', join(folder, 'experiments'), ...more]);

  before(async () => {
    const note = 'Plain words work <b>better</b>.';
    const first = await conclude(folder, '--keep', 'plain-words', '--note', note);
    assert.equal(first.code, 0, first.err);
    writeFileSync(
      join(folder, 'campaigns.json'),
      anAppeal.replace('autumn-appeal', 'winter-appeal').replace('A message', 'A letter'),
    );
    writeFileSync(join(folder, 'sums.csv'), sumsOf(10, 10, {experiment: 'winter-appeal@1'}));
    const second = await run([
      ...['conclude', join(folder, 'campaigns.json'), 'winter-appeal', '--keep', 'control'],
      ...['--sums', join(folder, 'sums.csv')],
    ]);
    assert.equal(second.code, 0, second.err);
    // The first one was long ago.
    const path = join(folder, 'experiments', 'autumn-appeal@1', 'conclusion.json');
    const conclusion = JSON.parse(readFileSync(path, 'utf8')) as Conclusion;
    writeFileSync(path, JSON.stringify({...conclusion, day: '2026-01-31'}));
    // Other things may lie there.
    mkdirSync(join(folder, 'experiments', 'notes'));
    writeFileSync(join(folder, 'experiments', 'README.md'), '');
  });

  it('writes a page of what was found and learned, newest first', async () => {
    const {code, out, err} = await history();
    assert.equal(code, 0, err);
    assert.match(out, /index\.html: 2 experiments/);
    const html = textIn(folder, 'experiments', 'index.html');
    const {document} = parseHTML(html);
    const items = [...document.querySelectorAll('article')].map(item =>
      item.textContent.replaceAll(/\s+/g, ' '),
    );
    assert.equal(items.length, 2);
    assert.match(items[0]!, /Could not tell: .*winter-appeal@1, in winter\..*control was kept/);
    assert.match(items[1]!, /plain-words earns more: .* Keep it\./);
    assert.match(items[1]!, /Plain words work <b>better<\/b>\./);
    assert.match(
      items[1]!,
      /plain-words: €1,500 more per 1,000 readers \(between €.* and €.* more\)/,
    );
    assert.match(
      items[1]!,
      /2026-01-31: plain-words was kept\. 3,200 readers, 2026-10-01 to 2026-10-08/,
    );
    assert.match(items[1]!, /control A message plain-words You read us\./);
    assert.doesNotMatch(html, /work <b>/);
    const links = [...document.querySelectorAll('a')].map(link => link.getAttribute('href')!);
    for (const link of links)
      assert.ok(existsSync(join(folder, 'experiments', decodeURIComponent(link))), link);
    assert.equal(links.length, 2);
    assert.doesNotMatch(html, /(?:src|url)\s*[=(]|https?:/);
  });

  it('finds what has every word in it, in any case', async () => {
    assert.equal((await history()).code, 0);
    const {document, Event} = parseHTML(textIn(folder, 'experiments', 'index.html'));
    const script = document.querySelector('script')!.textContent;
    const box = document.querySelector('input')!;
    box.value = '';
    runInNewContext(script, {document});
    assert.equal(document.querySelector('search')!.hasAttribute('hidden'), false);
    for (const [words, shown, count] of [
      ['', [0, 1], ''],
      ['READ us', [0, 1], '2 of 2'],
      ['work plain', [1], '1 of 2'],
      ['  letter ', [0], '1 of 2'],
      ['2026-01-31', [1], '1 of 2'],
      ['letter better', [], '0 of 2'],
    ] as const) {
      box.value = words;
      box.dispatchEvent(new Event('input'));
      const items = [...document.querySelectorAll('article')];
      const visible = items.flatMap((item, i) => (item.hidden ? [] : [i]));
      assert.deepEqual(visible, shown, words);
      assert.equal(document.querySelector('output')!.textContent, count);
    }
  });

  it('links to the reports from wherever the page is', async () => {
    const {code} = await history('--out', join(folder, 'past.html'));
    assert.equal(code, 0);
    assert.match(
      textIn(folder, 'past.html'),
      /href="experiments\/autumn-appeal%401\/report\.html"/,
    );
  });

  it('prints text and JSON', async () => {
    const text = await history('--format', 'text');
    assert.match(
      text.out,
      /\n\nautumn-appeal@1: plain-words earns more: .*\n {2}Learned: Plain words work <b>better<\/b>\.\n {2}plain-words: €1,500 more .*\n {2}2026-01-31: plain-words was kept\./,
    );
    const json = JSON.parse((await history('--format', 'json')).out) as Conclusion[];
    assert.deepEqual(
      json.map(({experiment, kept}) => [experiment, kept]),
      [
        ['winter-appeal@1', 'control'],
        ['autumn-appeal@1', 'plain-words'],
      ],
    );
    assert.deepEqual(Object.keys(json[1]!.arms), ['control', 'plain-words']);
  });

  for (const [given, text] of [
    ['is not JSON', '{"format": 1, "experi'],
    ['is of another form', '{"format": 7}'],
    ['is empty', ''],
    ['has another name', '{"format": 1, "experiment": "spring-appeal@1"}'],
  ] as const)
    it(`lists the others and names the file, given a conclusion that ${given}`, async () => {
      const broken = join(folder, 'experiments', 'broken@1');
      mkdirSync(broken);
      writeFileSync(join(broken, 'conclusion.json'), text);
      try {
        const {code, out, err} = await history();
        assert.equal(code, 0, err);
        assert.match(out, /index\.html: 2 experiments/);
        assert.match(err, /left out: .*broken@1\/conclusion\.json: expected/);
      } finally {
        rmSync(broken, {recursive: true});
      }
    });

  it('writes a page that says so, given an archive with nothing in it', async () => {
    const empty = aFolder({});
    const {code} = await run(['history', empty]);
    assert.equal(code, 0);
    assert.match(textIn(empty, 'index.html'), /None has ended yet/);
    assert.match(
      (await run(['history', empty, '--format', 'text'])).out,
      /No experiment has ended/,
    );
    assert.equal((await run(['history', empty, '--format', 'json'])).out, '[]\n');
  });

  for (const [given, args, message] of [
    ['a folder that is not there', ['nowhere'], /nowhere cannot be read \(ENOENT\)/],
    ['a format that is none', ['.', '--format', 'csv'], /--format to be html, text or json but/],
    ['a place that is none', ['.', '--out', 'no/where.html'], /no\/where\.html cannot be written/],
  ] as const) {
    it(`ends with 1 and a line, given ${given}`, async () => {
      const {code, err} = await run(['history', ...args]);
      assert.equal(code, 1);
      assert.match(err, message);
    });
  }
});

describe('the archive of a configuration', {timeout: longTestLimit}, () => {
  it('is the folder beside the campaigns file, read anew each time', async () => {
    const folder = aTest(published);
    const {offers, ...config} = aConfig() as {offers: unknown};
    assert.ok(offers);
    writeFileSync(
      join(folder, 'companion.json'),
      JSON.stringify({...config, campaigns: 'campaigns.json'}),
    );
    const env = {...secrets, REPORT_TOKEN: 'a-token-of-the-newsroom'};
    const {server} = await readConfig(join(folder, 'companion.json'), env);
    const archive = server.report!.archive as () => Promise<readonly {conclusion: Conclusion}[]>;
    assert.deepEqual(await archive(), []);
    assert.equal((await conclude(folder, '--keep', 'plain-words')).code, 0);
    assert.deepEqual(
      (await archive()).map(({conclusion}) => conclusion.experiment),
      ['autumn-appeal@1'],
    );
  });
});
