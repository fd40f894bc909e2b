/** Asks a companion everything that 0.1.0's database holds, through its public side. */

import {rowsOf, setup, sqlGiftLedger, type Companion, type Database} from './subject-companion.js';

/** What 0.1.0 did, as far as it takes to ask about it. */
export interface Played {
  /** When 0.1.0 was switched off. Epoch ms. */
  readonly now: number;
  readonly gifts: readonly string[];
  readonly subscriptions: readonly string[];
  readonly refunds: readonly string[];
  /** The `Cookie` header of each device. */
  readonly devices: Readonly<Record<string, string>>;
  /** The path of each reminder's link. */
  readonly reminders: Readonly<Record<string, string>>;
  /** The path of each link to get in again. */
  readonly restores: Readonly<Record<string, string>>;
  readonly addresses: readonly string[];
  readonly supporters: readonly string[];
  readonly experiments: readonly string[];
  /** The network that had begun as many checkouts as it may. */
  readonly busyAddress: string;
  /** A checkout that was paid and whose reader had not come back. */
  readonly unclaimed: {readonly session: string; readonly cookie: string};
}

export const tables = [
  ...['gifts', 'subscriptions', 'refunds', 'webhook_events'],
  ...['reminders', 'mails', 'mail_quotas', 'mail_refusals'],
  ...['supports', 'pass_links', 'pass_claims'],
  ...['event_keys', 'event_sums', 'exposures'],
  ...['limits', 'article_gifts'],
] as const;

export interface Readings {
  readonly gifts: Readonly<Record<string, unknown>>;
  readonly subscriptions: Readonly<Record<string, unknown>>;
  readonly refunds: Readonly<Record<string, unknown>>;
  /** The sums of each experiment, as CSV. */
  readonly reports: Readonly<Record<string, string>>;
  readonly webhookEvents: readonly unknown[];
  readonly deadLetters: readonly unknown[];
  readonly access: Readonly<Record<string, unknown>>;
  readonly reminders: Readonly<Record<string, unknown>>;
  readonly personal: Readonly<Record<string, unknown>>;
  readonly articleGifts: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, readonly object[]>>;
}

const authorization = `Bearer ${setup.reportToken}`;

async function readEach<T>(
  names: readonly string[],
  read: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const entries: [string, T][] = [];
  for (const name of names) entries.push([name, await read(name)]);
  return Object.fromEntries(entries);
}

/** Returns a report's CSV with the columns of 0.1.0: a later version may have more. */
export async function reportOf(companion: Companion, experiment: string): Promise<string> {
  const lines = (await wholeReportOf(companion, experiment)).split('\r\n');
  const names = lines[0]!.split(',');
  return lines
    .map(line =>
      line
        .split(',')
        .filter((_, i) => !laterColumns.includes(names[i]!))
        .join(),
    )
    .join('\r\n');
}

/** The columns of daily sums that 0.1.0 did not have. */
const laterColumns = ['cubes', 'failed'];

async function wholeReportOf(companion: Companion, experiment: string): Promise<string> {
  const path = `/report?format=csv&experiment=${encodeURIComponent(experiment)}`;
  return await (await companion.ask(path, {headers: {authorization}})).text();
}

/** Reads everything; writes nothing. */
export async function readEverything(
  companion: Companion,
  database: Database,
  played: Played,
): Promise<Readings> {
  const {store, server, ask} = companion;
  const ledger = sqlGiftLedger(database);
  const month = new Date(played.now).toISOString().slice(0, 7);
  const readings = {
    gifts: await readEach(played.gifts, id => store.find('gift', id)),
    subscriptions: await readEach(played.subscriptions, id => store.find('subscription', id)),
    refunds: await readEach(played.refunds, id => store.find('refund', id)),
    reports: await readEach(played.experiments, experiment => reportOf(companion, experiment)),
    webhookEvents: await store.webhookEvents({limit: 1000}),
    deadLetters: await store.webhookEvents({dead: true}),
    access: await readEach(Object.keys(played.devices), async name => {
      const cookie = played.devices[name] ?? '';
      const response = await ask('/access', {headers: {cookie}});
      const set = response.headers.getSetCookie();
      // A new token is signed afresh each time: only its name and its attributes are the same.
      const renewed = set.map(one => one.replace(/^(__Host-support-pass)=[^;]+/, '$1=…'));
      return {status: response.status, answer: await response.json(), renewed};
    }),
    reminders: await readEach(Object.keys(played.reminders), async name => {
      const response = await ask(played.reminders[name] ?? '');
      const page = await response.text();
      const acts = Array.from(page.matchAll(/value="(confirm|stop|erase)"/g), ([, act]) => act);
      return {status: response.status, acts};
    }),
    personal: await readEach(played.addresses, address => server.privacyRequests.export(address)),
    articleGifts: await readEach(played.supporters, id => ledger.given(id, month)),
    rows: await readEach(tables, async table => {
      const rows = (await rowsOf(database, table)).map(row => ({
        text: JSON.stringify(Object.entries(row).sort()),
        row,
      }));
      return rows.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({row}) => row);
    }),
  };
  // As JSON has it, so that it can be compared with what was read before.
  return JSON.parse(JSON.stringify(readings)) as Readings;
}
