import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  judgeAccess,
  resolveEntitlements,
  type AccessFacts,
  type AccessVerdict,
  type Entitlement,
  type EntitlementAnswer,
  type EntitlementVerdict,
} from '../../src/core/meter/access.js';
import {meterDayOf} from '../../src/core/meter/meter-day.js';
import {day, daysAgo, hour, inDays, now} from './builders.js';

const says = (
  provider: string,
  answer: EntitlementAnswer,
  onTimeout?: 'yes' | 'no',
): Entitlement => ({provider, answer, ...(onTimeout ? {onTimeout} : {})});
const yes = {state: 'yes'} as const;
const no = {state: 'no'} as const;
const failed = {state: 'failed'} as const;
const pending = {state: 'pending'} as const;

const never = Infinity;

describe('resolveEntitlements()', () => {
  const rows: readonly {
    given: string;
    said: readonly Entitlement[];
    at?: number;
    verdict: Partial<EntitlementVerdict>;
  }[] = [
    {given: 'no provider', said: [], verdict: {entitled: false, reason: 'not-entitled'}},
    {
      given: 'one no',
      said: [says('pass', no)],
      verdict: {entitled: false, reason: 'not-entitled'},
    },
    {
      given: 'one yes without an end',
      said: [says('pass', yes)],
      verdict: {entitled: true, reason: 'entitled', provider: 'pass', until: never},
    },
    {
      given: 'a yes that has not ended',
      said: [says('pass', {...yes, until: inDays(3)})],
      verdict: {entitled: true, reason: 'entitled', until: inDays(3)},
    },
    {
      given: 'a yes that has ended',
      said: [says('pass', {...yes, until: daysAgo(1)})],
      verdict: {entitled: false, reason: 'ended', provider: 'pass'},
    },
    {
      given: 'a failed renewal within the days of grace',
      said: [says('pass', {...yes, until: daysAgo(1), renewalFailed: true})],
      verdict: {entitled: true, reason: 'grace', until: inDays(6)},
    },
    {
      given: 'a failed renewal after the days of grace',
      said: [says('pass', {...yes, until: daysAgo(7), renewalFailed: true})],
      verdict: {entitled: false, reason: 'ended'},
    },
    {
      given: 'two that say yes: the first in the list is named',
      said: [says('institution', yes), says('pass', yes)],
      verdict: {entitled: true, provider: 'institution'},
    },
    {
      given: 'a yes behind a no',
      said: [says('institution', no), says('pass', yes)],
      verdict: {entitled: true, provider: 'pass'},
    },
    {
      given: 'a yes while another is still being asked',
      said: [says('institution', pending), says('pass', yes)],
      verdict: {entitled: true, provider: 'pass'},
    },
    {
      given: 'a yes behind one in grace: the lasting right is named',
      said: [says('pass', {...yes, until: daysAgo(1), renewalFailed: true}), says('gift', yes)],
      verdict: {reason: 'entitled', provider: 'gift'},
    },
    {
      given: 'one that is still being asked',
      said: [says('pass', pending)],
      verdict: {entitled: 'pending', reason: 'asking', until: now + 3000, provider: 'pass'},
    },
    {
      given: 'a no while another is still being asked',
      said: [says('pass', no), says('institution', pending)],
      verdict: {entitled: 'pending', provider: 'institution'},
    },
    {
      given: 'one that took longer than the time-out',
      said: [says('pass', pending)],
      at: now + 3000,
      verdict: {entitled: false, reason: 'not-entitled'},
    },
    {
      given: 'one that took too long and opens when silent',
      said: [says('pass', pending, 'yes')],
      at: now + 3000,
      verdict: {entitled: true, reason: 'provider-silent', provider: 'pass'},
    },
    {
      given: 'one that failed',
      said: [says('pass', failed)],
      verdict: {entitled: false, reason: 'not-entitled'},
    },
    {
      given: 'one that failed and opens when silent',
      said: [says('pass', failed, 'yes')],
      verdict: {entitled: true, reason: 'provider-silent', until: never},
    },
    {
      given: 'one that failed and stays shut, before one that opens when silent',
      said: [says('pass', failed, 'no'), says('institution', failed, 'yes')],
      verdict: {entitled: true, provider: 'institution'},
    },
    {
      given: 'one that failed and opens, while another may still know better',
      said: [says('institution', failed, 'yes'), says('pass', pending)],
      verdict: {entitled: 'pending', provider: 'pass'},
    },
    {
      given: 'a clock set back by a year while we wait',
      said: [says('pass', pending)],
      at: now - 365 * day,
      verdict: {entitled: false},
    },
  ];
  for (const {given, said, at = now, verdict} of rows) {
    it(`given ${given}`, () => {
      expect(resolveEntitlements(said, now, at)).to.include(verdict);
    });
  }

  it('uses the given timeoutMs and days of grace', () => {
    const slow = [says('pass', pending)];
    expect(resolveEntitlements(slow, now, now + 900, {timeoutMs: 800}).entitled).to.equal(false);
    const ended = [says('pass', {...yes, until: daysAgo(20), renewalFailed: true})];
    expect(resolveEntitlements(ended, now, now, {graceDays: 21}).reason).to.equal('grace');
  });

  const answer: fc.Arbitrary<EntitlementAnswer> = fc.oneof(
    fc.constantFrom(no, failed, pending, yes),
    fc.record({
      state: fc.constant('yes' as const),
      until: fc.integer({min: daysAgo(30), max: inDays(30)}),
      renewalFailed: fc.boolean(),
    }),
  );
  const entitlements = fc.array(
    fc.record({
      provider: fc.constantFrom('pass', 'institution', 'partner'),
      answer,
      onTimeout: fc.constantFrom('yes' as const, 'no' as const),
    }),
    {maxLength: 5},
  );

  it('never locks out a reader whom one provider confirms', () => {
    fc.assert(
      fc.property(entitlements, fc.integer({min: 0, max: 20_000}), (said, waited) => {
        const all = [...said, says('own', {...yes, until: inDays(1)})];
        expect(resolveEntitlements(all, now, now + waited).entitled).to.equal(true);
      }),
    );
  });

  it('is never pending without providers or after the timeoutMs', () => {
    fc.assert(
      fc.property(entitlements, said => {
        expect(resolveEntitlements(said, now, now + 3000).entitled).not.to.equal('pending');
        const answered = said.filter(one => one.answer.state !== 'pending');
        expect(resolveEntitlements(answered, now, now).entitled).not.to.equal('pending');
      }),
    );
  });
});

const someAccessFacts = (changes: Partial<AccessFacts> = {}): AccessFacts => ({
  meter: {free: 2},
  counted: [],
  article: {key: 'new'},
  entitlements: [],
  since: now,
  now,
  utcOffsetMinutes: 0,
  ...changes,
});
const used = [`${meterDayOf(now, 0)} a`, `${meterDayOf(now, 0)} b`];

describe('judgeAccess()', () => {
  const rows: readonly {
    given: string;
    facts: Partial<AccessFacts>;
    verdict: Partial<AccessVerdict>;
  }[] = [
    {
      given: 'a free article',
      facts: {},
      verdict: {access: 'metered', reason: 'free-article', left: 1, limit: 2},
    },
    {
      given: 'a spent meter',
      facts: {counted: used},
      verdict: {access: 'locked', reason: 'limit-reached', left: 0},
    },
    {
      given: 'a spent meter and a right',
      facts: {counted: used, entitlements: [says('pass', yes)]},
      verdict: {access: 'open', reason: 'entitled', provider: 'pass', left: Infinity},
    },
    {
      given: 'a right that is still being looked up',
      facts: {entitlements: [says('pass', pending)]},
      verdict: {access: 'pending', reason: 'asking', until: now + 3000},
    },
    {
      given: 'an article that never counts, while a right is being looked up',
      facts: {article: {key: 'x', free: 'live'}, entitlements: [says('pass', pending)]},
      verdict: {access: 'open', reason: 'live'},
    },
    {
      given: 'a right that could not be looked up',
      facts: {entitlements: [says('pass', failed)]},
      verdict: {access: 'metered', reason: 'free-article'},
    },
    {
      given: 'a right in grace',
      facts: {
        meter: {free: 0},
        entitlements: [says('pass', {...yes, until: now - hour, renewalFailed: true})],
      },
      verdict: {access: 'open', reason: 'grace'},
    },
    {
      given: 'a registered reader',
      facts: {meter: {free: 0, registered: 1}, registered: true},
      verdict: {access: 'metered', reason: 'last-free-article'},
    },
    {
      given: 'members only and a right with a longer time-out than usual',
      facts: {
        meter: {free: 0},
        entitlements: [says('pass', pending)],
        now: now + 5000,
        leniency: {timeoutMs: 10_000},
      },
      verdict: {access: 'pending'},
    },
  ];
  for (const {given, facts, verdict} of rows) {
    it(`given ${given}`, () => {
      expect(judgeAccess(someAccessFacts(facts))).to.include(verdict);
    });
  }
});
