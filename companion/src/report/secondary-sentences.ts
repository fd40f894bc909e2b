/** Says in words what is shown beside the decision. */

import type {ArmResult, Results} from './results.js';
import type {SecondaryMetric} from './secondary-metrics.js';
import {changeOf, percentOf, printMoney} from './format.js';

const names = {
  'gift-rate': 'gifts per reader',
  'recurring-share': 'recurring gifts of all gifts',
  'average-gift': 'average gift, capped',
} as const;

/**
 * Returns the sentence on how many gave, one for each version with enough gifts. It is not the decision:
 * more gifts of smaller amounts may bring less money.
 */
export function giftRateSentences({arms}: Results): string[] {
  return arms.flatMap(({arm, secondary}) => {
    const rate = secondary.find(({kind}) => kind === 'gift-rate');
    if (!rate) return [];
    const {value, control, interval, isClear} = rate;
    const rates = `${percentOf(value, 2)} instead of ${percentOf(control, 2)}`;
    const found = !isClear
      ? `Whether more or fewer readers gave with ${arm} cannot be said: ${rates}, between ${points(-interval.low)} fewer and ${points(interval.high)} more`
      : value > control
        ? `More readers gave with ${arm}: ${rates}, likely ${share(interval.low)} to ${points(interval.high)} more`
        : `Fewer readers gave with ${arm}: ${rates}, likely ${share(-interval.high)} to ${points(-interval.low)} fewer`;
    return [`${found}. This is not the decision, which is about money.`];
  });
}

const share = (part: number): string => (Math.max(part, 0) * 100).toFixed(2);
const points = (part: number): string => `${share(part)} points`;

/** Formats a secondary metric with its control and the interval of the difference. */
export function secondaryLine(
  {kind, value, control, interval}: SecondaryMetric,
  currency: string,
): string {
  const isMoney = kind === 'average-gift';
  const show = (number: number) =>
    isMoney ? printMoney(number, currency) : percentOf(number, kind === 'gift-rate' ? 2 : 0);
  // A difference of shares is in points, not in percent of a share.
  const signed = (number: number) =>
    `${number < 0 ? '−' : '+'}${show(Math.abs(number)).replace(' %', ' points')}`;
  return `${names[kind]}: ${show(value)}, control ${show(control)} (difference likely ${signed(interval.low)} to ${signed(interval.high)})`;
}

/** Says how a lift is made: "more gave (+50 %), each gave less (−16 %)". */
export function givingWords({giving}: ArmResult): string | undefined {
  if (!giving) return undefined;
  const {givers, size} = giving;
  const word = (ratio: number, more: string, less: string, same: string) =>
    Math.abs(ratio - 1) < 0.005 ? same : `${ratio > 1 ? more : less} (${changeOf(ratio - 1)})`;
  return `${word(givers, 'more gave', 'fewer gave', 'as many gave')}, ${word(size, 'each gave more', 'each gave less', 'each gave as much')}`;
}

/** The chance that a version is better than the control, in words: from above which share each holds. */
const chances = [
  [0.98, 'almost certainly better'],
  [0.9, 'very probably better'],
  [0.65, 'rather better than worse'],
  [0.35, 'as likely better as worse'],
  [0.1, 'rather worse than better'],
  [0.02, 'very probably worse'],
  [-1, 'almost certainly worse'],
] as const;

/**
 * Returns a version's chance to be better than the control in words, as long as nothing is found: beside
 * a verdict it could only repeat or blur it. It decides nothing.
 */
export function chanceWords({chance}: ArmResult, {verdict}: Results): string | undefined {
  const isUndecided = verdict.state === 'open' || verdict.state === 'could-not-tell';
  if (chance === undefined || !isUndecided) return undefined;
  const [, words] = chances.find(([least]) => chance > least) ?? [];
  return words;
}
