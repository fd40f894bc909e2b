import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import type {CampaignsFile} from 'reader-support/core';
import type {Conclusion} from '../../src/report/archive.js';
import {rewriteCampaigns} from '../../src/cli/rewrite-campaigns.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {aFolder, run} from './fixtures.js';
import {anAppeal, aTest, conclude, published, sumsOf, textIn} from './concluded.js';

const key = 'autumn-appeal@1';
const today = () => new Date().toISOString().slice(0, 10);
const winner = (text: string) =>
  text
    .replace('"heading": "A message"', '"heading": "You read us."')
    .replace('"lift": 0.2}\n', '"lift": 0.2},\n      "on": false\n');

describe('conclude', {timeout: longTestLimit}, () => {
  it('writes the winner into the campaign, ends the experiment and keeps the report', async () => {
    const folder = aTest();
    chmodSync(join(folder, 'campaigns.json'), 0o666);
    const {code, out, err} = await conclude(
      folder,
      ...['--keep', 'plain-words', '--note', 'Plain words work.'],
    );
    assert.equal(code, 0, err);
    assert.match(out, /^plain-words earns more: .* Keep it\./);
    assert.match(
      out,
      /campaigns\.json: autumn-appeal@1 has ended, and winter is now plain-words\./,
    );
    assert.equal(textIn(folder, 'campaigns.json'), winner(anAppeal));
    assert.equal(statSync(join(folder, 'campaigns.json')).mode & 0o777, 0o666);
    assert.deepEqual(readdirSync(folder).sort(), ['campaigns.json', 'experiments', 'sums.csv']);
    assert.deepEqual(readdirSync(join(folder, 'experiments')), [key]);
    const names = ['conclusion.json', 'report.html', 'report.json'];
    assert.deepEqual(readdirSync(join(folder, 'experiments', key)).sort(), names);

    const conclusion = JSON.parse(
      textIn(folder, 'experiments', key, 'conclusion.json'),
    ) as Conclusion;
    const before = JSON.parse(published) as CampaignsFile;
    const [campaign] = before.campaigns;
    const {kept, day, note, verdict, arms, readers, differences} = conclusion;
    assert.deepEqual(
      {kept, day, note, readers},
      {
        ...{kept: 'plain-words', day: today(), note: 'Plain words work.', readers: 3200},
      },
    );
    assert.match(verdict.text, /^plain-words earns more/);
    assert.deepEqual(arms, {
      control: campaign,
      'plain-words': {id: 'winter', copy: {...campaign!.copy, heading: 'You read us.'}},
    });
    assert.deepEqual(
      differences.map(({arm, value}) => [arm, Math.round(value)]),
      [['plain-words', 150_000]],
    );
    const report = JSON.parse(textIn(folder, 'experiments', key, 'report.json')) as {
      sentence: {text: string};
    };
    assert.equal(report.sentence.text, verdict.text);
    const html = textIn(folder, 'experiments', key, 'report.html');
    for (const words of ['A message', 'You read us.', 'Plain words work.', verdict.text])
      assert.ok(html.includes(words), words);
  });

  it('leaves the campaign as it is, given the control, and archives where it is told to', async () => {
    const folder = aTest(anAppeal, sumsOf(10, 10));
    const archive = join(folder, 'kept', 'tests');
    const {code, out, err} = await conclude(folder, '--keep', 'control', '--archive', archive);
    assert.equal(code, 0, err);
    assert.match(out, /winter stays as it is/);
    const expected = winner(anAppeal).replace(
      '"heading": "You read us."',
      '"heading": "A message"',
    );
    assert.equal(
      textIn(folder, 'campaigns.json'),
      expected.replace(/(overrides": \{"copy": \{"heading": )"A message"/, '$1"You read us."'),
    );
    assert.deepEqual(readdirSync(archive), [key]);
    assert.ok(!existsSync(join(folder, 'experiments')));
  });

  it('passes check afterwards, also against a lock from before', async () => {
    const folder = aTest(published);
    const check = (...more: string[]) => run(['check', join(folder, 'campaigns.json'), ...more]);
    const lock = ['--lock', join(folder, 'lock.json')];
    assert.equal((await check(...lock)).code, 0);
    assert.equal((await conclude(folder, '--keep', 'plain-words')).code, 0);
    assert.deepEqual(await check(), {code: 0, out: 'Nothing is wrong.\n', err: ''});
    assert.deepEqual(await check(...lock), {code: 0, out: 'Nothing is wrong.\n', err: ''});
  });

  it('writes down what the look found, in the file of looks', async () => {
    const folder = aTest();
    const looks = join(folder, 'looks.json');
    assert.equal((await conclude(folder, '--keep', 'plain-words', '--looks', looks)).code, 0);
    assert.match(textIn(folder, 'looks.json'), /"arm": "plain-words"/);
  });

  it('ends an experiment that was switched off by hand', async () => {
    const folder = aTest(anAppeal.replace('"version": 1,', '"version": 1, "on": false,'));
    const {code, err} = await conclude(folder, '--keep', 'plain-words');
    assert.equal(code, 0, err);
    assert.match(textIn(folder, 'campaigns.json'), /"heading": "You read us.", \/\/ of ours/);
  });

  const off = anAppeal.replace('"version": 1,', '"version": 1, "on": false,');
  const layered = anAppeal
    .replace('"arms":', '"layer": {"name": "appeals", "from": 0, "to": 0.5},\n      "arms":')
    .replace(
      /\n {4}\}\n {2}\]\n\}\n$/,
      `
    },
    {
      "id": "winter-look", "version": 3, "campaign": "winter",
      "layer": {"name": "appeals", "from": 0.5, "to": 1},
      "arms": {"control": {"weight": 0.5}, "bar": {"weight": 0.5, "overrides": {"format": "bar"}}}
    }
  ]
}
`,
    );
  const plain = ['--keep', 'plain-words'];
  const rows: readonly {
    readonly given: string;
    readonly text?: string;
    readonly sums?: string;
    readonly args?: readonly string[];
    readonly message: RegExp;
    /** Whether `--anyway` ends it. */
    readonly anyway?: true;
  }[] = [
    {
      given: 'an experiment that is unknown',
      text: anAppeal.replace('"id": "autumn-appeal"', '"id": "summer-appeal"'),
      message:
        /expected an experiment of the file but received autumn-appeal: there are summer-app/,
    },
    {
      given: 'an arm that is unknown',
      args: ['--keep', 'plain'],
      message:
        /--keep to be an arm of autumn-appeal@1 but received plain: there are control, plain-w/,
    },
    {
      given: 'an arm with the name of a property of every object',
      args: ['--keep', 'constructor'],
      message: /--keep to be an arm of autumn-appeal@1 but received constructor/,
    },
    {given: 'no arm', args: [], message: /required option '--keep <arm>'/},
    {
      given: 'an arm that shows nothing',
      text: anAppeal.replace(
        '"overrides": {"copy": {"heading": "You read us."}}',
        '"enabled": false',
      ),
      message:
        /plain-words shows no appeal, .* keep control, and if nobody is to be asked, take winter/,
    },
    {
      given: 'an experiment that has ended, and whose winner is in the campaign',
      text: off.replace('"A message"', '"You read us."'),
      message: /autumn-appeal@1 has already ended: winter shows what plain-words showed/,
    },
    {
      given: 'the arm that loses',
      sums: sumsOf(40, 10),
      message: /the verdict is against plain-words: control earns more: .* say --anyway/,
      anyway: true,
    },
    {
      given: 'the control, where the other arm wins',
      args: ['--keep', 'control'],
      message: /the verdict is against control: plain-words earns more: .* say --anyway/,
      anyway: true,
    },
    {
      given: 'an arm that will hardly earn more',
      text: anAppeal.replace('"lift": 0.2', '"lift": 0.05'),
      sums: sumsOf(100, 96),
      message: /the verdict is against plain-words: plain-words will hardly earn more/,
      anyway: true,
    },
    {
      given: 'a winner that more readers closed',
      sums: sumsOf(10, 40, {closed: 60}),
      message: /the verdict is against plain-words: .* do not keep it before you know why/,
      anyway: true,
    },
    {
      given: 'another experiment that runs in the campaign',
      text: layered,
      message: /winter-look@3 runs in winter too, and its control would change under way/,
      anyway: true,
    },
    {
      given: 'claims that nobody has reviewed',
      text: anAppeal.replace('"You read us."', '"Your last chance"'),
      message: /would have problems afterwards:\n {2}campaigns\[0\]\.copy\.heading: /,
    },
    {
      given: 'a name that stands twice',
      text: anAppeal.replace('"heading": "A message",', '"heading": "A", "heading": "B",'),
      message: /does a name stand in it twice\?/,
    },
    {
      given: 'no JSON',
      text: `${anAppeal}}`,
      message: /campaigns\.json cannot be read: it is no JSON/,
    },
    {
      given: 'sums of another experiment',
      sums: sumsOf(10, 40, {experiment: 'autumn-appeal@2'}),
      message: /expected readers of autumn-appeal@1 but received those of autumn-appeal@2/,
    },
    {
      given: 'two sources',
      args: [...plain, '--database', 'file:none.sqlite'],
      message: /expected one of --database, --events and --sums/,
    },
  ];
  for (const {given, text = anAppeal, sums, args = plain, message, anyway} of rows) {
    it(`changes nothing and says why, given ${given}`, async () => {
      const folder = aTest(text, sums);
      const {code, err} = await conclude(folder, ...args);
      assert.equal(code, 1);
      assert.match(err, message);
      assert.equal(textIn(folder, 'campaigns.json'), text);
      assert.deepEqual(readdirSync(folder).sort(), ['campaigns.json', 'sums.csv']);
      if (!anyway) return;
      const forced = await conclude(folder, ...args, '--anyway');
      assert.equal(forced.code, 0, forced.err);
      assert.ok(existsSync(join(folder, 'experiments', key)));
    });
  }

  it('changes nothing and says why, given an experiment that was concluded before', async () => {
    const folder = aTest();
    assert.equal((await conclude(folder, '--keep', 'control', '--anyway')).code, 0);
    const ended = textIn(folder, 'campaigns.json');
    const again = await conclude(folder, ...plain);
    assert.equal(again.code, 1);
    assert.match(again.err, /has already ended: on \d{4}-\d\d-\d\d, control was kept/);
    assert.equal(textIn(folder, 'campaigns.json'), ended);
    writeFileSync(join(folder, 'campaigns.json'), anAppeal);
    const running = await conclude(folder, ...plain);
    assert.match(running.err, /but the file has it running: give it version 2/);
  });

  it('changes nothing, given an archive that cannot be written', async () => {
    for (const blocked of ['experiments', join('experiments', key)]) {
      const folder = aTest();
      if (blocked !== 'experiments') mkdirSync(join(folder, 'experiments'));
      writeFileSync(join(folder, blocked), 'a file');
      const {code, err} = await conclude(folder, ...plain);
      assert.equal(code, 1);
      assert.match(err, /experiments.* cannot be (made|written)/);
      assert.equal(textIn(folder, 'campaigns.json'), anAppeal);
      assert.equal(textIn(folder, blocked), 'a file');
      const names = ['campaigns.json', 'experiments', 'sums.csv'];
      assert.deepEqual(readdirSync(folder).sort(), names);
      if (blocked !== 'experiments')
        assert.deepEqual(readdirSync(join(folder, 'experiments')), [key]);
    }
  });
});

describe('rewriteCampaigns()', () => {
  it('refuses a file that changes while it is rewritten, and leaves it', async () => {
    const folder = aFolder({'campaigns.json': '{}'});
    const path = join(folder, 'campaigns.json');
    const rewriting = rewriteCampaigns(path, () => {
      writeFileSync(path, '{"campaigns": []}');
      return '{"currency": "EUR"}';
    });
    await assert.rejects(rewriting, /was changed meanwhile, and stays as it is: try again/);
    assert.equal(textIn(folder, 'campaigns.json'), '{"campaigns": []}');
    assert.deepEqual(readdirSync(folder), ['campaigns.json']);
  });

  it('leaves the file when what comes before the last step fails', async () => {
    const folder = aFolder({'campaigns.json': '{}'});
    const path = join(folder, 'campaigns.json');
    const rewriting = rewriteCampaigns(
      path,
      () => '[]',
      () => Promise.reject(new TypeError('no room')),
    );
    await assert.rejects(rewriting, /no room/);
    assert.equal(textIn(folder, 'campaigns.json'), '{}');
    assert.deepEqual(readdirSync(folder), ['campaigns.json']);
  });
});
