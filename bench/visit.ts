/** Measures a first visit on a phone with a slow network. */

import type {Browser, CDPSession, Page} from '@playwright/test';
import type {Scenario} from './scenarios.js';
import {median} from './statistics.js';
import {categories, readTrace} from './trace.js';

/** The costs of one visit; times in ms. */
export interface Visit {
  /** From navigation to the first frame with the form in it. */
  readonly visible: number;
  /** Compiling and running scripts, including microtasks, in thread time. */
  readonly script: number;
  /** The main thread's tasks, in thread time. */
  readonly task: number;
  /** Tasks of 50 ms or more in thread time. */
  readonly longTasksOfThread: number;
  readonly longestOfThread: number;
  /** The browser's `ScriptDuration`, in wall-clock time and without microtasks. */
  readonly scriptDuration: number;
  /** The browser's `TaskDuration`, in wall-clock time. */
  readonly taskDuration: number;
  /** Long tasks in wall-clock time, as the page observes them. */
  readonly longTasks: number;
  readonly longest: number;
  readonly shift: number;
  readonly requests: number;
  /** The transferred bytes of scripts. */
  readonly scriptBytes: number;
  /** From the first press of an amount to the paint after it. */
  readonly firstPress: number;
  /** The median of all presses. */
  readonly press: number;
}

/** The record of `pages/watch.js`. */
interface Seen {
  readonly visible: number | null;
  readonly shift: number;
  readonly longTasks: readonly number[];
  readonly presses: readonly number[];
  readonly skipped: string | null;
}

const phone = {width: 412, height: 823};
const cpuSlowdown = 4;
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

const day = 86_400_000;

/** Returns the record of a reader who chose "later" yesterday. */
function snoozedReader(): string {
  const close = {
    campaign: 'bench',
    reason: 'later',
    at: Date.now() - day,
    until: Date.now() + 2 * day,
  };
  return JSON.stringify({v: 1, views: [], closes: [close], read: []});
}

async function metrics(cdp: CDPSession): Promise<Record<string, number>> {
  const {metrics} = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({name, value}) => [name, value]));
}

const seenIn = (page: Page): Promise<Seen> =>
  page.evaluate(() => (globalThis as unknown as {seen: Seen}).seen);

/** Waits until the main thread has been idle for a second. */
async function settle(page: Page, cdp: CDPSession): Promise<void> {
  await page.waitForLoadState('networkidle');
  let before = (await metrics(cdp))['TaskDuration'] ?? 0;
  for (let tries = 0; tries < 10; tries++) {
    await page.waitForTimeout(1000);
    const now = (await metrics(cdp))['TaskDuration'] ?? 0;
    if (now - before < 0.03) return;
    before = now;
  }
}

/** Taps amounts one after another, as a reader would. */
async function press(page: Page): Promise<readonly number[]> {
  const amounts = page.locator('input[type=radio][name=amount]:not([value=custom])');
  // Scrolling to the form is not part of the measurement.
  await amounts.first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  for (const at of [2, 0, 3, 1]) {
    const box = await amounts.nth(at).boundingBox();
    if (!box) throw new Error('expected an amount to press but found none in view');
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(700);
  }
  const {presses} = await seenIn(page);
  if (presses.length !== 4) throw new Error(`expected 4 presses but counted ${presses.length}`);
  return presses;
}

/** Visits the article in a fresh browser profile. Throws when the page does not do what it should. */
export async function visit(browser: Browser, origin: string, scenario: Scenario): Promise<Visit> {
  const context = await browser.newContext({viewport: phone, isMobile: true, hasTouch: true});
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/blank`);
    if (scenario.snoozed) {
      await page.evaluate(
        record => localStorage.setItem('support:reader', record),
        snoozedReader(),
      );
    }
    await page.addInitScript({path: new URL('pages/watch.js', import.meta.url).pathname});

    const cdp = await context.newCDPSession(page);
    const scripts = new Set<string>();
    let requests = 0;
    let scriptBytes = 0;
    cdp.on('Network.requestWillBeSent', ({request, requestId, type}) => {
      if (request.url.startsWith('data:')) return;
      requests++;
      if (type === 'Script') scripts.add(requestId);
    });
    cdp.on('Network.responseReceived', ({requestId, type}) => {
      if (type === 'Script') scripts.add(requestId);
    });
    cdp.on('Network.loadingFinished', ({requestId, encodedDataLength}) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', network);
    await cdp.send('Emulation.setCPUThrottlingRate', {rate: cpuSlowdown});
    await cdp.send('Performance.enable');

    const before = await metrics(cdp);
    await browser.startTracing(page, {categories});
    await page.goto(`${origin}/${scenario.id}`, {waitUntil: 'load'});
    await settle(page, cdp);
    const after = await metrics(cdp);
    const held = readTrace(await browser.stopTracing());
    const seen = await seenIn(page);
    if (scenario.shows !== (seen.visible !== null)) {
      throw new Error(`${scenario.name}: expected ${scenario.shows ? 'a form' : 'none'} to appear`);
    }
    if (scenario.snoozed && !seen.skipped) throw new Error(`${scenario.name}: nothing was decided`);
    const spent = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)) * 1000;
    const costs = {
      visible: seen.visible ?? NaN,
      script: held.script,
      task: held.task,
      longTasksOfThread: held.longTasks,
      longestOfThread: held.longest,
      scriptDuration: spent('ScriptDuration'),
      taskDuration: spent('TaskDuration'),
      longTasks: seen.longTasks.length,
      longest: Math.max(0, ...seen.longTasks),
      requests,
      scriptBytes,
    };
    const presses = scenario.shows ? await press(page) : [];
    return {
      ...costs,
      // Includes shifts caused by the presses.
      shift: (await seenIn(page)).shift,
      firstPress: presses[0] ?? NaN,
      press: median(presses),
    };
  } finally {
    await browser.stopTracing().catch(() => undefined);
    await context.close();
  }
}
