/** Implements `plan`, which computes the readers and days a test needs, or the lift it can detect. */

import type {Command} from 'commander';
import {plural} from '../report/format.js';
import {alphaOf, liftFor, readersFor, usualSpread} from '../stats/planner.js';
import {gates} from '../stats/verdict.js';
import {mostGiftRate, mostLift, numberOf, shareOf} from './campaigns-file.js';
import {Refusal} from './refusal.js';

interface PlanOptions {
  readonly rate: string;
  readonly lift?: string;
  readonly daily?: string;
  readonly days?: string;
  readonly arms: string;
  readonly spread: string;
}

/** Adds the command. */
export function addPlan(program: Command): void {
  program
    .command('plan')
    .description('say how long a test takes, or what it can find in a given time')
    .requiredOption('--rate <share>', 'gifts per reader today: 0.4% or 0.004')
    .option('--lift <share>', 'the smallest lift worth knowing of: 20% or 0.2')
    .option('--daily <readers>', 'readers a day who are asked')
    .option('--days <days>', 'days the test may take; needs --daily')
    .option('--arms <count>', 'versions, the control included', '2')
    .option(
      '--spread <number>',
      'how much gifts differ: standard deviation over mean',
      String(usualSpread),
    )
    .action((options: PlanOptions) => console.info(planOf(options).join('\n')));
}

const count = (number: number): string => Math.ceil(number).toLocaleString('en');
const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

/** Returns the lines of a plan, for a power of 80 % and a false alarm rate of 5 %. */
export function planOf(options: PlanOptions): string[] {
  const giftRate = shareOf('--rate', options.rate, mostGiftRate);
  const arms = numberOf('--arms', options.arms, 1);
  if (!Number.isInteger(arms))
    throw new Refusal(`expected --arms to be a whole number but received ${options.arms}`);
  const spread = numberOf('--spread', options.spread);
  if (giftRate >= 1)
    throw new Refusal(`expected --rate to be below 1 but received ${options.rate}`);
  const daily = options.daily === undefined ? undefined : numberOf('--daily', options.daily);
  const wish = {giftRate, alpha: alphaOf(arms)};

  // There is no verdict before each version has this many gifts.
  const least = Math.ceil(gates.gifts / giftRate);

  if (options.lift !== undefined) {
    const lift = shareOf('--lift', options.lift, mostLift);
    if (giftRate * (1 + lift) > 1)
      throw new Refusal(
        `expected --rate and --lift to leave fewer gifts than readers but received ${options.rate} and ${options.lift}`,
      );
    if (options.days !== undefined)
      throw new Refusal(
        'expected --lift, which asks how many days, or --days, which asks for the lift, but received both',
      );
    const forGifts = Math.max(readersFor(lift, wish), least);
    const forMoney = Math.max(readersFor(lift, {...wish, spread}), least);
    const days = (readers: number) =>
      daily === undefined
        ? ''
        : `, ${count(Math.max((readers * arms) / daily, gates.days))} days at ${count(daily)} readers a day`;
    return [
      `To find ${percent(lift)} more money per reader: ${count(forMoney)} readers in each of ${arms} versions, about ${count(forMoney * giftRate)} gifts each${days(forMoney)}.`,
      `To find ${percent(lift)} more gifts, all of the same size: ${count(forGifts)} readers each${days(forGifts)}.`,
      ...adviceOf(daily === undefined ? 0 : (forMoney * arms) / daily),
      `For the campaigns file: "plan": {"giftRate": ${giftRate}, "lift": ${lift}, "readers": ${Math.ceil(forMoney) * arms}${daily === undefined ? '' : `, "days": ${Math.max(Math.ceil((forMoney * arms) / daily), gates.days)}`}}`,
    ];
  }
  if (daily === undefined || options.days === undefined) {
    throw new Refusal('expected --lift, or both --daily and --days, but received neither');
  }
  const days = Math.ceil(numberOf('--days', options.days));
  const readers = (daily * days) / arms;
  const time = `In ${plural(days, 'day', 'days')} with ${plural(daily, 'reader', 'readers')} a day`;
  if (days < gates.days || readers < least) {
    const needs = Math.max(gates.days, Math.ceil((least * arms) / daily));
    return [
      `${time}, there is no verdict: it needs ${gates.days} whole days, and ${gates.gifts} gifts in each of ${arms} versions. That is ${plural(needs, 'day', 'days')}.`,
    ];
  }
  const say = (lift: number) => (Number.isFinite(lift) ? percent(lift) : 'nothing');
  return [
    `${time}, ${arms} versions can show a lift of ${say(liftFor(readers, {...wish, spread}))} in money, or of ${say(liftFor(readers, wish))} in the number of gifts.`,
    'Smaller lifts will most likely be missed. Test a bold difference.',
  ];
}

function adviceOf(days: number): string[] {
  if (days <= 60) return [];
  return [
    `That is long. Test a bolder difference: half as much again needs about a sixth of the readers that a fifth more needs.`,
  ];
}
