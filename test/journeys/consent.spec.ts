/** What a consent manager says is heeded: a yes, a no, a change of mind, and silence. */

import {
  appealOn,
  expect,
  hears,
  keptBy,
  leaves,
  read,
  recordOf,
  seesAppeal,
  test,
  type Page,
} from './reader.js';

/** The page's consent manager, in a test's hand. */
interface Manager {
  /** What has been asked of it. */
  readonly commands: string[];
  /** Tells everybody who listens. */
  tell(answer: object): void;
}

const managerOf = (): Manager => (globalThis as unknown as {manager: Manager}).manager;

/** Waits until our script has asked the consent manager. */
const isAskedOn = (page: Page) =>
  expect
    .poll(() => page.evaluate(`(${managerOf.toString()})().commands`))
    .toContain('addEventListener');

/** The reader answers the consent manager. */
const answersOn = (page: Page, answer: object) =>
  page.evaluate(`(${managerOf.toString()})().tell(${JSON.stringify(answer)})`);

/** Puts a Transparency and Consent Framework into every page, as its specification has it: a listener is answered at once. */
function tcfManager(first: object | undefined): void {
  const listeners = new Map<number, (data: object, success: boolean) => void>();
  const commands: string[] = [];
  let latest = first;
  const dataFor = (listenerId: number) => ({
    tcString:
      'CQAAAAAQAAAAAAHABBENBgFsAP_gAAAAAAYgJNNf_X__b2_j-_5_f_t0eY1P9_7__-0zjhfdF-8N3f_X_L8X42M7vF36tqoKuR4ku3bBIUdkHPHcTVmw6okVryPsbk2cr7NKJ7PEmlMbM2dYGHtfn9XTuZKY70_s___z__3-_-___77f__-3_3_A',
    tcfPolicyVersion: 5,
    cmpId: 31,
    cmpVersion: 1,
    gdprApplies: true,
    cmpStatus: 'loaded',
    listenerId,
    isServiceSpecific: true,
    ...latest,
  });
  const api = (command: string, version: number, callback: never, parameter?: number) => {
    commands.push(command);
    const answer = callback as (data: unknown, success: boolean) => void;
    if (version !== 2) answer(null, false);
    else if (command === 'ping') answer({cmpLoaded: true, apiVersion: '2.3'}, true);
    else if (command === 'addEventListener') {
      const id = listeners.size + 1;
      listeners.set(id, answer);
      if (latest) answer(dataFor(id), true);
    } else if (command === 'removeEventListener') answer(listeners.delete(parameter ?? 0), true);
    else answer(null, false);
  };
  const manager: Manager = {
    commands,
    tell(answer) {
      latest = answer;
      for (const [id, listener] of listeners) listener(dataFor(id), true);
    },
  };
  Object.assign(globalThis, {__tcfapi: api, manager});
}

/** Puts a Global Privacy Platform into every page: a listener hears of its registration, then of every change. */
function gppManager(first: object | undefined): void {
  const listeners = new Map<number, (data: object, success: boolean) => void>();
  const commands: string[] = [];
  let ping: object = {
    gppVersion: '1.1',
    cmpStatus: 'loading',
    cmpDisplayStatus: 'hidden',
    signalStatus: 'not ready',
    supportedAPIs: ['2:tcfeuv2', '7:usnat'],
    cmpId: 31,
    sectionList: [],
    applicableSections: [],
    gppString: '',
    parsedSections: {},
    ...first,
  };
  const api = (command: string, callback: never) => {
    commands.push(command);
    const answer = callback as (data: unknown, success: boolean) => void;
    if (command === 'ping') answer(ping, true);
    else if (command === 'addEventListener') {
      const listenerId = listeners.size + 1;
      listeners.set(listenerId, answer);
      answer({eventName: 'listenerRegistered', listenerId, data: true, pingData: ping}, true);
    } else answer(null, false);
  };
  const manager: Manager = {
    commands,
    tell(answer) {
      ping = {...ping, ...answer};
      for (const [listenerId, listener] of listeners)
        listener({eventName: 'signalStatus', listenerId, data: 'ready', pingData: ping}, true);
    },
  };
  Object.assign(globalThis, {__gpp: api, manager});
}

const tcfYes = {eventStatus: 'tcloaded', purpose: {consents: {1: true, 2: false}}};
const tcfNo = {eventStatus: 'useractioncomplete', purpose: {consents: {1: false}}};
const tcfAsking = {eventStatus: 'cmpuishown', purpose: {consents: {}}};
const gppYes = {
  cmpStatus: 'loaded',
  signalStatus: 'ready',
  applicableSections: [7],
  parsedSections: {usnat: [{Version: 1, SaleOptOut: 2, SharingOptOut: 2}, {Gpc: false}]},
};
const gppNo = {
  ...gppYes,
  parsedSections: {usnat: [{Version: 1, SaleOptOut: 2, SharingOptOut: 2}, {Gpc: true}]},
};

const frameworks = {
  tcf: {install: tcfManager, yes: tcfYes, no: tcfNo, asking: tcfAsking},
  gpp: {install: gppManager, yes: gppYes, no: gppNo, asking: {signalStatus: 'not ready'}},
} as const;

/** The paper asks this framework what may be kept. */
async function asksFor(page: Page, consent: string): Promise<void> {
  await page.route('**/support/campaigns.json', async route => {
    const file = (await (await route.fetch()).json()) as object;
    await route.fulfill({json: {...file, consent}});
  });
}

/** What a browser kept while its reader allowed it: two views and an article, and a wish of theirs. */
const earlier = () => ({
  v: 1,
  views: [
    {campaign: 'winter', at: Date.now() - 9 * 86_400_000},
    {campaign: 'winter', at: Date.now() - 8 * 86_400_000},
  ],
  closes: [
    {
      campaign: 'winter',
      reason: 'not-this-campaign',
      at: Date.now() - 8 * 86_400_000,
      until: Date.now() + 300 * 86_400_000,
    },
  ],
  read: [`${Math.floor(Date.now() / 86_400_000) - 8} a1b2c3`],
});

/** Puts a record there once, as earlier pages would have left it. */
async function remembers(page: Page, record: object): Promise<void> {
  await page.addInitScript(text => {
    if (!sessionStorage.getItem('seeded')) localStorage.setItem('support:reader', text);
    sessionStorage.setItem('seeded', 'yes');
  }, JSON.stringify(record));
}

const kept = async (page: Page) => {
  const {
    views = [],
    closes = [],
    read = [],
  } = JSON.parse((await recordOf(page)) ?? '{}') as {
    views?: {campaign: string}[];
    closes?: object[];
    read?: string[];
  };
  return {views: views.length, closes: closes.length, read: read.length};
};

for (const [name, {install, yes, no, asking}] of Object.entries(frameworks)) {
  test.describe(`where ${name} says what may be kept`, () => {
    test('a yes lets views and articles be remembered', async ({page}) => {
      await asksFor(page, name);
      await page.addInitScript(install, yes);
      await read(page, '/article.html');
      await seesAppeal(page);
      await appealOn(page).locator('#heading').scrollIntoViewIfNeeded();
      await hears(page, 'support-seen');
      await expect.poll(() => kept(page)).toEqual({views: 1, closes: 0, read: 1});
    });

    test('a no keeps nothing, and still asks', async ({page}) => {
      await asksFor(page, name);
      await page.addInitScript(install, no);
      await read(page, '/article.html');
      await seesAppeal(page);
      await appealOn(page).locator('#heading').scrollIntoViewIfNeeded();
      await hears(page, 'support-seen');
      expect(await keptBy(page)).toEqual([]);
    });

    test('a question that is still open deletes nothing and writes nothing', async ({page}) => {
      await asksFor(page, name);
      await remembers(page, earlier());
      await page.addInitScript(install, asking);
      await read(page, '/article.html');
      await seesAppeal(page);
      await isAskedOn(page);
      expect(await kept(page)).toEqual({views: 2, closes: 1, read: 1});
      // Then the reader agrees.
      await answersOn(page, yes);
      await expect.poll(() => kept(page)).toEqual({views: 2, closes: 1, read: 2});
    });

    test('a change of mind deletes within the page what was kept, but not what the reader wished for', async ({
      page,
    }) => {
      await asksFor(page, name);
      await remembers(page, earlier());
      await page.addInitScript(install, yes);
      await read(page, '/article.html');
      await seesAppeal(page);
      await expect.poll(() => kept(page)).toEqual({views: 2, closes: 1, read: 2});
      await answersOn(page, no);
      await expect.poll(() => kept(page)).toEqual({views: 0, closes: 1, read: 0});
      // From then on a view is forgotten with the page; a snooze is still a wish.
      await appealOn(page).locator('#heading').scrollIntoViewIfNeeded();
      await hears(page, 'support-seen');
      expect(await kept(page)).toEqual({views: 0, closes: 1, read: 0});
      await leaves(page, 'close');
      await hears(page, 'support-closed');
      expect(await kept(page)).toEqual({views: 0, closes: 2, read: 0});
    });

    test('silence is a no after three seconds, and no sooner', async ({page}) => {
      await page.clock.install();
      await page.clock.pauseAt(Date.now() + 60_000);
      await asksFor(page, name);
      await remembers(page, earlier());
      await page.addInitScript(install, asking);
      await read(page, '/article.html');
      await isAskedOn(page);
      await page.clock.runFor(2_900);
      expect(await kept(page)).toEqual({views: 2, closes: 1, read: 1});
      await page.clock.runFor(200);
      await expect.poll(() => kept(page)).toEqual({views: 0, closes: 1, read: 0});
    });
  });
}

for (const [what, stub] of Object.entries({
  'is missing': () => {},
  'never answers': () =>
    Object.assign(globalThis, {__tcfapi: () => {}, __gpp: () => {}, manager: {commands: []}}),
  throws: () =>
    Object.assign(globalThis, {
      __tcfapi: () => {
        throw new Error('broken');
      },
    }),
  'is an element with its name': () =>
    addEventListener('DOMContentLoaded', () => {
      const clobbering = document.createElement('form');
      clobbering.id = '__tcfapi';
      document.body.prepend(clobbering);
    }),
}))
  test(`a consent manager that ${what} has said no`, async ({page}) => {
    await page.clock.install();
    await asksFor(page, 'tcf');
    await remembers(page, earlier());
    await page.addInitScript(stub);
    await read(page, '/article.html');
    await seesAppeal(page);
    await page.clock.runFor(3_500);
    await expect.poll(() => kept(page)).toEqual({views: 0, closes: 1, read: 0});
  });

test('Global Privacy Control: whatever else is allowed, nobody is told of a reader', async ({
  page,
  baseURL,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true}),
  );
  await asksFor(page, 'full');
  const sent: string[] = [];
  page.on('request', request => {
    const url = request.url();
    const isOurs = url.startsWith(baseURL!) || url.startsWith('data:');
    if (request.method() !== 'GET' || url.includes('/companion/') || !isOurs) sent.push(url);
  });
  await read(page, '/article.html');
  await seesAppeal(page);
  await appealOn(page).locator('#heading').scrollIntoViewIfNeeded();
  await hears(page, 'support-seen');
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  // A batch of events would be sent on the way out.
  await read(page, '/sensitive.html');
  await hears(page, 'support-skipped');
  expect(sent).toEqual([]);
});
