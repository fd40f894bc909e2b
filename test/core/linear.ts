import {expect} from '@open-wc/testing';

function duration(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}

/** Measures how much longer ten times the input takes. */
function ratioFrom(size: number, run: (times: number) => unknown): number {
  let [few, many] = [Infinity, Infinity];
  // Browsers' clocks have a low resolution.
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
 * Expects ten times the input to take about ten times as long, not a hundred times. A ratio does not
 * depend on the machine's speed. The fastest of several runs counts, because other load only adds time;
 * a busy machine gets more runs. An engine may switch to a slower path above some size, once, so an
 * excessive ratio is measured again above that size.
 */
export function expectLinear(run: (times: number) => unknown, given: string): void {
  let ratio = ratioFrom(10_000, run);
  if (ratio >= 50) ratio = ratioFrom(40_000, run);
  expect(ratio, given).to.be.below(50);
}
