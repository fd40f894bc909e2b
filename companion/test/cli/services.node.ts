import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {readConfig} from '../../src/cli/config.js';
import {createSupportServer, generatePassKey} from '../../src/companion.js';
import {memoryStore} from '../../src/fake-stripe/index.js';
import {aConfig, aFolder, secrets} from './fixtures.js';

const mail = {from: 'The Post <post@example.org>'};

describe('a configuration with mail and passes', () => {
  const read = (content: unknown, env: object = {}) =>
    readConfig(join(aFolder({'support.json': content}), 'support.json'), {...secrets, ...env});

  it('takes its secrets from the environment, and a companion starts with it', async () => {
    const key = await generatePassKey();
    const {server} = await read(aConfig({mail, passes: {onceDays: 30}}), {
      SUPPORT_SECRETS: 'one secret that is long enough for it, and an older one of the same length',
      SMTP_URL: 'smtp://localhost:2525',
      PASS_KEYS: JSON.stringify(key),
    });
    assert.deepEqual(server.mail, {...mail, transport: 'smtp://localhost:2525'});
    assert.deepEqual(server.passes, {onceDays: 30, keys: [key]});
    assert.equal(server.secrets?.length, 2);
    assert.ok(createSupportServer({...server, store: memoryStore()}));
  });

  it('goes without either', async () => {
    const {server} = await read(aConfig());
    assert.ok(!('mail' in server) && !('passes' in server) && !('secrets' in server));
  });

  const wrong: [string, object, object, RegExp][] = [
    ['no mail server', {mail}, {}, /SMTP_URL \(environment\): is missing, and `mail` needs it/],
    ['no secret', {mail}, {SMTP_URL: 'smtp://x'}, /SUPPORT_SECRETS \(environment\): is missing/],
    ['no key', {passes: {}}, {}, /PASS_KEYS \(environment\): is missing, and `passes` needs it/],
    [
      'keys that are none',
      {passes: {}},
      {PASS_KEYS: 'hidden', SUPPORT_SECRETS: 'x'},
      /used:\n {2}PASS_KEYS \(environment\): expected JSON [^\n]+$/,
    ],
    [
      'a key in the file',
      {passes: {keys: []}},
      {},
      /passes\.keys: secrets do not belong in a file/,
    ],
    [
      'a password in the file',
      {mail: {...mail, transport: 'smtp://u:hidden@x'}},
      {},
      /mail\.transport: secrets do not belong in a file/,
    ],
  ];
  for (const [what, change, env, message] of wrong)
    it(`is refused with ${what}`, async () => {
      await assert.rejects(
        read(aConfig(change), env),
        (error: Error) => message.test(error.message) && !error.message.includes('hidden'),
      );
    });
});
