/**
 * Writes `campaigns.schema.json`, which code editors use for campaigns files: the parser's schema with
 * descriptions for people, which no page has to load; and `docs/report-line.schema.json`, the schema by
 * which a report reads the lines of a log.
 *
 *     node scripts/write-schema.js            writes them
 *     node scripts/write-schema.js --check    fails when one is out of date
 */

import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const root = new URL('../', import.meta.url);

const audience = {
  path: 'Globs of paths: `*` stays within a folder, `**` crosses folders. One match is enough.',
  section: 'Sections, as the page names them in <meta property="article:section">.',
  tag: 'Tags, as the page names them in <meta property="article:tag">.',
  language: 'Languages of the page: `de` means `de-AT` and `de_DE` too.',
  country: 'ISO 3166 countries of the reader: what the site says, else the region of the browser.',
  device: 'Widths of the window: below 640 px, below 1024 px, and wider.',
  referrer: 'Hosts the reader came from: `example.org` means `www.example.org` too.',
};

const amounts = {
  '': 'What can be given, by ISO 4217 currency, in minor units as Stripe counts them: 500 is $5.00 and ¥500.',
  '*.min': 'The least that can be given.',
  '*.max': 'The most that can be given.',
  '*.presets': 'The amounts to choose from, each within min and max.',
  '*.preset': 'The preset that is chosen at first.',
};

const under = (path, words) =>
  Object.fromEntries(
    Object.entries(words).map(([key, text]) => [[path, key].filter(Boolean).join('.'), text]),
  );

const offer = {
  id: 'Names the offer to the companion; `support` when left out.',
  ...under('once', amounts),
  ...under('monthly', amounts),
  ...under('annual', amounts),
};

const byFrequency = (path, words) =>
  Object.assign({}, ...['monthly', 'annual', 'once'].map(name => under(`${path}.${name}`, words)));

const plain = 'Plain text, with the same placeholders.';
const words = {
  kicker: `A line above the heading. ${plain}`,
  heading:
    'The heading. Marks: **strong**, *emphasis*, [link](https://…); placeholders: {publication}, {from}, {articles}.',
  body: 'Paragraphs, with the same marks and placeholders.',
  highlight: 'The sentence that stands out, behind the paragraphs, with the same marks.',
  byline: 'Who signs. Plain text.',
  'byline.name': 'The name.',
  'byline.role': 'What they do: “Editor”.',
  'byline.portrait':
    'The address of a picture: a path of the site, or https on a host of `imageOrigins`.',
  benefits: 'What a gift brings, by frequency: short texts, with the same marks.',
  ...byFrequency('benefits', {'': 'What a gift of this frequency brings, at most 12.'}),
  button: 'The words of the button, by frequency.',
  ...byFrequency('button', {'': `The words, with {amount}: “Give {amount} a month”. ${plain}`}),
  later: `The words of the button “Remind me later”. ${plain}`,
  collapsed: `The one sentence of a collapsed bar, at most 60 characters. ${plain}`,
  reassurance: 'A quiet line under the form.',
  fallback: 'The link that stands in until the script has arrived.',
  secondary: 'Another way to help: a text with one [link](https://…).',
  amounts: 'The words at amounts, by frequency, currency and amount in minor units. Plain text.',
  ...byFrequency('amounts', {
    '': 'The words at amounts of this frequency, by currency.',
    '*': 'The words at amounts of this currency, by preset in minor units: 500 is $5.00 and ¥500.',
    '*.*': 'The words at this amount.',
    '*.*.meaning': 'What the amount makes possible: “an hour in the archive”.',
    '*.*.pill':
      '`popular`, which we word and show only where gifts prove it, or neutral words of your own.',
  }),
};

const copy = {
  ...words,
  withoutCount:
    'The words below `minArticles`, and where articles are not counted; what is left out stays.',
  ...under('withoutCount', words),
};

const links = {
  '*': 'The links of a currency, by amount in minor units: 500 is $5.00 and ¥500.',
  '*.*': 'The address of a Payment Link of this amount.',
};

const checkout = {
  paymentLinks:
    'Stripe Payment Links, for sites without a server. Amounts without a link are not shown.',
  'paymentLinks.monthly': 'Links of monthly gifts, by currency.',
  'paymentLinks.annual': 'Links of annual gifts, by currency.',
  'paymentLinks.once':
    'Links of single gifts, by currency. `custom` is a link where customers choose the price.',
  ...under('paymentLinks.monthly', links),
  ...under('paymentLinks.annual', links),
  ...under('paymentLinks.once', links),
  page: 'The https address of a page that takes money. Placeholders: {amount} (5.00), {minor} (500), {currency}, {frequency}, {campaign}.',
};

const appearance = {
  theme:
    'A set of typefaces, colours and edges. `default`, the page’s typefaces with our colours, when left out.',
  accent: 'The colour of the button, as #rgb or #rrggbb.',
  collapsed: 'Whether a bar begins as one line. true when left out.',
  frequencies: 'The frequencies of the offer that are shown, in this order. All when left out.',
  image: 'A picture. Its measures keep the page from shifting.',
  'image.src': 'A path of the site, or https on a host of `imageOrigins`.',
  'image.alt': 'What it shows, for readers who do not see it; "" where it is decoration.',
  'image.width': 'Its width in CSS pixels.',
  'image.height': 'Its height in CSS pixels.',
  'image.position': 'Where it stands: `top`, above all words.',
  claims:
    '`reviewed` says that somebody has proved what the copy beside it claims, such as “most”.',
};

const campaign = {
  '': 'One appeal with its place, audience, schedule and cadence.',
  id: 'Names the campaign in the reader’s record and in every event. Never reuse one.',
  priority:
    'Of several campaigns that are due the highest asks; of equals the first in this file. 0 when left out.',
  format: 'In the article, at the foot of the window, or over the page. `inline` when left out.',
  place:
    'Where an inline appeal stands; without it, where the page has <support-appeal campaign="…">.',
  'place.selector': 'CSS selector of what holds the article’s paragraphs.',
  'place.paragraph': 'After this many paragraphs; at the end when left out.',
  trigger:
    'When it appears: whichever comes first. 10 s or 50 % for bar and dialog, at once for inline.',
  'trigger.seconds': 'Seconds on the page.',
  'trigger.scroll': 'Percent of the page scrolled.',
  'trigger.exit': 'When the pointer leaves the window by its top.',
  audience: 'Who is asked. Every rule that is given must hold.',
  'audience.include': 'Only where all of these match.',
  ...under('audience.include', audience),
  'audience.exclude': 'Not where any of these matches.',
  ...under('audience.exclude', audience),
  'audience.articles':
    'How many articles the reader has read in the last 31 days, as far as they may be counted.',
  'audience.articles.min': 'At least so many.',
  'audience.articles.max': 'At most so many.',
  'audience.signedIn': 'Only readers who are, or are not, signed in.',
  schedule: 'When it runs. Dates without a zone are the reader’s own time.',
  'schedule.start': 'ISO 8601 date or date-time. A date is its first moment.',
  'schedule.end': 'ISO 8601 date or date-time. A date includes that day.',
  cadence: 'How often one reader may be asked. Durations are days unless the name says otherwise.',
  'cadence.maxViews': 'Views within the window, of all campaigns together. Default 4.',
  'cadence.windowDays': 'The window. Default 30.',
  'cadence.hoursBetweenViews': 'Between two views of this campaign. Default 24.',
  'cadence.hoursBetweenCampaigns': 'Between a view of another campaign and one of this. Default 1.',
  'cadence.laterDays':
    'After the first “later”, the second, and every further one. Default 3, 14, 60.',
  'cadence.closeDays': 'After ✕; doubles each time. Default 14.',
  'cadence.closeDaysMax': 'At most so long after ✕. Default 120.',
  'cadence.alreadySupportingDays': 'After “I already support you”. Default 28.',
  'cadence.notThisCampaignDays': 'After “not this one”, when the campaign has no end. Default 365.',
  'cadence.supportedOnceDays': 'After a single gift. Default 90.',
  'cadence.supportedRecurringDays': 'After the start of a recurring gift. Default 365.',
  'cadence.dayStartsAtHour': 'The hour at which a reader’s day begins. Default 4.',
  offer: 'What can be given; that of the file when left out.',
  ...under('offer', offer),
  currency:
    "The currency to start with; that of the reader's country, else the file's, when left out.",
  minArticles: 'From how many articles on the copy counts them. 5 when left out.',
  ...appearance,
  copy: 'The words. Slots of the element win over them.',
  ...under('copy', copy),
  copies: 'The words by language of the page.',
  ...under('copies.*', copy),
  checkout: 'Where a press goes, as in the file. That of the file when left out.',
  ...under('checkout', checkout),
};

const patch = {
  ...under('copy', copy),
  ...under('copies.*', copy),
  ...under('offer', offer),
  offer: 'What can be given in this version, in place of the campaign’s offer.',
  format: campaign.format,
  minArticles: campaign.minArticles,
  ...appearance,
  ...Object.fromEntries(Object.entries(campaign).filter(([key]) => key.startsWith('cadence'))),
  copy: 'Words in place of the campaign’s; what is left out stays.',
  copies: 'The same by language of the page.',
};

const experiment = {
  '': 'A test of a campaign’s copy, offer, format or cadence.',
  id: 'Names the experiment in events, at Stripe and in the report. ASCII.',
  version: 'Give it a new one when arms or weights change: readers are drawn anew.',
  campaign: 'The campaign it is a test of.',
  on: 'false ends it: every reader sees the campaign as it is.',
  coverage: 'Share of the readers who take part; all when left out. Raising it moves nobody.',
  layer: 'Experiments in slices apart of one layer never meet in one reader.',
  'layer.name': 'The layer.',
  'layer.from': 'Where its slice begins, from 0.',
  'layer.to': 'Where its slice ends, up to 1.',
  arms: 'The versions. One is called `control`: the campaign as it is.',
  'arms.*.weight': 'Its share of the readers. All add up to 1.',
  'arms.*.overrides': 'What it changes of the campaign.',
  'arms.*.enabled': 'false shows nothing.',
  ...under('arms.*.overrides', patch),
  metric: 'How money is counted. Fixed before the start.',
  'metric.currency': 'ISO 4217 code of the currency of the report.',
  'metric.months': 'Months of a monthly gift that count. 12 when left out.',
  'metric.cap': 'What one reader counts for at most, in minor units. 250 units when left out.',
  'metric.rates': 'Units of that currency for one unit of another.',
  plan: 'What was expected before the start. It fixes the planned end.',
  'plan.days': 'Whole days. 28 when left out.',
  'plan.readers': 'Readers of all arms together.',
  'plan.giftRate': 'Gifts per reader without the change: 0.004 is four of a thousand.',
  'plan.lift': 'The smallest lift worth knowing of: 0.2 is a fifth more.',
};

const descriptions = {
  '': 'Campaigns of reader-support.',
  $schema: 'The address of this schema, for editors.',
  publication: 'Fills {publication} in copy.',
  currency:
    "ISO 4217 code of the currency to start with where the offer has none of the reader's country.",
  checkout:
    'Where a press goes: the address of a checkout endpoint (https, or a path of this site); Payment Links; or a page that takes money.',
  ...under('checkout', checkout),
  companion:
    'Where the companion is mounted: https, or a path of this site. It counts what happens, and keeps a “not now” that browsers would forget.',
  count:
    'Whether readers are counted, without consent, who only look at an appeal: `interactions` does not. Default: `interactions`, and `all` where there are experiments.',
  offer: 'What can be given. Without it: monthly from $2.',
  ...under('offer', offer),
  consent:
    'What may be kept: `minimal` only what readers ask for, `full` views too; or ask the TCF or GPP.',
  waitFor: 'CSS selector of the site’s consent dialog, when it is no modal one.',
  stackAbove: 'CSS selector of a sticky bar of the site’s own, upon which a bar stands.',
  origins: 'Origins a checkout may lead to, besides Stripe’s and the site’s own.',
  imageOrigins: 'Hosts that pictures may come from, besides the site’s own.',
  manage: 'Where a supporter changes or stops a gift: https, or a path of this site.',
  methods:
    'The ways to pay that your Checkout shows, by name: “Card”, “Apple Pay”. At most 12, of 40 characters each.',
  popular:
    'The amounts that most readers chose, for the pill `popular`. `reader-support popular` writes it; do not write it by hand.',
  'popular.asOf': 'The day by which they had. Pages use it for 30 days.',
  ...byFrequency('popular', {
    '': 'The amounts of this frequency, by currency.',
    '*': 'The amount in minor units: 500 is $5.00 and ¥500.',
  }),
  campaigns: 'The campaigns. At most one of them asks on a page view.',
  ...under('campaigns.*', campaign),
  experiments: 'Tests of campaigns. Each reader stays in one version.',
  ...under('experiments.*', experiment),
  holdback: 'Share of the readers who are asked nothing, to learn what asking brings.',
};

/** What is shorter than this, in characters, is repeated: a reference to it would say no less. */
const shortest = 120;

/**
 * Moves what stands in several places into `$defs`, and refers to it from there: words, offers and rules
 * repeat in every campaign, language and arm. Within a definition only what stands outside of it, too, is moved.
 */
function shared(schema) {
  const definitions = {};
  const names = new Map();
  const counts = new Map();
  const isSchema = node => typeof node === 'object' && node !== null && !Array.isArray(node);
  /** The schemas right within a schema, each with how to set it. */
  const innerOf = node => [
    ...Object.entries(node.properties ?? {}).map(([key, inner]) => [node.properties, key, inner]),
    ...['items', 'additionalProperties']
      .filter(key => isSchema(node[key]))
      .map(key => [node, key, node[key]]),
  ];
  const count = node => {
    for (const [, , inner] of innerOf(node)) {
      const text = JSON.stringify(inner);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      count(inner);
    }
  };
  count(schema);
  const share = (node, path, timesAround) => {
    for (const [parent, key, inner] of innerOf(node)) {
      const text = JSON.stringify(inner);
      const isNamed = key !== 'items' && key !== 'additionalProperties';
      const name = isNamed ? key : path;
      if (counts.get(text) > timesAround && text.length > shortest && !names.has(text)) {
        let unique = name;
        for (let at = 2; unique in definitions; at += 1) unique = `${name}${at}`;
        names.set(text, unique);
        definitions[unique] = inner;
        share(inner, name, counts.get(text));
      } else if (!names.has(text)) share(inner, name, timesAround);
      if (names.has(text)) parent[key] = {$ref: `#/$defs/${names.get(text)}`};
    }
  };
  share(schema, 'item', 1);
  const {$schema, $id, title, ...rest} = schema;
  return {$schema, $id, title, $defs: definitions, ...rest};
}

/** Returns the schema with its descriptions. Throws when a description matches nothing. */
export function published(table) {
  const unused = new Set(Object.keys(descriptions));
  const walk = (schema, path) => {
    const {properties, items, additionalProperties, propertyNames, expected: _, ...rest} = schema;
    const into = key => [path, key].filter(Boolean).join('.');
    unused.delete(path);
    const description = descriptions[path];
    return {
      ...(description ? {description} : {}),
      ...rest,
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([key, inner]) => [key, walk(inner, into(key))]),
        ),
      }),
      ...(propertyNames && {propertyNames: {type: 'string', ...propertyNames}}),
      ...(items && {items: walk(items, into('*'))}),
      ...(schema.type.includes('object') && {
        additionalProperties: additionalProperties ? walk(additionalProperties, into('*')) : false,
      }),
    };
  };
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    // A name rather than a URL, so that nothing is fetched to validate a campaigns file.
    $id: 'urn:reader-support:campaigns',
    title: 'Campaigns of reader-support',
    ...walk(table, ''),
  };
  if (unused.size > 0) throw new Error(`unused descriptions: ${[...unused].join(', ')}`);
  return shared(schema);
}

/** Compiles a module of the sources and imports it. */
async function compiled(path) {
  const {outputFiles} = await build({
    entryPoints: [new URL(path, root).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
}

/** Compiles the parser's schema. */
export async function readTable() {
  const {campaignsSchema} = await compiled('src/core/campaigns/campaign-schema.ts');
  return campaignsSchema;
}

/** Returns the schema of a line of a log. */
async function lineSchema() {
  const {reportLineSchema} = await compiled('companion/src/report/line-schema.ts');
  return {
    ...reportLineSchema(),
    $id: 'urn:reader-support:report-line',
    title: 'A line of a log that a report of reader-support reads',
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const [path, schema] of [
    ['campaigns.schema.json', published(await readTable())],
    ['docs/report-line.schema.json', await lineSchema()],
  ]) {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    const file = new URL(path, root);
    if (!process.argv.includes('--check')) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      console.error(`${path} is stale: node scripts/write-schema.js`);
      process.exitCode = 1;
    }
  }
}
