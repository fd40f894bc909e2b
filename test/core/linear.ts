import {expect} from '@open-wc/testing';

/** The quickest of a few runs: what else a machine does only ever adds. */
function quickest(run: () => unknown): number {
  let best = Infinity;
  for (let i = 0; i < 3; i += 1) {
    const before = performance.now();
    run();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}

/** Ten times as much takes ten times as long, not a hundred times: a ratio, so no clock matters. */
export function expectLinear(run: (times: number) => unknown, given: string): void {
  const [few, many] = [quickest(() => run(10_000)), quickest(() => run(100_000))];
  // Clocks of browsers are coarse.
  expect(many / Math.max(few, 2), given).to.be.below(50);
}
