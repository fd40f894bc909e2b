import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  endOfSnooze,
  mayAsk,
  type CloseReason,
  type CadenceVerdict,
} from '../../src/core/cadence/cadence.js';
import {momentOf} from '../../src/core/campaigns/moment.js';
import {snoozeAfter, remindChoices} from '../../src/core/cadence/snooze.js';
import {mergeStates, rebase, recordView, undoClose} from '../../src/core/cadence/reader-record.js';
import type {ReaderState} from '../../src/core/cadence/reader-state.js';
import {
  aCadence,
  aClose,
  aState,
  aView,
  close,
  day,
  daysAgo,
  hour,
  inDays,
  now,
  year,
} from './builders.js';

const yes: CadenceVerdict = {ask: true};
const no = (reason: (CadenceVerdict & {ask: false})['reason'], until: number): CadenceVerdict => ({
  ask: false,
  reason,
  until,
});

const letters = (count: number) => Array.from({length: count}, (_, n) => n.toString(36));

const views = (...ages: number[]) => ages.map(age => aView({at: daysAgo(age)}));

describe('mayAsk()', () => {
  const rows: {given: string; state: ReaderState; verdict: CadenceVerdict; cadence?: object}[] = [
    {given: 'a reader never asked', state: aState(), verdict: yes},
    {
      given: 'three views in the window',
      state: aState({views: views(29, 20, 2)}),
      verdict: yes,
    },
    {
      given: 'four views in the window',
      state: aState({views: views(29, 20, 10, 2)}),
      verdict: no('seen-enough', inDays(1)),
    },
    {
      given: 'four views in no order, of several campaigns',
      state: aState({views: [...views(2, 29, 10), aView({campaign: 'other', at: daysAgo(20)})]}),
      verdict: no('seen-enough', inDays(1)),
    },
    {
      given: 'six views in the window: three have to leave it',
      state: aState({views: views(28, 27, 26, 20, 10, 2)}),
      verdict: no('seen-enough', inDays(4)),
    },
    {
      given: 'four views, the oldest just out of the window',
      state: aState({views: views(30, 20, 10, 2)}),
      verdict: yes,
    },
    {
      given: 'a cadence of no views at all',
      state: aState(),
      cadence: {maxViews: 0},
      verdict: no('seen-enough', Infinity),
    },
    {
      given: 'a view of this campaign 23 hours ago',
      state: aState({views: [aView({at: now - 23 * hour})]}),
      verdict: no('seen-recently', now + hour),
    },
    {
      given: 'a view of this campaign 24 hours ago',
      state: aState({views: [aView({at: now - 24 * hour})]}),
      verdict: yes,
    },
    {
      given: 'a view of another campaign 59 minutes ago',
      state: aState({views: [aView({campaign: 'other', at: now - 59 * 60_000})]}),
      verdict: no('asked-recently', now + 60_000),
    },
    {
      given: 'a view of another campaign an hour ago',
      state: aState({views: [aView({campaign: 'other', at: now - hour})]}),
      verdict: yes,
    },
    {
      given: 'a snooze of another campaign',
      state: aState({closes: [aClose({campaign: 'other'})]}),
      verdict: no('snoozed', inDays(2)),
    },
    {
      given: 'a snooze that is over',
      state: aState({closes: [aClose({until: now})]}),
      verdict: yes,
    },
    {
      given: 'a snooze that was taken back',
      state: aState({closes: [aClose({undone: true})]}),
      verdict: yes,
    },
    {
      given: 'two quiets: the longer is told',
      state: aState({closes: [aClose(), aClose({reason: 'close', until: inDays(9)})]}),
      verdict: no('closed', inDays(9)),
    },
    {
      given: 'two quiets in the other order',
      state: aState({closes: [aClose({reason: 'close', until: inDays(9)}), aClose()]}),
      verdict: no('closed', inDays(9)),
    },
    {
      given: 'a time-out',
      state: aState({closes: [aClose({reason: 'timeout'})]}),
      verdict: no('closed', inDays(2)),
    },
    {
      given: 'a reader who says they support already',
      state: aState({closes: [aClose({reason: 'already-supporting'})]}),
      verdict: no('already-supporting', inDays(2)),
    },
    {
      given: '“not this one” of this campaign',
      state: aState({closes: [aClose({reason: 'not-this-campaign'})]}),
      verdict: no('not-this-campaign', inDays(2)),
    },
    {
      given: '“not this one” of another campaign',
      state: aState({closes: [aClose({campaign: 'other', reason: 'not-this-campaign'})]}),
      verdict: yes,
    },
    {
      given: 'a gift',
      state: aState({supported: {at: daysAgo(1), until: inDays(89)}}),
      verdict: no('supporter', inDays(89)),
    },
    {
      given: 'a gift long ago',
      state: aState({supported: {at: daysAgo(91), until: daysAgo(1)}}),
      verdict: yes,
    },
    {
      given: 'nine of ten articles read',
      state: aState({
        closes: [aClose({until: inDays(100), articles: 10, read: letters(9)})],
      }),
      verdict: no('articles-to-go', inDays(100)),
    },
    {
      given: 'ten of ten articles read',
      state: aState({
        closes: [aClose({until: inDays(100), articles: 10, read: letters(10)})],
      }),
      verdict: yes,
    },
    {
      given: 'articles to go and none counted',
      state: aState({closes: [aClose({articles: 10})]}),
      verdict: no('articles-to-go', inDays(2)),
    },
    {
      given: 'a reason that a later version knows',
      state: aState({closes: [aClose({reason: 'on-holiday' as CloseReason})]}),
      verdict: no('closed', inDays(2)),
    },
    {
      given: 'a reason that is called like a method of objects',
      state: aState({closes: [aClose({reason: 'constructor' as CloseReason})]}),
      verdict: no('closed', inDays(2)),
    },
    {
      given: 'a snooze stamped a year ahead',
      state: aState({closes: [aClose({at: now + year, until: now + year + 3 * day})]}),
      verdict: no('snoozed', inDays(3)),
    },
    {
      given: 'the same, noticed two days ago',
      state: aState({
        closes: [aClose({at: now + year, until: now + year + 3 * day, from: daysAgo(2)})],
      }),
      verdict: no('snoozed', inDays(1)),
    },
    {
      given: 'the same, noticed four days ago',
      state: aState({
        closes: [aClose({at: now + year, until: now + year + 3 * day, from: daysAgo(4)})],
      }),
      verdict: yes,
    },
    {
      given: 'a snooze noticed as ahead, once the clock is right again',
      state: aState({closes: [aClose({from: daysAgo(400)})]}),
      verdict: no('snoozed', inDays(2)),
    },
    {
      given: 'a snooze noticed as ahead, and a clock that is set back further still',
      state: aState({closes: [aClose({at: now + year, until: now + year + day, from: inDays(9)})]}),
      verdict: no('snoozed', inDays(1)),
    },
    {
      given: 'a snooze stamped half an hour ahead, as clocks drift',
      state: aState({closes: [aClose({at: now + hour / 2, until: inDays(1)})]}),
      verdict: no('snoozed', inDays(1)),
    },
    {
      given: 'a snooze that claims to last a century',
      state: aState({closes: [aClose({at: now, until: now + 100 * year})]}),
      verdict: no('snoozed', inDays(400)),
    },
    {
      given: 'a snooze that ends before it began',
      state: aState({closes: [aClose({at: daysAgo(1), until: daysAgo(300)})]}),
      verdict: yes,
    },
    {
      given: 'a gift stamped years ahead',
      state: aState({supported: {at: now + 5 * year, until: now + 5 * year + 90 * day}}),
      verdict: no('supporter', inDays(90)),
    },
    {
      given: 'a view stamped years ahead counts as one of now',
      state: aState({views: [aView({at: now + 5 * year})]}),
      verdict: no('seen-recently', inDays(1)),
    },
    {
      given: 'a view stamped years ahead, noticed two days ago',
      state: aState({views: [aView({at: now + 5 * year, from: daysAgo(2)})]}),
      verdict: yes,
    },
  ];
  for (const {given, state, verdict, cadence} of rows) {
    it(`given ${given}`, () => {
      expect(mayAsk(aCadence(cadence), 'winter', state, now)).to.deep.equal(verdict);
    });
  }

  it('asks at exactly the time it returned as `until`', () => {
    const time = fc.integer({min: daysAgo(500), max: inDays(500)});
    const campaign = fc.constantFrom('winter', 'summer');
    const state = fc.record({
      v: fc.constant(1 as const),
      read: fc.constant([]),
      meter: fc.constant([]),
      views: fc.array(fc.record({campaign, at: time}), {maxLength: 8}),
      closes: fc.array(
        fc.record({
          campaign,
          reason: fc.constantFrom<CloseReason>('later', 'close', 'not-this-campaign', 'timeout'),
          at: time,
          until: time,
        }),
        {maxLength: 6},
      ),
    });
    fc.assert(
      fc.property(state, state => {
        const known = rebase(state, now);
        const verdict = mayAsk(aCadence(), 'winter', known, now);
        if (verdict.ask) return;
        expect(verdict.until).to.be.greaterThan(now);
        expect(verdict.until - now).to.be.at.most(400 * day);
        const isAhead = [...known.views, ...known.closes].some(one => one.at > now + hour);
        // Once a future stamp is reached, it counts from its own time.
        if (isAhead) return;
        expect(mayAsk(aCadence(), 'winter', known, verdict.until)).to.deep.equal(yes);
        expect(mayAsk(aCadence(), 'winter', known, verdict.until - 1).ask).to.equal(false);
      }),
      {numRuns: 1000},
    );
  });
});

describe('snoozeAfter()', () => {
  const quiet = (
    closing: Partial<Parameters<typeof snoozeAfter>[2]>,
    {state = aState(), at = now, utcOffsetMinutes = 0, cadence = {}} = {},
  ) =>
    snoozeAfter(
      aCadence(cadence),
      state,
      {campaign: 'winter', reason: 'later', ...closing},
      at,
      utcOffsetMinutes,
    );
  const before = (reason: CloseReason, count: number) =>
    aState({closes: Array.from({length: count}, (_, n) => aClose({reason, at: daysAgo(n + 1)}))});

  const lengths: {given: string; days: number; quiet: {readonly until: number}}[] = [
    {given: 'the first “later”', days: 3, quiet: quiet({})},
    {given: 'the second', days: 14, quiet: quiet({}, {state: before('later', 1)})},
    {given: 'the third', days: 60, quiet: quiet({}, {state: before('later', 2)})},
    {given: 'the ninth', days: 60, quiet: quiet({}, {state: before('later', 8)})},
    {
      given: 'a “later” after one taken back',
      days: 3,
      quiet: quiet({}, {state: aState({closes: [aClose({undone: true})]})}),
    },
    {given: 'a “later” after a ✕', days: 3, quiet: quiet({}, {state: before('close', 1)})},
    {given: 'a cadence without steps', days: 3, quiet: quiet({}, {cadence: {laterDays: []}})},
    {given: 'the first ✕', days: 14, quiet: quiet({reason: 'close'})},
    {
      given: 'the second ✕',
      days: 28,
      quiet: quiet({reason: 'close'}, {state: before('close', 1)}),
    },
    {
      given: 'the fourth ✕',
      days: 112,
      quiet: quiet({reason: 'close'}, {state: before('close', 3)}),
    },
    {
      given: 'the fifth ✕',
      days: 120,
      quiet: quiet({reason: 'close'}, {state: before('close', 4)}),
    },
    {
      given: 'the fiftieth ✕',
      days: 120,
      quiet: quiet({reason: 'close'}, {state: before('close', 49)}),
    },
    {given: 'a time-out', days: 14, quiet: quiet({reason: 'timeout'})},
    {
      given: 'a supporter who says so',
      days: 28,
      quiet: quiet({reason: 'already-supporting'}),
    },
    {
      given: 'a single gift',
      days: 90,
      quiet: quiet({reason: 'supported', frequency: 'once'}),
    },
    {
      given: 'a monthly gift',
      days: 365,
      quiet: quiet({reason: 'supported', frequency: 'monthly'}),
    },
    {given: 'a gift of unknown kind', days: 365, quiet: quiet({reason: 'supported'})},
    {
      given: '“not this one” without an end',
      days: 365,
      quiet: quiet({reason: 'not-this-campaign'}),
    },
    {
      given: '“not this one” of a campaign that is over',
      days: 365,
      quiet: quiet({reason: 'not-this-campaign', campaignEnds: '2020-01-01'}),
    },
    {
      given: '“not this one” of a campaign with a nonsensical end',
      days: 365,
      quiet: quiet({reason: 'not-this-campaign', campaignEnds: 'soon'}),
    },
    {given: 'a cadence of its own', days: 5, quiet: quiet({}, {cadence: {laterDays: [5]}})},
  ];
  for (const {given, days, quiet} of lengths) {
    it(`lasts ${days} days given ${given}`, () => {
      expect(quiet).to.deep.equal({until: inDays(days)});
    });
  }

  const moments: {given: string; closing: object; at: string; east?: number; until: string}[] = [
    {
      given: 'tomorrow, in the morning',
      closing: {choice: 'tomorrow'},
      at: '2026-10-20T10:00Z',
      until: '2026-10-21T04:00Z',
    },
    {
      given: 'tomorrow, a minute to midnight',
      closing: {choice: 'tomorrow'},
      at: '2026-10-20T23:59Z',
      until: '2026-10-21T04:00Z',
    },
    {
      given: 'tomorrow, a minute before the day begins',
      closing: {choice: 'tomorrow'},
      at: '2026-10-21T03:59Z',
      until: '2026-10-21T04:00Z',
    },
    {
      given: 'tomorrow, the moment the day begins',
      closing: {choice: 'tomorrow'},
      at: '2026-10-21T04:00Z',
      until: '2026-10-22T04:00Z',
    },
    {
      given: 'tomorrow, east of Greenwich by five hours and a half',
      closing: {choice: 'tomorrow'},
      at: '2026-10-20T23:00Z',
      east: 330,
      until: '2026-10-21T22:30Z',
    },
    {
      given: 'tomorrow, west of Greenwich by eight hours',
      closing: {choice: 'tomorrow'},
      at: '2026-10-20T10:00Z',
      east: -480,
      until: '2026-10-20T12:00Z',
    },
    {
      given: 'next week',
      closing: {choice: 'next-week'},
      at: '2026-10-20T10:00Z',
      until: '2026-10-27T04:00Z',
    },
    {
      given: 'next week, in the night',
      closing: {choice: 'next-week'},
      at: '2026-10-21T03:00Z',
      until: '2026-10-27T04:00Z',
    },
    {
      given: 'next month',
      closing: {choice: 'next-month'},
      at: '2026-10-20T10:00Z',
      until: '2026-11-20T04:00Z',
    },
    {
      given: 'next month, on the 31st of January',
      closing: {choice: 'next-month'},
      at: '2027-01-31T10:00Z',
      until: '2027-02-28T04:00Z',
    },
    {
      given: 'next month, in the night to the first of March',
      closing: {choice: 'next-month'},
      at: '2027-03-01T02:00Z',
      until: '2027-03-28T04:00Z',
    },
    {
      given: 'in three months, over the turn of the year',
      closing: {choice: 'in-3-months'},
      at: '2026-11-30T10:00Z',
      until: '2027-02-28T04:00Z',
    },
    {
      given: '“not this one” until the campaign ends, that day included',
      closing: {reason: 'not-this-campaign', campaignEnds: '2026-12-31'},
      at: '2026-10-20T10:00Z',
      east: 60,
      until: '2026-12-31T23:00Z',
    },
    {
      given: '“not this one” until a campaign ends at an hour',
      closing: {reason: 'not-this-campaign', campaignEnds: '2026-12-31T12:00-05:00'},
      at: '2026-10-20T10:00Z',
      until: '2026-12-31T17:00Z',
    },
  ];
  for (const {given, closing, at, east = 0, until} of moments) {
    it(`ends at ${until} given ${given}`, () => {
      const ends = quiet(closing, {at: Date.parse(at), utcOffsetMinutes: east}).until;
      expect(new Date(ends).toISOString()).to.equal(new Date(until).toISOString());
    });
  }

  it('ends after ten more articles, or after 180 days', () => {
    expect(quiet({choice: 'after-10-more-articles'})).to.deep.equal({
      until: inDays(180),
      articles: 10,
    });
  });

  it('ends each choice on the hour at which the reader’s day begins, and on the day that was meant', () => {
    const lengths = [
      ['tomorrow', 1, 1],
      ['next-week', 7, 7],
      ['next-month', 28, 31],
      ['in-3-months', 89, 92],
    ] as const;
    const choices = [...lengths.map(([choice]) => choice), 'after-10-more-articles'];
    expect(choices).to.have.members([...remindChoices]);
    fc.assert(
      fc.property(
        fc.integer({min: 0, max: 4e12}),
        fc.integer({min: -14 * 4, max: 14 * 4}),
        fc.integer({min: 0, max: 23}),
        (at, quarters, dayStartsAtHour) => {
          const utcOffsetMinutes = quarters * 15;
          const local = (time: number) => time + utcOffsetMinutes * 60_000 - dayStartsAtHour * hour;
          const dayOf = (time: number) => Math.floor(local(time) / day);
          for (const [choice, least, most] of lengths) {
            const {until} = quiet({choice}, {at, utcOffsetMinutes, cadence: {dayStartsAtHour}});
            expect(local(until) % day, choice).to.equal(0);
            expect(dayOf(until) - dayOf(at), choice).to.be.within(least, most);
          }
        },
      ),
    );
  });
});

describe('momentOf()', () => {
  const rows: [text: string, east: number, isEnd: boolean, moment: string | undefined][] = [
    ['2026-10-20', 0, false, '2026-10-20T00:00Z'],
    ['2026-10-20', 0, true, '2026-10-21T00:00Z'],
    ['2026-10-20', 120, false, '2026-10-19T22:00Z'],
    ['2026-10-20', -300, true, '2026-10-21T05:00Z'],
    ['2026-10-20T08:30', 60, false, '2026-10-20T07:30Z'],
    ['2026-10-20T08:30', 60, true, '2026-10-20T07:30Z'],
    ['2026-10-20T08:30:15.250Z', 60, false, '2026-10-20T08:30:15.250Z'],
    ['2026-10-20T08:30+05:30', 60, false, '2026-10-20T03:00Z'],
    ['2028-02-29', 0, false, '2028-02-29T00:00Z'],
    ['2026-02-29', 0, false, undefined],
    ['2026-02-30T10:00Z', 0, false, undefined],
    ['2026-13-01', 0, false, undefined],
    ['2026-10-20T25:00', 0, false, undefined],
    ['2026-10-20T10:00+99:99', 0, false, undefined],
    ['20.10.2026', 0, false, undefined],
    ['2026-10-20 10:00', 0, false, undefined],
    ['', 0, false, undefined],
  ];
  for (const [text, east, isEnd, moment] of rows) {
    it(`reads ${JSON.stringify(text)}${isEnd ? ' as an end' : ''}, ${east} minutes east`, () => {
      const read = momentOf(text, east, isEnd);
      expect(read).to.deep.equal(moment === undefined ? NaN : Date.parse(moment));
    });
  }
});

describe('two tabs', () => {
  it('never lose a snooze with interleaved writes and a jumping clock', () => {
    const act = fc.record({
      tab: fc.constantFrom(0, 1),
      what: fc.constantFrom('later', 'close', 'remind', 'view', 'undo', 'sync', 'jump'),
      choice: fc.constantFrom(...remindChoices),
      campaign: fc.constantFrom('winter', 'summer'),
      wait: fc.integer({min: 0, max: 3 * day}),
      years: fc.integer({min: -3, max: 3}),
    });
    fc.assert(
      fc.property(fc.array(act, {maxLength: 25}), acts => {
        let clock = now;
        let stored = aState();
        const tabs = [aState(), aState()];
        /** What readers asked for and did not undo. */
        const wished: {at: number; until: number; campaign: string; articles: boolean}[] = [];
        for (const {tab, what, choice, campaign, wait, years} of acts) {
          clock += wait;
          const known = tabs[tab]!;
          if (what === 'jump') clock += years * year;
          else if (what === 'sync') {
            stored = rebase(mergeStates(stored, known), clock);
            tabs[tab] = stored;
          } else if (what === 'view') tabs[tab] = recordView(known, campaign, clock);
          else if (what === 'undo') {
            const after = undoClose(known, campaign);
            const taken = after.closes.find((one, i) => one.undone && !known.closes[i]!.undone);
            tabs[tab] = after;
            const index = wished.findLastIndex(
              one => taken && one.at === taken.at && one.until === taken.until,
            );
            if (index >= 0) wished.splice(index, 1);
          } else {
            const closing = what === 'remind' ? {reason: 'later' as const, choice} : {reason: what};
            const before = new Set(known.closes.filter(one => one.undone).map(one => one.at));
            const after = close(known, {campaign, ...closing}, clock);
            tabs[tab] = after;
            // A choice replaces the “later” that it refines.
            for (const {at, until, undone} of after.closes) {
              if (!undone || before.has(at)) continue;
              const index = wished.findLastIndex(one => one.at === at && one.until === until);
              if (index >= 0) wished.splice(index, 1);
            }
            const made = after.closes.findLast(
              one => !known.closes.some(old => old.at === one.at && old.until === one.until),
            );
            if (made) {
              const {at, until, articles} = made;
              wished.push({at, until, campaign, articles: articles !== undefined});
            }
          }
        }
        const together = mergeStates(stored, mergeStates(tabs[0]!, tabs[1]!));
        for (const {at, until} of wished) {
          // By a correct clock, each lasts as long as promised.
          for (const moment of [at, Math.floor((at + until) / 2), until - 1]) {
            const verdict = mayAsk(aCadence(), 'winter', together, moment);
            expect(verdict.ask).to.equal(false);
            expect((verdict as {until: number}).until).to.be.at.least(until);
          }
        }
      }),
      {numRuns: 400},
    );
  });

  it('are asked again eventually after any number of closes', () => {
    let state = aState();
    let clock = now;
    for (let n = 0; n < 200; n += 1) {
      state = close(state, {reason: n % 3 === 0 ? 'close' : 'later'}, clock);
      const verdict = mayAsk(aCadence(), 'winter', state, clock);
      expect(verdict.ask).to.equal(false);
      clock = (verdict as {until: number}).until;
      expect(mayAsk(aCadence(), 'winter', state, clock)).to.deep.equal(yes);
    }
    expect(state.closes.length).to.be.at.most(50);
  });

  it('are not snoozed for longer than chosen by a clock that was years ahead', () => {
    const ahead = close(aState(), {reason: 'later', choice: 'next-week'}, now + 5 * year);
    let state = ahead;
    let shown = -1;
    for (let n = 0; n < 30 && shown < 0; n += 1) {
      state = rebase(state, inDays(n));
      if (mayAsk(aCadence(), 'winter', state, inDays(n)).ask) shown = n;
    }
    expect(shown).to.equal(7);
    expect(endOfSnooze(state.closes[0]!, now + 5 * year)).to.equal(ahead.closes[0]!.until);
  });
});
