/** Holds the rules against reader records that 0.1.0 has stored. */

import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fixtureValue} from './fixtures.js';
import {
  decisionFor,
  joined,
  mayAskFor,
  meterFor,
  nothing,
  quietAfterNext,
  rewritten,
  setRight,
  withArticle,
  articleKeyOf,
  type Answer,
  type Ending,
} from './subject-rules.js';

interface StoredRecord {
  readonly name: string;
  /** Epoch ms. */
  readonly written: number;
  /** What `localStorage` holds. */
  readonly text: string | null;
  readonly rewritten: string;
  readonly setRight: string;
  readonly joined: string;
  readonly withArticle: string;
  readonly answers: readonly {
    readonly of: 'winter' | 'spring' | 'decide';
    readonly now: number;
    readonly answer: Answer;
  }[];
  readonly next: readonly {
    readonly ending: Ending;
    readonly quiet: {readonly until: number; readonly articles?: number};
  }[];
  readonly meters?: readonly {
    readonly meter: object;
    readonly article: {readonly key: string; readonly section?: string};
    readonly now: number;
    readonly verdict: object;
  }[];
}

const fixture = fixtureValue('reader-records.json') as {
  readonly nothing: string;
  readonly other: string;
  readonly records: readonly StoredRecord[];
};
const {records} = fixture;

const day = 86_400_000;
const campaigns = [{id: 'winter'}, {id: 'spring', priority: -1}];

const answerOf = (of: string, text: string | null, now: number): Answer =>
  of === 'decide' ? decisionFor(campaigns, text, now) : mayAskFor(of, text, now);

/** From when on there may be an ask: at once, or at the end of a refusal. */
const freeFrom = (answer: Answer, now: number): number => {
  if (answer.ask) return now;
  return answer.until === 'never' ? Infinity : answer.until;
};

describe('a reader record of 0.1.0', () => {
  it('is there in every kind', () => {
    assert.ok(records.length > 100, `${records.length} records`);
    const all = records.map(({text}) => text).join('\n');
    for (const kind of [
      ...['later', 'close', 'timeout', 'already-supporting', 'not-this-campaign'],
      ...['tomorrow', 'next-week', 'next-month', 'in-3-months', 'after-10-more-articles'],
      ...['supported', 'undone', 'from', 'meter', 'read', 'views', 'frequency'],
    ])
      assert.ok(all.includes(`"${kind}"`), kind);
  });

  it('keeps every snooze as long as it was', () => {
    let refusals = 0;
    for (const {name, text, answers} of records) {
      for (const {of, now, answer: before} of answers) {
        const answer = answerOf(of, text, now);
        if (!before.ask) refusals += 1;
        assert.ok(
          freeFrom(answer, now) >= freeFrom(before, now),
          `${name}: ${of} at ${now} was ${JSON.stringify(before)}, is ${JSON.stringify(answer)}`,
        );
      }
    }
    assert.ok(refusals > 1000, `${refusals} refusals were compared`);
  });

  it('gets the same answers at every later instant', () => {
    for (const {name, text, answers} of records) {
      for (const {of, now, answer} of answers)
        assert.deepEqual(answerOf(of, text, now), answer, `${name}: ${of} at ${now}`);
    }
  });

  it('gets the same answers after it was written again', () => {
    for (const {name, text, answers} of records) {
      const again = rewritten(text);
      if (again === 'locked') continue;
      for (const {of, now, answer} of answers)
        assert.deepEqual(answerOf(of, again, now), answer, `${name}: ${of} at ${now}`);
    }
  });

  it('makes the next quiet as long as it would have been', () => {
    for (const {name, written, text, next} of records) {
      for (const {ending, quiet} of next) {
        const now = written + 60 * day;
        const found = quietAfterNext({id: 'winter'}, text, ending, now, 60);
        assert.deepEqual(found, quiet, `${name}: ${JSON.stringify(ending)}`);
      }
    }
  });

  it('is written in the same bytes, so that older tabs can read it', () => {
    assert.equal(nothing, fixture.nothing);
    for (const record of records) {
      const {name, text, written} = record;
      assert.equal(rewritten(text), record.rewritten, `${name}: written again`);
      assert.equal(setRight(text, written), record.setRight, `${name}: set right`);
      assert.equal(joined(text, fixture.other), record.joined, `${name}: joined`);
      assert.equal(
        withArticle(text, articleKeyOf('/news/quay'), written + day),
        record.withArticle,
        `${name}: with one more article`,
      );
    }
  });

  it('is left alone where a newer version has written it', () => {
    const newer = records.filter(({name}) => /newer version$/.test(name));
    assert.equal(newer.length, 2);
    for (const {text} of newer) assert.equal(rewritten(text), 'locked');
  });

  it('has as many free articles left as it had', () => {
    const metered = records.filter(({meters}) => meters);
    assert.equal(metered.length, 4);
    for (const {name, text, meters = []} of metered) {
      for (const {meter, article, now, verdict} of meters)
        assert.deepEqual(
          meterFor(meter, text, article, now),
          verdict,
          `${name}: ${JSON.stringify({meter, article, now})}`,
        );
    }
  });
});
