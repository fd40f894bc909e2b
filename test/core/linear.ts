import {expect} from '@open-wc/testing';

function duration(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}

/**
 * Ten times as much takes ten times as long, not a hundred times: a ratio, so no clock matters. Of each
 * the quickest run counts, because what else a machine does only ever adds; on a busy one it takes
 * more runs until both were left alone.
 */
export function expectLinear(run: (times: number) => unknown, given: string): void {
  let [few, many] = [Infinity, Infinity];
  // Clocks of browsers are coarse.
  const ratio = () => many / Math.max(few, 2);
  for (let runs = 0; runs < 3 || (runs < 25 && ratio() >= 50); runs += 1) {
    few = Math.min(
      few,
      duration(() => run(10_000)),
    );
    many = Math.min(
      many,
      duration(() => run(100_000)),
    );
  }
  expect(ratio(), given).to.be.below(50);
}
