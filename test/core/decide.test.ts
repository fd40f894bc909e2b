import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import type {Facts} from '../../src/core/campaigns/audience.js';
import type {Campaign} from '../../src/core/campaigns/campaign.js';
import {decide, mightAsk, type Decision} from '../../src/core/campaigns/decide.js';
import {recordSupported} from '../../src/core/cadence/reader-record.js';
import {emptyState, readState, type ReaderState} from '../../src/core/cadence/reader-state.js';
import {aCampaign, aClose, aState, aView, daysAgo, inDays, now, someFacts} from './builders.js';

const told = (decision: Decision) =>
  decision.ask ? decision.campaign.id : [decision.reason, decision.until];

describe('decide()', () => {
  const rows: {
    given: string;
    campaigns?: readonly Campaign[];
    facts?: Partial<Facts>;
    state?: ReaderState;
    told: unknown;
  }[] = [
    {given: 'a campaign and a new reader', told: 'winter'},
    {given: 'no campaign', campaigns: [], told: ['no-campaign', Infinity]},
    {given: 'a sensitive page', facts: {sensitive: true}, told: ['sensitive-page', Infinity]},
    {
      given: 'an ask in this page view already',
      facts: {asked: true},
      told: ['asked-on-this-page', Infinity],
    },
    {given: 'a supporter', facts: {supporter: true}, told: ['supporter', Infinity]},
    {
      given: 'somebody who may be a supporter',
      facts: {supporter: 'pending'},
      told: ['supporter-pending', Infinity],
    },
    {
      given: 'a supporter this browser knows of',
      state: recordSupported(aState(), {at: now, until: inDays(90)}),
      told: ['supporter', inDays(90)],
    },
    {
      given: 'several campaigns: the highest',
      campaigns: [
        aCampaign(),
        aCampaign({id: 'b', priority: 2}),
        aCampaign({id: 'c', priority: 1}),
      ],
      told: 'b',
    },
    {
      given: 'campaigns of equal priority: the first',
      campaigns: [aCampaign({id: 'b'}), aCampaign({id: 'a', priority: 0})],
      told: 'b',
    },
    {
      given: 'a campaign below none',
      campaigns: [aCampaign({id: 'b', priority: -1}), aCampaign({id: 'a'})],
      told: 'a',
    },
    {
      given: 'the highest not meant for this page: the next',
      campaigns: [
        aCampaign({id: 'b', priority: 2, audience: {include: {path: ['/x']}}}),
        aCampaign(),
      ],
      told: 'winter',
    },
    {
      given: '“not this one” to the highest: the next',
      campaigns: [aCampaign({id: 'b', priority: 2}), aCampaign()],
      state: aState({closes: [aClose({campaign: 'b', reason: 'not-this-campaign'})]}),
      told: 'winter',
    },
    {
      given: 'several refusals: the one that ends first',
      campaigns: [
        aCampaign({id: 'a', audience: {include: {path: ['/x']}}}),
        aCampaign({id: 'b', schedule: {start: '2026-10-25'}}),
        aCampaign({id: 'c', schedule: {start: '2026-10-22'}}),
      ],
      told: ['not-started', Date.parse('2026-10-22')],
    },
    {
      given: 'a snooze: every campaign is silent',
      campaigns: [aCampaign({id: 'b', priority: 2}), aCampaign()],
      state: aState({closes: [aClose({campaign: 'b'})]}),
      told: ['snoozed', inDays(2)],
    },
    {
      given: 'a cadence of its own',
      campaigns: [aCampaign({cadence: {hoursBetweenViews: 72}})],
      state: aState({views: [aView()]}),
      told: ['seen-recently', inDays(1)],
    },
    {
      given: 'a campaign nobody checked: the others go on',
      campaigns: [
        {id: 'broken', priority: 9, audience: {include: {path: 5}}} as unknown as Campaign,
        aCampaign(),
      ],
      told: 'winter',
    },
    {
      given: 'nothing but a campaign nobody checked',
      campaigns: [{id: 'broken', audience: {include: {tag: 'x'}}} as unknown as Campaign],
      told: ['broken', Infinity],
    },
  ];
  for (const {
    given,
    campaigns = [aCampaign()],
    facts,
    state = emptyState,
    told: expected,
  } of rows) {
    it(`given ${given}`, () => {
      expect(told(decide(campaigns, someFacts(facts), state))).to.deep.equal(expected);
    });
  }

  it('traces each rule with its input and result', () => {
    const campaigns = [
      aCampaign({id: 'a', priority: 1, schedule: {start: '2026-10-25'}}),
      aCampaign({audience: {include: {section: ['Local']}}}),
    ];
    const state = aState({views: [aView()]});
    expect(decide(campaigns, someFacts(), state).trace).to.deep.equal([
      {campaign: '*', rule: 'sensitive', input: false, outcome: 'pass'},
      {campaign: '*', rule: 'asked', input: false, outcome: 'pass'},
      {campaign: '*', rule: 'supporter', input: false, outcome: 'pass'},
      {campaign: '*', rule: 'campaigns', input: 2, outcome: 'pass'},
      {
        campaign: 'a',
        rule: 'schedule.start',
        input: now,
        outcome: 'not-started',
        until: Date.parse('2026-10-25'),
      },
      {campaign: 'winter', rule: 'include.section', input: 'Local', outcome: 'pass'},
      {campaign: 'winter', rule: 'cadence', input: {views: 1, closes: 0}, outcome: 'pass'},
    ]);
  });

  it('never asks a supporter, and always gives the reason', () => {
    const supporter = fc.constantFrom<Facts['supporter']>(true, 'pending', false);
    const facts = fc.record({supporter, sensitive: fc.boolean(), asked: fc.boolean()});
    const record = fc.record({v: fc.constant(1), views: fc.jsonValue(), closes: fc.jsonValue()});
    const counts = {asked: 0, refused: 0};
    fc.assert(
      fc.property(facts, record, fc.boolean(), (changes, record, isKnown) => {
        const read = readState(JSON.stringify(record)).state;
        const state = isKnown ? recordSupported(read, {at: now, until: inDays(9)}) : read;
        const decision = decide([aCampaign()], someFacts(changes), state);
        const {supporter, sensitive, asked} = changes;
        const isBarred = isKnown || supporter !== false || sensitive || asked;
        expect(isBarred && decision.ask).to.equal(false);
        counts[decision.ask ? 'asked' : 'refused'] += 1;
        if (decision.ask) return;
        expect(decision.until).to.be.greaterThan(now);
        expect(decision.trace.at(-1)!.outcome).to.equal(decision.reason);
      }),
      {numRuns: 300},
    );
    expect(counts.asked, 'asked').to.be.at.least(3);
    expect(counts.refused, 'refused').to.be.at.least(30);
  });
});

describe('mightAsk()', () => {
  const rows: {given: string; facts?: Partial<Facts>; state?: ReaderState; expected: boolean}[] = [
    {given: 'a new reader', expected: true},
    {
      given: 'a "later" of yesterday',
      state: aState({closes: [aClose()]}),
      expected: false,
    },
    {
      given: 'a "later" that has run out',
      state: aState({closes: [aClose({at: daysAgo(9), until: daysAgo(1)})]}),
      expected: true,
    },
    {
      given: 'a "later" that was undone',
      state: aState({closes: [aClose({undone: true})]}),
      expected: true,
    },
    {
      given: 'a ✕ for a reason of a later version',
      state: aState({closes: [aClose({reason: 'tired' as 'close', until: inDays(10)})]}),
      expected: false,
    },
    {
      given: 'ten more articles to read',
      state: aState({closes: [aClose({articles: 10, read: ['a']})]}),
      expected: false,
    },
    {
      given: '"not this campaign", because another may ask',
      state: aState({closes: [aClose({reason: 'not-this-campaign', until: inDays(300)})]}),
      expected: true,
    },
    {
      given: 'as many views as the default cadence allows, because a campaign may allow more',
      state: aState({views: [1, 2, 3, 4].map(days => aView({at: daysAgo(days)}))}),
      expected: true,
    },
    {
      given: 'a gift',
      state: recordSupported(aState(), {at: daysAgo(1), until: inDays(89)}),
      expected: false,
    },
    {given: 'a supporter', facts: {supporter: true}, expected: false},
    {given: 'a sensitive page', facts: {sensitive: true}, expected: false},
    {given: 'an ask in this page view already', facts: {asked: true}, expected: false},
  ];
  for (const {given, facts, state = aState(), expected} of rows) {
    it(`is ${expected} given ${given}`, () => {
      expect(mightAsk(someFacts(facts), state)).to.equal(expected);
    });
  }

  it('never says no where a campaign is due', () => {
    const time = fc.integer({min: -40, max: 3}).map(inDays);
    const reason = fc.constantFrom('later', 'close', 'not-this-campaign', 'already-supporting');
    const close = fc.record({
      campaign: fc.constantFrom('winter', 'spring'),
      reason,
      at: time,
      until: time,
    });
    const view = fc.record({campaign: fc.constantFrom('winter', 'spring'), at: time});
    const record = fc.record({v: fc.constant(1), views: fc.array(view), closes: fc.array(close)});
    const cadence = fc.record({
      maxViews: fc.nat(9),
      windowDays: fc.nat(40),
      hoursBetweenViews: fc.nat(48),
    });
    const counts = {due: 0, refused: 0};
    fc.assert(
      fc.property(record, cadence, (record, cadence) => {
        const {state} = readState(JSON.stringify(record));
        const isDue = decide([aCampaign({cadence})], someFacts(), state).ask;
        const isPossible = mightAsk(someFacts(), state);
        expect(isDue && !isPossible).to.equal(false);
        if (isDue) counts.due += 1;
        if (!isPossible) counts.refused += 1;
      }),
      {numRuns: 300},
    );
    expect(counts.due, 'due').to.be.at.least(3);
    expect(counts.refused, 'refused').to.be.at.least(3);
  });
});
