import assert from 'node:assert/strict';
import {it} from 'node:test';
import {sqlStore} from '../../src/companion.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, anIntent} from '../fixtures.js';

const minute = 60_000;
const limits = {
  perAddress: [{max: 5, windowMs: 10 * minute}],
  global: [{max: 60, windowMs: minute}],
};
let attempts = 0;
const anotherIntent = () => anIntent({attemptId: `attempt-${10_000 + attempts++}`});

/** Other readers, each in a network of their own. */
const others = Array.from({length: 10}, (_, n) =>
  n % 2 === 0 ? `198.51.${n}.7` : `2001:db8:${(n * 4096).toString(16)}:1::7`,
);
const hex = (n: number) => n.toString(16);

/** Who asks for all that is left, again and again. */
const attackers: Readonly<Record<string, (n: number) => string>> = {
  'a /64': n => `2001:db8:66:1::${hex(n)}`,
  'a /56': n => `2001:db8:66:${hex(n % 256)}::1`,
  'a /48': n => `2001:db8:66:${hex((n * 257) % 65_536)}::1`,
  'five /48': n => `2001:db8:${hex(70 + (n % 5))}:${hex((n * 257) % 65_536)}::1`,
  'two IPv4 networks': n => `203.0.${113 + (n % 2)}.${n % 256}`,
};

onEachDatabase('the limits of a checkout, under attack', given => {
  for (const [who, addressOf] of Object.entries(attackers))
    it(
      `let ten of ten other readers through while ${who} asks`,
      {timeout: longTestLimit},
      async () => {
        let now = Date.UTC(2026, 10, 23, 12);
        const store = sqlStore(await given.open());
        const {press} = aCompanion({store, limits, now: () => now});
        let served = 0;
        for (let n = 0; n < 240; n += 1) {
          // Four a second: the limit of everybody is one a second.
          now += 250;
          const response = await press(anotherIntent(), {}, addressOf(n));
          served += Number(response.status === 200);
        }
        assert.ok(served < 60, `${served} of the attackers were served`);
        for (const reader of others)
          assert.equal((await press(anotherIntent(), {}, reader)).status, 200, reader);
      },
    );
});
