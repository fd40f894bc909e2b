import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {CampaignsFile} from 'reader-support/core';
import {lookAt} from '../../src/events/look-at.js';
import type {ExperimentSource} from '../../src/events/experiment-data.js';
import type {Look} from '../../src/report/looks.js';
import {sqlStore} from '../../src/companion.js';
import {aLeadingStore} from './leading-store.js';
import {onEachDatabase} from '../databases.js';
import {anExperiment, day, start} from '../report/fixtures.js';

const look: Look = {
  ...{experiment: 'autumn-appeal@1', arm: 'plain-words', boundary: 'early', direction: 'better'},
  ...{day: '2026-10-13', through: '2026-10-12', difference: 8.25, low: 1.5, high: 15},
};

onEachDatabase('looks', ({open}) => {
  const aStore = async () => sqlStore(await open());

  it('come back as they were written, bounds that are infinite too', async () => {
    const {looks} = await aStore();
    const {direction, ...without} = look;
    assert.ok(direction);
    const end: Look = {
      ...without,
      boundary: 'end',
      low: -Infinity,
      high: Infinity,
      day: '2026-11-01',
    };
    await looks.add([end, look]);
    assert.deepEqual(await looks.of('autumn-appeal@1'), [look, end]);
    assert.deepEqual(await looks.of('autumn-appeal@2'), []);
  });

  it('stay as they were first seen', async () => {
    const {looks} = await aStore();
    await looks.add([look]);
    await looks.add([
      {...look, day: '2026-10-20', difference: 2},
      {...look, arm: 'other'},
    ]);
    const found = await looks.of('autumn-appeal@1');
    assert.deepEqual(
      found.map(({arm, difference}) => [arm, difference]),
      [
        ['other', 8.25],
        ['plain-words', 8.25],
      ],
    );
    await looks.add([]);
  });

  it('are deleted with the sums they are of', async () => {
    const store = await aStore();
    await store.looks.add([look]);
    const upkeep = store.upkeep.find(({table}) => table === 'report_looks');
    const kept = Date.parse(look.day) + 800 * day;
    assert.equal(await upkeep?.deleteExpired(kept), 0);
    assert.equal(await upkeep?.deleteExpired(kept + day), 1);
    assert.deepEqual(await store.looks.of(look.experiment), []);
  });
});

describe('lookAt()', () => {
  const experiment = anExperiment({plan: {days: 28, readers: 200_000}});
  const file: CampaignsFile = {
    campaigns: [{id: 'winter', copy: {heading: 'A message'}}],
    experiments: [experiment],
  };

  it('writes a winner down once, and reads it back at the next look', async () => {
    const store = await aLeadingStore();
    const first = await lookAt(store, {file, experiment, now: start + 9 * day});
    assert.equal(first.results.verdict.state, 'better');
    assert.equal(first.results.newLooks.length, 1);
    const again = await lookAt(store, {file, experiment, now: start + 10 * day});
    assert.deepEqual(again.results.newLooks, []);
    assert.equal(again.results.verdict.comparisons[0]!.recorded?.day, '2026-10-10');
    assert.equal(again.results.areLooksKept, true);
  });

  it('is as of today where the store keeps no looks', async () => {
    const store: ExperimentSource = {ofExperiment: () => Promise.resolve({facts: []})};
    const {results} = await lookAt(store, {file, experiment, now: start});
    assert.equal(results.areLooksKept, false);
  });
});
