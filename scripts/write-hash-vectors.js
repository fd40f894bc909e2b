/**
 * Writes `test/vectors/hash.json`: points and ranges computed by GrowthBook's own SDK (a development
 * dependency, MIT), so that a test detects deviations of ours.
 *
 *     node scripts/write-hash-vectors.js
 */

import {readFileSync, writeFileSync} from 'node:fs';
import {
  chooseVariation,
  getBucketRanges,
  hash,
} from '../node_modules/@growthbook/growthbook/dist/esm/util.mjs';

const root = new URL('../', import.meta.url);
const {version} = JSON.parse(
  readFileSync(new URL('node_modules/@growthbook/growthbook/package.json', root), 'utf8'),
);

const seeds = ['', 'seed', 'autumn-appeal@1', 'autumn-appeal@2', 'holdback@500', 'appeals', '42'];
const values = [
  ...['', 'a', 'b', '0', '123', 'reader-1', 'x'.repeat(300), 'Ünïcödé 🎈'],
  ...Array.from({length: 22}, (_, i) => `7b0c5a1e-${1000 + i * 271}-4d5e-8f90-${i}c41f`),
];
const allWeights = [
  ...[null, [0.5, 0.5], [0.4, 0.6], [0.1, 0.2, 0.7], [0.2, 0.3, 0.5], [0.3333, 0.3333, 0.3334]],
  ...[[0.05, 0.95], [0.25, 0.25, 0.25, 0.25], [0.4, 0.1], [0.7, 0.6], [0.4, 0.5999], [1]],
];
const coverages = [0, 0.05, 0.1, 0.3, 0.5, 0.999, 1, 1.5, -0.2];

const points = seeds.flatMap(seed => values.map(value => [seed, value, hash(seed, value, 2)]));
const ranges = [2, 3, 4].flatMap(count =>
  allWeights.flatMap(weights =>
    coverages.map(coverage => [
      count,
      coverage,
      weights,
      getBucketRanges(count, coverage, weights),
    ]),
  ),
);
const arms = [0, 0.0999, 0.1, 0.2999, 0.3, 0.3001, 0.5, 0.9999].flatMap(point =>
  ranges
    .filter(([, coverage]) => coverage === 1 || coverage === 0.5)
    .map(([, , , found]) => [point, found, chooseVariation(point, found)]),
);

const text = JSON.stringify({from: `@growthbook/growthbook ${version}`, points, ranges, arms});
writeFileSync(new URL('test/vectors/hash.json', root), `${text}\n`);
