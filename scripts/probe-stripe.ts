/**
 * Checks the fake's assumptions against Stripe itself: `STRIPE_SECRET_KEY=sk_test_… npm run probe`.
 * Accepts a test key only. Creates unpaid Checkout Sessions, each with a product, in test mode.
 * Writes its dated result to `scripts/probe-stripe.json`.
 */

import {writeFile} from 'node:fs/promises';
import {Stripe} from 'stripe';
import {apiVersion} from '../companion/src/stripe/payments.js';
import {answerTo, assumptions} from './stripe-assumptions.js';

const {STRIPE_SECRET_KEY: key = ''} = process.env;

async function probe(): Promise<number> {
  if (!key) {
    console.info(
      'Nothing was asked: the probe needs STRIPE_SECRET_KEY, a secret or restricted key of a test account (sk_test_… or rk_test_…).',
    );
    return 0;
  }
  if (!/^[sr]k_test_/.test(key)) {
    // The message does not repeat the key.
    console.error(
      'expected STRIPE_SECRET_KEY to be a key of a test account (sk_test_… or rk_test_…) but received another kind of key',
    );
    return 1;
  }
  const stripe = new Stripe(key, {apiVersion, telemetry: false, maxNetworkRetries: 2});
  const results = [];
  for (const assumption of assumptions) {
    const {given, answer, open} = assumption;
    const said = await answerTo(assumption, stripe);
    const verdict = said === answer ? 'as assumed' : open ? 'now known' : 'OTHERWISE';
    console.info(
      `${verdict.padEnd(10)}  given ${given}: ${said}${said === answer ? '' : `, not ${answer}`}`,
    );
    results.push({given, assumed: answer, answer: said, ...(open && {open})});
  }
  const wrong = results.filter(({assumed, answer, open}) => assumed !== answer && !open).length;
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(
    new URL('probe-stripe.json', import.meta.url),
    `${JSON.stringify({date, apiVersion, results}, null, 2)}\n`,
  );
  console.info(`${results.length} assumptions, ${wrong} of them wrong (${date}, ${apiVersion})`);
  return wrong ? 1 : 0;
}

process.exitCode = await probe();
