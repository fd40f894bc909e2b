import {expect} from '@open-wc/testing';
import type {Decision} from '../../src/core/campaigns/decide.js';
import {forecast} from '../../src/core/campaigns/forecast.js';
import type {ReaderState} from '../../src/core/cadence/reader-state.js';
import {
  aCampaign,
  aState,
  aView,
  close,
  day,
  factsWithout,
  hour,
  inDays,
  now,
  someFacts,
  year,
} from './builders.js';

const told = (decision: Decision) =>
  decision.ask ? decision.campaign.id : [decision.reason, decision.until];

describe('forecast()', () => {
  const shownOn = (state: ReaderState, days = 40, facts = someFacts()) =>
    forecast([aCampaign()], facts, state, days).flatMap(({decision}, n) =>
      decision.ask ? [n + 1] : [],
    );

  for (const hours of [0, 3, 4, 10, 23]) {
    it(`shows “next week” on day 8 and not before, pressed at ${hours} o’clock`, () => {
      const at = Date.UTC(2026, 9, 20, hours);
      for (const utcOffsetMinutes of [-480, 0, 330, 840]) {
        const state = close(aState(), {reason: 'later', choice: 'next-week'}, at, utcOffsetMinutes);
        const [first] = shownOn(
          state,
          40,
          someFacts({now: at, utcOffsetMinutes: utcOffsetMinutes}),
        );
        expect(first).to.equal(8);
      }
    });
  }

  it('shows four appeals in 30 days to a reader who does nothing', () => {
    expect(shownOn(aState(), 60)).to.deep.equal([1, 2, 3, 4, 31, 32, 33, 34]);
  });

  it('counts the asks that were seen', () => {
    const days = forecast([aCampaign()], someFacts(), aState(), 6);
    expect(days.map(({seen}) => seen)).to.deep.equal([1, 2, 3, 4, 4, 4]);
    expect(days.map(({at}) => at)).to.deep.equal([0, 1, 2, 3, 4, 5].map(inDays));
  });

  it('counts an article a day', () => {
    const state = close(aState(), {reason: 'later', choice: 'after-10-more-articles'});
    expect(shownOn(state)[0]).to.equal(11);
    const campaign = aCampaign({audience: {articles: {min: 6}}});
    const days = forecast([campaign], someFacts({articles: 3}), aState(), 9);
    expect(days.findIndex(({decision}) => decision.ask)).to.equal(3);
    const facts = factsWithout('articles');
    expect(forecast([campaign], facts, aState(), 9).some(({decision}) => decision.ask)).to.equal(
      false,
    );
  });

  it('follows a schedule', () => {
    const campaign = aCampaign({schedule: {start: '2026-10-22', end: '2026-10-23'}});
    const days = forecast([campaign], someFacts(), aState(), 6);
    expect(days.map(({decision}) => told(decision))).to.deep.equal([
      ['not-started', Date.parse('2026-10-22')],
      ['not-started', Date.parse('2026-10-22')],
      'winter',
      'winter',
      ['ended', Infinity],
      ['ended', Infinity],
    ]);
  });

  it('still shows appeals after a clock was years ahead', () => {
    const state = close(aState(), {reason: 'later'}, now + 5 * year);
    expect(shownOn(state)[0]).to.equal(4);
  });

  it('backs off: 3 days, 14, 60 after each “later”, 14, 28, 56, 112, 120 after each ✕', () => {
    const gaps = (reason: 'later' | 'close', times: number) => {
      let state = aState();
      let at = now;
      const found: number[] = [];
      for (let n = 0; n < times; n += 1) {
        state = close(state, {reason}, at);
        const days = forecast([aCampaign()], someFacts({now: at}), state, 200);
        const next = days.find(({decision}) => decision.ask)!.at;
        found.push((next - at) / day);
        at = next;
      }
      return found;
    };
    expect(gaps('later', 4)).to.deep.equal([3, 14, 60, 60]);
    expect(gaps('close', 6)).to.deep.equal([14, 28, 56, 112, 120, 120]);
  });

  it('is empty for zero days, and does not change its arguments', () => {
    const state = aState({views: [aView({at: now - hour})]});
    const before = JSON.stringify(state);
    expect(forecast([aCampaign()], someFacts(), state, 0)).to.deep.equal([]);
    forecast([aCampaign()], someFacts(), state, 9);
    expect(JSON.stringify(state)).to.equal(before);
  });
});
