import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Stripe} from 'stripe';
import {answerTo, assumptions} from '../../../scripts/stripe-assumptions.js';
import {stripeFake} from '../../src/fake-stripe/index.js';

/** Runs the probe with this key, and without any network it could need. */
const probe = (key: string) =>
  new Promise<{code: unknown; said: string}>(resolve => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/probe-stripe.ts'],
      {
        cwd: fileURLToPath(new URL('../../..', import.meta.url)),
        env: {...process.env, STRIPE_SECRET_KEY: key},
      },
      (error, stdout, stderr) => resolve({code: error?.code ?? 0, said: stdout + stderr}),
    );
  });

describe('the fake answers as we assume of Stripe', () => {
  const stripe = new Stripe('sk_test_a', {
    httpClient: Stripe.createFetchHttpClient(stripeFake().fetch),
    telemetry: false,
    maxNetworkRetries: 0,
  });
  for (const assumption of assumptions)
    it(`given ${assumption.given}: ${assumption.answer}`, async () => {
      assert.equal(await answerTo(assumption, stripe), assumption.answer);
    });

  it('and says nothing for Stripe where the line is broken', async () => {
    const fake = stripeFake();
    const broken = new Stripe('sk_test_a', {
      httpClient: Stripe.createFetchHttpClient(fake.fetch),
      telemetry: false,
      maxNetworkRetries: 0,
    });
    // The SDK tries a broken connection once more by itself.
    fake.fail({reset: true}, {reset: true});
    await assert.rejects(answerTo(assumptions[0]!, broken), {type: 'StripeConnectionError'});
  });
});

describe('npm run probe', () => {
  it('says what it needs, and asks nothing, without a key', async () => {
    const {code, said} = await probe('');
    assert.equal(code, 0);
    assert.match(said, /^Nothing was asked: the probe needs STRIPE_SECRET_KEY/);
  });

  for (const key of ['sk_live_hush', 'rk_live_hush', 'pk_test_hush'])
    it(`refuses ${key.slice(0, 7)}…, and does not repeat it`, async () => {
      const {code, said} = await probe(key);
      assert.equal(code, 1);
      assert.match(said, /expected STRIPE_SECRET_KEY to be a key of a test account/);
      assert.doesNotMatch(said, /hush/);
    });
});
