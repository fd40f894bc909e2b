import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {experimentKey, holdbackOf, type Experiment} from 'reader-support/core';
import {columns, type DailySum} from '../../src/report/daily-sum.js';
import {resultsOf, type Results} from '../../src/report/results.js';
import type {InputCount} from '../../src/report/input-count.js';
import type {Look} from '../../src/report/looks.js';
import {sentenceOf, type Sentence} from '../../src/report/sentence.js';
import {printText} from '../../src/report/text.js';
import {anExperiment, day, start} from './fixtures.js';

interface Arm {
  readonly readers?: number;
  readonly gifts?: number;
  readonly gift?: number;
  readonly closed?: number;
  readonly failed?: number;
}

/** The same numbers every day, gifts of one size. */
function rowsOf(days: number, arms: Record<string, Arm>): DailySum[] {
  const none = Object.fromEntries(columns.map(column => [column, 0])) as unknown as DailySum;
  return Array.from({length: days}, (_, i) =>
    Object.entries(arms).map(
      ([arm, {readers = 3000, gifts = 15, gift = 2000, closed = 30, failed = 0}]) => ({
        ...none,
        day: dayOf(i),
        ...{experiment: 'autumn-appeal@1', arm, readers, gifts, closed, failed},
        ...{seen: Math.round(readers * 0.8), opened: gifts * 4, started: gifts * 2},
        ...{value: gifts * gift, capped: gifts * gift},
        ...{squares: gifts * gift ** 2, cubes: gifts * gift ** 3},
      }),
    ),
  ).flat();
}

/** The day `i` days after the start. */
const dayOf = (i: number): string => new Date(start + i * day).toISOString().slice(0, 10);

const two = (b: Arm, a: Arm = {}) => ({control: a, 'plain-words': b});

const aLog = {lines: 1000, understood: 985, first: 'line 7: what'};

interface More {
  readonly input?: InputCount;
  readonly leftOut?: {unexposed: number; unrated: Record<string, number>};
  readonly looks?: readonly Look[];
  readonly now?: number;
}

function results(
  days: number,
  arms: Record<string, Arm>,
  changes: Partial<Experiment> = {},
  {now = start + days * day, looks, ...more}: More = {},
): Results {
  const tally = {rows: rowsOf(days, arms), ...more};
  return resultsOf(anExperiment(changes), tally, {now, looks});
}

/** A look of an earlier day, as it would have been written down. */
const aLook = (changes: Partial<Look> = {}): Look => ({
  ...{experiment: 'autumn-appeal@1', arm: 'plain-words', boundary: 'early', direction: 'better'},
  ...{day: dayOf(12), through: dayOf(11), difference: 8, low: 1, high: 15},
  ...changes,
});

const holdback = (held: number, days = 30): Results =>
  resultsOf(
    {...anExperiment(), ...holdbackOf(0.5), plan: {days: 30, readers: 180_000, lift: 0.2}},
    {
      rows: rowsOf(days, {control: {}, held: {gifts: held}}).map(row => ({
        ...row,
        experiment: experimentKey(holdbackOf(0.5)),
      })),
    },
    {now: start + days * day},
  );

const threeArms = {
  arms: {
    control: {weight: 0.4},
    b: {weight: 0.3},
    c: {weight: 0.3},
  },
  plan: {days: 28, readers: 280_000, lift: 0.2},
};
const three = (b: number, c: number) => ({
  control: {readers: 4000, gifts: 20},
  b: {readers: 3000, gifts: b},
  c: {readers: 3000, gifts: c},
});

/** Every sentence, with data that produces it. */
const states: readonly {
  given: string;
  found: Results;
  kind: Sentence['kind'];
  text: RegExp;
}[] = [
  {
    given: 'a clear lead that nobody writes down',
    found: results(14, two({gifts: 30})),
    kind: 'good',
    text: /^plain-words earns more: about €100 more per 1,000 readers \(likely €[\d.]+ to €[\d.]+\)\. Keep it\. This is as of today: no look was written down\.$/,
  },
  {
    given: 'a clear lead where looks are written down',
    found: results(14, two({gifts: 30}), {}, {looks: []}),
    kind: 'good',
    text: /^plain-words earns more: .*\)\. Keep it\.$/,
  },
  {
    given: 'a lead of an earlier day that is no longer clear',
    found: results(14, two({gifts: 24}), {}, {looks: [aLook()]}),
    kind: 'good',
    text: /^plain-words earns more: about €80 more per 1,000 readers \(likely €10 to €150\)\. Keep it\. Seen on 2026-10-13\.$/,
  },
  {
    given: 'a lead at the planned end that late gifts have made unclear',
    found: results(
      28,
      two({gifts: 20}),
      {},
      {looks: [aLook({boundary: 'end', through: dayOf(27), difference: 4, day: dayOf(28)})]},
    ),
    kind: 'good',
    text: /^plain-words earns more: about €40 more .* Keep it\. Seen on 2026-10-29\.$/,
  },
  {
    given: 'a lead of an earlier day of which refunds have left less than half',
    found: results(14, two({gifts: 16}), {}, {looks: [aLook()]}),
    kind: 'broken',
    text: /^Test again: on 2026-10-13 plain-words brought €80 more per 1,000 readers, which was enough to decide, but refunds and late gifts have since taken back more than half of that\.$/,
  },
  {
    given: 'a loss of an earlier day that late gifts have made up for',
    found: results(
      14,
      two({gifts: 15}),
      {},
      {looks: [aLook({direction: 'worse', difference: -8, low: -15, high: -1})]},
    ),
    kind: 'broken',
    text: /^Test again: on 2026-10-13 plain-words brought €80 less per 1,000 readers/,
  },
  {
    given: 'a clear lead with more closes',
    found: results(14, two({gifts: 30, closed: 60})),
    kind: 'wait',
    text: /^plain-words earns more: .* But more readers closed it \(2\.0 % instead of 1\.0 %\): do not keep it before you know why\./,
  },
  {
    given: 'a clear lead with more failed checkouts',
    found: results(14, two({gifts: 30, failed: 30}, {failed: 3})),
    kind: 'wait',
    text: /^plain-words earns more: .* But more of its checkouts failed \(50\.0 % instead of 10\.0 %\): do not keep it/,
  },
  {
    given: 'a clear lead of the control',
    found: results(14, two({gifts: 4})),
    kind: 'good',
    text: /^control earns more: plain-words brings about €73 less per 1,000 readers .* Keep control\. This is as of today/,
  },
  {
    given: 'a clear lead of the control over two versions',
    found: results(14, three(3, 4), threeArms),
    kind: 'good',
    text: /^control earns more: the best other version brings about €73 less per 1,000 readers .* Keep control\./,
  },
  {
    given: 'half of the readers and no lead',
    found: results(14, two({gifts: 16})),
    kind: 'wait',
    text: /^Too early: 50 % of planned readers, about 14 days to go\. No version leads yet\.$/,
  },
  {
    given: 'half of the time, without a plan of readers',
    found: results(14, two({gifts: 16}), {plan: {days: 28}}),
    kind: 'wait',
    text: /^Too early: about 14 days to go\. No version leads yet\.$/,
  },
  {
    given: 'five weeks without any plan',
    found: results(35, two({gifts: 16}), {plan: {}}),
    kind: 'wait',
    text: /^Too early: no version leads yet\. The experiment has no plan/,
  },
  {
    given: 'a version that halves the money for a week',
    found: results(7, two({gifts: 5, readers: 2071}, {gifts: 10, readers: 2071})),
    kind: 'even',
    text: /^plain-words will hardly earn more: at best about €7\.23 more per 1,000 readers, and 20 % \(€19\) was worth knowing of\. Keep control\.$/,
  },
  {
    given: 'a version that can hardly reach what is worth knowing of',
    found: results(27, two({gifts: 13}), {plan: {readers: 168_000, lift: 0.25}}),
    kind: 'even',
    text: /^plain-words will hardly earn more: at best about €[\d.]+ more per 1,000 readers, and 25 % \(€25\) was worth knowing of\. Keep control\.$/,
  },
  {
    given: 'two versions that can hardly reach what is worth knowing of',
    found: results(28, three(14, 14), threeArms),
    kind: 'even',
    text: /^no other version will earn much more: at best about €[\d.]+ more .* Keep control\.$/,
  },
  {
    given: 'the planned readers and an interval within what is worth knowing of',
    found: results(28, two({gifts: 15}), {plan: {readers: 168_000, lift: 0.3}}),
    kind: 'even',
    text: /^No meaningful difference: between the versions lie less than the 30 % \(€30\) per 1,000 readers that were worth knowing of\. Choose by taste\.$/,
  },
  {
    given: 'the planned readers and no lead',
    found: results(28, two({gifts: 16})),
    kind: 'even',
    text: /^Could not tell: between €[\d.]+ less and €[\d.]+ more per 1,000 readers\. All planned readers came: keep what you have, or test something bolder\.$/,
  },
  {
    given: 'the planned readers and no lead, looked at before',
    found: results(
      28,
      two({gifts: 40}),
      {},
      {
        looks: [
          {
            ...{experiment: 'autumn-appeal@1', arm: 'plain-words', boundary: 'end'},
            ...{day: dayOf(28), through: dayOf(27), difference: 1, low: -2, high: 4},
          },
        ],
      },
    ),
    kind: 'even',
    text: /^Could not tell: between €20 less and €40 more per 1,000 readers\. All planned readers came/,
  },
  {
    given: 'the planned days without a plan of readers',
    found: results(28, two({gifts: 16}), {plan: {days: 28}}),
    kind: 'even',
    text: /^Could not tell: .* The planned days are over: keep what you have, or test something bolder\.$/,
  },
  {
    given: 'the planned days with half of the readers',
    found: results(28, two({gifts: 16}), {plan: {readers: 329_000, days: 28}}),
    kind: 'wait',
    text: /^Could not tell: between €[\d.]+ less and €[\d.]+ more per 1,000 readers\. 51 % of the planned readers came; four more weeks would do, or test something bolder\.$/,
  },
  {
    given: 'the planned days with nearly all readers',
    found: results(28, two({gifts: 16}), {plan: {readers: 180_000, days: 28}}),
    kind: 'wait',
    text: /93 % of the planned readers came; two more days would do, or test something bolder\.$/,
  },
  {
    given: 'the planned days with hardly any readers',
    found: results(28, two({gifts: 16}), {plan: {readers: 9_000_000, days: 28}}),
    kind: 'wait',
    text: /2 % of the planned readers came; test something bolder\.$/,
  },
  {
    given: 'two versions that nobody can tell apart',
    found: results(28, three(16, 17), threeArms),
    kind: 'even',
    text: /^Could not tell: c brings between €[\d.]+ less and €[\d.]+ more per 1,000 readers\./,
  },
  {
    given: 'half of the readers and no lead, when it is switched off',
    found: results(14, two({gifts: 16}), {on: false}),
    kind: 'even',
    text: /^Could not tell: .* It was ended after 14 days with 50 % of the planned readers: keep what you have, or test again for longer\.$/,
  },
  {
    given: 'no plan of readers, when it is switched off',
    found: results(14, two({gifts: 16}), {on: false, plan: {days: 28}}),
    kind: 'even',
    text: /^Could not tell: .* It was ended after 14 days: keep what you have/,
  },
  {
    given: 'three days, when it is switched off',
    found: results(3, two({gifts: 16}), {on: false}),
    kind: 'even',
    text: /^Ended too early for a verdict: it needed 7 whole days \(4 are missing\)\. Nothing can be said of the versions\.$/,
  },
  {
    given: 'a clear lead, when it is switched off',
    found: results(14, two({gifts: 30}), {on: false}),
    kind: 'good',
    text: /^plain-words earns more: .* Keep it\./,
  },
  {
    given: 'gifts that do not vary and readers who all gave, at the end',
    found: results(28, two({readers: 3000, gifts: 3000}, {readers: 3000, gifts: 3000})),
    kind: 'even',
    text: /^Could not tell: nothing can be said of the difference\./,
  },
  {
    given: 'readers who were not split as planned',
    found: results(28, two({gifts: 60, readers: 3300})),
    kind: 'broken',
    text: /^Do not trust this test: readers were not split as planned \(control got 47\.6 % instead of 50\.0 %/,
  },
  {
    given: 'a split of 80 to 20 in sums without cubes',
    found: (() => {
      const arms = {control: {weight: 0.8}, 'plain-words': {weight: 0.2}};
      const rows = rowsOf(14, two({readers: 1000, gifts: 9}, {readers: 4000})).map(row => ({
        ...row,
        cubes: 0,
      }));
      return resultsOf(anExperiment({arms}), {rows}, {now: start + 14 * day});
    })(),
    kind: 'broken',
    text: /^This test cannot be judged: its versions are far from equal in size, and the sums have no column cubes/,
  },
  {
    given: 'a split of 90 to 10 in which few gifts bring most of the money',
    found: (() => {
      const arms = {control: {weight: 0.9}, 'plain-words': {weight: 0.1}};
      const whale = (row: DailySum) => {
        const gift = row.arm === 'control' ? 90_000 : 0;
        return {
          ...row,
          ...{value: row.value + gift, capped: row.capped + gift},
          ...{squares: row.squares + gift ** 2, cubes: row.cubes + gift ** 3},
        };
      };
      const rows = rowsOf(14, two({readers: 600, gifts: 3}, {readers: 5400, gifts: 27})).map(whale);
      return resultsOf(anExperiment({arms}), {rows}, {now: start + 14 * day});
    })(),
    kind: 'wait',
    text: /^Too early: no verdict before [\d,]+ gifts in plain-words \([\d,]+ are missing\), because the versions differ in size and few gifts bring most of the money\.$/,
  },
  {
    given: 'five days',
    found: results(5, two({gifts: 60})),
    kind: 'wait',
    text: /^Too early: no verdict before 7 whole days \(2 are missing\)\.$/,
  },
  {
    given: 'few gifts',
    found: results(8, two({gifts: 3})),
    kind: 'wait',
    text: /^Too early: no verdict before 25 gifts in every version \(1 is missing in one\)\.$/,
  },
  {
    given: 'few gifts at the end',
    found: results(28, two({gifts: 0})),
    kind: 'wait',
    text: /^Not enough gifts for a verdict: it needs 25 gifts in every version \(25 are missing in one\), and the planned readers have come\. Test something bolder, or for longer\.$/,
  },
  {
    given: 'few gifts when the days are over',
    found: results(28, two({gifts: 0}), {plan: {readers: 400_000, days: 28}}),
    kind: 'wait',
    text: /^Not enough gifts for a verdict: .* and the planned days are over\./,
  },
  {
    given: 'few gifts, when it is switched off',
    found: results(14, two({gifts: 0}), {on: false}),
    kind: 'even',
    text: /^Ended too early for a verdict: it needed 25 gifts in every version/,
  },
  {
    given: 'a log of which more than 1 % is not understood',
    found: results(14, two({gifts: 30}), {}, {input: {...aLog, leftOut: 15}}),
    kind: 'broken',
    text: /^This test cannot be judged: 15 of 1,000 lines are left out, more than 1 %, .* The first: line 7: what$/,
  },
  {
    given: 'a log of which less is not understood',
    found: results(14, two({gifts: 30}), {}, {input: {...aLog, leftOut: 10}}),
    kind: 'good',
    text: /^plain-words earns more/,
  },
  {
    given: 'a currency without a rate',
    found: results(28, two({gifts: 60}), {}, {leftOut: {unexposed: 0, unrated: {CHF: 3}}}),
    kind: 'broken',
    text: /^This test cannot be judged: gifts in CHF have no declared rate/,
  },
  {
    given: 'nothing at all',
    found: results(0, two({})),
    kind: 'wait',
    text: /^Too early: no verdict before 25 gifts in every version \(25 are missing in one\) and 7 whole days \(7 are missing\)\.$/,
  },
  {
    given: 'a holdback that brings less',
    found: holdback(5),
    kind: 'good',
    text: /^Asking earns about €67 per 1,000 readers \(likely €[\d.]+ to €[\d.]+\)\./,
  },
  {
    given: 'a holdback that brings more',
    found: holdback(30),
    kind: 'good',
    text: /^Asking costs you about €100 per 1,000 readers \(likely .*\): those who are asked nothing bring more\. Ask less\./,
  },
  {
    given: 'a holdback that brings as much',
    found: holdback(15),
    kind: 'even',
    text: /^It cannot be told whether asking earns anything: between €[\d.]+ less and €[\d.]+ more per 1,000 readers without asking\.$/,
  },
  {
    given: 'a holdback half way',
    found: holdback(15, 15),
    kind: 'wait',
    text: /^Too early: 50 % of planned readers/,
  },
];

describe('sentenceOf()', () => {
  for (const {given, found, kind, text} of states) {
    it(`given ${given}`, () => {
      const sentence = sentenceOf(found);
      assert.match(sentence.text, text);
      assert.equal(sentence.kind, kind);
    });
  }

  it('names no leader while the interval covers zero, and the right one when it does not', () => {
    const names = new Set<string>();
    for (let gifts = 0; gifts <= 40; gifts += 1) {
      for (const days of [14, 28]) {
        const found = results(days, two({gifts}));
        const [one] = found.verdict.comparisons;
        const {low, high} = one!.interval;
        const [, name = 'nobody'] =
          /^(control|plain-words) earns/.exec(sentenceOf(found).text) ?? [];
        const isJudged = found.verdict.state !== 'too-early';
        const leader = low > 0 ? 'plain-words' : high < 0 ? 'control' : 'nobody';
        assert.equal(name, isJudged ? leader : 'nobody', `${gifts} on day ${days}`);
        names.add(name);
      }
    }
    assert.deepEqual([...names].sort(), ['control', 'nobody', 'plain-words']);
  });
});

describe('resultsOf()', () => {
  it('does not count readers of after the planned end', () => {
    const rows = rowsOf(40, two({}));
    const late = rows.map(row =>
      row.day > '2026-10-28' && row.arm === 'plain-words'
        ? {...row, capped: 1e7, squares: 1e13}
        : row,
    );
    const options = {now: start + 40 * day};
    const found = resultsOf(anExperiment(), {rows: late}, options);
    assert.equal(found.readers, 28 * 6000);
    assert.equal(found.to, '2026-10-28');
    assert.equal(found.verdict.state, 'no-difference');
  });

  it('counts no days on which nobody took part', () => {
    const found = resultsOf(anExperiment(), {rows: rowsOf(10, two({}))}, {now: start + 90 * day});
    assert.equal(found.days, 10);
    assert.equal(found.isEnd, false);
  });

  it('counts no day that is not over', () => {
    const rows = rowsOf(28, two({}));
    const now = (days: number) => ({now: start + days * day});
    assert.equal(resultsOf(anExperiment(), {rows}, now(27)).isEnd, false);
    assert.equal(resultsOf(anExperiment(), {rows}, now(28)).isEnd, true);
  });

  it('puts the control first and knows nothing of other experiments', () => {
    const arms = {b: {weight: 0.5, enabled: false}, control: {weight: 0.5}};
    const rows = [
      ...rowsOf(9, {b: {}, control: {}}),
      ...rowsOf(9, {control: {}}).map(row => ({...row, experiment: 'x@1'})),
    ];
    const found = resultsOf(anExperiment({arms}), {rows}, {now: start + 9 * day});
    assert.deepEqual(
      found.arms.map(({arm}) => arm),
      ['control', 'b'],
    );
    assert.equal(found.readers, 9 * 6000);
  });

  it('counts nobody in a version that the experiment does not have, and says so', () => {
    const found = results(10, {...two({}), Control: {readers: 12}});
    assert.equal(found.readers, 60_000);
    assert.deepEqual(found.strangers, {Control: 120});
    assert.match(printText(found), /^120 readers were left out: .* no version Control\.$/m);
    assert.doesNotMatch(printText(results(10, two({}))), /no version/);
  });

  it('shows no lift below 25 gifts in either arm', () => {
    const lifts = (gifts: number) =>
      results(8, two({gifts})).arms.map(({lift}) => lift !== undefined);
    assert.deepEqual(lifts(3), [false, false]);
    assert.deepEqual(lifts(4), [false, true]);
  });

  it('tells a version that annoys', () => {
    const annoying = results(28, two({closed: 90})).sideEffects;
    assert.equal(annoying.find(({kind}) => kind === 'closed')!.state, 'worse');
    const same = results(28, two({})).sideEffects;
    assert.equal(same.find(({kind}) => kind === 'closed')!.state, 'fine');
    assert.ok(!same.some(({kind}) => kind === 'later'), 'nobody did');
  });

  it('has a point a day in the course, in a band that narrows', () => {
    const {course} = results(28, two({}));
    assert.equal(course.length, 28);
    const width = ({low, high}: {low: number; high: number}) => high - low;
    assert.ok(width(course[27]!) < width(course[6]!) / 2);
  });
});

describe('printText()', () => {
  it('begins with the sentence and ends with the method', () => {
    const text = printText(results(28, two({gifts: 30})));
    assert.match(text, /^plain-words earns more/);
    assert.match(text, /plain-words {2}€200 \(likely/);
    assert.match(text, /gifts per ask begun: \+0\.0 %/);
    assert.match(text, /no reader counts for more than €250/);
    assert.match(text, /1 USD = 0\.9 EUR/);
    assert.match(text, /The split of readers is as planned/);
  });

  it('tells an empty experiment', () => {
    assert.match(printText(results(0, two({}))), /no reader was counted yet/);
  });
});
