import assert from 'node:assert/strict';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {sql} from 'kysely';
import {openDatabase, sqlStore} from '../../src/companion.js';
import type {InputCount} from '../../src/report/input-count.js';
import {planOf} from '../../src/cli/plan.js';
import {aFolder, run} from './fixtures.js';
import {longTestLimit} from '../../../test/time-limit.js';

const campaigns = (change: (file: Record<string, unknown>) => void = () => undefined) => {
  const file = {
    currency: 'EUR',
    companion: '/companion',
    offer: {monthly: {EUR: {min: 200, max: 50_000, presets: [300, 500], preset: 500}}},
    campaigns: [{id: 'winter', copy: {heading: 'A message', body: ['From {from} a month.']}}],
    experiments: [
      {
        ...{id: 'autumn-appeal', version: 1, campaign: 'winter'},
        arms: {
          control: {weight: 0.5},
          'plain-words': {weight: 0.5, overrides: {copy: {heading: 'You read us.'}}},
        },
        plan: {days: 14, readers: 3000},
      },
    ],
  };
  change(file);
  return JSON.stringify(file);
};
type Loose = {
  experiments: {version: number; arms: Record<string, {weight: number; overrides?: object}>}[];
};
const loosely = (change: (file: Loose) => void) =>
  campaigns(file => change(file as unknown as Loose));

describe('plan', () => {
  const options = {rate: '0.4%', arms: '2', spread: '1.4'};

  it('says how many readers, gifts and days a lift takes', () => {
    const [money, gifts] = planOf({...options, lift: '50%', daily: '6000'});
    assert.match(
      money!,
      /^To find 50 % more money per reader: 61,927 readers in each of 2 versions, about 248 gifts each, 21 days/,
    );
    assert.match(gifts!, /all of the same size: 20,849 readers each, 7 days/);
  });

  it('says the other way round what can be found', () => {
    const [found] = planOf({...options, daily: '6000', days: '28'});
    assert.match(
      found!,
      /^In 28 days with 6,000 readers a day, 2 versions can show a lift of 42 % in money/,
    );
  });

  it('gives what the campaigns file wants', () => {
    const last = planOf({...options, lift: '0.5', daily: '6000'}).at(-1)!;
    const {plan} = JSON.parse(`{${last.slice(last.indexOf('"plan"'))}}`) as {plan: object};
    assert.deepEqual(Object.keys(plan), ['giftRate', 'lift', 'readers', 'days']);
  });

  for (const [what, args, message] of [
    ['no rate', ['--lift', '1'], /required option '--rate <share>'/],
    [
      'a rate that is none',
      ['--rate', 'many', '--lift', '1'],
      /expected --rate to be a number above 0 but received many/,
    ],
    [
      'neither a lift nor a time',
      ['--rate', '1%'],
      /expected --lift, or both --daily and --days, but received neither/,
    ],
    [
      'half a version',
      ['--rate', '1%', '--lift', '1', '--arms', '2.5'],
      /--arms to be a whole number/,
    ],
    [
      'a lift and a time',
      ['--rate', '1%', '--lift', '1', '--days', '9'],
      /expected --lift, .*, or --days, .*, but received both/,
    ],
    [
      'more gifts than readers',
      ['--rate', '60%', '--lift', '1'],
      /fewer gifts than readers but received 60% and 1/,
    ],
  ] as const) {
    it(`ends with 1 and a line, given ${what}`, async () => {
      const {code, err} = await run(['plan', ...args]);
      assert.equal(code, 1);
      assert.match(err, message);
    });
  }
});

describe('planOf()', () => {
  const options = {rate: '0.4%', arms: '2', spread: '1.4'};

  for (const rate of [
    '0.4%',
    '0,4%',
    '0.4 %',
    '0,40 %',
    '0.004',
    '0,004',
    '.4%'.padStart(4, '0'),
  ]) {
    it(`understands a rate of ${rate}`, () =>
      assert.deepEqual(planOf({...options, rate, lift: '50%'}), planOf({...options, lift: '0,5'})));
  }

  for (const rate of ['20%', '20,0 %', '0.2', '0,2']) {
    it(`takes a rate of ${rate}, which may be so high`, () =>
      assert.deepEqual(
        planOf({...options, rate, lift: '50%'}),
        planOf({...options, rate: '20%', lift: '50%'}),
      ));
  }

  for (const [what, change, problem] of [
    [
      'a rate of 0.4',
      {rate: '0.4'},
      /--rate .* 0\.4, which is 40%: did you mean 0\.4%\? Write 40%/,
    ],
    ['a rate of 0,4', {rate: '0,4'}, /--rate .* 0,4, which is 40%: did you mean 0,4%\?/],
    ['a rate of 4', {rate: '4'}, /--rate .* 4, which is 400%: did you mean 4%\?/],
    ['a rate of 0.21', {rate: '0.21'}, /--rate .* 0\.21, which is 21%: did you mean 0\.21%\?/],
    ['a lift of 20', {lift: '20'}, /--lift .* 20, which is 2000%: did you mean 20%\? Write 2000%/],
    ['readers of 6,000', {daily: '6,000'}, /--daily .* 6,000: did you mean 6000 or 6\.000\?/],
    ['a rate of two commas', {rate: '0,4,1'}, /--rate to be a number above 0 but received 0,4,1/],
    ['a rate of a sign', {rate: '%'}, /--rate to be a number above 0 but received %/],
  ] as const) {
    it(`asks what was meant, given ${what}`, () =>
      assert.throws(() => planOf({...options, lift: '50%', ...change}), problem));
  }

  it('takes a rate of 40 % that is written as such', () => {
    assert.match(planOf({...options, rate: '40%', lift: '50%'})[0]!, /^To find 50 % more money/);
  });

  it('promises nothing in a time in which there is no verdict', () => {
    const [short] = planOf({...options, daily: '6000', days: '6'});
    assert.match(short!, /^In 6 days with 6,000 readers a day, there is no verdict: .* 7 days\.$/);
    const [few] = planOf({...options, daily: '10', days: '28'});
    assert.match(few!, /no verdict: .* That is 1,250 days\.$/);
  });

  it('plans for the gifts that a verdict needs', () => {
    const [money] = planOf({...options, rate: '20%', lift: '300%'});
    assert.match(money!, /: 125 readers in each of 2 versions, about 25 gifts each/);
  });
});

describe('check', {timeout: longTestLimit}, () => {
  const check = async (text: string, ...more: string[]) => {
    const folder = aFolder({'campaigns.json': text, 'published.json': campaigns()});
    return run([
      'check',
      join(folder, 'campaigns.json'),
      ...more.map(one => one.replace('FOLDER', folder)),
    ]);
  };

  it('has nothing against a sound file', async () => {
    const {code, out} = await check(campaigns(), '--against', 'FOLDER/published.json');
    assert.equal(code, 0);
    assert.match(out, /^Nothing is wrong\.$/m);
  });

  it('takes a published file with the words of 0.1.0 for the same experiments', async () => {
    const folder = aFolder({
      'campaigns.json': campaigns(),
      'published.json': campaigns()
        .replaceAll('"overrides":', '"set":')
        .replaceAll('"metric":', '"goal":'),
    });
    const {code, err} = await run([
      'check',
      join(folder, 'campaigns.json'),
      '--against',
      join(folder, 'published.json'),
    ]);
    assert.deepEqual({code, err}, {code: 0, err: ''});
  });

  for (const {given, text, message} of [
    {
      given: 'weights that do not add up',
      text: loosely(file => (file.experiments[0]!.arms['control']!.weight = 0.4)),
      message: /experiments\[0\]\.arms: have weights that add up to 0\.9, not to 1/,
    },
    {
      given: 'no control',
      text: loosely(file => {
        const {control, ...others} = file.experiments[0]!.arms;
        file.experiments[0]!.arms = {...others, other: {...control!, overrides: {format: 'bar'}}};
      }),
      message: /experiments\[0\]\.arms: must have a control/,
    },
    {
      given: 'an arm that changed under its version',
      text: loosely(
        file => (file.experiments[0]!.arms['plain-words']!.overrides = {format: 'bar'}),
      ),
      message:
        /experiments\[0\]\.arms\.plain-words: shows something else under version 1: give it version 2/,
    },
    {
      given: 'an arm that promises what its offer does not have',
      text: loosely(
        file =>
          (file.experiments[0]!.arms['plain-words']!.overrides = {
            copy: {heading: 'Just €4 a month'},
          }),
      ),
      message:
        /experiments\[0\]\.arms\.plain-words\.overrides\.copy\.heading: promises €4, which the offer does not have/,
    },
    {
      given: 'an arm that takes away a price the campaign promises',
      text: campaigns(file => {
        (file['campaigns'] as {copy: object}[])[0]!.copy = {heading: 'From €2 a month'};
        const offer = {monthly: {EUR: {min: 300, max: 900, presets: [300], preset: 300}}};
        (file as unknown as Loose).experiments[0]!.arms['plain-words']!.overrides = {offer};
      }),
      message: /^experiments\[0\]\.arms\.plain-words\.overrides\.copy\.heading: promises €2/,
    },
    {given: 'no JSON', text: '{', message: /^the file: cannot be read: SyntaxError/},
    {
      given: 'a comma too many',
      text: '{\n  "campaigns": [],\n}',
      message: /^the file: cannot be read: SyntaxError: line 3, column 1/,
    },
  ]) {
    it(`ends with 1, given ${given}`, async () => {
      const {code, err} = await check(text, '--against', 'FOLDER/published.json');
      assert.equal(code, 1);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n {4}at /);
    });
  }

  const warnings = async (text: string) => {
    const {code, out, err} = await check(text);
    assert.equal(code, 0, err);
    assert.match(out, /^Nothing is wrong\.$/m);
    return err;
  };

  for (const [given, change] of [
    ['an experiment', () => undefined],
    ['a holdback', (file: Record<string, unknown>) => void (file['holdback'] = 0.05)],
    [
      'one of two experiments that runs',
      (file: Record<string, unknown>) => {
        const [experiment] = file['experiments'] as object[];
        file['experiments'] = [{...experiment, id: 'old', on: false}, experiment];
      },
    ],
  ] as const) {
    it(`warns of ${given} without a companion, which nobody counts`, async () => {
      const text = campaigns(file => {
        delete file['companion'];
        change(file);
      });
      assert.match(await warnings(text), /^warning: companion: is missing, so that nobody counts/m);
    });
  }

  it('says nothing of a companion where no experiment runs', async () => {
    const text = campaigns(file => {
      delete file['companion'];
      Object.assign((file['experiments'] as object[])[0]!, {on: false});
    });
    assert.equal(await warnings(text), '');
  });

  for (const [given, overrides, same] of [
    ['an empty change', {}, true],
    ['an empty copy', {copy: {}}, true],
    ['the heading that it has', {copy: {heading: 'A message'}}, true],
    [
      'all its copy in another order',
      {copy: {body: ['From {from} a month.'], heading: 'A message'}},
      true,
    ],
    ['another heading', {copy: {heading: 'A massage'}}, false],
    ['a paragraph more', {copy: {body: ['From {from} a month.', 'Please.']}}, false],
    ['another cadence', {cadence: {closeDays: 30}}, false],
  ] as const) {
    it(`${same ? 'warns of' : 'takes'} an arm that changes ${given}`, async () => {
      const text = loosely(file => {
        file.experiments[0]!.arms['plain-words'] = {
          weight: 0.5,
          overrides,
        };
      }).replace('"version":1', '"version":2');
      const path =
        /^warning: experiments\[0\]\.arms\.plain-words: shows readers the same as control:/m;
      const err = await warnings(text);
      if (same) assert.match(err, path);
      else assert.equal(err, '');
    });
  }

  it('warns of two arms that are the same, and takes one that shows nothing', async () => {
    const text = loosely(file => {
      const overrides = {copy: {heading: 'You read us.'}};
      const arms = {control: {}, a: {overrides}, b: {overrides}, none: {enabled: false}};
      file.experiments[0]!.arms = Object.fromEntries(
        Object.entries(arms).map(([name, arm]) => [name, {weight: 0.25, ...arm}]),
      );
    }).replace('"version":1', '"version":2');
    const err = await warnings(text);
    assert.match(err, /arms\.b: shows readers the same as a:/);
    assert.equal(err.trim().split('\n').length, 1);
  });

  for (const [given, control, other, warning] of [
    ['even arms', 0.5, 0.5, undefined],
    ['80 to 20', 0.8, 0.2, undefined],
    ['85 to 15', 0.85, 0.15, /is split 85 to 15 with control, which takes about 9,804 readers/],
    ['90 to 10', 0.9, 0.1, /is split 90 to 10 with control, which takes about 13,889 readers/],
    ['10 to 90', 0.1, 0.9, /weight: is split 90 to 10 .* instead of 5,000, and more gifts/],
  ] as const) {
    it(`${warning ? 'warns of' : 'takes'} a split: ${given}`, async () => {
      const text = loosely(file => {
        const [experiment] = file.experiments;
        Object.assign(experiment!, {plan: {days: 14, readers: 5000}, version: 2});
        const {arms} = experiment!;
        arms['control']!.weight = control;
        arms['plain-words']!.weight = other;
      });
      const err = await warnings(text);
      if (warning) assert.match(err, warning);
      else assert.equal(err, '');
    });
  }

  it('keeps a lock, and holds the next version to it', async () => {
    const changed = loosely(file => {
      file.experiments[0]!.arms['control']!.weight = 0.6;
      file.experiments[0]!.arms['plain-words']!.weight = 0.4;
    });
    const folder = aFolder({'a.json': campaigns(), 'b.json': changed});
    const lock = join(folder, 'campaigns.lock.json');
    assert.equal((await run(['check', join(folder, 'a.json'), '--lock', lock])).code, 0);
    const {code, err} = await run(['check', join(folder, 'b.json'), '--lock', lock]);
    assert.equal(code, 1);
    assert.match(err, /experiments\[0\]\.arms: has other arms or weights under version 1/);
    assert.equal(readFileSync(lock, 'utf8'), campaigns());
  });
});

describe('simulate and report', {timeout: longTestLimit}, () => {
  it('lead from a file to a decision', async () => {
    const folder = aFolder({'campaigns.json': campaigns()});
    const file = join(folder, 'campaigns.json');
    const log = join(folder, 'events.jsonl');
    const simulated = await run([
      ...['simulate', file, '--readers', '4000', '--days', '14', '--rate', '3%', '--lift', '1'],
      ...['--from', '2026-10-01', '--out', log],
    ]);
    assert.equal(simulated.code, 0, simulated.err);
    assert.match(simulated.out, /Nothing of this happened/);
    assert.match(simulated.out, /plain-words: [12],\d{3} readers, \d+ gifts/);

    const report = (...more: string[]) => run(['report', '--campaigns', file, ...more]);
    const text = await report('--events', log);
    assert.equal(text.code, 0, text.err);
    assert.match(text.out, /^plain-words earns more/);

    const csv = await report('--events', log, '--format', 'csv', '--out', join(folder, 'sums.csv'));
    assert.equal(csv.code, 0, csv.err);
    const [fromLog, fromSums] = await Promise.all([
      report('--events', log, '--format', 'json', '--until', '2026-10-20'),
      report('--sums', join(folder, 'sums.csv'), '--format', 'json', '--until', '2026-10-20'),
    ]);
    assert.match(fromLog.err, /^[\d,]+ lines, [\d,]+ understood, 0 left out\.\n$/);
    const {input, ...resultsFromLog} = JSON.parse(fromLog.out) as {input: InputCount};
    assert.deepEqual(JSON.parse(fromSums.out), resultsFromLog);
    assert.equal(input.understood, input.lines);
    const early = await report('--events', log, '--until', '2026-10-07');
    assert.match(early.out, /, 2026-10-01 to 2026-10-07\.$/m);

    const page = join(folder, 'report.html');
    const html = await report(
      '--events',
      log,
      '--format',
      'html',
      '--out',
      page,
      '--label',
      'Made up',
    );
    assert.equal(html.code, 0, html.err);
    const drawn = readFileSync(page, 'utf8');
    assert.match(drawn, /<p class="label">Made up<\/p>/);
    // The real element, with its shadow root in the markup.
    assert.equal(drawn.match(/data-drawn="element"/g)!.length, 2);
    assert.match(drawn, /<template shadowroot="open" shadowrootmode="open"/);
  });

  it('name the lines that are left out, on standard error and in every format', async () => {
    const folder = aFolder({
      'campaigns.json': campaigns(),
      'events.jsonl': [
        ...Array.from({length: 150}, (_, i) => ({
          ...{name: 'exposure', experiment: 'autumn-appeal@1', arm: 'control'},
          ...{exposure: `x-${i}`, at: '2026-10-01T10:00:00Z'},
        })),
        {kind: 'gift', id: 'g', rank: 1, state: 'paid', amount: {minor: 500, currency: 'EUR'}},
      ]
        .map(line => `${JSON.stringify(line)}\n`)
        .join(''),
    });
    const text = /151 lines, 150 understood, 1 left out, the first: line 151: expected `frequency`/;
    const report = (...more: string[]) =>
      run([
        ...['report', '--campaigns', join(folder, 'campaigns.json')],
        ...['--events', join(folder, 'events.jsonl'), ...more],
      ]);
    for (const format of ['text', 'html', 'json', 'csv']) {
      const {code, out, err} = await report('--format', format);
      assert.equal(code, 0, err);
      assert.match(err, text);
      if (format === 'text' || format === 'html') assert.match(out, text);
      if (format !== 'json') continue;
      const {input} = JSON.parse(out) as {input: InputCount};
      assert.equal(input.leftOut, 1);
      assert.match(input.first!, /^line 151: expected `frequency` to be monthly, annual or once/);
    }
    const page = join(folder, 'report.html');
    const written = await report('--format', 'html', '--out', page);
    assert.match(written.err, text);
    assert.match(readFileSync(page, 'utf8'), text);
  });

  it('play versions that bring less, too', async () => {
    const file = join(aFolder({'campaigns.json': campaigns()}), 'campaigns.json');
    const {code, out, err} = await run(['simulate', file, '--readers', '1', '--lift', '-50,0 %']);
    assert.equal(code, 0, err);
    assert.match(out, /^1 made-up reader in 28 days\./);
  });

  for (const [what, args, message] of [
    ['a day that is none', ['--from', 'yesterday'], /expected --from to be a day such as/],
    ['a lift below nothing', ['--lift', '-100%'], /expected --lift to be a number above -1/],
    ['a rate of 0.4', ['--rate', '0.4'], /which is 40%: did you mean 0\.4%\?/],
    ['a lift of 50', ['--lift', '50'], /which is 5000%: did you mean 50%\?/],
    ['no place for a log', ['--out', '/none/x'], /\/none\/x cannot be written \(ENOENT\)/],
  ] as const) {
    it(`end a simulation with 1 and a line, given ${what}`, async () => {
      const file = join(aFolder({'campaigns.json': campaigns()}), 'campaigns.json');
      const {code, err} = await run(['simulate', file, ...args]);
      assert.equal(code, 1);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n {4}at /);
    });
  }

  for (const [given, name] of [
    ['a path', 'typo.sqlite'],
    ['an address', 'file:typo.sqlite'],
    ['an address of slashes', 'file://typo.sqlite'],
    ['a path with a question mark', 'typo?.sqlite'],
  ] as const) {
    it(`create no database where there is none, given ${given}`, async () => {
      const folder = aFolder({'campaigns.json': campaigns()});
      const database = name.replace('typo', join(folder, 'typo'));
      const file = join(folder, 'campaigns.json');
      const {code, err} = await run(['report', '--campaigns', file, '--database', database]);
      assert.equal(code, 1);
      assert.match(err, /the database cannot be opened: \S*typo\S*\.sqlite does not exist/);
      assert.deepEqual(readdirSync(folder), ['campaigns.json']);
    });
  }

  it('change nothing in a database', async () => {
    const folder = aFolder({'campaigns.json': campaigns(), 'empty.sqlite': ''});
    const path = join(folder, 'support.sqlite');
    const database = await openDatabase(path);
    const day = '2026-10-01';
    await sqlStore(database).events.add(
      [
        {
          key: 'k',
          events: [{name: 'exposure', experiment: 'autumn-appeal@1', arm: 'control', count: 5}],
        },
      ],
      Date.parse(day),
    );
    // Otherwise the file changes when the connection is collected, some time after it was closed.
    await sql`pragma wal_checkpoint(truncate)`.execute(database.query);
    await database.close();
    const before = readFileSync(path);
    const report = (url: string) =>
      run(['report', '--campaigns', join(folder, 'campaigns.json'), '--database', url]);
    const {code, out, err} = await report(`file:${path}`);
    assert.equal(code, 0, err);
    assert.match(out, /autumn-appeal@1: 5 readers, 2026-10-01 to 2026-10-01/);
    assert.deepEqual(readFileSync(path), before);
    // It is no database of a companion, and does not become one.
    const empty = await report(join(folder, 'empty.sqlite'));
    assert.equal(empty.code, 1);
    assert.match(empty.err, /the database cannot be read: has this version of the companion ever/);
    assert.equal(readFileSync(join(folder, 'empty.sqlite')).length, 0);
  });

  it('keeps what was found in a file of looks, whatever later sums say', async () => {
    const folder = aFolder({'campaigns.json': campaigns()});
    const sumsOf = (gifts: number, more = 0) =>
      [
        'day,experiment,arm,readers,gifts,value,capped,squares,cubes',
        ...Array.from({length: 8 + more}, (_, i) =>
          [
            ['control', 10],
            ['plain-words', i < 8 ? gifts : 10],
          ].map(([arm, count]) => {
            const number = Number(count);
            const money = [number * 1000, number * 1000, number * 1e6, number * 1e9];
            const date = new Date(Date.UTC(2026, 9, 1 + i)).toISOString().slice(0, 10);
            return [date, 'autumn-appeal@1', arm, 100, number, ...money].join();
          }),
        ).flat(),
      ].join('\n');
    const looks = join(folder, 'looks.json');
    const report = async (sums: string, until: string) => {
      writeFileSync(join(folder, 'sums.csv'), sums);
      const source = ['--sums', join(folder, 'sums.csv'), '--looks', looks, '--until', until];
      return run(['report', '--campaigns', join(folder, 'campaigns.json'), ...source]);
    };
    const first = await report(sumsOf(30), '2026-10-08');
    assert.match(first.out, /^plain-words earns more: .* Keep it\.\n/, first.err);
    const written = readFileSync(looks, 'utf8');
    assert.match(written, /"boundary": "early"/);
    const later = await report(sumsOf(30, 4), '2026-10-12');
    assert.match(later.out, /^plain-words earns more: .* Keep it\. Seen on 2026-10-09\.\n/);
    const refunded = await report(sumsOf(12, 4), '2026-10-12');
    assert.match(refunded.out, /^Test again: on 2026-10-09 plain-words brought/);
    assert.equal(readFileSync(looks, 'utf8'), written);

    for (const [text, message] of [
      ['{', /looks\.json: expected JSON but received something else/],
      ['[]', /looks\.json: expected \{"looks": \[…\]\}/],
      ['{"looks": [5]}', /looks\[0\]: expected experiment to be a text/],
      [
        written.replace('"early"', '"soon"'),
        /looks\[0\]: expected boundary to be "early" or "end"/,
      ],
      [
        written.replace('"better"', '"best"'),
        /looks\[0\]: expected direction to be "better" or "worse"/,
      ],
      [
        written.replace(/"difference": [^,]+/, '"difference": null'),
        /looks\[0\]: expected difference to be a number/,
      ],
    ] as const) {
      writeFileSync(looks, text);
      const {code, err} = await report(sumsOf(30), '2026-10-08');
      assert.equal(code, 1);
      assert.match(err, message);
      assert.equal(readFileSync(looks, 'utf8'), text);
    }
  });

  for (const [what, args, message] of [
    [
      'looks beside a database, which keeps its own',
      ['--looks', 'looks.json', '--database', ':memory:'],
      /expected --looks beside --events or --sums: the companion keeps looks in its database/,
    ],
    ['no source', [], /expected --database, --events or --sums/],
    [
      'a log that is not there',
      ['--events', 'none.jsonl'],
      /none\.jsonl cannot be read: there is no such file/,
    ],
    ['a log that is a folder', ['--events', '.'], /\. cannot be read \(EISDIR\)/],
    [
      'two sources',
      ['--events', 'a.jsonl', '--sums', 'a.csv'],
      /expected one of --database, --events and --sums but received several/,
    ],
    [
      'sums of another version',
      ['--sums', 'SUMS'],
      /expected readers of autumn-appeal@1 but received those of autumn-appeal: are the name and the version right\?/,
    ],
    [
      'a place where nothing can be written',
      ['--events', '/dev/null', '--out', '/none/report.txt'],
      /\/none\/report\.txt cannot be written \(ENOENT\)/,
    ],
    [
      'half a day',
      ['--events', '/dev/null', '--until', '5'],
      /expected --until to be a day such as 2026-11-23 but received 5/,
    ],
    [
      'another experiment',
      ['--experiment', 'spring'],
      /expected an experiment of the file but received spring: there are autumn-appeal/,
    ],
    [
      'no such format',
      ['--format', 'pdf'],
      /expected --format to be html, text, json or csv but received pdf/,
    ],
  ] as const) {
    it(`ends with 1 and a line, given ${what}`, async () => {
      const folder = aFolder({
        'campaigns.json': campaigns(),
        'sums.csv':
          'day,experiment,arm,readers,gifts,capped,squares\n2026-10-01,autumn-appeal,control,9,1,5,25\n',
      });
      const given = args.map(one => (one === 'SUMS' ? join(folder, 'sums.csv') : one));
      const file = join(folder, 'campaigns.json');
      const {code, err} = await run(['report', '--campaigns', file, ...given]);
      assert.equal(code, 1);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n {4}at /);
    });
  }
});
