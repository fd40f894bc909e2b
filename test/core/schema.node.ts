import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Ajv2020, type ErrorObject} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {campaignsSchema, type Schema} from '../../src/core/campaigns/campaign-schema.js';
import {parseCampaigns, readCampaigns} from '../../src/core/campaigns/parse-campaigns.js';

const root = new URL('../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');
const schema = JSON.parse(textOf('campaigns.schema.json')) as object;
const options = {strict: true, allowUnionTypes: true};
const ajv = new Ajv2020({...options, allErrors: false});
const validate = ajv.compile(schema);
/** Slower, because it finds all errors. */
const validateAll = new Ajv2020({...options, allErrors: true}).compile(schema);

const runs = process.env['FULL'] ? 50_000 : 4000;

/** Texts that match each pattern of the schema, and texts that almost do. */
const texts = [
  ...['', 'a', 'USD', 'EUR', 'usd', 'USDX', 'en', 'de-AT', 'en_US', 'x'.repeat(9)],
  ...['winter', 'winter 2026', '-x', 'a'.repeat(64), 'a'.repeat(65), 'ä', '🎈'.repeat(250)],
  ...['500', '0500', '123456789', 'custom', 'https://buy.stripe.com/x?a={amount}'],
  ...['/', '//evil', '/a b', '/x/**', '*', 'https://example.org', 'https://a@b', 'http://a'],
  ...[
    '#a26',
    '#A1263a',
    '#a1263',
    '#a1263a\n',
    'popular',
    'top',
    'review',
    'reviewed',
    'img.example.org:8443',
  ],
  ...['2026-01-01', '2026-01-01T10:00Z', '2026-01-01T10:00:00.5+01:00', '2026-1-1', '\n', 'a\n'],
  ...[
    'minimal',
    'full',
    'tcf',
    'inline',
    'bar',
    'phone',
    'example.org',
    'GB',
    '__proto__',
    '\ud800',
  ],
];
const numbers = [0, 1, -1, 0.5, 4, 23, 24, 50, 51, 100, 101, 400, 401, 1e6, 99_999_999, 1e8, -0];

/** Generates documents that the schema allows. */
function valid(table: Schema): fc.Arbitrary<unknown> {
  const {type, properties = {}, required = [], additionalProperties, propertyNames} = table;
  if (typeof type !== 'string') return fc.oneof(...type.map(one => valid({...table, type: one})));
  switch (type) {
    case 'object': {
      const known = fc.record(
        Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, valid(one)])),
        {requiredKeys: [...required]},
      );
      if (!additionalProperties || !propertyNames) return known;
      const names = texts.filter(text => new RegExp(propertyNames.pattern, 'u').test(text));
      return fc.dictionary(fc.constantFrom(...names), valid(additionalProperties), {maxKeys: 2});
    }
    case 'array': {
      const {items, minItems = 0, maxItems = 3} = table;
      return fc.array(valid(items!), {minLength: minItems, maxLength: Math.min(maxItems, 3)});
    }
    case 'string': {
      const {enum: words, pattern = '', maxLength = Infinity} = table;
      if (words) return fc.constantFrom(...words);
      const fits = texts.filter(
        text => new RegExp(pattern, 'u').test(text) && Array.from(text).length <= maxLength,
      );
      assert.ok(fits.length > 0, `no text for ${pattern}`);
      return fc.constantFrom(...fits);
    }
    case 'boolean':
      return fc.boolean();
    default: {
      const {minimum = -Infinity, maximum = Infinity} = table;
      return fc.constantFrom(
        ...numbers.filter(
          n => n >= minimum && n <= maximum && (type === 'number' || Number.isInteger(n)),
        ),
      );
    }
  }
}

type Container = Record<string, unknown> | unknown[];
const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

/** Returns every object and list of a document, including itself. */
const containersOf = (value: unknown): Container[] =>
  isContainer(value) ? [value, ...Object.values(value).flatMap(containersOf)] : [];

const keys = ['id', 'campaigns', 'offer', 'min', 'x', '__proto__', 'constructor', 'toString', ''];
const mutation = fc.record({
  where: fc.nat(),
  which: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'repeat', 'empty'),
  key: fc.constantFrom(...keys),
  value: fc.oneof(
    fc.constantFrom<unknown>(...texts, ...numbers, null, true, false),
    fc
      .constantFrom<unknown>('{}', '[]', '[null]', '{"id":"x"}', '{"USD":{}}')
      .map(text => JSON.parse(text as string)),
  ),
});

/** Creates own properties even for the key `__proto__`, like JSON.parse. */
const put = (object: object, key: string, value: unknown) =>
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });

function mutate(
  document: unknown,
  {where, which, how, key, value}: typeof mutation extends fc.Arbitrary<infer T> ? T : never,
): void {
  const all = containersOf(document);
  const container = all[where % all.length]!;
  const names = Object.keys(container);
  const name = names[which % names.length];
  if (Array.isArray(container)) {
    if (how === 'add') container.push(value);
    else if (how === 'empty') container.length = 0;
    else if (how === 'repeat' && container.length > 0) {
      for (let n = 0; n < 210; n += 1) container.push(container[0]);
    } else if (how === 'remove') container.pop();
    else if (name !== undefined) container[Number(name)] = value;
  } else if (how === 'add') put(container, key, value);
  else if (name !== undefined) {
    if (how === 'remove') Reflect.deleteProperty(container, name);
    else put(container, name, value);
  }
}

const verdicts = (document: unknown) => {
  const read = readCampaigns(document);
  return {
    ajv: validate(document),
    ours: read.ok,
    problems: read.ok ? [] : read.problems,
    errors: validate.errors,
  };
};

/** Returns the paths of the schema's errors, in the parser's notation. */
function placeOf({instancePath, params, keyword}: ErrorObject, document: unknown): string {
  let path = '';
  let value = document;
  for (const step of instancePath.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path += Array.isArray(value) ? `[${key}]` : `${path && '.'}${key.slice(0, 80)}`;
    value = Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  }
  const {missingProperty, additionalProperty, propertyName} = params as Record<string, string>;
  const key = {
    required: missingProperty,
    additionalProperties: additionalProperty,
    propertyNames: propertyName,
  }[keyword];
  // The parser truncates names to this length.
  return key === undefined ? path : `${path && `${path}.`}${key.slice(0, 80)}`;
}

/** Returns the paths where both find errors, each once. */
function placesOf(document: unknown, problems: readonly {readonly path: string}[]) {
  validateAll(document);
  const errors = validateAll.errors ?? [];
  // The parser does not read unknown keys or items beyond a list's maximum.
  const unseen = errors
    .filter(({keyword}) => keyword === 'propertyNames' || keyword === 'maxItems')
    .map(one => placeOf(one, document));
  const seen = (places: readonly string[]) =>
    [...new Set(places)]
      .filter(
        place => !unseen.some(one => place.startsWith(`${one}.`) || place.startsWith(`${one}[`)),
      )
      .sort();
  return {
    ours: seen(problems.map(one => one.path)),
    // The schema reports a name's pattern again for the object.
    theirs: seen(
      errors.filter(one => one.propertyName === undefined).map(one => placeOf(one, document)),
    ),
  };
}

/** Refused documents whose places have been compared. */
let compared = 0;

function agree(document: unknown): boolean {
  const {ajv: theirs, ours, problems, errors} = verdicts(document);
  assert.equal(ours, theirs, JSON.stringify({document, problems, errors}));
  // The parser reports at most a hundred.
  if (!ours && problems.length < 100) {
    compared += 1;
    const places = placesOf(document, problems);
    assert.deepEqual(places.ours, places.theirs, JSON.stringify(document));
  }
  return ours;
}

describe('campaigns.schema.json', () => {
  it('is up to date (node scripts/write-schema.js)', () => {
    const script = fileURLToPath(new URL('scripts/write-schema.js', root));
    execFileSync(process.execPath, [script, '--check'], {stdio: 'pipe'});
  });

  it('has a description of every property', () => {
    const bare: string[] = [];
    const {$defs} = schema as {$defs: Record<string, Record<string, unknown>>};
    /** A schema, or what it refers to. */
    const resolve = (one: Record<string, unknown>): Record<string, unknown> =>
      typeof one['$ref'] === 'string' ? $defs[one['$ref'].replace('#/$defs/', '')]! : one;
    let walked = 0;
    const walk = (one: Record<string, unknown>, path: string) => {
      walked += 1;
      for (const [key, inner] of Object.entries(one['properties'] ?? {})) {
        const property = resolve(inner as Record<string, unknown>);
        if (typeof property['description'] !== 'string') bare.push(`${path}${key}`);
        walk(property, `${path}${key}.`);
      }
      for (const key of ['items', 'additionalProperties']) {
        if (isContainer(one[key])) walk(resolve(one[key] as Record<string, unknown>), `${path}*.`);
      }
    };
    walk(schema as Record<string, unknown>, '');
    assert.deepEqual(bare, []);
    assert.ok(walked > 300, `${walked} were walked`);
  });

  it('says in one place what stands in several, and every definition is used twice', () => {
    const text = JSON.stringify(schema);
    assert.ok(text.length < 40_000, `${text.length} characters`);
    const {$defs} = schema as {$defs: object};
    const uses = Object.keys($defs).map(
      name => [name, text.split(`"#/$defs/${name}"`).length - 1] as const,
    );
    assert.deepEqual(
      uses.filter(([, count]) => count < 2),
      [],
    );
  });

  it('accepts the demo’s campaigns, like the parser', () => {
    const campaigns = JSON.parse(textOf('demo/support/campaigns.json')) as unknown;
    assert.deepEqual(parseCampaigns(campaigns), {ok: true, file: campaigns});
    assert.equal(validate(campaigns), true, JSON.stringify(validate.errors));
  });

  it('accepts and refuses the same documents as the parser', context => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(
        valid(campaignsSchema).map(one => JSON.parse(JSON.stringify(one)) as unknown),
        fc.array(mutation, {maxLength: 3}),
        (document, mutations) => {
          assert.ok(agree(document), JSON.stringify(verdicts(document)));
          if (mutations.length === 0) return;
          for (const one of mutations) mutate(document, one);
          if (agree(document)) taken += 1;
          else refused += 1;
        },
      ),
      {numRuns: runs},
    );
    context.diagnostic(`mutated documents: ${taken} taken, ${refused} refused`);
    assert.ok(taken > runs / 20 && refused > runs / 5, `${taken} taken, ${refused} refused`);
  });

  it('agrees with the parser on every text and number in every place', () => {
    const documents: unknown[] = [];
    const places = (table: Schema, wrap: (value: unknown) => unknown): void => {
      for (const value of [...texts, ...numbers, null, true, [], {}]) documents.push(wrap(value));
      const {properties = {}, additionalProperties, items} = table;
      for (const [key, inner] of Object.entries(properties)) {
        places(inner, value => wrap({...(key === 'id' ? {} : base(table)), [key]: value}));
      }
      if (additionalProperties) {
        places(additionalProperties, value => wrap({USD: value}));
        for (const text of texts) documents.push(wrap(put({}, text, {})));
      }
      if (items) places(items, value => wrap([value]));
    };
    /** Returns the required fields of an object in the schema. */
    const base = ({required = [], properties = {}}: Schema): object =>
      Object.fromEntries(
        required.map(key => [
          key,
          {string: 'a', integer: 1, array: properties[key]!.minItems ? [1] : []}[
            properties[key]!.type as string
          ],
        ]),
      );
    places(campaignsSchema, value => value);
    const taken = documents.filter(agree).length;
    assert.ok(taken > 500 && documents.length - taken > 500, `${taken} of ${documents.length}`);
  });

  it('agrees with the parser on random values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        agree(value);
        agree({campaigns: value});
        agree({campaigns: [value]});
        agree({campaigns: [{id: 'a', audience: value, offer: value, copy: value}]});
      }),
      {numRuns: 1000},
    );
    assert.ok(compared > 1000, `the places of ${compared} documents were compared`);
  });
});
