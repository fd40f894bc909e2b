/** Parses a campaigns file and reports every problem with its path. */

import type {Audience, Schedule} from './audience.js';
import type {Cadence} from '../cadence/cadence.js';
import {campaignsSchema, type Schema} from './campaign-schema.js';
import type {Consent} from '../consent/consent.js';
import type {Copy, Experiment} from '../experiments/experiment.js';
import {experimentProblems, type CampaignProblem} from '../experiments/experiment-problems.js';
import {momentOf} from './moment.js';
import {pathOf, renamedInCampaigns, withNewWords} from './renamed-keys.js';
import {isCurrency} from '../money/currencies.js';
import {minorUnits} from '../money/money.js';
import {frequencies, type Amounts, type Offer} from '../money/offer.js';

export type {Copy} from '../experiments/experiment.js';
export type {CampaignProblem} from '../experiments/experiment-problems.js';

/** Where an inline appeal stands: after the n-th paragraph of the selected element, or at its end. */
export interface CampaignPlace {
  readonly selector?: string;
  readonly paragraph?: number;
}

/** When an appeal appears: on whichever comes first. */
export interface Trigger {
  readonly seconds?: number;
  /** Percent of the page. */
  readonly scroll?: number;
  /** When the pointer leaves the window at the top. */
  readonly exit?: boolean;
}

/** One appeal with its place, audience, schedule and cadence. */
export interface Campaign {
  readonly id: string;
  /** Higher priorities go first. */
  readonly priority?: number;
  readonly format?: 'inline' | 'bar' | 'dialog';
  readonly place?: CampaignPlace;
  readonly trigger?: Trigger;
  readonly audience?: Audience;
  readonly schedule?: Schedule;
  readonly cadence?: Partial<Cadence>;
  readonly offer?: Offer;
  readonly currency?: string;
  readonly copy?: Copy;
  /** Copy by the page's language. */
  readonly copies?: Readonly<Record<string, Copy>>;
  readonly checkout?: string;
}

export interface CampaignsFile {
  readonly publication?: string;
  readonly currency?: string;
  readonly checkout?: string;
  /** The companion's URL. It counts events, and keeps a "not now" that browsers would delete. */
  readonly companion?: string;
  /**
   * Whether events without an action of the reader are counted without consent: `interactions` does not. Default:
   * `interactions`; `all` where the file has experiments, which must count everybody.
   */
  readonly count?: 'interactions' | 'all';
  readonly offer?: Offer;
  readonly consent?: Consent | 'tcf' | 'gpp';
  /** Selector of the site's consent dialog, where it is not modal. */
  readonly waitFor?: string;
  /** Origins the checkout may navigate to, besides Stripe's. */
  readonly origins?: readonly string[];
  readonly campaigns: readonly Campaign[];
  /** Tests of campaigns' copy, offers, formats and cadences. */
  readonly experiments?: readonly Experiment[];
  /** The share of readers who are never asked, to measure what asking brings. */
  readonly holdback?: number;
}

export type ParsedCampaigns =
  | {readonly ok: true; readonly file: CampaignsFile}
  | {
      readonly ok: false;
      readonly problems: readonly CampaignProblem[];
      /** The valid part, for pages that must go on. */
      readonly file?: CampaignsFile;
    };

/** Reports a problem and returns `undefined`, so that a parser can return its result. */
type Fail = (path: string, problem: string) => undefined;

/** The most problems that are reported; a file of ten megabytes could have a million. */
const mostProblems = 100;

// A malicious key may be as long as the file.
const join = (path: string, key: string): string => `${path && `${path}.`}${key.slice(0, 80)}`;

/**
 * Reads a value by its schema; `undefined` when it is invalid. Only known and own keys are read, so that
 * polluted prototypes have no effect.
 */
function read(schema: Schema, value: unknown, path: string, fail: Fail): unknown {
  const {type, minimum = -Infinity, maximum = Infinity} = schema;
  const wrong = (problem: string) => fail(path, problem);
  if (type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return wrong('must be an object');
    }
    const {properties = {}, required = [], additionalProperties, propertyNames} = schema;
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const isNamed = propertyNames && new RegExp(propertyNames.pattern, 'u').test(key);
      const inner = Object.hasOwn(properties, key)
        ? properties[key]
        : isNamed && additionalProperties;
      const place = join(path, key);
      if (!inner) {
        const pattern = propertyNames ? `: a name here must match ${propertyNames.pattern}` : '';
        fail(place, `is not known here${pattern}`);
      } else {
        const entry = read(inner, (value as Record<string, unknown>)[key], place, fail);
        if (entry !== undefined) result[key] = entry;
      }
    }
    for (const key of required) if (!Object.hasOwn(value, key)) fail(join(path, key), 'is missing');
    return required.every(key => Object.hasOwn(result, key)) ? result : undefined;
  }
  if (type === 'array') {
    if (!Array.isArray(value)) return wrong('must be a list');
    const {items, minItems = 0, maxItems = Infinity} = schema;
    if (value.length < minItems) wrong(`must have at least ${minItems}`);
    if (value.length > maxItems) wrong(`must have at most ${maxItems}`);
    const entries = [];
    for (let i = 0; i < value.length && i < maxItems; i += 1) {
      entries.push(items && read(items, value[i], `${path}[${i}]`, fail));
    }
    // Campaigns and experiments keep their positions, which problems refer to.
    const isNamed = path === 'campaigns' || path === 'experiments';
    const sane = isNamed ? entries : entries.filter(one => one !== undefined);
    return sane.length < minItems ? undefined : sane;
  }
  if (type === 'string') {
    if (typeof value !== 'string') return wrong('must be text');
    const {enum: words, pattern, maxLength = Infinity} = schema;
    if (words && !words.includes(value)) return wrong(`must be one of ${words.join(', ')}`);
    // JSON Schema counts characters, not UTF-16 units.
    if (
      value.length > maxLength &&
      (value.length > 2 * maxLength || Array.from(value).length > maxLength)
    ) {
      return wrong(`must have at most ${maxLength} characters`);
    }
    if (pattern && !new RegExp(pattern, 'u').test(value)) return wrong(`must match ${pattern}`);
    return value;
  }
  if (type === 'boolean')
    return typeof value === 'boolean' ? value : wrong('must be true or false');
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('must be a number');
  if (type === 'integer' && !Number.isInteger(value)) return wrong('must be a whole number');
  if (value < minimum) return wrong(`${value} is below ${minimum}`);
  if (value > maximum) return wrong(`${value} is above ${maximum}`);
  return value;
}

function checkAmounts(amounts: Amounts, currency: string, path: string, fail: Fail): void {
  if (!isCurrency(currency)) fail(path, `${currency} is no currency that can be charged`);
  const {min, max, presets, preset} = amounts;
  const {step} = minorUnits(currency);
  const check = (key: string, value: number) => {
    if (value % step !== 0) fail(join(path, key), `${value} is no multiple of ${step}`);
    if (value < min) fail(join(path, key), `${value} is below min ${min}`);
    else if (value > max && key !== 'min') fail(join(path, key), `${value} is above max ${max}`);
  };
  check('min', min);
  check('max', max);
  presets.forEach((value, i) => {
    check(`presets[${i}]`, value);
    if (presets.indexOf(value) < i) fail(join(path, `presets[${i}]`), `${value} is there twice`);
  });
  if (!presets.includes(preset)) fail(join(path, 'preset'), `${preset} is none of the presets`);
}

/** Checks offers that the schema accepts, since dropping list items has moved the others. */
function checkOffer(
  offer: Offer,
  path: string,
  fail: Fail,
  isBroken: (path: string) => boolean,
): void {
  let isEmpty = !isBroken(path);
  for (const frequency of frequencies) {
    for (const [currency, amounts] of Object.entries(offer[frequency] ?? {})) {
      const place = join(join(path, frequency), currency);
      isEmpty = false;
      if (!isBroken(place)) checkAmounts(amounts, currency, place, fail);
    }
  }
  if (isEmpty) fail(path, 'offers nothing');
}

/** Finds problems of an offer that no schema can express: amounts that contradict each other or the currency. */
export function offerProblems(offer: Offer, path = 'offer'): readonly CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  const fail: Fail = (place, problem) => void problems.push({path: place, problem});
  checkOffer(offer, path, fail, () => false);
  return problems;
}

function checkCurrency(currency: string, offer: Offer | undefined, path: string, fail: Fail): void {
  if (!isCurrency(currency)) fail(path, `${currency} is no currency that can be charged`);
  else if (offer && !frequencies.some(one => Object.hasOwn(offer[one] ?? {}, currency))) {
    fail(path, `${currency} is not offered`);
  }
}

function checkTimes({audience, schedule}: Campaign, path: string, fail: Fail): void {
  const {start, end} = schedule ?? {};
  const {min = 0, max = Infinity} = audience?.articles ?? {};
  const from = start === undefined ? -Infinity : momentOf(start, 0);
  const to = end === undefined ? Infinity : momentOf(end, 0, true);
  if (Number.isNaN(from)) fail(`${path}.schedule.start`, `${start} is no date`);
  if (Number.isNaN(to)) fail(`${path}.schedule.end`, `${end} is no date`);
  if (to <= from) fail(`${path}.schedule.end`, 'is not after start');
  if (max < min) fail(`${path}.audience.articles.max`, `${max} is below min ${min}`);
}

/** Finds problems that the schema cannot express: contradictions and unknown currencies. */
function checkFile(file: CampaignsFile, fail: Fail, isBroken: (path: string) => boolean): void {
  const ids = new Set<string>();
  const check = ({offer, currency}: Partial<CampaignsFile>, path: string) => {
    if (offer) checkOffer(offer, join(path, 'offer'), fail, isBroken);
    if (currency) checkCurrency(currency, offer ?? file.offer, join(path, 'currency'), fail);
  };
  check(file, '');
  file.campaigns.forEach((campaign: Campaign | undefined, i) => {
    if (!campaign) return;
    const path = `campaigns[${i}]`;
    if (ids.has(campaign.id)) fail(`${path}.id`, `${campaign.id} is taken`);
    ids.add(campaign.id);
    checkTimes(campaign, path, fail);
    check(campaign, path);
  });
  file.experiments?.forEach((experiment: Experiment | undefined, i) => {
    for (const [name, {overrides}] of Object.entries(experiment?.arms ?? {})) {
      check(
        overrides?.offer ? {offer: overrides.offer} : {},
        `experiments[${i}].arms.${name}.overrides`,
      );
    }
  });
  const known = file.campaigns.filter(Boolean);
  for (const {path, problem} of experimentProblems(file.experiments ?? [], known)) {
    if (!isBroken(path)) fail(path, problem);
  }
}

/**
 * What is dropped together with a problem in it. A campaign is dropped for its id, offer, audience or
 * schedule, because whom to ask when and for what must not be guessed; so are campaigns without an offer
 * when the file's is wrong. An experiment is dropped for any problem, because half of one is worthless.
 * Otherwise only the field is dropped.
 */
const whole =
  /^(?:experiments\[\d+\]|campaigns\[\d+\](?=\.(?:id|offer|audience|schedule)\b)|(?:campaigns\[\d+\]\.)?currency\b|offer\b)/;

function withoutBroken(file: CampaignsFile, broken: ReadonlySet<string>): CampaignsFile {
  const sound = <T extends object>(holder: T, path: string): T =>
    Object.fromEntries(Object.entries(holder).filter(([key]) => !broken.has(join(path, key)))) as T;
  const campaigns = file.campaigns.flatMap((campaign: Campaign | undefined, i) => {
    const path = `campaigns[${i}]`;
    const isLost = broken.has(path) || (broken.has('offer') && !campaign?.offer);
    return campaign && !isLost ? [sound(campaign, path)] : [];
  });
  const experiments = file.experiments?.filter(
    (experiment: Experiment | undefined, i) => experiment && !broken.has(`experiments[${i}]`),
  );
  return {...sound(file, ''), campaigns, ...(experiments && {experiments})};
}

/** Parses JSON. Errors name the line and column rather than the position, as editors do. */
function parseJson(text: string): unknown {
  // Windows' Notepad may write a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const [, position] = / at position (\d+)/.exec(String(error)) ?? [];
    if (position === undefined) throw error;
    const before = json.slice(0, Number(position)).split('\n');
    throw new SyntaxError(
      `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${(error as Error).message}`,
    );
  }
}

function parse(input: unknown, check?: typeof checkFile): ParsedCampaigns {
  const problems: CampaignProblem[] = [];
  const broken = new Set<string>();
  const fail: Fail = (path, problem) => {
    const gone = whole.exec(path)?.[0];
    if (gone) broken.add(gone);
    if (problems.length < mostProblems) problems.push({path, problem});
  };
  try {
    const written = typeof input === 'string' ? parseJson(input) : input;
    // An old word is a problem that takes nothing with it: the file still says what is meant.
    const value = withNewWords(written, renamedInCampaigns, ({path, from, to}) => {
      if (problems.length < mostProblems)
        problems.push({path: pathOf(path), problem: `\`${from}\` is now \`${to}\``});
    });
    const file = read(campaignsSchema, value, '', fail) as CampaignsFile | undefined;
    if (!file) return {ok: false, problems};
    const found = [...problems];
    check?.(file, fail, path => found.some(one => `${one.path}.`.startsWith(`${path}.`)));
    if (problems.length === 0) return {ok: true, file};
    return {ok: false, problems, file: withoutBroken(file, broken)};
  } catch (error) {
    // The text is not JSON, or a getter throws something that may not even convert to a string.
    fail('', `cannot be read${typeof input === 'string' ? `: ${String(error)}` : ''}`);
    return {ok: false, problems};
  }
}

/**
 * Parses a campaigns file, given as JSON text or as a value. Never throws. With problems, `file` still
 * holds the valid part: an invalid field is left out, and so is a campaign whose id, offer, audience or
 * schedule is wrong.
 */
export function parseCampaigns(input: unknown): ParsedCampaigns {
  return parse(input, checkFile);
}

/**
 * Parses a campaigns file like `parseCampaigns`, but by the published schema alone. For pages, where size
 * matters: contradictions within an offer or between dates are left to the newsroom's check.
 */
export function readCampaigns(input: unknown): ParsedCampaigns {
  return parse(input);
}
