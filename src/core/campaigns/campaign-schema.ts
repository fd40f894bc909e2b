/** Declares the schema of a campaigns file, shared by the parser and the published JSON Schema. */

import {frequencies} from '../money/offer.js';

/** The subset of JSON Schema that is used. */
export interface Schema {
  /** Of two types, what else is said here holds for whichever it concerns. */
  readonly type:
    | 'object'
    | 'array'
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean'
    | readonly ['string', 'object'];
  /** What is expected, in words: for problems, in place of a pattern. Not part of JSON Schema. */
  readonly expected?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** The schema of unlisted properties; without it an unlisted property is a problem. */
  readonly additionalProperties?: Schema;
  /** The pattern of those names. */
  readonly propertyNames?: {readonly pattern: string};
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const text = (maxLength: number, pattern?: string): Schema => ({
  type: 'string',
  maxLength,
  ...(pattern ? {pattern} : {}),
});
const oneOf = (...words: string[]): Schema => ({type: 'string', enum: words});
const whole = (minimum: number, maximum: number): Schema => ({type: 'integer', minimum, maximum});
const upTo = (maximum: number): Schema => ({type: 'number', minimum: 0, maximum});
const list = (items: Schema, maxItems = 100): Schema => ({type: 'array', items, maxItems});
const object = (properties: Record<string, Schema>, ...required: string[]): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? {required} : {}),
});
const each = (pattern: string, additionalProperties: Schema): Schema => ({
  type: 'object',
  propertyNames: {pattern},
  additionalProperties,
});

const currency = text(3, '^[A-Z]{3}$');
const name = text(64, '^[A-Za-z0-9][A-Za-z0-9._-]*$');
/** The rough shape of a BCP 47 tag, also as operating systems write it: `de_AT`. */
const language = '^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8})*$';
/** https without userinfo, or a path of the same site. */
const address = text(
  2000,
  '^(https://[^\\s/?#@\\\\]+([/?#][^\\s\\\\]*)?|/([^\\s/\\\\][^\\s\\\\]*)?)$',
);
/** A picture of the site, or of a host that the file lists. */
const image: Schema = {
  ...address,
  expected: 'a path of the site that begins with /, or an https address on a host of imageOrigins',
};
/** An address that a reader may be sent to: safe-url.ts takes no port. */
const paying = '^https://[A-Za-z0-9.-]+([/?#][^\\s\\\\]*)?$';
const link: Schema = {...text(2000, paying), expected: 'an https address without a port'};
const linksOf = (names: string, expected: string): Schema =>
  each('^[A-Z]{3}$', {...each(names, link), expected});
const amount = '[1-9][0-9]{0,7}';
const recurringLinks = linksOf(
  `^${amount}$`,
  'an amount in minor units, such as 500: a link where customers choose the price takes no subscription',
);
const checkout: Schema = {
  ...address,
  ...object({
    paymentLinks: object({
      monthly: recurringLinks,
      annual: recurringLinks,
      once: linksOf(`^(${amount}|custom)$`, 'an amount in minor units, such as 500, or custom'),
    }),
    page: {
      ...text(2000, paying),
      expected: 'an https address without a port, and placeholders only behind its host',
    },
  }),
  type: ['string', 'object'],
  expected: 'an https address, a path of this site, or an object with paymentLinks or page',
};
const moment = text(
  40,
  '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)?)?$',
);
const days = upTo(400);
const hours = upTo(9600);
const minor = whole(1, 99_999_999);

const amounts = each(
  '^[A-Z]{3}$',
  object(
    {min: minor, max: minor, presets: {...list(minor, 12), minItems: 1}, preset: minor},
    'min',
    'max',
    'presets',
    'preset',
  ),
);
const offer = object({id: name, once: amounts, monthly: amounts, annual: amounts});
const byFrequency = (schema: Schema): Schema =>
  object(Object.fromEntries(frequencies.map(frequency => [frequency, schema])));
const popular = object(
  {
    asOf: {...text(10, '^\\d{4}-\\d\\d-\\d\\d$'), expected: 'a day such as 2026-11-30'},
    ...byFrequency(each('^[A-Z]{3}$', minor)).properties,
  },
  'asOf',
);
const line = text(200);
const amountKey = '^[1-9][0-9]{0,7}$';
const texts = {
  kicker: line,
  heading: text(5000),
  body: list(text(10_000), 50),
  highlight: text(5000),
  byline: object({name: line, role: line, portrait: image}, 'name'),
  benefits: byFrequency(list(text(500), 12)),
  button: byFrequency(text(100)),
  later: text(100),
  collapsed: text(300),
  reassurance: text(5000),
  fallback: text(5000),
  secondary: text(5000),
  amounts: byFrequency(
    each('^[A-Z]{3}$', {
      ...each(amountKey, object({meaning: text(100), pill: text(40)})),
      expected: 'an amount in minor units, such as 500',
    }),
  ),
};
const copy = object({...texts, withoutCount: object(texts)});
const words = list(text(500, '.'));
const rules = object({
  path: list(text(500, '^[/*]')),
  section: words,
  tag: words,
  language: list(text(100, language)),
  country: list(text(2, '^[A-Za-z]{2}$')),
  device: list(oneOf('phone', 'tablet', 'desktop')),
  referrer: list(text(300, '^[A-Za-z0-9.-]+$')),
});
const count = whole(0, 1_000_000);
const share = upTo(1);
const format = oneOf('inline', 'bar', 'dialog');
const cadence = object({
  // As many as the reader record keeps.
  maxViews: whole(0, 50),
  windowDays: days,
  hoursBetweenViews: hours,
  hoursBetweenCampaigns: hours,
  laterDays: {...list(days, 10), minItems: 1},
  closeDays: days,
  closeDaysMax: days,
  alreadySupportingDays: days,
  notThisCampaignDays: days,
  supportedOnceDays: days,
  supportedRecurringDays: days,
  dayStartsAtHour: whole(0, 23),
});
const copies = each(language, copy);
const pixels = whole(1, 10_000);

/** What a campaign says of an appeal, and what an arm may say otherwise. */
const appeal = {
  theme: oneOf('default', 'broadsheet', 'gazette', 'review'),
  accent: {
    type: 'string',
    pattern: '^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$',
    expected: 'a colour such as #a26 or #a1263a',
  },
  collapsed: {type: 'boolean'},
  frequencies: {...list(oneOf(...frequencies), 3), minItems: 1},
  minArticles: count,
  image: object(
    {src: image, alt: text(1000), width: pixels, height: pixels, position: oneOf('top')},
    'src',
    'alt',
    'width',
    'height',
  ),
  copy,
  copies,
  claims: oneOf('reviewed'),
  offer,
  format,
  cadence,
} as const;

const campaign = object(
  {
    ...appeal,
    id: name,
    priority: {type: 'number'},
    place: object({selector: text(500), paragraph: whole(1, 10_000)}, 'selector'),
    trigger: object({seconds: upTo(86_400), scroll: upTo(100), exit: {type: 'boolean'}}),
    audience: object({
      include: rules,
      exclude: rules,
      articles: object({min: count, max: count}),
      signedIn: {type: 'boolean'},
    }),
    schedule: object({start: moment, end: moment}),
    currency,
    checkout,
  },
  'id',
);

/** Short enough that an id with its version, and an arm, fit into an event. */
const experimentName = text(48, '^[A-Za-z0-9][A-Za-z0-9._-]*$');
// JavaScript would reorder arms whose names are numbers.
const arms = each(
  '^[a-z][a-z0-9-]{0,39}$',
  object(
    {
      weight: share,
      overrides: object(appeal),
      enabled: {type: 'boolean'},
    },
    'weight',
  ),
);

const experiment = object(
  {
    id: experimentName,
    version: whole(1, 9999),
    campaign: name,
    on: {type: 'boolean'},
    coverage: share,
    layer: object({name: experimentName, from: share, to: share}, 'name', 'from', 'to'),
    arms,
    metric: object(
      {
        currency,
        months: whole(1, 120),
        cap: whole(1, 100_000_000),
        rates: each('^[A-Z]{3}$', upTo(1_000_000)),
      },
      'currency',
    ),
    plan: object({
      days: whole(7, 400),
      readers: whole(1, 1_000_000_000),
      giftRate: share,
      lift: upTo(10),
    }),
  },
  'id',
  'version',
  'campaign',
  'arms',
);

export const campaignsSchema: Schema = object(
  {
    $schema: text(2000),
    publication: text(200),
    currency,
    checkout,
    companion: address,
    count: oneOf('interactions', 'all'),
    offer,
    consent: oneOf('minimal', 'full', 'tcf', 'gpp'),
    waitFor: text(500),
    stackAbove: text(500),
    origins: list(text(300, '^https://[a-z0-9.-]+$')),
    imageOrigins: list({
      ...text(300, '^(https://)?[a-z0-9.-]+(:[0-9]{1,5})?$'),
      expected: 'a host such as images.example.org, or its https origin',
    }),
    manage: address,
    methods: list({...text(40, '\\S'), expected: 'the name of a way to pay'}, 12),
    popular,
    campaigns: list(campaign, 200),
    experiments: list(experiment, 50),
    holdback: upTo(0.5),
  },
  'campaigns',
);
