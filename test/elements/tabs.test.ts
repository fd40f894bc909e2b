import {expect} from '@open-wc/testing';
import type {SupportPaywallElement} from '../../src/elements/paywall/support-paywall.js';
import type {Tab} from './a-tab.js';
import {longTestLimit} from '../time-limit.js';

const free = 5;
const day = 86_400_000;
// WebKit lets a page change its address a hundred times in ten seconds.
const isWebKit = navigator.vendor.startsWith('Apple');
const runs = isWebKit ? 20 : 200;

/** The same order each time: a small generator, so that a failure can be repeated. */
function dice(seed: number): (most: number) => number {
  let state = seed * 7919 + 17;
  return most => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
}

async function until(test: () => unknown, what: string): Promise<void> {
  for (let n = 0; n < 2000 && !test(); n += 1) await new Promise(resolve => setTimeout(resolve, 2));
  expect(test(), what).to.be.ok;
}

async function aTab(): Promise<{tab: Tab; window: typeof globalThis; close(): void}> {
  const iframe = document.createElement('iframe');
  iframe.src = '/test/elements/a-tab.html';
  document.body.append(iframe);
  const window = () => iframe.contentWindow as unknown as typeof globalThis & {tab?: Tab};
  await until(() => window().tab, 'the tab');
  return {tab: window().tab!, window: window(), close: () => iframe.remove()};
}

describe('one reader in several tabs', function () {
  this.timeout(longTestLimit);
  let tabs: Awaited<ReturnType<typeof aTab>>[] = [];
  let ahead = 0;

  before(async () => {
    tabs = await Promise.all(Array.from({length: 5}, aTab));
    for (const {window} of tabs) {
      const now = window.Date.now.bind(window.Date);
      window.Date.now = () => now() + ahead;
    }
  });
  after(() => {
    for (const {close} of tabs) close();
    localStorage.clear();
  });

  /** Plays one reader; returns what they did, for the message of a failure. */
  async function play(seed: number): Promise<void> {
    const roll = dice(seed);
    const used = tabs.slice(0, 2 + roll(4));
    const isPrivate = roll(6) === 0;
    ahead = 0;
    for (const {tab} of tabs) tab.begin(isPrivate);
    const did: string[] = [`seed ${seed}, ${used.length} tabs${isPrivate ? ', private' : ''}`];
    const at = () => did.join('; ');

    /** What any tab has opened since the record was last wiped; each its own where nothing is stored. */
    const opened = used.map(() => new Set<string>());
    const closed = new Set<string>();
    let isSupporter = false;
    let mayBeSupporter = false;
    let isPlain = !isPrivate;
    const seenBy = (n: number) => opened[isPrivate ? n : 0]!;

    const verdictOf = async (paywall: SupportPaywallElement) => {
      await until(() => paywall.verdict.access !== 'pending', `${at()}: a verdict`);
      return paywall.verdict;
    };
    const read = async (n: number, story: string) => {
      const paywall = used[n]!.tab.open(story);
      const before = new Set(seenBy(n));
      before.delete(story);
      const {access, left = 0} = await verdictOf(paywall);
      if (isSupporter) {
        expect(access, `${at()}: no wall for a supporter`).to.equal('open');
        // It stays open in the tab, and counts should the gift be forgotten.
        seenBy(n).add(story);
        return;
      }
      if (mayBeSupporter && access === 'open') {
        seenBy(n).add(story);
        return;
      }
      // Whatever else happens, nothing is counted that was not opened, and nothing twice.
      if (access === 'locked')
        expect(before.size, `${at()}: a wall too early`).to.be.at.least(free);
      else {
        expect(access, at()).to.equal('metered');
        expect(left, `${at()}: a double count`).to.be.at.least(free - before.size - 1);
        // Where nobody wiped, jumped or hid, the meter holds.
        if (isPlain && !seenBy(n).has(story))
          expect(before.size, `${at()}: one too many`).to.be.below(free);
        seenBy(n).add(story);
      }
    };

    for (let step = 0; step < 14; step += 1) {
      const n = roll(used.length);
      const {tab} = used[n]!;
      const dealt = roll(20);
      const story = `story-${roll(8)}`;
      if (dealt < 12) {
        did.push(`${n} reads ${story}`);
        await read(n, story);
      } else if (dealt < 14) {
        // Two at the very same moment.
        const other = (n + 1) % used.length;
        did.push(`${n} and ${other} open ${story}`);
        const paywalls = [n, other].map(one => used[one]!.tab.open(story));
        const verdicts = await Promise.all(paywalls.map(verdictOf));
        verdicts.forEach(({access}, index) => {
          if (access !== 'locked') seenBy(index === 0 ? n : other).add(story);
          if (isSupporter) expect(access, at()).to.equal('open');
        });
      } else if (dealt < 16 && !isPrivate) {
        const campaign = `campaign-${step}`;
        did.push(`${n} snoozes ${campaign}`);
        tab.snooze(campaign);
        closed.add(campaign);
      } else if (dealt < 17 && !isPrivate) {
        did.push(`${n} wipes`);
        tab.wipe();
        // An open tab may still remember, and bring back what was wiped: that is no count too many.
        closed.clear();
        mayBeSupporter ||= isSupporter;
        isSupporter = isPlain = false;
      } else if (dealt < 18) {
        const jump = (roll(2) === 0 ? -1 : 1) * (roll(40) * day + roll(24) * 3_600_000);
        ahead += jump;
        // Three days on, a snooze is over, and may be forgotten.
        if (jump > 0) closed.clear();
        did.push(`the clock jumps, to ${Math.round(ahead / day)} days`);
        isPlain = false;
      } else if (dealt < 19 && !isPrivate && !isSupporter) {
        did.push(`${n} gives`);
        const walls = used.flatMap(
          ({window}) => window.document.querySelector('support-paywall') ?? [],
        );
        tab.give();
        isSupporter = true;
        await until(
          () => walls.every(({verdict}) => verdict.access === 'open'),
          `${at()}: every tab opens`,
        );
      }
      for (const {tab: one} of used)
        expect(
          [...closed].filter(name => !one.closed().includes(name)),
          `${at()}: a lost snooze`,
        ).to.deep.equal([]);
    }
  }

  it(`is never counted twice, walled as a supporter, or asked in spite of a snooze: ${runs} runs`, async () => {
    for (let seed = 1; seed <= runs; seed += 1) {
      await play(seed);
      if (isWebKit) await new Promise(resolve => setTimeout(resolve, 1500));
    }
  });
});
