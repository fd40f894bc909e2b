/** Simulates campaigns with made-up readers over a number of days. */

import {
  assignArm,
  type Campaign,
  type CampaignsFile,
  decide,
  defaultOffer,
  emptyState,
  type Experiment,
  type Facts,
  frequencies,
  type Frequency,
  holdbackOf,
  type ReaderState,
  recordArticle,
  recordClose,
  recordSupported,
  recordView,
  experimentKey,
  applyArm,
} from 'reader-support/core';
import {drawCount, drawOne, seededChance, type Chance} from '../stats/chance.js';
import {judge} from '../stats/verdict.js';

/** The assumptions about readers. Every default is a guess: replace it with what you know. */
export interface Supposed {
  readonly readers: number;
  readonly days: number;
  readonly seed: number;
  /** Gifts per reader who was asked. */
  readonly giftRate: number;
  /** How much more readers of the other arms give: 0.3 is 30 % more than the control. */
  readonly lift: number;
  /** Epoch ms of the first day. */
  readonly from: number;
}

const day = 86_400_000;

/** How often readers visit: once, now and then, or almost daily. */
const habits = [
  [1 / 28, 6],
  [0.12, 3],
  [0.7, 1],
] as const;

export interface Played {
  /** How many readers were asked how many times, by index; the last entry is "that many or more". */
  readonly asks: readonly number[];
  readonly asksPerReader: number;
  /** By experiment and arm. */
  readonly arms: readonly {
    readonly experiment: string;
    readonly arm: string;
    readonly readers: number;
    readonly gifts: number;
  }[];
}

/** Receives one line of the log, as `npx reader-support-companion report` reads it. */
export type Told = (line: Readonly<Record<string, unknown>>) => void;

const placed = ({format = 'inline', place}: Campaign): string => (place ? 'article' : format);

function amountOf(chance: Chance, campaign: Campaign, file: CampaignsFile) {
  const offer = campaign.offer ?? file.offer ?? defaultOffer;
  const frequency = drawOne<Frequency>(
    chance,
    frequencies.flatMap(name => (offer[name] ? [[name, name === 'once' ? 5 : 3] as const] : [])),
  );
  const byCurrency = Object.entries(offer[frequency] ?? {});
  const preferred = campaign.currency ?? file.currency;
  const [currency = 'USD', amounts] =
    byCurrency.find(([code]) => code === preferred) ?? byCurrency[0] ?? [];
  const {presets = [500], preset = 500} = amounts ?? {};
  const minor = drawOne(
    chance,
    presets.map(amount => [amount, amount === preset ? 3 : 1] as const),
  );
  return {frequency, amount: {minor, currency}};
}

/** Runs the simulation and reports every event and gift. */
export function play(
  file: CampaignsFile,
  supposed: Supposed,
  tell: Told = () => undefined,
): Played {
  const {readers, days, seed, giftRate, lift, from} = supposed;
  const chance = seededChance(seed);
  const asks = [0, 0, 0, 0, 0, 0];
  const arms = new Map<string, {experiment: string; arm: string; readers: number; gifts: number}>();
  const {experiments = [], holdback = 0} = file;
  const held = holdback > 0 ? holdbackOf(holdback) : undefined;
  let all = 0;

  const sumOf = (experiment: string, arm: string) => {
    const key = `${experiment} ${arm}`;
    const sum = arms.get(key) ?? {experiment, arm, readers: 0, gifts: 0};
    arms.set(key, sum);
    return sum;
  };

  for (let reader = 0; reader < readers; reader += 1) {
    const habit = drawOne(chance, habits);
    const points = new Map<string, number>();
    const pointOf = (name: string) => {
      const point = points.get(name) ?? Math.floor(chance() * 10_000) / 10_000;
      points.set(name, point);
      return point;
    };
    const exposed = new Map<string, string>();
    /** Returns the reader's arm, if they take part, and reports the exposure the first time. */
    const enterExperiment = (
      experiment: Experiment,
      tellOf: (exposure: Record<string, string>) => void,
    ): {experiment: string; arm: string; exposure: string} | undefined => {
      const name = experimentKey(experiment);
      const {arm} = assignArm(experiment, pointOf, exposed.get(name));
      if (arm === undefined) return undefined;
      const exposure = `simulated-${seed}-${reader}-${name}`;
      if (!exposed.has(name)) {
        exposed.set(name, arm);
        const sum = sumOf(name, arm);
        sum.readers += 1;
        tellOf({experiment: name, arm, exposure});
      }
      return {experiment: name, arm, exposure};
    };
    // A reader decides only once whether to give.
    const isGiver = chance();
    let state: ReaderState = emptyState;
    let count = 0;
    let hasGiven = false;
    const first = chance();
    for (let n = 0; n < days; n += 1) {
      // One-time visitors come on a uniformly random day.
      if (habit < 0.1 ? Math.floor(first * days) !== n : chance() > habit) continue;
      const at = from + n * day + Math.floor(chance() * 16 + 6) * 3_600_000;
      state = recordArticle(state, `a${n}`, at);
      const facts: Facts = {
        ...{
          now: at,
          utcOffsetMinutes: 0,
          path: '/story',
          tags: [],
          language: 'en',
          device: 'phone',
        },
        ...{referrer: '', articles: state.read.length, supporter: hasGiven, sensitive: false},
        asked: false,
      };
      const decision = decide(file.campaigns, facts, state);
      if (!decision.ask) continue;
      const {campaign} = decision;
      const expose = (place: Record<string, string>) =>
        tell({
          ...{name: 'exposure', campaign: campaign.id, ...place},
          ...{placement: placed(campaign), key: place['exposure'], at},
        });
      // As on a page: the holdback first, then the campaign's first experiment that includes the reader.
      const asked = held && enterExperiment(held, expose);
      if (asked?.arm === 'held') continue;
      let place: ReturnType<typeof enterExperiment>;
      let shown: Campaign | undefined = campaign;
      for (const experiment of experiments) {
        if (experiment.campaign !== campaign.id) continue;
        place = enterExperiment(experiment, expose);
        if (!place) continue;
        shown = applyArm(campaign, experiment.arms[place.arm]);
        break;
      }
      const {arm} = place ?? {};
      const exposure = `simulated-${seed}-${reader}`;
      const source = {campaign: campaign.id, ...place};
      const event = (what: string, later: number) =>
        tell({
          name: what,
          ...source,
          placement: placed(campaign),
          key: `${what}-${seed}-${reader}-${n}`,
          at: at + later,
        });
      if (!shown) continue;
      count += 1;
      state = recordView(state, campaign.id, at);
      if (chance() < 0.75) event('view', 2000);
      const rate = giftRate * (arm && arm !== 'control' ? 1 + lift : 1);
      if (chance() < 0.04) event('open', 9000);
      if (isGiver < rate) {
        event('open', 9000);
        event('start', 30_000);
        hasGiven = true;
        const {frequency, amount} = amountOf(chance, shown, file);
        const subscription = frequency === 'once' ? {} : {subscription: `sub-${exposure}`};
        tell({
          ...{
            kind: 'gift',
            id: `gift-${exposure}`,
            rank: 1,
            state: 'paid',
            frequency,
            amount,
            source: {
              ...source,
              ...(asked && {
                holdback: `${asked.experiment}:${asked.arm}`,
                holdbackExposure: asked.exposure,
              }),
            },
          },
          ...{renewal: false, at: at + 60_000, ...subscription},
        });
        for (const enrolment of [place, asked]) {
          if (enrolment) sumOf(enrolment.experiment, enrolment.arm).gifts += 1;
        }
        state = recordSupported(state, {at, until: at + 365 * day, frequency});
      } else if (chance() < 0.25) {
        const reason = chance() < 0.5 ? ('later' as const) : ('close' as const);
        event(reason, 4000);
        const quiet = reason === 'later' ? 3 : 14;
        state = recordClose(state, {campaign: campaign.id, reason, until: at + quiet * day}, at);
      }
    }
    all += count;
    asks[Math.min(count, asks.length - 1)] = (asks[Math.min(count, asks.length - 1)] ?? 0) + 1;
  }
  return {asks, asksPerReader: all / readers, arms: [...arms.values()]};
}

/** Gift values in the plan's currency, roughly distributed as real gifts are. */
const worths = [
  [500, 12],
  [1000, 18],
  [2000, 20],
  [5000, 23],
  [6000, 9],
  [12_000, 11],
  [25_000, 2],
] as const;

/** Simulates tests without a difference, and returns the share that names a winner under this plan. */
export function falseAlarms(
  experiment: Experiment,
  {
    readersPerDay,
    giftRate,
    seed,
    tests = 1000,
  }: {
    readonly readersPerDay: number;
    readonly giftRate: number;
    readonly seed: number;
    readonly tests?: number;
  },
): number {
  const days = experiment.plan?.days ?? 28;
  const names = Object.keys(experiment.arms);
  const weights = names.map(name => experiment.arms[name]?.weight ?? 0);
  let alarms = 0;
  for (let test = 0; test < tests; test += 1) {
    const chance = seededChance(seed + test * 7919);
    const sums = names.map(() => ({n: 0, sum: 0, squares: 0, givers: 0}));
    for (let n = 1; n <= days; n += 1) {
      for (const [i, arm] of sums.entries()) {
        const readers = Math.round(readersPerDay * (weights[i] ?? 0));
        const gifts = drawCount(chance, readers, giftRate);
        arm.n += readers;
        arm.givers += gifts;
        for (let k = 0; k < gifts; k += 1) {
          const worth = drawOne(chance, worths);
          arm.sum += worth;
          arm.squares += worth * worth;
        }
      }
      const [control, ...arms] = sums.map(({givers, ...value}, i) => ({
        name: names[i] ?? '',
        value,
        givers,
      }));
      if (!control) break;
      const planned = experiment.plan?.readers ?? readersPerDay * days;
      const {state} = judge({control, arms, planned, days: n, isEnd: n === days});
      if (state === 'better' || state === 'worse') {
        alarms += 1;
        break;
      }
    }
  }
  return alarms / tests;
}
