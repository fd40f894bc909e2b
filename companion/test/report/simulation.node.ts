import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {CampaignsFile} from 'reader-support/core';
import {readFact} from '../../src/report/log-record.js';
import {foldAll} from '../../src/report/aggregate.js';
import {falseAlarms} from '../../src/report/false-alarms.js';
import {play} from '../../src/report/simulation.js';
import {scaleOf} from '../../src/report/gift-value.js';
import {anExperiment, start} from './fixtures.js';

const file: CampaignsFile = {
  currency: 'EUR',
  offer: {monthly: {EUR: {min: 200, max: 50_000, presets: [300, 500], preset: 500}}},
  campaigns: [{id: 'winter', copy: {heading: 'A message'}, cadence: {maxViews: 2}}],
  experiments: [anExperiment()],
};
const supposed = {readers: 4000, days: 14, seed: 3, giftRate: 0.02, lift: 1, from: start};

describe('play() with layers and a holdback', () => {
  const slice = (id: string, from: number, to: number) =>
    anExperiment({id, layer: {name: 'appeals', from, to}});
  const layered = {
    ...file,
    experiments: [slice('first', 0, 0.5), slice('second', 0.5, 1)],
    holdback: 0.2,
  };
  const lines: unknown[] = [];
  const {arms} = play(layered, supposed, line => lines.push(line));
  const readersOf = (name: string) =>
    arms.filter(({experiment}) => experiment === name).reduce((sum, {readers}) => sum + readers, 0);

  it('puts every reader who is asked into one of the experiments, and nobody who is held back', () => {
    const control = arms.find(one => one.experiment === 'holdback@2000' && one.arm === 'control')!;
    const held = arms.find(one => one.experiment === 'holdback@2000' && one.arm === 'held')!;
    assert.equal(readersOf('first@1') + readersOf('second@1'), control.readers);
    const share = held.readers / (held.readers + control.readers);
    assert.ok(share > 0.16 && share < 0.24, `${share}`);
    assert.ok(Math.abs(readersOf('first@1') - readersOf('second@1')) < 300);
    assert.equal(held.gifts, 0);
  });

  it('tells a log in which a gift counts for its experiment and for the holdback', () => {
    const scale = scaleOf(anExperiment().metric, 'EUR');
    const {rows} = foldAll(
      lines.flatMap(line => readFact(line) ?? []),
      () => scale,
    );
    for (const {experiment, arm, readers, gifts} of arms) {
      const mine = rows.filter(row => row.experiment === experiment && row.arm === arm);
      const sum = (key: 'readers' | 'gifts') => mine.reduce((all, row) => all + row[key], 0);
      assert.deepEqual([sum('readers'), sum('gifts')], [readers, gifts]);
    }
  });
});

describe('play()', () => {
  const lines: unknown[] = [];
  const played = play(file, supposed, line => lines.push(line));

  it('asks nobody more often than the cadence allows', () => {
    assert.equal(
      played.asks.slice(3).reduce((sum, one) => sum + one, 0),
      0,
    );
    assert.equal(
      played.asks.reduce((sum, one) => sum + one, 0),
      supposed.readers,
    );
    assert.ok(played.asksPerReader > 0.8 && played.asksPerReader < 2);
  });

  it('lets the other version bring as much more as was supposed', () => {
    const rate = (arm: string) => {
      const found = played.arms.find(one => one.arm === arm)!;
      return found.gifts / found.readers;
    };
    assert.ok(rate('plain-words') > 1.5 * rate('control'));
  });

  it('tells a log whose report has the same numbers', () => {
    const scale = scaleOf(anExperiment().metric, 'EUR');
    const {rows, leftOut} = foldAll(
      lines.flatMap(line => readFact(line) ?? []),
      () => scale,
    );
    for (const {arm, readers, gifts} of played.arms) {
      const mine = rows.filter(row => row.arm === arm);
      assert.equal(
        mine.reduce((sum, row) => sum + row.readers, 0),
        readers,
      );
      assert.equal(
        mine.reduce((sum, row) => sum + row.gifts, 0),
        gifts,
      );
    }
    assert.deepEqual(leftOut, {unexposed: 0, unrated: {}});
  });

  it('is the same again with the same seed, and another with another', () => {
    assert.deepEqual(play(file, supposed), played);
    assert.notDeepEqual(play(file, {...supposed, seed: 4}), played);
  });

  it('shows nothing to readers whose arm shows nothing, and counts them', () => {
    const arms = {control: {weight: 0.5}, silent: {weight: 0.5, enabled: false}};
    const {arms: counted} = play({...file, experiments: [anExperiment({arms})]}, supposed);
    const silent = counted.find(({arm}) => arm === 'silent')!;
    assert.ok(silent.readers > 1500);
    assert.equal(silent.gifts, 0);
  });
});

describe('falseAlarms()', () => {
  it('stays within what is planned', () => {
    const wish = {readersPerDay: 4000, giftRate: 0.01, seed: 5, tests: 400};
    const alarms = falseAlarms(anExperiment(), wish);
    assert.ok(
      alarms > 0 && alarms <= 0.05 + 3 * Math.sqrt((0.05 * 0.95) / wish.tests),
      `${alarms}`,
    );
  });
});
