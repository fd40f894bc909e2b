import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {readConfig} from '../../src/cli/config.js';
import {aConfig, aFolder, anOffer, secrets} from './fixtures.js';

const amounts = {min: 200, max: 500, presets: [200], preset: 200};

describe('readConfig()', () => {
  const read = (content: unknown, env: object = {}, name = 'support.json', more: object = {}) =>
    readConfig(join(aFolder({[name]: content, ...more}), name), {...secrets, ...env});

  it('completes a file with what only the environment may say', async () => {
    const {server, listen, database} = await read(aConfig());
    assert.deepEqual(server.stripe, {secretKey: secrets.STRIPE_SECRET_KEY});
    assert.deepEqual(server.webhookSecrets, [secrets.STRIPE_WEBHOOK_SECRET]);
    assert.deepEqual(server.offers, [anOffer]);
    assert.deepEqual(listen, {port: 0});
    assert.equal(database, 'file:support.sqlite');
  });

  it('lets the environment go before the file', async () => {
    const env = {PORT: '8123', HOST: '0.0.0.0', DATABASE_URL: 'postgres://db/support'};
    const {listen, database} = await read(aConfig({host: 'localhost', database: 'file:x'}), env);
    assert.deepEqual(listen, {port: 8123, host: '0.0.0.0'});
    assert.equal(database, 'postgres://db/support');
  });

  it('takes a blank port or host for none, not for any port on every host', async () => {
    const {listen} = await read(aConfig({port: 8123}), {PORT: '', HOST: ' '});
    assert.deepEqual(listen, {port: 8123});
  });

  it('takes two secrets while one is rolled', async () => {
    const {server} = await read(aConfig(), {STRIPE_WEBHOOK_SECRET: 'whsec_new_one, whsec_old_one'});
    assert.deepEqual(server.webhookSecrets, ['whsec_new_one', 'whsec_old_one']);
  });

  it('takes a module, and the offer of a campaigns file', async () => {
    const module = `export default {site: 'https://www.example.org', campaigns: 'campaigns.json'};`;
    const campaigns = {offer: anOffer, campaigns: []};
    const {server} = await read(module, {}, 'support.mjs', {'campaigns.json': campaigns});
    assert.deepEqual(server.offers[0]?.monthly, anOffer.monthly);
  });

  const problems: [string, unknown, object, RegExp][] = [
    ['a key that is not known', aConfig({colour: 1}), {}, /\n {2}colour: is not known$/],
    [
      'a secret in the file',
      aConfig({secretKey: 'sk_test_1'}),
      {},
      /\n {2}secretKey: secrets do not belong in a file; set STRIPE_SECRET_KEY/,
    ],
    ['no site', aConfig({site: undefined}), {}, /\n {2}site: /],
    ['no offer', aConfig({offers: undefined}), {}, /\n {2}offers: expected `offers`, or/],
    ['two offers', aConfig({campaigns: 'x.json'}), {}, /\n {2}campaigns: expected either/],
    [
      'a preset below the least',
      aConfig({offers: [{monthly: {USD: {...amounts, presets: [150]}}}]}),
      {},
      /\n {2}offers\[0\]\.monthly\.USD\.presets\[0\]: .*150/,
    ],
    [
      'a limit that is a text',
      aConfig({limits: {perAddress: [{max: 'x', windowMs: 1}]}}),
      {},
      /\n {2}limits\.perAddress\[0\]\.max: /,
    ],
    [
      'a limit with the words of 0.1.0',
      aConfig({limits: {perAddress: [{most: 3, within: 1}]}}),
      {},
      /\n {2}limits\.perAddress\[0\]\.most: `most` is now `max`\n {2}limits\.perAddress\[0\]\.within: `within` is now `windowMs`$/,
    ],
    ['no key', aConfig(), {STRIPE_SECRET_KEY: ''}, /\n {2}STRIPE_SECRET_KEY \(env.*missing/],
    [
      'no secret',
      aConfig(),
      {STRIPE_WEBHOOK_SECRET: ' , '},
      /\n {2}STRIPE_WEBHOOK_SECRET .*missing/,
    ],
    [
      'a port that is a word',
      aConfig(),
      {PORT: 'http'},
      /\n {2}PORT \(environment\): expected a port/,
    ],
    ['no JSON', '{', {}, /support\.json cannot be read: /],
    ['a list', [], {}, /\n {2}the file: /],
  ];
  for (const [what, content, env, message] of problems)
    it(`refuses ${what}`, async () => {
      await assert.rejects(read(content, env), (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /sk_test|whsec_of/);
        return true;
      });
    });

  it('names a file that is not there', async () => {
    await assert.rejects(readConfig('/nowhere/support.json', secrets), /there is no such file/);
  });
});
