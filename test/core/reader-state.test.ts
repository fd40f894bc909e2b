import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {mayAsk} from '../../src/core/cadence/cadence.js';
import {
  articlesToGo,
  keptWithoutConsent,
  mergeStates,
  rebase,
  recordArticle,
  recordClose,
  recordRemind,
  recordSupported,
  recordView,
  undoClose,
  writeState,
} from '../../src/core/cadence/reader-record.js';
import {emptyState, readState, type ReaderState} from '../../src/core/cadence/reader-state.js';
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

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, {nil: undefined});
/** Leaves out what is undefined, as JSON does. */
const known = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

// Few values, so that entries of two tabs often collide.
const time = fc.integer({min: 0, max: 5}).map(n => n * hour + now);
const key = fc.constantFrom('a', 'b', 'c', 'd');
const sameCloses = [
  aClose({campaign: 'a'}),
  aClose({campaign: 'a', articles: 2}),
  aClose({campaign: 'a', articles: 2, choice: 'after-10-more-articles'}),
  aClose({campaign: 'a', choice: 'tomorrow'}),
  aClose({campaign: 'a', reason: 'close'}),
  aClose({campaign: 'b'}),
  aClose({campaign: 'b', at: now}),
  aClose({campaign: 'b', until: inDays(3)}),
];
const someState: fc.Arbitrary<ReaderState> = fc
  .record({
    v: fc.constant(1 as const),
    views: fc.array(fc.record({campaign: key, at: time, from: maybe(time)}), {maxLength: 6}),
    closes: fc.array(
      fc
        .record({
          same: fc.constantFrom(...sameCloses),
          from: maybe(time),
          read: fc.array(key),
          undone: maybe(fc.constant(true as const)),
        })
        .map(({same, ...rest}) => ({...same, ...rest})),
      {maxLength: 6},
    ),
    read: fc.array(key),
    meter: fc.array(key),
    supported: maybe(
      fc.record({
        at: time,
        until: time,
        from: maybe(time),
        frequency: maybe(fc.constantFrom('once' as const, 'monthly' as const)),
      }),
    ),
  })
  .map(state => readState(JSON.stringify(known(state))).state);

describe('readState()', () => {
  const rows: {given: string; text: string | null; state?: ReaderState; locked?: boolean}[] = [
    {given: 'nothing stored', text: null},
    {given: 'an empty text', text: ''},
    {given: 'no JSON', text: '{"v":1,"views":['},
    {given: 'null', text: 'null'},
    {given: 'a number', text: '1'},
    {given: 'a list', text: '[1]'},
    {given: 'no version', text: '{"views":[]}'},
    {given: 'version 0', text: '{"v":0}'},
    {given: 'a version that is text', text: '{"v":"2"}'},
    {given: 'a version that is a list', text: '{"v":[2]}'},
    {given: 'version 2', text: '{"v":2,"views":"packed"}', locked: true},
    {given: 'version 1.1', text: '{"v":1.1}', locked: true},
    {given: 'no fields', text: '{"v":1}'},
    {
      given: 'a wrong type in every field',
      text: '{"v":1,"views":{},"closes":"x","read":7,"supported":[]}',
    },
    {
      given: 'wrong entries in every list',
      text: '{"v":1,"views":[null,1,"x",[],{}],"closes":[null,{"at":1}],"read":[1,null,{}],"supported":{"at":1}}',
    },
    {
      given: 'wrong types in every field of an entry',
      text: '{"v":1,"views":[{"campaign":1,"at":1},{"campaign":"a","at":"1"},{"campaign":"a","at":-1},{"campaign":"a","at":1e300}],"closes":[{"campaign":"a","reason":1,"at":1,"until":1},{"campaign":"a","reason":"later","at":1,"until":null}],"read":[],"supported":{"at":1,"until":"2"}}',
    },
    {
      given: 'wrong types in what an entry may have besides',
      text: '{"v":1,"views":[{"campaign":"a","at":1,"from":"x"}],"closes":[{"campaign":"a","reason":"later","at":1,"until":2,"choice":5,"articles":"many","read":5,"undone":"yes","more":1}],"read":[],"supported":{"at":1,"until":2,"frequency":9}}',
      state: aState({
        views: [{campaign: 'a', at: 1}],
        closes: [{campaign: 'a', reason: 'later', at: 1, until: 2}],
        supported: {at: 1, until: 2},
      }),
    },
    {
      given: 'all there can be',
      text: '{"v":1,"views":[{"campaign":"a","at":1,"from":2}],"closes":[{"campaign":"a","reason":"later","at":1,"until":2,"from":3,"choice":"tomorrow","articles":10,"read":["x"],"undone":true}],"read":["y"],"meter":["20746 z"],"supported":{"at":1,"until":2,"from":3,"frequency":"once"}}',
      state: {
        v: 1,
        views: [{campaign: 'a', at: 1, from: 2}],
        closes: [
          {
            campaign: 'a',
            reason: 'later',
            at: 1,
            until: 2,
            from: 3,
            choice: 'tomorrow',
            articles: 10,
            read: ['x'],
            undone: true,
          },
        ],
        read: ['y'],
        meter: ['20746 z'],
        supported: {at: 1, until: 2, from: 3, frequency: 'once'},
      },
    },
    {
      given: 'keys that reach for prototypes',
      text: '{"v":1,"__proto__":{"supported":{"at":1,"until":9e12}},"constructor":{"prototype":{"a":1}},"views":[{"__proto__":{"campaign":"a","at":1}}]}',
    },
    {given: 'a deep nest', text: `{"v":1,"views":${'['.repeat(1e5)}${']'.repeat(1e5)}}`},
  ];
  for (const {given, text, state = emptyState, locked = false} of rows) {
    it(`given ${given}`, () => {
      expect(readState(text)).to.deep.equal({state, locked});
      expect(({} as {supported?: unknown}).supported).to.equal(undefined);
    });
  }

  it('reads the last thousand entries of a longer list, and writes as many as it may keep', () => {
    const views = Array.from({length: 200_000}, (_, at) => ({campaign: 'a', at}));
    const {state} = readState(JSON.stringify({v: 1, views}));
    expect(state.views).to.have.length(1000);
    expect(state.views.at(-1)!.at).to.equal(199_999);
    expect(writeState(state).length).to.be.below(5000);
  });

  it('never throws, and returns a state that can be written, merged and judged', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.dictionary(
          fc.constantFrom('campaign', 'at', 'until', 'reason', 'choice', 'articles', 'read'),
          fc.oneof(fc.jsonValue(), fc.integer(), fc.string()),
        ),
      ),
    );
    const record = fc.record({
      v: fc.oneof({weight: 9, arbitrary: fc.constant(1)}, {weight: 1, arbitrary: fc.jsonValue()}),
      views: field,
      closes: field,
      read: field,
      meter: field,
      supported: field,
    });
    fc.assert(
      fc.property(record, value => {
        const {state} = readState(JSON.stringify(value));
        const verdict = mayAsk(aCadence(), 'winter', rebase(state, now), now);
        expect(verdict.ask || verdict.until > now).to.equal(true);
        expect(readState(writeState(mergeStates(state, emptyState))).locked).to.equal(false);
      }),
      {numRuns: 500},
    );
  });
});

describe('writeState()', () => {
  it('writes what readState() reads back', () => {
    fc.assert(
      fc.property(someState, state => {
        const text = writeState(state);
        const again = readState(text).state;
        expect(writeState(again)).to.equal(text);
        expect(again).to.deep.equal(mergeStates(state, state));
      }),
    );
  });

  it('limits the size of any record', () => {
    let state = aState();
    for (let n = 0; n < 500; n += 1) {
      state = recordView(state, `campaign-${n}`, now + n);
      state = close(state, {campaign: `campaign-${n}`, reason: 'not-this-campaign'}, now + n);
      state = recordArticle(state, n.toString(36), now + n);
    }
    expect(state.views).to.have.length(50);
    expect(state.closes).to.have.length(50);
    expect(state.read).to.have.length(100);
    expect(state.views.at(-1)!.at).to.equal(now + 499);
    expect(writeState(state).length).to.be.below(12_000);
  });

  it('ignores a page’s toJSON on arrays and objects', () => {
    const state = close(recordView(aState(), 'winter', now), {choice: 'after-10-more-articles'});
    const right = writeState(recordArticle(state, 'x', now));
    const array = Array.prototype as unknown as {toJSON?: () => unknown};
    const object = Object.prototype as unknown as {toJSON?: () => unknown};
    array.toJSON = () => 'a list';
    object.toJSON = () => 'an object';
    try {
      expect(writeState(recordArticle(state, 'x', now))).to.equal(right);
    } finally {
      delete array.toJSON;
      delete object.toJSON;
    }
    expect(readState(right).state.closes).to.have.length(1);
  });
});

describe('mergeStates()', () => {
  const merge = mergeStates;

  it('is commutative', () => {
    fc.assert(
      fc.property(someState, someState, (a, b) => {
        expect(merge(a, b)).to.deep.equal(merge(b, a));
      }),
      {numRuns: 500},
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(someState, someState, someState, (a, b, c) => {
        expect(merge(merge(a, b), c)).to.deep.equal(merge(a, merge(b, c)));
      }),
      {numRuns: 500},
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(someState, someState, (a, b) => {
        const both = merge(a, b);
        expect(merge(both, both)).to.deep.equal(both);
        expect(merge(both, a)).to.deep.equal(both);
        expect(merge(merge(a, emptyState), emptyState)).to.deep.equal(merge(a, a));
      }),
      {numRuns: 500},
    );
  });

  it('is commutative and associative above the maximum size', () => {
    const crowd = fc.array(fc.record({campaign: key, at: fc.integer({min: now, max: now + 99})}), {
      minLength: 40,
      maxLength: 80,
    });
    const state = crowd.map(views =>
      aState({
        views,
        closes: views.map(view => aClose({...view, until: inDays(view.at % 7)})),
        read: views.map(view => String(view.at)),
      }),
    );
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        expect(merge(merge(a, b), c)).to.deep.equal(merge(a, merge(c, b)));
      }),
      {numRuns: 50},
    );
  });

  it('keeps the gift that counts longest', () => {
    const once = recordSupported(aState(), {at: now, until: inDays(90), frequency: 'once'});
    const monthly = recordSupported(aState(), {at: daysAgo(9), until: inDays(356)});
    expect(merge(once, monthly).supported).to.deep.equal(monthly.supported);
    expect(merge(aState(), once).supported).to.deep.equal(once.supported);
  });

  it('never revives an undone close', () => {
    fc.assert(
      fc.property(
        someState,
        fc.array(someState, {maxLength: 4}),
        key,
        (first, others, campaign) => {
          const whole = merge(first, others.reduce(merge, emptyState));
          const after = undoClose(whole, campaign);
          const again = [first, ...others].reduce(merge, after);
          expect(again.closes).to.deep.equal(merge(after, after).closes);
        },
      ),
    );
  });

  it('keeps a long snooze beside any number of short ones', () => {
    let state = close(aState(), {reason: 'not-this-campaign'});
    for (let n = 1; n < 300; n += 1) {
      state = close(state, {campaign: 'other', reason: 'later', choice: 'tomorrow'}, now + n);
      state = undoClose(state, 'other');
    }
    expect(mayAsk(aCadence(), 'winter', state, inDays(300)).ask).to.equal(false);
  });
});

describe('an action of a reader', () => {
  const quiet = {campaign: 'winter', reason: 'later' as const, until: inDays(3)};

  it('is counted as a view', () => {
    expect(recordView(aState(), 'winter', now).views).to.deep.equal([
      {campaign: 'winter', at: now},
    ]);
  });

  it('is recorded as a close', () => {
    expect(recordClose(aState(), quiet, now).closes).to.deep.equal([{...quiet, at: now}]);
  });

  it('undoes only the newest close of the campaign', () => {
    const state = aState({
      closes: [
        aClose({at: daysAgo(2)}),
        aClose({at: daysAgo(1), until: inDays(1)}),
        aClose({at: now, campaign: 'other'}),
      ],
    });
    const undone = undoClose(state, 'winter').closes.filter(one => one.undone);
    expect(undone.map(one => one.at)).to.deep.equal([daysAgo(1)]);
    expect(undoClose(aState(), 'winter')).to.deep.equal(aState());
  });

  it('undoes the last close although an older one has a future stamp', () => {
    const ahead = rebase(close(aState(), {}, now + year), daysAgo(1));
    const state = undoClose(close(ahead, {reason: 'later'}, now), 'winter');
    expect(state.closes.filter(one => one.undone).map(one => one.reason)).to.deep.equal(['later']);
  });

  it('can be repeated within the same millisecond after an undo', () => {
    let state = aState();
    for (let n = 0; n < 5; n += 1) {
      state = recordClose(state, quiet, now);
      expect(mayAsk(aCadence(), 'winter', state, inDays(1)).ask).to.equal(false);
      state = undoClose(state, 'winter');
      expect(mayAsk(aCadence(), 'winter', state, inDays(1)).ask).to.equal(true);
    }
  });

  it('refines “later”, also to an earlier time', () => {
    const later = close(aState(), {reason: 'later'});
    const state = close(later, {reason: 'later', choice: 'tomorrow'}, now + 5000);
    expect(mayAsk(aCadence(), 'winter', state, inDays(1)).ask).to.equal(true);
    const monthly = close(state, {reason: 'later', choice: 'next-month'}, now + 9000);
    expect(mayAsk(aCadence(), 'winter', monthly, inDays(27)).ask).to.equal(false);
    const back = undoClose(monthly, 'winter');
    expect(mayAsk(aCadence(), 'winter', back, now + 10_000).ask).to.equal(true);
  });

  it('does not refine an old close or one for another reason', () => {
    const old = close(aState(), {reason: 'later'}, daysAgo(9));
    expect(recordRemind(old, quiet, now).closes.filter(one => one.undone)).to.deep.equal([]);
    const closed = close(aState(), {reason: 'close'}, daysAgo(1));
    expect(recordRemind(closed, quiet, now).closes.filter(one => one.undone)).to.deep.equal([]);
    expect(recordRemind(aState(), quiet, now).closes).to.have.length(1);
  });

  it('drops an expired close with a future stamp', () => {
    const ahead = close(aState(), {reason: 'close'}, now + year);
    const noticed = rebase(ahead, daysAgo(20));
    expect(recordClose(noticed, quiet, now).closes.map(one => one.at)).to.deep.equal([now]);
    const unspent = rebase(ahead, daysAgo(2));
    expect(recordClose(unspent, quiet, now).closes).to.have.length(2);
  });
});

describe('recordArticle()', () => {
  const pending = () => close(aState(), {reason: 'later', choice: 'after-10-more-articles'});

  it('counts each article once', () => {
    let state = recordArticle(aState(), 'a', now);
    state = recordArticle(state, 'b', now);
    state = recordArticle(state, 'a', inDays(3));
    expect(state.read).to.have.length(2);
  });

  it('drops articles after 31 days', () => {
    let state = recordArticle(aState(), 'a', daysAgo(32));
    state = recordArticle(state, 'b', daysAgo(30));
    expect(recordArticle(state, 'c', now).read).to.have.length(2);
  });

  it('counts under a clock at epoch 0', () => {
    expect(recordArticle(aState(), 'a', 0).read).to.have.length(1);
  });

  it('ends a snooze after ten more articles, not nine', () => {
    let state = recordArticle(pending(), 'a', now);
    for (const key of 'abcdefghi') state = recordArticle(state, key, now);
    expect(mayAsk(aCadence(), 'winter', state, inDays(2)).ask).to.equal(false);
    expect(articlesToGo(state.closes, inDays(2))).to.equal(true);
    state = recordArticle(state, 'j', now);
    expect(mayAsk(aCadence(), 'winter', state, inDays(2)).ask).to.equal(true);
    expect(articlesToGo(state.closes, inDays(2))).to.equal(false);
  });

  it('waits for ten more articles beside another close, whichever came first', () => {
    const other = aClose({campaign: 'spring', reason: 'close', until: inDays(30)});
    const [waiting] = pending().closes;
    for (const closes of [
      [other, waiting!],
      [waiting!, other],
    ]) {
      let state = aState({closes});
      expect(articlesToGo(state.closes, now)).to.equal(true);
      for (const key of 'abcdefghi') state = recordArticle(state, key, now);
      expect(articlesToGo(state.closes, now)).to.equal(true);
      state = recordArticle(state, 'j', now);
      expect(articlesToGo(state.closes, now)).to.equal(false);
      // The other close has no articles to count.
      expect(state.closes.map(({read}) => read?.length).sort()).to.deep.equal([10, undefined]);
    }
  });

  it('counts the articles of two tabs together', () => {
    const state = pending();
    let [a, b] = [state, state];
    for (const key of 'abcdef') a = recordArticle(a, key, now);
    for (const key of 'efghij') b = recordArticle(b, key, now);
    expect(mayAsk(aCadence(), 'winter', mergeStates(a, b), inDays(2)).ask).to.equal(true);
  });

  it('asks again eventually without further articles', () => {
    const state = pending();
    expect(articlesToGo(state.closes, inDays(181))).to.equal(false);
    expect(mayAsk(aCadence(), 'winter', state, inDays(181)).ask).to.equal(true);
  });

  it('does not count for an undone snooze', () => {
    const state = recordArticle(undoClose(pending(), 'winter'), 'a', now);
    expect(state.closes[0]!.read ?? []).to.deep.equal([]);
    expect(articlesToGo(state.closes, now)).to.equal(false);
    expect(articlesToGo([aClose()], now)).to.equal(false);
  });
});

describe('rebase()', () => {
  it('does not change stamps that are not in the future', () => {
    const state = close(recordView(aState(), 'winter', now + hour / 2), {}, now);
    expect(rebase(state, now)).to.equal(state);
  });

  it('records once when a future stamp was noticed, equally in every tab', () => {
    const ahead = recordSupported(
      close(recordView(aState(), 'winter', now + year), {}, now + year),
      {at: now + year, until: now + year + 90 * day},
    );
    const [a, b] = [rebase(ahead, now), rebase(ahead, inDays(1))];
    expect(rebase(a, inDays(1))).to.equal(a);
    const both = mergeStates(b, a);
    expect(both).to.deep.equal(mergeStates(a, a));
    expect([both.views[0]!.from, both.closes[0]!.from, both.supported!.from]).to.deep.equal([
      now,
      now,
      now,
    ]);
  });

  it('records it again when the clock is set back further', () => {
    const ahead = rebase(recordView(aState(), 'winter', now + year), now);
    expect(rebase(ahead, daysAgo(300)).views[0]!.from).to.equal(daysAgo(300));
  });
});

describe('keptWithoutConsent()', () => {
  it('keeps what the reader asked for, and drops views and read articles', () => {
    const closed = close(aState({views: [aView()], read: ['20000 a']}));
    const given = {at: now, until: inDays(90)};
    expect(keptWithoutConsent(closed)).to.deep.equal({...emptyState, closes: closed.closes});
    expect(keptWithoutConsent(recordSupported(closed, given))).to.deep.equal({
      ...emptyState,
      closes: closed.closes,
      supported: given,
    });
  });
});
