import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {articleKeyOf} from '../../src/core/meter/article-key.js';
import {
  countArticle,
  evaluateMeter,
  neverCounts,
  recordMetered,
  type Meter,
  type MeteredArticle,
  type MeterReader,
  type MeterVerdict,
} from '../../src/core/meter/meter.js';
import {meterDayOf} from '../../src/core/meter/meter-day.js';
import {joinEntries, mostCounted, rebaseEntries} from '../../src/core/meter/meter-entries.js';
import {spanOf, startOfMeterDay, type Period} from '../../src/core/meter/meter-period.js';
import {
  keptWithoutConsent,
  mergeStates,
  rebase,
  writeState,
} from '../../src/core/cadence/reader-record.js';
import {emptyState, readState} from '../../src/core/cadence/reader-state.js';
import {aState, day, hour, now} from './builders.js';

const today = meterDayOf(now, 0);

const aMeter = (changes: Partial<Meter> = {}): Meter => ({free: 5, ...changes});
const aReader = (changes: Partial<MeterReader> = {}): MeterReader => ({
  now,
  utcOffsetMinutes: 0,
  ...changes,
});
const anArticle = (changes: Partial<MeteredArticle> = {}): MeteredArticle => ({
  key: 'new',
  ...changes,
});
/** Creates entries of a number of articles counted this many days ago. */
const counted = (count: number, daysAgo = 1, section = ''): string[] =>
  Array.from({length: count}, (_, n) =>
    `${today - daysAgo} a${daysAgo}-${n} ${section && articleKeyOf(section)}`.trim(),
  );

const firstOfNovember = Date.UTC(2026, 10, 1, 4);
const nextMonday = Date.UTC(2026, 9, 26, 4);

describe('evaluateMeter()', () => {
  const rows: readonly {
    given: string;
    meter?: Partial<Meter>;
    entries?: readonly string[];
    article?: Partial<MeteredArticle>;
    reader?: Partial<MeterReader>;
    verdict: Partial<MeterVerdict>;
  }[] = [
    {
      given: 'nothing read this month',
      verdict: {
        access: 'metered',
        reason: 'free-article',
        left: 4,
        limit: 5,
        until: firstOfNovember,
        extraAfterRegistration: 0,
      },
    },
    {
      given: 'a meter that is spent, in a section for members',
      meter: {sections: {Sport: {free: 0}}},
      entries: counted(5),
      article: {section: 'Sport'},
      verdict: {
        access: 'locked',
        reason: 'members-only',
        until: Infinity,
        extraAfterRegistration: 0,
      },
    },
    {
      given: 'a meter for members, in a section whose allowance is spent',
      meter: {free: 0, sections: {Sport: {free: 1}}},
      entries: counted(1, 1, 'sport'),
      article: {section: 'Sport'},
      verdict: {
        access: 'locked',
        reason: 'members-only',
        until: Infinity,
        limit: 0,
        extraAfterRegistration: 0,
      },
    },
    {
      given: 'both spent, of which registering opens the meter by four and the section by two',
      meter: {free: 1, registered: 5, sections: {Sport: {free: 1, registered: 3}}},
      entries: counted(1, 1, 'sport'),
      article: {section: 'Sport'},
      verdict: {access: 'locked', extraAfterRegistration: 2},
    },
    {
      given: 'three articles read',
      entries: counted(3),
      verdict: {access: 'metered', reason: 'free-article', left: 1},
    },
    {
      given: 'four articles read',
      entries: counted(4),
      verdict: {access: 'metered', reason: 'last-free-article', left: 0},
    },
    {
      given: 'five articles read',
      entries: counted(5),
      verdict: {
        access: 'locked',
        reason: 'limit-reached',
        left: 0,
        limit: 5,
        until: firstOfNovember,
      },
    },
    {
      given: 'one of the five read again',
      entries: counted(5),
      article: {key: 'a1-2'},
      verdict: {access: 'metered', reason: 'already-read', left: 0, until: firstOfNovember},
    },
    {
      given: 'more counted than are free, by two tabs at once',
      entries: counted(7),
      article: {key: 'a1-2'},
      verdict: {access: 'metered', reason: 'already-read', left: 0},
    },
    {
      given: 'one article counted on two days',
      entries: [`${today} same`, `${today - 1} same`],
      verdict: {reason: 'free-article', left: 3},
    },
    {
      given: 'five articles read last month',
      entries: counted(5, 25),
      verdict: {access: 'metered', reason: 'free-article', left: 4},
    },
    {
      given: 'the first of the month before four in the morning',
      entries: counted(5),
      reader: {now: firstOfNovember - 1},
      verdict: {access: 'locked', until: firstOfNovember},
    },
    {
      given: 'the first of the month at four in the morning',
      entries: counted(5),
      reader: {now: firstOfNovember},
      verdict: {access: 'metered', left: 4, until: Date.UTC(2026, 11, 1, 4)},
    },
    {
      given: 'the same moment further east, where the month began earlier',
      entries: counted(5),
      reader: {now: firstOfNovember - hour, utcOffsetMinutes: 60},
      verdict: {access: 'metered', left: 4},
    },
    {
      given: 'a reader who has registered',
      meter: {registered: 8},
      entries: counted(5),
      reader: {registered: true},
      verdict: {access: 'metered', left: 2, limit: 8, extraAfterRegistration: 0},
    },
    {
      given: 'a reader who has not, where registering gives more',
      meter: {registered: 8},
      entries: counted(5),
      verdict: {access: 'locked', reason: 'limit-reached', extraAfterRegistration: 3},
    },
    {
      given: 'a meter of nothing but for registered readers',
      meter: {free: 0, registered: 3},
      verdict: {
        access: 'locked',
        reason: 'limit-reached',
        extraAfterRegistration: 3,
        until: Infinity,
      },
    },
    {
      given: 'members only',
      meter: {free: 0},
      verdict: {
        access: 'locked',
        reason: 'members-only',
        until: Infinity,
        limit: 0,
        extraAfterRegistration: 0,
      },
    },
    ...neverCounts.map(free => ({
      given: `an article that never counts: ${free}`,
      meter: {free: 0},
      article: {free},
      verdict: {access: 'open', reason: free, left: Infinity, until: Infinity} as const,
    })),
    {
      given: 'a section that never counts, in other capitals',
      meter: {free: 0, sections: {weather: 'free'}},
      article: {section: 'Weather'},
      verdict: {access: 'open', reason: 'free-section'},
    },
    {
      given: 'a section for members only',
      meter: {sections: {Investigations: 'locked'}},
      article: {section: 'Investigations'},
      verdict: {access: 'locked', reason: 'members-only', until: Infinity},
    },
    {
      given: 'a section named like what every object has',
      meter: {sections: {Local: 'free'}},
      article: {section: 'constructor'},
      verdict: {access: 'metered', reason: 'free-article'},
    },
    {
      given: 'a section whose own allowance is spent',
      meter: {sections: {Opinion: {free: 1}}},
      article: {section: 'opinion'},
      entries: counted(1, 1, 'opinion'),
      verdict: {
        access: 'locked',
        reason: 'section-used',
        left: 0,
        limit: 1,
        until: firstOfNovember,
      },
    },
    {
      given: 'another section than the one that is spent',
      meter: {sections: {Opinion: {free: 1}}},
      article: {section: 'Local'},
      entries: counted(1, 1, 'opinion'),
      verdict: {access: 'metered', reason: 'free-article', left: 3, limit: 5},
    },
    {
      given: 'a section with room on a meter without any',
      meter: {sections: {Opinion: {free: 3}}},
      article: {section: 'Opinion'},
      entries: counted(5),
      verdict: {access: 'locked', reason: 'limit-reached'},
    },
    {
      given: 'a section with less room than the meter',
      meter: {sections: {Opinion: {free: 1}}},
      article: {section: 'Opinion'},
      verdict: {access: 'metered', reason: 'last-free-article', left: 0, limit: 1},
    },
    {
      given: 'a section that registered readers may read more of',
      meter: {sections: {Opinion: {free: 1, registered: 2}}},
      article: {section: 'Opinion'},
      entries: counted(1, 1, 'opinion'),
      verdict: {access: 'locked', reason: 'section-used', extraAfterRegistration: 1},
    },
    {
      given: 'a calendar week',
      meter: {period: 'week', free: 1},
      entries: counted(1),
      verdict: {access: 'locked', until: nextMonday},
    },
    {
      given: 'a Sunday article, on a Tuesday of a calendar week',
      meter: {period: 'week', free: 1},
      entries: counted(1, 2),
      verdict: {access: 'metered'},
    },
    {
      given: 'a calendar day',
      meter: {period: 'day', free: 1},
      entries: counted(1, 0),
      verdict: {access: 'locked', until: Date.UTC(2026, 9, 21, 4)},
    },
    {
      given: 'seven days that roll',
      meter: {period: {days: 7}, free: 2},
      entries: [...counted(1, 6), ...counted(1, 2)],
      verdict: {access: 'locked', until: Date.UTC(2026, 9, 21, 4)},
    },
    {
      given: 'an article that has rolled out',
      meter: {period: {days: 7}, free: 2},
      entries: [...counted(1, 7), ...counted(1, 2)],
      verdict: {access: 'metered', reason: 'last-free-article', until: Date.UTC(2026, 9, 27, 4)},
    },
    {
      given: 'more counted than free on a meter that rolls',
      meter: {period: {days: 7}, free: 1},
      entries: [...counted(1, 6), ...counted(1, 2)],
      verdict: {access: 'locked', until: Date.UTC(2026, 9, 25, 4)},
    },
    {
      given: 'entries of a clock that ran ahead',
      entries: counted(5, -40),
      verdict: {access: 'metered', left: 4},
    },
    {
      given: 'entries of a time zone ahead',
      meter: {period: {days: 30}},
      entries: counted(5, -1),
      verdict: {access: 'locked'},
    },
    {
      given: 'entries that are no entries',
      entries: ['', 'a', 'NaN b', '1e9 c', `${today}`],
      verdict: {access: 'metered', left: 3},
    },
    {given: 'a negative allowance', meter: {free: -3}, verdict: {reason: 'members-only'}},
    {given: 'an allowance that is no number', meter: {free: NaN}, verdict: {limit: 0}},
    {given: 'an allowance beyond what is kept', meter: {free: 5000}, verdict: {limit: mostCounted}},
  ];
  for (const {given, meter, entries = [], article, reader, verdict} of rows) {
    it(`given ${given}`, () => {
      const found = evaluateMeter(aMeter(meter), entries, anArticle(article), aReader(reader));
      expect(found).to.include(verdict);
    });
  }
});

describe('spanOf()', () => {
  it('never spans more days than the longest period', () => {
    for (const days of [0, -1, NaN, 1, 30, 31, 32, Infinity])
      expect(spanOf({days}, today).days).to.be.within(1, 31);
    expect(spanOf({days: 400}, today).first).to.equal(today - 30);
  });

  it('contains today', () => {
    const period = fc.constantFrom<Period>('day', 'week', 'month', {days: 7}, {days: 31});
    fc.assert(
      fc.property(period, fc.integer({min: -10_000, max: 100_000}), (period, number) => {
        const {first, next = number + 1, days} = spanOf(period, number);
        expect(first).to.be.at.most(number);
        expect(next).to.be.above(number);
        expect(days).to.be.within(1, 31);
        expect(Number.isInteger(first)).to.equal(true);
      }),
    );
  });

  it('starts each day where the previous one ends, in every time zone', () => {
    const minutes = fc.integer({min: -720, max: 840});
    fc.assert(
      fc.property(fc.integer({min: 0, max: 4e12}), minutes, (at, utcOffsetMinutes) => {
        const number = meterDayOf(at, utcOffsetMinutes);
        expect(startOfMeterDay(number, utcOffsetMinutes)).to.be.at.most(at);
        expect(startOfMeterDay(number + 1, utcOffsetMinutes)).to.be.above(at);
      }),
    );
  });
});

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const someMeter: fc.Arbitrary<Meter> = fc.record({
  free: fc.integer({min: 0, max: 6}),
  registered: fc.integer({min: 6, max: 8}),
  period: fc.constantFrom<Period>('day', 'week', 'month', {days: 7}, {days: 31}),
  sections: fc.constant({Opinion: {free: 2}, Weather: 'free'} as const),
});
const someArticle: fc.Arbitrary<MeteredArticle> = fc.record({
  key,
  section: fc.constantFrom(undefined, 'Opinion', 'Weather', 'Local'),
});
/** A time within one day, so that nothing expires in between. */
const someReader: fc.Arbitrary<MeterReader> = fc.record({
  now: fc.integer({min: now, max: now + hour}),
  utcOffsetMinutes: fc.constant(0),
  registered: fc.boolean(),
});

describe('countArticle()', () => {
  it('counts an article once', () => {
    fc.assert(
      fc.property(someMeter, someArticle, someReader, (meter, article, reader) => {
        const once = countArticle(meter, [], article, reader);
        expect(countArticle(meter, once, article, reader)).to.equal(once);
      }),
    );
  });

  it('opens only as many articles as are free, and keeps them open', () => {
    const readings = fc.array(someArticle, {maxLength: 30});
    const accesses = new Set<string>();
    fc.assert(
      fc.property(someMeter, someReader, readings, (meter, reader, articles) => {
        let entries: readonly string[] = [];
        const opened = new Set<string>();
        for (const article of articles) {
          const {access, reason, left, limit} = evaluateMeter(meter, entries, article, reader);
          accesses.add(access);
          if (access === 'metered') opened.add(article.key);
          const isRefused = access === 'locked' || reason !== 'free-section';
          expect(access !== 'metered' && isRefused && opened.has(article.key)).to.equal(false);
          expect(access === 'open' ? 0 : left).to.be.within(0, limit);
          entries = countArticle(meter, entries, article, reader);
        }
        const free = reader.registered ? (meter.registered ?? meter.free) : meter.free;
        expect(opened.size).to.be.at.most(free);
        expect(new Set(entries.map(one => one.split(' ')[1])).size).to.equal(opened.size);
      }),
    );
    expect([...accesses].sort()).to.deep.equal(['locked', 'metered', 'open']);
  });

  it('counts down to none left', () => {
    let entries: readonly string[] = [];
    const said: unknown[] = [];
    for (const key of ['1', '2', '3', '4', '5', '5', '6']) {
      const {left, reason} = evaluateMeter(aMeter(), entries, {key}, aReader());
      said.push(`${left} ${reason}`);
      entries = countArticle(aMeter(), entries, {key}, aReader());
    }
    expect(said).to.deep.equal([
      '4 free-article',
      '3 free-article',
      '2 free-article',
      '1 free-article',
      '0 last-free-article',
      '0 already-read',
      '0 limit-reached',
    ]);
  });

  it('keeps entries for at most 31 days', () => {
    const old = [...counted(1, 31), ...counted(1, 30), ...counted(1, -2), 'nonsense'];
    expect(countArticle(aMeter(), old, anArticle(), aReader())).to.deep.equal([
      ...counted(1, 30),
      `${today} new`,
    ]);
  });

  it('stores a section only where it has a rule', () => {
    const meter = aMeter({sections: {Opinion: {free: 1}}});
    const write = (section: string) => countArticle(meter, [], {key: 'k', section}, aReader());
    expect(write('Opinion')).to.deep.equal([`${today} k ${articleKeyOf('opinion')}`]);
    expect(write('OPINION')).to.deep.equal(write('Opinion'));
  });
});

describe('tabs that share a meter', () => {
  it('reach the same count in any order, and count no article twice', () => {
    const step = fc.record({
      tab: fc.integer({min: 0, max: 4}),
      key,
      does: fc.constantFrom('read', 'merge', 'wipe-memory', 'jump-ahead', 'jump-back'),
    });
    fc.assert(
      fc.property(fc.array(step, {maxLength: 40}), steps => {
        const meter = aMeter({free: 100, period: {days: 31}});
        const tabs: (readonly string[])[] = [[], [], [], [], []];
        let kept: readonly string[] = [];
        let clock = now;
        const read = new Set<string>();
        for (const {tab, key, does} of steps) {
          if (does === 'wipe-memory') tabs[tab] = [];
          if (does === 'jump-ahead') clock += 400 * day;
          if (does === 'jump-back') clock = now;
          const reader = aReader({now: clock});
          let known = rebaseEntries(joinEntries(kept, tabs[tab] ?? []), clock);
          if (does === 'read') {
            known = countArticle(meter, known, {key}, reader);
            read.add(key);
          }
          tabs[tab] = known;
          kept = known;
          const {left, reason} = evaluateMeter(meter, kept, {key}, reader);
          // Never more than was read: nothing is counted twice.
          expect(100 - left).to.be.at.most(read.size + 1);
          expect(does === 'read' ? reason : 'already-read').to.equal('already-read');
        }
      }),
      {numRuns: 200},
    );
  });

  it('merge in any order, and merging twice changes nothing', () => {
    const entries = fc.array(fc.tuple(fc.integer({min: today - 3, max: today}), key), {
      maxLength: 20,
    });
    const some = entries.map(all => all.map(([number, one]) => `${number} ${one}`));
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(joinEntries(a, b)).to.deep.equal(joinEntries(b, a));
        expect(joinEntries(joinEntries(a, b), c)).to.deep.equal(joinEntries(a, joinEntries(b, c)));
        const ab = joinEntries(a, b);
        expect(joinEntries(ab, ab)).to.deep.equal(ab);
      }),
    );
  });

  it('keep the record within its maximum size', () => {
    const many = Array.from({length: 400}, (_, n) => `${today} ${n}`);
    expect(joinEntries(many, many)).to.have.length(mostCounted);
  });
});

describe('a clock that ran ahead', () => {
  it('does not lock readers out: its entries count from today', () => {
    const ahead = counted(5, -400);
    const right = rebaseEntries(ahead, now);
    const meter = aMeter({period: {days: 7}});
    const {access, until} = evaluateMeter(meter, right, anArticle(), aReader());
    expect(access).to.equal('locked');
    expect(until).to.be.within(now, now + 9 * day);
    expect(rebaseEntries(right, now)).to.equal(right);
  });

  it('is corrected in the record too', () => {
    const state = aState({meter: counted(2, -400)});
    expect(rebase(state, now).meter).to.deep.equal(rebaseEntries(counted(2, -400), now));
    const right = aState({meter: counted(2)});
    expect(rebase(right, now)).to.equal(right);
  });
});

describe('the meter in the record', () => {
  it('survives being written, read and merged', () => {
    const state = aState({meter: [`${today} b`, `${today} a`]});
    const again = readState(writeState(state)).state;
    expect(again.meter).to.deep.equal([`${today} a`, `${today} b`]);
    const merged = mergeStates(again, aState({meter: [`${today} c`]}));
    expect(merged.meter).to.have.length(3);
  });

  it('is empty where nothing is metered', () => {
    expect(writeState(readState(null).state)).to.equal(writeState(emptyState));
  });

  it('accepts a record of a version without a meter', () => {
    expect(readState('{"v":1,"views":[],"closes":[],"read":[]}').state.meter).to.deep.equal([]);
  });

  for (const broken of ['5', '{"0":"a"}', '[null,5,{}]', '"text"']) {
    it(`starts empty where it is ${broken}`, () => {
      const {state} = readState(`{"v":1,"read":["20746 a"],"meter":${broken}}`);
      expect(state.meter).to.deep.equal([]);
      expect(state.read).to.deep.equal(['20746 a']);
    });
  }

  it('is kept without consent', () => {
    const state = aState({meter: [`${today} a`], read: [`${today} a`]});
    expect(keptWithoutConsent(state)).to.deep.equal(aState({meter: [`${today} a`]}));
  });

  it('counts an article once, and does not change for a locked one', () => {
    const state = recordMetered(emptyState, aMeter(), anArticle(), aReader());
    expect(state.meter).to.deep.equal([`${today} new`]);
    expect(recordMetered(state, aMeter(), anArticle(), aReader())).to.equal(state);
    expect(recordMetered(state, aMeter({free: 0}), anArticle({key: 'x'}), aReader())).to.equal(
      state,
    );
  });
});
