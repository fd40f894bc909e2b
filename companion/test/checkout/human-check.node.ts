import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {turnstile} from '../../src/companion.js';
import {aCompanion, anIntent, codeOf} from '../fixtures.js';

const secretKey = '0x4AAA-secret-of-the-tests';
const attemptId = '6f0c1f9e-0a1b-4c2d-8e3f-9a0b1c2d3e4f';

/** Fakes Cloudflare's endpoint: a challenge is valid once, or again under the same idempotency key. */
function givenTurnstile(answer?: () => Response) {
  const asked: Record<string, string>[] = [];
  const used = new Map<string, string | undefined>();
  const check = turnstile({
    secretKey,
    fetch: (_url, init) => {
      const form = Object.fromEntries(init?.body as URLSearchParams);
      asked.push(form);
      if (answer) return Promise.resolve(answer());
      const {response = '', idempotency_key: key} = form;
      const isGood =
        response.startsWith('good') && (!used.has(response) || (key && used.get(response) === key));
      used.set(response, key);
      return Promise.resolve(
        Response.json(
          isGood
            ? {success: true, hostname: 'www.example.org', action: 'support'}
            : {success: false, 'error-codes': ['timeout-or-duplicate']},
        ),
      );
    },
  });
  return {asked, check};
}

describe('a human check', () => {
  it('accepts a press with a valid answer, and verifies a retried press once', async () => {
    const {check, asked} = givenTurnstile();
    const {press, fake} = aCompanion({humanCheck: check});
    const intent = anIntent({attemptId, challenge: 'good-1'});
    for (let turn = 0; turn < 3; turn++) assert.equal((await press(intent)).status, 200);
    assert.deepEqual(asked, [{secret: secretKey, response: 'good-1', idempotency_key: attemptId}]);
    assert.equal(fake.requests.length, 1);
  });

  for (const [given, challenge] of [
    ['no answer', undefined],
    ['a wrong answer', 'bad-1'],
  ])
    it(`refuses a press given ${given}, without a request to Stripe`, async () => {
      const {check} = givenTurnstile();
      const {press, fake, log} = aCompanion({humanCheck: check});
      const response = await press(anIntent({...(challenge && {challenge})}));
      assert.equal(response.status, 403);
      assert.equal(await codeOf(response), 'challenge-required');
      assert.equal(fake.requests.length, 0);
      assert.doesNotMatch(JSON.stringify(log), /bad-1|0x4AAA/);
    });

  it('refuses an answer that was used for another press', async () => {
    const {check} = givenTurnstile();
    const {press} = aCompanion({humanCheck: check});
    assert.equal((await press(anIntent({challenge: 'good-1'}))).status, 200);
    const again = anIntent({attemptId: 'attempt-0002', challenge: 'good-1'});
    assert.equal((await press(again)).status, 403);
  });

  const down: [string, () => Response][] = [
    ['an error of theirs', () => new Response('oops', {status: 502})],
    ['no JSON', () => new Response('<html>')],
    [
      'a wrong secret of ours',
      () => Response.json({success: false, 'error-codes': ['invalid-input-secret']}),
    ],
    [
      'no answer at all',
      () => {
        throw new TypeError(`fetch failed: ${secretKey}`);
      },
    ],
  ];
  for (const [given, answer] of down)
    it(`accepts gifts given ${given}, and logs it`, async () => {
      const {check} = givenTurnstile(answer);
      const {press, log} = aCompanion({humanCheck: check});
      assert.equal((await press(anIntent({challenge: 'good-1'}))).status, 200);
      assert.equal(log[0]?.at, 'human-check');
      assert.doesNotMatch(JSON.stringify(log), /0x4AAA|good-1/);
    });

  it('can require the host and the action of the answer', async () => {
    const answer = Response.json({success: true, hostname: 'www.example.org', action: 'support'});
    const fetch = () => Promise.resolve(answer.clone());
    const verify = (more: object) => turnstile({secretKey, fetch, ...more}).verify('good', 'x');
    assert.ok(await verify({}));
    assert.ok(await verify({hostname: 'www.example.org', action: 'support'}));
    assert.ok(!(await verify({hostname: 'evil.example'})));
    assert.ok(!(await verify({action: 'login'})));
  });

  it('does not start with a blank secret', () => {
    assert.throws(() => turnstile({secretKey: ' '}), /expected `secretKey`.*blank/);
  });

  it('is not required where it is not configured', async () => {
    const {press} = aCompanion();
    assert.equal((await press(anIntent({challenge: 'whatever'}))).status, 200);
    assert.equal((await press(anIntent({attemptId: 'attempt-0002'}))).status, 200);
  });
});
