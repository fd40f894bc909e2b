/** Splits a lift into the steps it comes from: more readers who saw, opened or finished, or larger gifts. */

/** The funnel of an arm: how many readers reached each step, and the money at the end. */
export interface Walk {
  readonly readers: number;
  readonly seen: number;
  readonly opened: number;
  readonly givers: number;
  /** Minor units. */
  readonly value: number;
}

/** One factor of value per reader. The ratios of all factors multiply to the lift. */
export interface Factor {
  readonly step: 'seen' | 'opened' | 'finished' | 'gift';
  readonly a: number;
  readonly b: number;
  /** The factor's share of the logarithm of the lift. The shares add up to 1. */
  readonly share: number;
}

const ratios = ({readers, seen, opened, givers, value}: Walk) => ({
  seen: seen / readers,
  opened: opened / seen,
  finished: givers / opened,
  gift: value / givers,
});

/**
 * Splits the lift of b over a into its factors; `undefined` where a step has no readers, or has fewer
 * than the next one: then the events were not counted, or not all of them.
 */
export function factorsOf(a: Walk, b: Walk): Factor[] | undefined {
  if (!isFunnel(a) || !isFunnel(b)) return undefined;
  const [x, y] = [ratios(a), ratios(b)];
  const steps = ['seen', 'opened', 'finished', 'gift'] as const;
  const logs = steps.map(step => Math.log(y[step] / x[step]));
  if (!logs.every(Number.isFinite)) return undefined;
  const whole = logs.reduce((sum, log) => sum + log, 0);
  return steps.map((step, i) => ({
    step,
    a: x[step],
    b: y[step],
    share: whole === 0 ? 0 : (logs[i] ?? 0) / whole,
  }));
}

/** Appeals may be seen and opened more than once by a reader, but nobody gives without an ask. */
const isFunnel = ({seen, opened, givers}: Walk): boolean =>
  givers > 0 && opened >= givers && seen >= opened;
