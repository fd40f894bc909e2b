/** What is kept in a reader's browser is what `storageReport()` lists, and for no longer. */

import type {StorageReportLine} from '../../src/browser/storage/storage-report.js';
import {
  expect,
  goesToPay,
  hears,
  leaves,
  pays,
  read,
  seesAppeal,
  test,
  withBundle,
  type Page,
} from './reader.js';

/** A key or a cookie, and for how many days. */
interface Kept {
  readonly where: string;
  readonly key: string;
  readonly days?: number;
}

async function keptIn(page: Page): Promise<Kept[]> {
  const cookies = await page.context().cookies();
  const stored = await page.evaluate(() => [
    ...Object.keys(localStorage).map(key => ({where: 'local-storage', key})),
    ...Object.keys(sessionStorage).map(key => ({where: 'session-storage', key})),
  ]);
  const days = (expires: number) => (expires * 1000 - Date.now()) / 86_400_000;
  return [
    ...stored,
    ...cookies.map(({name, expires}) => ({where: 'cookie', key: name, days: days(expires)})),
  ];
}

const reportOn = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as {report(): StorageReportLine[]}).report());

test('all that is kept of a reader who does everything is in the report, and nothing for longer', async ({
  page,
}) => {
  await withBundle(
    page,
    `import {storageReport} from './src/browser/storage/storage-report.js';
import {trackEvents} from './src/page/track-events.js';
     globalThis.report = storageReport;
     trackEvents({events: '/companion/events', reader: '/companion/reader'});`,
  );
  const seen = new Map<string, Kept>();
  const looks = async () => {
    const kept = await keptIn(page);
    for (const one of kept) seen.set(`${one.where} ${one.key}`, one);
    return kept;
  };

  await read(page, '/article.html');
  const report = await reportOn(page);
  expect(report.filter(({kept}) => kept)).toEqual([]);

  // Views, articles and arms, where the reader allows them.
  await read(page, '/experiment.html');
  await expect
    .poll(async () => (await looks()).map(({key}) => key).sort())
    .toEqual(['support:experiments', 'support:reader']);

  await page.evaluate(() => localStorage.clear());

  // A gift: the claim on the way there, the pass on the way back.
  await read(page, '/article.html');
  await seesAppeal(page);
  await goesToPay(page);
  await looks();
  await pays(page);
  await expect.poll(async () => (await looks()).map(({key}) => key)).toContain('support-pass');

  // A "not now", kept by the companion too.
  await page.evaluate(() => localStorage.clear());
  await page.context().clearCookies();
  await read(page, '/article.html');
  await seesAppeal(page);
  await leaves(page, 'close');
  await hears(page, 'support-closed');
  await expect.poll(async () => (await looks()).map(({key}) => key)).toContain('support-reader');
  expect((await reportOn(page)).filter(({kept}) => kept).map(({key}) => key)).toEqual([
    'support:reader',
    'support-reader',
  ]);

  for (const {where, key, days} of seen.values()) {
    const line = report.find(one => one.where === where && one.key === key);
    expect(line, `${where} ${key} is in the report`).toBeDefined();
    if (days !== undefined) {
      expect(days, key).toBeLessThanOrEqual(line!.days!);
      expect(days, key).toBeGreaterThan(line!.days! - 1);
    }
  }
  // And the report lists nothing that is never written; the gate's cookie is looked at with the gate.
  expect(report.filter(({by}) => by !== 'gate').map(({where, key}) => `${where} ${key}`)).toEqual(
    expect.arrayContaining([...seen.keys()]),
  );
  expect([...seen.keys()].sort()).toEqual(
    report
      .filter(({by}) => by !== 'gate')
      .map(({where, key}) => `${where} ${key}`)
      .sort(),
  );
});
