import {expect} from '@open-wc/testing';

function duration(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}

/** How much longer ten times as much takes. */
function ratioFrom(size: number, run: (times: number) => unknown): number {
  let [few, many] = [Infinity, Infinity];
  // Clocks of browsers are coarse.
  const ratio = () => many / Math.max(few, 2);
  for (let runs = 0; runs < 3 || (runs < 25 && ratio() >= 50); runs += 1) {
    few = Math.min(
      few,
      duration(() => run(size)),
    );
    many = Math.min(
      many,
      duration(() => run(10 * size)),
    );
  }
  return ratio();
}

/**
 * Ten times as much takes ten times as long, not a hundred times: a ratio, so no clock matters. Of each
 * the quickest run counts, because what else a machine does only ever adds; on a busy one it takes
 * more runs until both were left alone. An engine may take a slower way above some size, once: what
 * grows out of all proportion does so above that size too.
 */
export function expectLinear(run: (times: number) => unknown, given: string): void {
  let ratio = ratioFrom(10_000, run);
  if (ratio >= 50) ratio = ratioFrom(40_000, run);
  expect(ratio, given).to.be.below(50);
}
