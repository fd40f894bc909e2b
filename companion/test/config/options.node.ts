import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Stripe} from 'stripe';
import {createSupportServer, type SupportServerOptions} from '../../src/companion.js';
import {memoryStore} from '../../src/fake-stripe/index.js';
import {offer, secret, site} from '../fixtures.js';

function someOptions(changes: object = {}): SupportServerOptions {
  return {
    stripe: {secretKey: 'sk_test_abc'},
    site,
    offers: [offer],
    webhookSecrets: [secret],
    store: memoryStore(),
    ...changes,
  };
}

describe('createSupportServer()', () => {
  const refused: [string, object, RegExp][] = [
    ['no key', {stripe: undefined}, /`stripe`/],
    ['a blank key', {stripe: {secretKey: ' '}}, /blank/],
    ['a missing key', {stripe: {}}, /blank/],
    ['a publishable key', {stripe: {secretKey: 'pk_test_abc'}}, /publishable/],
    ['a key of another kind', {stripe: {secretKey: 'whsec_abc'}}, /sk_ or rk_/],
    ['a live key', {stripe: {secretKey: 'sk_live_abc'}}, /allowLive/],
    ['a restricted live key', {stripe: {secretKey: 'rk_live_abc'}}, /allowLive/],
    [
      'a live key on a site without https',
      {stripe: {secretKey: 'sk_live_abc'}, allowLive: true, site: 'http://localhost:8080'},
      /https/,
    ],
    [
      'a live key for a fake',
      {stripe: {secretKey: 'sk_live_abc', apiBase: 'https://localhost'}, allowLive: true},
      /apiBase/,
    ],
    [
      'an API over plain http',
      {stripe: {secretKey: 'sk_test_a', apiBase: 'http://a.example'}},
      /https/,
    ],
    ['an API that is nowhere', {stripe: {secretKey: 'sk_test_a', apiBase: 'nowhere'}}, /apiBase/],
    [
      'a limit with the words of 0.1.0',
      {mailLimits: {global: [{most: 1, within: 1}]}},
      /mailLimits\.global\[0\]\.most: `most` is now `max`/,
    ],
    [
      'the delay of a batch under the word of 0.1.0',
      {events: {gather: 0}},
      /createSupportServer: events\.gather: `gather` is now `batchDelayMs`/,
    ],
    ['no webhook secret', {webhookSecrets: []}, /webhookSecrets/],
    ['webhook secrets left out', {webhookSecrets: undefined}, /webhookSecrets/],
    ['a blank webhook secret', {webhookSecrets: [secret, '']}, /blank/],
    ['a webhook secret of spaces', {webhookSecrets: ['            ']}, /blank/],
    ['no site', {site: undefined}, /`site`/],
    ['a site without a scheme', {site: 'www.example.org'}, /`site`/],
    ['a site with a path', {site: 'https://example.org/news'}, /`site`/],
    ['a site with a user', {site: 'https://me@example.org'}, /`site`/],
    ['a site over plain http', {site: 'http://example.org'}, /https/],
    ['a site that is a script', {site: 'javascript:alert(1)'}, /`site`/],
    ['an origin that is any', {origins: ['*']}, /`origins`/],
    ['an origin that is null', {origins: ['null']}, /`origins`/],
    ['no offers', {offers: []}, /`offers`/],
    [
      'an offer that contradicts itself',
      {offers: [{once: {USD: {min: 500, max: 200, presets: [300], preset: 300}}}]},
      /offers\[0\]\.once\.USD/,
    ],
    ['a test key in production', {allowTest: false}, /allowTest/],
    ['two offers of one id', {offers: [offer, offer]}, /id/],
    ['no store', {store: undefined}, /`store`/],
    ['a prefix with a slash too many', {basePath: '/companion/'}, /`basePath`/],
    ['a prefix without a slash', {basePath: 'companion'}, /`basePath`/],
    ['a success path that leads away', {successPath: '//evil.example'}, /`successPath`/],
    ['a success path that is a URL', {successPath: 'https://evil.example'}, /`successPath`/],
    ['a success path with a template', {successPath: '/{x}'}, /`successPath`/],
  ];
  for (const [what, change, message] of refused)
    it(`refuses to start with ${what}`, () => {
      assert.throws(() => createSupportServer(someOptions(change)), {name: 'TypeError', message});
    });

  it('never repeats a key or a secret', () => {
    for (const key of ['pk_test_SECRET', 'sk_live_SECRET', 'whsec_SECRET', 'sk_test_SECRET SECRET'])
      assert.throws(
        () => createSupportServer(someOptions({stripe: {secretKey: key}})),
        (error: Error) => !error.message.includes('SECRET'),
      );
  });

  it('refuses test keys in production by `NODE_ENV`, except for a fake', () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      assert.throws(() => createSupportServer(someOptions()), /a live key in production/);
      const apiBase = 'https://stripe.example';
      createSupportServer(someOptions({stripe: {secretKey: 'sk_test_abc', apiBase}}));
      createSupportServer(someOptions({allowTest: true}));
      createSupportServer(someOptions({stripe: {secretKey: 'rk_live_abc'}, allowLive: true}));
    } finally {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    }
  });

  const accepted: [string, object][] = [
    ['a test key', {}],
    ['a restricted test key', {stripe: {secretKey: 'rk_test_abc'}}],
    ['a live key that is allowed', {stripe: {secretKey: 'rk_live_abc'}, allowLive: true}],
    ['a Stripe of the site’s own', {stripe: new Stripe('sk_test_abc')}],
    ['a site on this machine', {site: 'http://localhost:8080'}],
    ['a prefix', {basePath: '/support/companion'}],
    ['an offer without an id', {offers: [{monthly: offer.monthly}]}],
  ];
  for (const [what, change] of accepted)
    it(`starts with ${what}`, () => {
      assert.equal(typeof createSupportServer(someOptions(change)).fetch, 'function');
    });
});
