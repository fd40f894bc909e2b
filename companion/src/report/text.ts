/** Formats a report as plain text for terminals and e-mails. */

import {chanceWords, giftRateSentences, givingWords, secondaryLine} from './secondary-sentences.js';
import {changeOf, countOf, printMoney, percentOf, plural} from './format.js';
import {sentenceOf} from './sentence.js';
import {inputText} from './input-count.js';
import type {Results} from './results.js';

/** The names of the funnel's steps, in every format of the report. */
export const stepNames = {
  seen: 'appeals seen per reader',
  opened: 'asks begun per appeal seen',
  finished: 'gifts per ask begun',
  gift: 'size of the gift',
} as const;

/** Said where the steps between reader and gift are unknown. */
export const noSteps =
  'The log has no events between reader and gift that fit together, so the steps are unknown.';

/** The names of the side effects. */
export const sideNames = {
  closed: 'closed it',
  later: 'said “later”',
  declined: 'said “not this one”, or that they support already',
  refunded: 'of the gifts ended or were given back',
  failed: 'of the checkouts begun failed',
} as const;

/** Returns notes on the method, one sentence each. */
export function methodOf(results: Results): string[] {
  const {
    scale,
    leftOut,
    early,
    input,
    plannedDays,
    plannedEnd,
    isPlanned,
    plannedReaders,
    verdict,
    strangers: unknownArms,
    areLooksKept,
  } = results;
  const rates = Object.entries(scale.rates).map(
    ([currency, rate]) => `1 ${currency} = ${rate} ${scale.currency}`,
  );
  const {split} = verdict;
  return [
    `Money is what a gift brings in ${scale.months} months; a recurring gift that ended counts what it brought, refunds are taken off, and no reader counts for more than ${printMoney(scale.cap, scale.currency)}.`,
    ...(rates.length > 0
      ? [`Currencies at rates declared before the start: ${rates.join(', ')}.`]
      : []),
    `Every reader counts in the arm and on the day of the exposure, however late the gift.`,
    `Two boundaries, fixed in advance: one that may be looked at every day (1 % false alarms in all), and one for the planned end (4 %), which is looked at once. What crossed a boundary stays crossed.`,
    isPlanned
      ? `The planned end is when ${countOf(plannedReaders)} readers have come${plannedEnd === undefined ? '' : `, which was planned for ${plannedEnd}`}: the day alone ends nothing.`
      : `The number of readers was not planned, only ${plural(plannedDays, 'day', 'days')}: \`npx reader-support-companion plan\` says how many it takes.`,
    areLooksKept
      ? 'What a look finds is written down.'
      : 'As of today: nobody writes down what earlier looks found. With `--looks FILE`, or in the companion, a boundary that was crossed stays crossed.',
    'Gifts per reader, recurring gifts and the average gift are declared beside the decision, with 95 % intervals of their own.',
    split === undefined
      ? 'The split was not checked: an outside system assigns, and its weights are not declared.'
      : `The split of readers is ${split < 0.001 ? 'broken' : 'as planned'} (p = ${split.toPrecision(2)}).`,
    ...(early === undefined ? [] : [early]),
    ...(input ? [inputText(input)] : []),
    ...(leftOut.unexposed > 0
      ? [
          `${plural(leftOut.unexposed, 'gift was', 'gifts were')} left out: the exposure was never told.`,
        ]
      : []),
    ...Object.entries(unknownArms).map(
      ([arm, readers]) =>
        `${plural(readers, 'reader was', 'readers were')} left out: the experiment has no version ${arm}.`,
    ),
    'Forced arms, previews and robots are never counted. Days are UTC.',
  ];
}

const signed = (minor: number, currency: string): string =>
  `${minor < 0 ? '−' : '+'}${printMoney(Math.abs(minor), currency)}`;

/** Formats the report as plain text. */
export function printText(results: Results): string {
  const {experiment, arms, scale, sideEffects, course, from, to, readers} = results;
  const money = (minor: number) => printMoney(minor, scale.currency);
  const lines = [sentenceOf(results).text, ...giftRateSentences(results), ''];
  lines.push(
    from === undefined
      ? `${experiment}: no reader was counted yet.`
      : `${experiment}: ${plural(readers, 'reader', 'readers')}, ${from} to ${to ?? ''}.`,
    '',
    'Money per 1,000 readers',
  );
  const width = Math.max(...arms.map(({arm}) => arm.length));
  for (const {arm, per1000, counts, lift} of arms) {
    const range = Number.isFinite(per1000.high)
      ? ` (likely ${money(per1000.low)} to ${money(per1000.high)})`
      : '';
    const change = lift
      ? `, ${changeOf(lift.lift)} against control (${changeOf(lift.low)} to ${changeOf(lift.high)})`
      : '';
    lines.push(
      `  ${arm.padEnd(width)}  ${money(per1000.value)}${range}${change}; ${plural(counts.gifts, 'gift', 'gifts')} of ${plural(counts.readers, 'reader', 'readers')}`,
    );
  }
  for (const result of arms.slice(1)) {
    const {arm, factors, secondary} = result;
    const [giving, chance] = [givingWords(result), chanceWords(result, results)];
    if (giving === undefined) continue;
    lines.push('', `Where the difference of ${arm} comes from: ${giving}`);
    if (!factors) lines.push(`  ${noSteps}`);
    for (const {step, a, b} of factors ?? []) {
      lines.push(`  ${stepNames[step]}: ${changeOf(b / a - 1, 1)}`);
    }
    lines.push(...secondary.map(metric => `  ${secondaryLine(metric, scale.currency)}`));
    if (chance !== undefined) lines.push(`  on these numbers alone: ${chance} (decides nothing)`);
  }
  if (sideEffects.length > 0) lines.push('', 'Side effects');
  for (const {arm, kind, rate, control, state} of sideEffects) {
    const word = {worse: 'worse', fine: 'no worse', unclear: 'cannot be said yet'}[state];
    lines.push(
      `  ${arm}: ${percentOf(rate, 2)} ${sideNames[kind]}, control ${percentOf(control, 2)}: ${word}`,
    );
  }
  const last = course.filter(({day, low}) => day === course.at(-1)?.day && Number.isFinite(low));
  if (last.length > 0) lines.push('', 'So far, per 1,000 readers against control');
  for (const {arm, difference, low, high} of last) {
    lines.push(
      `  ${arm}: ${signed(difference, scale.currency)} (band ${signed(low, scale.currency)} to ${signed(high, scale.currency)})`,
    );
  }
  return [...lines, '', ...methodOf(results), ''].join('\n');
}
