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
import {drawOne, seededChance, type Chance} from '../stats/chance.js';

/** The assumptions about readers. Every default is a guess: replace it with what you know. */
export interface Assumptions {
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

/** Receives one line of the log, as `npx reader-support-companion report` reads it. */
export type WriteLine = (line: Readonly<Record<string, unknown>>) => void;

/** What a simulation counts. */
export interface SimulationCounts {
  /** How many readers were asked how many times, by index; the last entry is "that many or more". */
  readonly asks: readonly number[];
  readonly asksPerReader: number;
  /** By experiment and arm. */
  readonly arms: readonly Readonly<ArmCount>[];
}

/** Runs the simulation and reports every event and gift. */
export function play(
  file: CampaignsFile,
  assumptions: Assumptions,
  writeLine: WriteLine = () => undefined,
): SimulationCounts {
  const chance = seededChance(assumptions.seed);
  const holdback = file.holdback ? holdbackOf(file.holdback) : undefined;
  const arms = new Map<string, ArmCount>();
  const simulation = {file, assumptions, chance, holdback, arms, writeLine};
  const asks = [0, 0, 0, 0, 0, 0];
  let total = 0;
  for (let n = 0; n < assumptions.readers; n += 1) {
    const count = playReader(simulation, n);
    total += count;
    const index = Math.min(count, asks.length - 1);
    asks[index] = (asks[index] ?? 0) + 1;
  }
  return {asks, asksPerReader: total / assumptions.readers, arms: [...arms.values()]};
}

const hour = 3_600_000;
const day = 24 * hour;

/** How often readers visit: once, now and then, or almost daily. */
const habits = [
  [1 / 28, 6],
  [0.12, 3],
  [0.7, 1],
] as const;

interface ArmCount {
  readonly experiment: string;
  readonly arm: string;
  readers: number;
  gifts: number;
}

interface Simulation {
  readonly file: CampaignsFile;
  readonly assumptions: Assumptions;
  readonly chance: Chance;
  readonly holdback: Experiment | undefined;
  readonly arms: Map<string, ArmCount>;
  readonly writeLine: WriteLine;
}

/** A made-up reader. */
interface Reader {
  /** Unique among all simulations: the seed and the reader's number. */
  readonly id: string;
  /** A share: the reader gives if the gift rate is higher. It is drawn once, as readers decide only once. */
  readonly reluctance: number;
  /** By experiment. */
  readonly buckets: Map<string, number>;
  readonly arms: Map<string, string>;
  record: ReaderState;
  hasGiven: boolean;
}

/** Plays the days of one reader and returns how often they were asked. */
function playReader(simulation: Simulation, n: number): number {
  const {file, chance} = simulation;
  const {days, seed, from} = simulation.assumptions;
  const habit = drawOne(chance, habits);
  const reader: Reader = {
    id: `${seed}-${n}`,
    reluctance: chance(),
    buckets: new Map(),
    arms: new Map(),
    record: emptyState,
    hasGiven: false,
  };
  // One-time visitors come on a uniformly random day.
  const onlyDay = Math.floor(chance() * days);
  let asks = 0;
  for (let index = 0; index < days; index += 1) {
    if (habit < 0.1 ? onlyDay !== index : chance() > habit) continue;
    const at = from + index * day + Math.floor(chance() * 16 + 6) * hour;
    reader.record = recordArticle(reader.record, `a${index}`, at);
    const decision = decide(file.campaigns, factsOf(reader, at), reader.record);
    const appeal = decision.ask && appealFor(simulation, reader, decision.campaign, at);
    if (!appeal) continue;
    asks += 1;
    reader.record = react(simulation, reader, appeal, at, index);
  }
  return asks;
}

const factsOf = ({record, hasGiven}: Reader, now: number): Facts => ({
  now,
  utcOffsetMinutes: 0,
  path: '/story',
  tags: [],
  language: 'en',
  device: 'phone',
  referrer: '',
  articles: record.read.length,
  supporter: hasGiven,
  sensitive: false,
  asked: false,
});

/** An appeal that is shown, and the arms that the reader is in. */
interface Appeal {
  /** The campaign as in the file. */
  readonly campaign: Campaign;
  /** The campaign as the reader's arm shows it. */
  readonly shown: Campaign;
  readonly enrolment?: Enrolment;
  readonly holdback: Enrolment | undefined;
}

/**
 * Returns the appeal that a campaign shows to a reader; `undefined` where it shows nothing. As on a
 * page: the holdback first, then the campaign's first experiment that includes the reader.
 */
function appealFor(
  simulation: Simulation,
  reader: Reader,
  campaign: Campaign,
  at: number,
): Appeal | undefined {
  const holdback =
    simulation.holdback && enrol(simulation, reader, simulation.holdback, campaign, at);
  if (holdback?.arm === 'held') return undefined;
  for (const experiment of simulation.file.experiments ?? []) {
    if (experiment.campaign !== campaign.id) continue;
    const enrolment = enrol(simulation, reader, experiment, campaign, at);
    if (!enrolment) continue;
    const shown = applyArm(campaign, experiment.arms[enrolment.arm]);
    return shown && {campaign, shown, enrolment, holdback};
  }
  return {campaign, shown: campaign, holdback};
}

interface Enrolment {
  readonly experiment: string;
  readonly arm: string;
  readonly exposure: string;
}

/** Returns the reader's arm, if they take part. Counts and reports the exposure the first time. */
function enrol(
  {chance, arms, writeLine}: Simulation,
  reader: Reader,
  experiment: Experiment,
  campaign: Campaign,
  at: number,
): Enrolment | undefined {
  const name = experimentKey(experiment);
  const bucketOf = (key: string) => {
    const bucket = reader.buckets.get(key) ?? Math.floor(chance() * 10_000) / 10_000;
    reader.buckets.set(key, bucket);
    return bucket;
  };
  const {arm} = assignArm(experiment, bucketOf, reader.arms.get(name));
  if (arm === undefined) return undefined;
  const enrolment = {experiment: name, arm, exposure: `simulated-${reader.id}-${name}`};
  if (!reader.arms.has(name)) {
    reader.arms.set(name, arm);
    countOf(arms, enrolment).readers += 1;
    writeLine({
      name: 'exposure',
      campaign: campaign.id,
      ...enrolment,
      placement: placementOf(campaign),
      key: enrolment.exposure,
      at,
    });
  }
  return enrolment;
}

/** Returns the count of an arm, which begins at zero. */
function countOf(arms: Map<string, ArmCount>, {experiment, arm}: Enrolment): ArmCount {
  const key = `${experiment} ${arm}`;
  const count = arms.get(key) ?? {experiment, arm, readers: 0, gifts: 0};
  arms.set(key, count);
  return count;
}

const placementOf = ({format = 'inline', place}: Campaign): string => (place ? 'article' : format);

/** Draws what a reader does with an appeal, reports it, and returns the reader's new record. */
function react(
  simulation: Simulation,
  reader: Reader,
  appeal: Appeal,
  at: number,
  index: number,
): ReaderState {
  const {assumptions, chance, writeLine} = simulation;
  const {campaign, enrolment} = appeal;
  const report = (name: string, delay: number) =>
    writeLine({
      name,
      campaign: campaign.id,
      ...enrolment,
      placement: placementOf(campaign),
      key: `${name}-${reader.id}-${index}`,
      at: at + delay,
    });
  const record = recordView(reader.record, campaign.id, at);
  if (chance() < 0.75) report('view', 2000);
  if (chance() < 0.04) report('open', 9000);
  const isTreated = enrolment && enrolment.arm !== 'control';
  if (reader.reluctance < assumptions.giftRate * (isTreated ? 1 + assumptions.lift : 1)) {
    report('open', 9000);
    report('start', 30_000);
    reader.hasGiven = true;
    const frequency = give(simulation, reader, appeal, at + 60_000);
    return recordSupported(record, {at, until: at + 365 * day, frequency});
  }
  if (chance() >= 0.25) return record;
  const reason = chance() < 0.5 ? 'later' : 'close';
  report(reason, 4000);
  const snooze = (reason === 'later' ? 3 : 14) * day;
  return recordClose(record, {campaign: campaign.id, reason, until: at + snooze}, at);
}

/** Draws, counts and reports a gift, and returns its frequency. */
function give(
  {file, chance, arms, writeLine}: Simulation,
  {id}: Reader,
  {campaign, shown, enrolment, holdback}: Appeal,
  at: number,
): Frequency {
  const {frequency, amount} = drawGift(chance, shown, file);
  writeLine({
    kind: 'gift',
    id: `gift-simulated-${id}`,
    rank: 1,
    state: 'paid',
    frequency,
    amount,
    source: {
      campaign: campaign.id,
      ...enrolment,
      ...(holdback && {
        holdback: `${holdback.experiment}:${holdback.arm}`,
        holdbackExposure: holdback.exposure,
      }),
    },
    renewal: false,
    at,
    ...(frequency !== 'once' && {subscription: `sub-simulated-${id}`}),
  });
  if (enrolment) countOf(arms, enrolment).gifts += 1;
  if (holdback) countOf(arms, holdback).gifts += 1;
  return frequency;
}

function drawGift(chance: Chance, campaign: Campaign, file: CampaignsFile) {
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
