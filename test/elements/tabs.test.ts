import {expect} from '@open-wc/testing';
import type {SupportPaywallElement} from '../../src/elements/paywall/support-paywall.js';
import type {Tab} from './a-tab.js';
import {longTestLimit} from '../time-limit.js';

const free = 5;
const day = 86_400_000;
const isWebKit = navigator.vendor.startsWith('Apple');
/** With 929 a month begins while a tab is at a wall, with 937 the record is wiped meanwhile. */
const seeds = Array.from({length: isWebKit ? 5 : 60}, (_, at) => at + 1).concat(929, 937);

/** When the games begin: mid-month, and just before a month or a day does. */
const days = [
  Date.UTC(2026, 4, 12, 12),
  Date.UTC(2026, 11, 31, 23, 30),
  Date.UTC(2028, 1, 29, 3, 59),
  Date.UTC(2027, 2, 30, 10, 38),
];

/** The month that a meter counts in: a reader's day begins at four in the morning. */
function monthOf(now: number): string {
  const date = new Date(now - 4 * 3_600_000);
  return `${date.getFullYear()}-${date.getMonth()}`;
}

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
  /** From the clock of this page to the clock of the tabs. */
  let shift = 0;
  const now = () => Date.now() + shift;
  /** Walls that opened because a month had begun, or the clock was put back. */
  let openedByTime = 0;
  const accesses = new Set<unknown>();

  before(async () => {
    tabs = await Promise.all(Array.from({length: 5}, aTab));
    for (const {window} of tabs) window.Date.now = now;
  });
  after(() => {
    for (const {close} of tabs) close();
    localStorage.clear();
  });

  /** Plays one reader; returns what they did, for the message of a failure. */
  async function play(seed: number, base: number): Promise<void> {
    const roll = dice(seed);
    const used = tabs.slice(0, 2 + roll(4));
    const isPrivate = roll(6) === 0;
    shift = base - Date.now();
    let ahead = 0;
    for (const {tab} of tabs) tab.begin(isPrivate);
    const did: string[] = [
      `seed ${seed}, ${new Date(base).toISOString()}, ${used.length} tabs${isPrivate ? ', private' : ''}`,
    ];
    const at = () => did.join('; ');

    /** What any tab has opened since the record was last wiped; each its own where nothing is stored. */
    const opened = used.map(() => new Set<string>());
    const closed = new Set<string>();
    let isSupporter = false;
    let mayBeSupporter = false;
    let isPlain = !isPrivate;
    const seenBy = (n: number) => opened[isPrivate ? n : 0]!;

    /** What may open a wall by itself, so far: a gift, a clock that was put back, another month. */
    let changes = 0;
    /** Every tab hears of a wipe in its own time, and what it remembers until then may come back. */
    let hasWiped = false;
    let latest = now();
    const wallCouldOpen = () => {
      if (monthOf(now()) !== monthOf(latest) || now() < latest) changes += 1;
      latest = now();
      return changes;
    };

    /** Opens a story, and hears of it when its wall opens later: that counts like any other reading. */
    const open = (n: number, story: string) => {
      const paywall = used[n]!.tab.open(story);
      let wall: number | undefined;
      paywall.addEventListener('support-access', () => {
        const {access} = paywall.verdict;
        accesses.add(access);
        if (access === 'locked') wall = wallCouldOpen();
        else if (wall !== undefined) {
          if (!hasWiped && !isSupporter) openedByTime += 1;
          if (wallCouldOpen() === wall && !hasWiped)
            broken.push(`${at()}: ${n} opened ${story} by itself`);
          did.push(`(${n} opens ${story})`);
          seenBy(n).add(story);
          wall = undefined;
        }
      });
      return paywall;
    };
    const broken: string[] = [];

    const verdictOf = async (paywall: SupportPaywallElement) => {
      await until(() => paywall.verdict.access !== 'pending', `${at()}: a verdict`);
      return paywall.verdict;
    };
    const read = async (n: number, story: string) => {
      const {access, left = 0} = await verdictOf(open(n, story));
      const before = new Set(seenBy(n));
      before.delete(story);
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
        const paywalls = [n, other].map(one => open(one, story));
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
        hasWiped = true;
        // An open tab may still remember, and bring back what was wiped: that is no count too many.
        closed.clear();
        mayBeSupporter ||= isSupporter;
        isSupporter = isPlain = false;
      } else if (dealt < 18) {
        const jump = (roll(2) === 0 ? -1 : 1) * (roll(40) * day + roll(24) * 3_600_000);
        wallCouldOpen();
        ahead += jump;
        shift += jump;
        wallCouldOpen();
        // Three days on, a snooze is over, and may be forgotten.
        if (jump > 0) closed.clear();
        did.push(`the clock jumps, to ${Math.round(ahead / day)} days`);
        isPlain = false;
      } else if (dealt < 19 && !isPrivate && !isSupporter) {
        did.push(`${n} gives`);
        const walls = used.flatMap(
          ({window}) => window.document.querySelector('support-paywall') ?? [],
        );
        changes += 1;
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
      expect(broken).to.deep.equal([]);
    }
  }

  for (const base of days)
    it(`is never counted twice, walled as a supporter, or asked in spite of a snooze, from ${new Date(base).toISOString()} on`, async () => {
      for (const seed of seeds) {
        await play(seed, base);
        // WebKit lets a page change its address a hundred times in ten seconds.
        if (isWebKit) await new Promise(resolve => setTimeout(resolve, 1500));
      }
    });

  it('has seen a wall open by itself when a month began, in the games above', () => {
    expect(openedByTime).to.be.at.least(1);
    expect([...accesses]).to.include.members(['locked', 'metered', 'open']);
  });
});
