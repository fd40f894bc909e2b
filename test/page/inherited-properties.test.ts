import {aTimeout, expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import {campaignsSchema, type Schema} from '../../src/core/campaigns/campaign-schema.js';
import type {Campaign} from '../../src/core/campaigns/campaign.js';
import {recordClose, writeState} from '../../src/core/cadence/reader-record.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import '../../src/define/support-appeal.js';
import '../../src/define/support-paywall.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {start, type StartOptions, type SupportSession} from '../../src/page/start.js';
import {longTestLimit} from '../time-limit.js';

const evil = 'https://evil.example/take';
const texts = [
  evil,
  '#a1263a',
  'evil',
  'EUR',
  'evil.example',
  '/evil',
  '2001-01-01',
  'de',
  'inline',
  'full',
];

/** A value that the schema takes, and that changes something wherever it is read. */
function sample(schema: Schema): unknown {
  const {type, properties = {}, items, additionalProperties, pattern, minimum = 0} = schema;
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return Math.max(minimum, 1);
  if (type === 'array') return items ? [sample(items)] : [];
  if (type === 'string')
    return schema.enum?.at(-1) ?? texts.find(text => !pattern || new RegExp(pattern).test(text));
  const entries = Object.entries(properties).map(([name, inner]) => [name, sample(inner)]);
  if (additionalProperties)
    for (const name of ['EUR', 'USD', 'de', 'en', 'control'])
      if (new RegExp(schema.propertyNames!.pattern).test(name))
        entries.push([name, sample(additionalProperties)]);
  return Object.fromEntries(entries) as unknown;
}

/** Every name of the schema, wherever it stands, with a value for it. */
function namesOf(schema: Schema, names = new Map<string, unknown[]>()): Map<string, unknown[]> {
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    // A name that stands in several places is tried with a value for the first of each type.
    const values = names.get(name) ?? [];
    const value = sample(inner);
    if (!values.some(other => typeof other === typeof value)) names.set(name, [...values, value]);
    namesOf(inner, names);
  }
  if (schema.items) namesOf(schema.items, names);
  if (schema.additionalProperties) namesOf(schema.additionalProperties, names);
  return names;
}

const amounts = {min: 200, max: 100_000, presets: [500, 1000], preset: 500};
const winter: Campaign = {id: 'winter', place: {selector: 'main'}, checkout: '/take'};

interface Scene {
  readonly title: string;
  /** What the reader's browser has stored. */
  readonly record?: string;
  /** Puts an element into the page. */
  readonly prepare?: () => void;
  readonly options: () => StartOptions | undefined;
}

const laterBefore = writeState(
  recordClose(emptyState, {campaign: 'spring', reason: 'later', until: Date.now() - 1000}, 1000),
);

/** Puts an appeal into the page, as a site's script does. */
function place(properties: Partial<SupportAppealElement>): void {
  const element = document.createElement('support-appeal');
  Object.assign(element, {campaign: 'by-hand', checkout: '/take', ...properties});
  document.querySelector('main')!.append(element);
}

const scenes: readonly Scene[] = [
  {
    title: 'a campaign that says little',
    options: () => ({campaigns: {campaigns: [{...winter}]}}),
  },
  {
    title: 'a campaign whose parts say little',
    options: () => ({
      campaigns: {
        campaigns: [
          {
            ...{
              ...winter,
              format: 'inline',
              trigger: {seconds: 0},
              audience: {include: {}},
              schedule: {},
            },
            ...{cadence: {}, offer: {monthly: {USD: amounts}}, copy: {heading: 'A message'}},
          },
        ],
      },
    }),
  },
  {
    title: 'an appeal placed by hand, and a record',
    record: laterBefore,
    prepare: () => place({offer: {monthly: {USD: amounts}}, copy: {heading: 'A message'}}),
    options: () => ({}),
  },
  {
    title: 'an appeal that decides for itself',
    prepare: () => place({offer: {monthly: {USD: amounts}}, copy: {}, cadence: {}}),
    options: () => undefined,
  },
  {
    title: 'an experiment',
    options: () => ({
      campaigns: {
        campaigns: [{...winter, copy: {heading: 'A message'}}],
        experiments: [
          {
            id: 'autumn',
            version: 1,
            campaign: 'winter',
            arms: {
              control: {weight: 0},
              plain: {weight: 1, overrides: {copy: {heading: 'You read us.'}}},
            },
          },
        ],
      },
    }),
  },
  {
    title: 'a wall',
    prepare: () => {
      const text = document.createElement('div');
      text.id = 'article-body';
      text.append(...[1, 2, 3].map(() => document.createElement('p')));
      const wall = document.createElement('support-paywall');
      Object.assign(wall, {for: 'article-body', free: 0, checkout: '/take'});
      document.querySelector('main')!.append(text, wall);
    },
    options: () => undefined,
  },
  {
    title: 'a reader outside of an audience',
    options: () => ({
      campaigns: {campaigns: [{...winter, audience: {include: {section: ['News']}}}]},
    }),
  },
];

const {fetch: realFetch} = window;

/** Plays a page view and a press, and says what was decided, what was shown and where the press went. */
async function play({record, prepare, options}: Scene): Promise<string> {
  document.body.append(document.createElement('main'));
  if (record) localStorage.setItem(storageKey, record);
  const requests: unknown[] = [];
  window.fetch = (to, request) => {
    const {method, headers, body} = request as RequestInit & {body: string};
    const sent = [...new Headers(headers)];
    requests.push([to as string, method, sent, body.replace(/"attemptId":"[^"]*"/, '')]);
    return Promise.resolve(new Response('{}', {status: 404}));
  };
  const stay = (event: Event) => {
    requests.push('left the page');
    event.preventDefault();
  };
  const {navigation} = window as unknown as {navigation: EventTarget};
  navigation.addEventListener('navigate', stay);
  prepare?.();
  const given = options();
  let session: SupportSession | undefined;
  let skipped: unknown;
  const skip = (event: Event) => (skipped = (event as Event & {reason: unknown}).reason);
  document.addEventListener('support-skipped', skip);
  if (given) session = start(given);
  const appeal = () =>
    document.querySelector('support-appeal[open], support-paywall[state=locked]');
  const ask = () => appeal()?.shadowRoot?.querySelector('support-ask')?.shadowRoot;
  const button = () => ask()?.querySelector<HTMLButtonElement>('button[part~=submit]');
  for (let i = 0; i < 400 && !button() && !skipped; i += 1) await aTimeout(5);
  const text = () =>
    [appeal()?.shadowRoot, ask()].map(root => root?.textContent.replace(/\s+/g, ' '));
  const before = text();
  button()?.click();
  for (let i = 0; i < 60 && button() && !requests.length; i += 1) await aTimeout(5);
  await aTimeout(0);
  const outcomes = session?.decision?.trace.map(step => [step.campaign, step.rule, step.outcome]);
  const close = appeal()?.shadowRoot?.querySelector<HTMLButtonElement>('[part=close]');
  close?.click();
  const stored = localStorage.getItem(storageKey)?.replace(/\d{13}/g, '');
  const result = JSON.stringify({outcomes, skipped, before, requests, stored}, null, 1);
  document.removeEventListener('support-skipped', skip);
  navigation.removeEventListener('navigate', stay);
  session?.();
  for (const element of document.querySelectorAll('main,support-appeal,dialog')) element.remove();
  window.fetch = realFetch;
  localStorage.clear();
  const shared = page();
  for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
  return result;
}

describe('what a page has added to Object.prototype', () => {
  const names = namesOf(campaignsSchema);

  it('is tried for every name of the schema', () => {
    expect(names.size).to.be.greaterThan(70);
    expect([...names.keys()]).to.include.members(['checkout', 'offer', 'once', 'seconds', 'layer']);
  });

  for (const scene of scenes) {
    it(`changes neither decision, appeal nor press given ${scene.title}`, async () => {
      const clean = await play(scene);
      const changed: string[] = [];
      for (const [name, values] of names) {
        for (const value of values) {
          Object.defineProperty(Object.prototype, name, {
            value,
            configurable: true,
            writable: true,
          });
          let result: string;
          try {
            result = await play(scene);
          } catch (error) {
            result = String(error);
          } finally {
            Reflect.deleteProperty(Object.prototype, name);
          }
          if (result !== clean) changed.push(`${name} = ${JSON.stringify(value)}:\n${result}`);
        }
      }
      expect(changed.join('\n'), `unpolluted: ${clean}`).to.equal('');
    }).timeout(longTestLimit);
  }
});
