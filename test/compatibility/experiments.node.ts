/** Holds the draw of experiments against the arms that 0.1.0 gave to readers. */

import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fixtureValue} from './fixtures.js';
import {armOf, hash, holdback, seed} from './subject-rules.js';

interface DrawnExperiment {
  readonly name: string;
  readonly seed: string;
  readonly experiment: {
    readonly id: string;
    readonly version: number;
    readonly layer?: {readonly name: string; readonly from: number};
  };
  /** The arms that the letters `a`, `b`, … stand for. */
  readonly legend: readonly string[];
  /** The arm of each reader, one letter each. */
  readonly arms: string;
  /** Where each arm begins, in ten-thousandths. */
  readonly ranges: readonly {readonly from: number; readonly arm: string}[];
  readonly kept: readonly {readonly before: string; readonly arm: string}[];
}

const {readers, points, experiments} = fixtureValue('experiment-arms.json') as {
  readonly readers: readonly string[];
  /** The point of each reader under each seed, in ten-thousandths. */
  readonly points: Readonly<Record<string, readonly number[]>>;
  readonly experiments: readonly DrawnExperiment[];
};

describe('an experiment that 0.1.0 has begun', () => {
  it('is drawn under the same seed', () => {
    assert.equal(experiments.length, 19);
    for (const {name, experiment, seed: before} of experiments)
      assert.equal(seed(experiment), before, name);
  });

  it('moves no reader to another point', () => {
    assert.ok(readers.length > 700 && Object.keys(points).length > 15);
    for (const [name, before] of Object.entries(points)) {
      readers.forEach((reader, i) =>
        assert.equal(Math.round(hash(name, reader) * 10_000), before[i], `${name}: ${reader}`),
      );
    }
  });

  it('moves no reader to another arm', () => {
    for (const {name, experiment, legend, arms} of experiments) {
      assert.equal(arms.length, readers.length);
      readers.forEach((reader, i) => {
        const before = legend[arms.charCodeAt(i) - 'a'.charCodeAt(0)];
        assert.equal(
          armOf(experiment, of => hash(of, reader)),
          before,
          `${name}: ${reader}`,
        );
      });
    }
  });

  it('moves none of the ten thousand points to another arm', () => {
    for (const {name, experiment, ranges} of experiments) {
      const {layer} = experiment;
      let arm = '';
      for (let point = 0; point < 10_000; point += 1) {
        arm = ranges.find(({from}) => from === point)?.arm ?? arm;
        const pointOf = (of: string) => (of === layer?.name ? layer.from : point / 10_000);
        assert.equal(armOf(experiment, pointOf), arm, `${name}: ${point}`);
      }
    }
  });

  it('leaves a reader in the arm they are in', () => {
    for (const {name, experiment, kept} of experiments) {
      for (const {before, arm} of kept)
        assert.equal(
          armOf(experiment, () => 0.9999, before),
          arm,
          `${name}: ${before}`,
        );
    }
  });

  it('holds back the same readers', () => {
    const holdbacks = experiments.filter(({experiment}) => experiment.id === 'holdback');
    assert.equal(holdbacks.length, 5);
    for (const {name, experiment} of holdbacks)
      assert.deepEqual(holdback(experiment.version / 10_000), experiment, name);
  });
});
