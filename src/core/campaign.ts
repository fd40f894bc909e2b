/** What does a campaigns file say, and what is wrong with it, exactly where? */

import type {Audience, Schedule} from './audience.js';
import type {Cadence} from './cadence.js';
import {campaignsSchema, type Schema} from './campaign-schema.js';
import type {Consent} from './consent.js';
import {momentOf} from './moment.js';
import {isCurrency, minorUnits} from './money.js';
import {frequencies, type Amounts, type Offer} from './offer.js';

/** The words of an appeal, in the marks of `parseCopy`. Slots of the element win over them. */
export interface Copy {
  readonly heading?: string;
  /** Paragraphs. */
  readonly body?: readonly string[];
  readonly reassurance?: string;
  /** The link that stands in until the script has arrived. */
  readonly fallback?: string;
}

/** Where an inline appeal stands: after the n-th paragraph of what is selected, else at its end. */
export interface Place {
  readonly selector?: string;
  readonly paragraph?: number;
}

/** When an appeal appears: whichever comes first. */
export interface Trigger {
  readonly seconds?: number;
  /** Percent of the page. */
  readonly scroll?: number;
  /** When the pointer leaves the window by its top. */
  readonly exit?: boolean;
}

/** One appeal with its place, audience, schedule and cadence. */
export interface Campaign {
  readonly id: string;
  /** The higher goes first. */
  readonly priority?: number;
  readonly format?: 'inline' | 'bar' | 'dialog';
  readonly place?: Place;
  readonly trigger?: Trigger;
  readonly audience?: Audience;
  readonly schedule?: Schedule;
  readonly cadence?: Partial<Cadence>;
  readonly offer?: Offer;
  readonly currency?: string;
  readonly copy?: Copy;
  /** Copy by language of the page. */
  readonly copies?: Readonly<Record<string, Copy>>;
  readonly checkout?: string;
}

export interface CampaignsFile {
  readonly publication?: string;
  readonly currency?: string;
  readonly checkout?: string;
  readonly offer?: Offer;
  readonly consent?: Consent | 'tcf' | 'gpp';
  /** Selects the site's consent dialog, when it is no modal one. */
  readonly waitFor?: string;
  /** Origins the checkout may lead to, besides Stripe's. */
  readonly origins?: readonly string[];
  readonly campaigns: readonly Campaign[];
}

/** What is wrong, where: `campaigns[0].offer.monthly.USD.presets[1]`. */
export interface Problem {
  readonly path: string;
  readonly problem: string;
}

export type ParsedCampaigns =
  | {readonly ok: true; readonly file: CampaignsFile}
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** What is still sane, for a page that must go on. */
      readonly file?: CampaignsFile;
    };

const join = (path: string, key: string): string => (path ? `${path}.${key}` : key);

/**
 * Reads a value by the table; `undefined` when it is not sane. Only known keys are read, and only a
 * value's own, so nothing of a page's polluted prototypes gets in.
 */
function read(schema: Schema, value: unknown, path: string, problems: Problem[]): unknown {
  const wrong = (problem: string): undefined => {
    problems.push({path, problem});
  };
  const {type, minimum = -Infinity, maximum = Infinity} = schema;
  switch (type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return wrong('must be an object');
      }
      const {properties = {}, required = [], additionalProperties, propertyNames} = schema;
      const result: Record<string, unknown> = {};
      let isSane = true;
      for (const key of Object.keys(value)) {
        const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
        const inner = known ?? additionalProperties;
        const isNamed =
          known ?? (propertyNames && new RegExp(propertyNames.pattern, 'u').test(key));
        if (!inner || !isNamed) {
          problems.push({path: join(path, key), problem: 'is not known here'});
          continue;
        }
        const entry = read(
          inner,
          (value as Record<string, unknown>)[key],
          join(path, key),
          problems,
        );
        if (entry !== undefined) result[key] = entry;
      }
      for (const key of required) {
        if (!Object.hasOwn(value, key))
          problems.push({path: join(path, key), problem: 'is missing'});
        isSane &&= Object.hasOwn(result, key);
      }
      return isSane ? result : undefined;
    }
    case 'array': {
      if (!Array.isArray(value)) return wrong('must be a list');
      const {items, minItems = 0, maxItems = Infinity} = schema;
      if (value.length < minItems) return wrong(`must have at least ${minItems}`);
      if (value.length > maxItems) return wrong(`must have at most ${maxItems}`);
      const result: unknown[] = [];
      for (let i = 0; i < value.length; i += 1) {
        const entry = items && read(items, value[i], `${path}[${i}]`, problems);
        if (entry !== undefined) result.push(entry);
      }
      return result.length < minItems ? undefined : result;
    }
    case 'string': {
      if (typeof value !== 'string') return wrong('must be text');
      const {enum: words, pattern, maxLength = Infinity} = schema;
      if (words && !words.includes(value)) return wrong(`must be one of ${words.join(', ')}`);
      // JSON Schema counts characters, not UTF-16 units.
      if (value.length > maxLength && [...value].length > maxLength) {
        return wrong(`must have at most ${maxLength} characters`);
      }
      if (pattern && !new RegExp(pattern, 'u').test(value)) return wrong(`must match ${pattern}`);
      return value;
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong('must be true or false');
    default:
      if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('must be a number');
      if (type === 'integer' && !Number.isInteger(value)) return wrong('must be a whole number');
      if (value < minimum) return wrong(`${value} is below ${minimum}`);
      if (value > maximum) return wrong(`${value} is above ${maximum}`);
      return value;
  }
}

function amountProblems(amounts: Amounts, currency: string, path: string): Problem[] {
  const problems: Problem[] = [];
  const {min, max, presets, preset} = amounts;
  const add = (key: string, problem: string) => problems.push({path: join(path, key), problem});
  if (!isCurrency(currency)) {
    return [{path, problem: `${currency} is no currency that can be charged`}];
  }
  const {step} = minorUnits(currency);
  const check = (key: string, value: number) => {
    if (value % step !== 0) add(key, `${value} must be a multiple of ${step}`);
    else if (value < min) add(key, `${value} is below min ${min}`);
    else if (value > max) add(key, `${value} is above max ${max}`);
  };
  if (max < min) add('max', `${max} is below min ${min}`);
  else {
    check('min', min);
    check('max', max);
    presets.forEach((value, i) => check(`presets[${i}]`, value));
    if (!presets.includes(preset)) add('preset', `${preset} is none of the presets`);
  }
  return problems;
}

/** What no table can say of an offer: amounts that contradict each other or their currency. */
export function offerProblems(offer: Offer, path = 'offer'): Problem[] {
  const problems: Problem[] = [];
  let count = 0;
  for (const frequency of frequencies) {
    for (const [currency, amounts] of Object.entries(offer[frequency] ?? {})) {
      count += 1;
      const place = join(join(path, frequency), currency);
      problems.push(...amountProblems(amounts, currency, place));
    }
  }
  if (count === 0) problems.push({path, problem: 'offers nothing'});
  return problems;
}

/**
 * Parses a campaigns file: its JSON text, or the value of it. Never throws. With problems, `file`
 * still holds what is sane: a bad field is left out, a bad offer or campaign goes with all it has.
 */
export function parseCampaigns(input: unknown): ParsedCampaigns {
  const problems: Problem[] = [];
  const fail = (path: string, problem: string): void => {
    problems.push({path, problem});
  };
  let value = input;
  let file: CampaignsFile | undefined;
  try {
    if (typeof value === 'string') value = JSON.parse(value) as unknown;
    file = read(campaignsSchema, value, '', problems) as CampaignsFile | undefined;
  } catch (error) {
    fail('', `cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  if (!file) return {ok: false, problems};

  /** Leaves out an offer or a currency that cannot be. */
  const sound = <T extends {readonly offer?: Offer; readonly currency?: string}>(
    holder: T,
    path: string,
  ): T => {
    const {offer, currency, ...rest} = holder;
    const found = offer ? offerProblems(offer, join(path, 'offer')) : [];
    problems.push(...found);
    const isCharged = currency === undefined || isCurrency(currency);
    if (!isCharged) fail(join(path, 'currency'), `${currency} is no currency that can be charged`);
    return {
      ...rest,
      ...(offer && found.length === 0 ? {offer} : {}),
      ...(currency && isCharged ? {currency} : {}),
    } as unknown as T;
  };

  // Where each campaign stood in the file, before any was left out.
  const entries = (value as {campaigns: {id?: unknown}[]}).campaigns;
  const known = new Set<string>();
  const campaigns: Campaign[] = [];
  let next = 0;
  for (const campaign of file.campaigns) {
    next = entries.findIndex((entry, i) => i >= next && entry?.id === campaign.id);
    const path = `campaigns[${next}]`;
    next += 1;
    if (known.has(campaign.id)) {
      fail(`${path}.id`, `${campaign.id} is taken`);
      continue;
    }
    known.add(campaign.id);
    const {start = '', end = ''} = campaign.schedule ?? {};
    const [from, to] = [momentOf(start, 0), momentOf(end, 0, true)];
    if (start && Number.isNaN(from)) fail(`${path}.schedule.start`, `${start} is no date`);
    if (end && Number.isNaN(to)) fail(`${path}.schedule.end`, `${end} is no date`);
    if (to <= from) fail(`${path}.schedule.end`, 'is not after start');
    campaigns.push(sound(campaign, path));
  }
  file = {...sound(file, ''), campaigns};
  return problems.length === 0 ? {ok: true, file} : {ok: false, problems, file};
}
