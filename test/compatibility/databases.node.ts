/** Opens the databases of 0.1.0 and reads from them what 0.1.0 has written. */

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {it} from 'node:test';
import {gunzipSync} from 'node:zlib';
import libsql from 'libsql';
import pg from 'pg';
import {onEachDatabase} from '../../companion/test/databases.js';
import {
  readEverything,
  reportOf,
  tables,
  type Played,
  type Readings,
} from './companion-readings.js';
import {fixturePath, fixtureText, fixtureValue} from './fixtures.js';
import {stripeThen} from './stripe-then.js';
import {
  giftLinks,
  openCompanion,
  rowsOf,
  setup,
  site,
  sqlGiftLedger,
  type Companion,
  type Database,
} from './subject-companion.js';

const day = 86_400_000;
const webhooks = fixtureValue('companion/webhooks.json') as readonly {
  readonly now: number;
  readonly signature: string;
  readonly body: string;
}[];
const eventRequests = fixtureValue('companion/event-requests.json') as readonly {
  readonly now: number;
  readonly body: object;
}[];

/** What a 0.1.0 page sends with each request. */
const headers = {
  origin: site,
  'content-type': 'application/json',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
};
const formHeaders = {origin: site, 'content-type': 'application/x-www-form-urlencoded'};

async function load(url: string, isFile: boolean): Promise<void> {
  if (isFile) {
    const file = gunzipSync(readFileSync(fixturePath('companion/sqlite.db.gz')));
    writeFileSync(url.replace(/^file:/, ''), file);
    return;
  }
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    await client.query(fixtureText('companion/postgres.sql'));
  } finally {
    await client.end();
  }
}

onEachDatabase('a database of 0.1.0', ({flavour, url: freshUrl, open}) => {
  const played = fixtureValue(`companion/${flavour}-played.json`) as Played;
  const expected = fixtureValue(`companion/${flavour}-readings.json`) as Readings;
  const stripe = stripeThen(flavour);

  /** Opens a copy of the database, as a companion does that was updated. */
  async function update(): Promise<{
    readonly companion: Companion;
    readonly database: Database;
    readonly clock: {now: number};
  }> {
    const url = await freshUrl();
    await load(url, flavour === 'sqlite');
    const database = await open(url);
    const clock = {now: played.now};
    return {companion: openCompanion(database, clock, stripe), database, clock};
  }

  const submit = (companion: Companion, path: string, act: string) =>
    companion.ask(path, {method: 'POST', headers: formHeaders, body: `act=${act}`});

  it('holds gifts, recurring gifts and refunds in every state', () => {
    const states = (facts: Readonly<Record<string, unknown>>) =>
      new Set(Object.values(facts).map(fact => (fact as {state: string}).state));
    assert.deepEqual(states(expected.gifts), new Set(['paid', 'pending', 'failed']));
    assert.deepEqual(states(expected.subscriptions), new Set(['active', 'past-due', 'ended']));
    const disputes = Object.values(expected.refunds).map(
      fact => (fact as {dispute?: string}).dispute,
    );
    for (const dispute of ['open', 'won', 'lost', undefined]) assert.ok(disputes.includes(dispute));
    for (const table of tables) assert.ok(expected.rows[table]!.length > 0, table);
  });

  it('gives back every gift, report, pass, reminder and row with the same values', async () => {
    const {companion, database} = await update();
    const readings = await readEverything(companion, database, played);
    for (const part of Object.keys(expected) as (keyof Readings)[]) {
      if (part === 'rows') continue;
      assert.deepEqual(readings[part], expected[part], part);
    }
    for (const table of tables) {
      // A later version may have more columns.
      const known = Object.keys(expected.rows[table]![0]!);
      const rows = readings.rows[table]!.map(row =>
        Object.fromEntries(Object.entries(row).filter(([column]) => known.includes(column))),
      );
      assert.deepEqual(rows, expected.rows[table], table);
    }
  });

  it('is opened a second time without a change', async () => {
    const url = await freshUrl();
    await load(url, flavour === 'sqlite');
    await (await open(url)).query.selectFrom('gifts').select('id').execute();
    const database = await open(url);
    const companion = openCompanion(database, {now: played.now}, stripe);
    const readings = await readEverything(companion, database, played);
    assert.deepEqual(readings.gifts, expected.gifts);
    assert.deepEqual(readings.reports, expected.reports);
  });

  it('counts no event a second time', async () => {
    const {companion, database} = await update();
    for (const {body} of eventRequests) {
      const response = await companion.ask('/events', {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      assert.equal(response.status, 204);
    }
    await companion.server.settled();
    const readings = await readEverything(companion, database, played);
    assert.deepEqual(readings.reports, expected.reports);
    assert.deepEqual(readings.rows['event_sums'], expected.rows['event_sums']);
  });

  it('gives the pass to the reader who had paid and not come back', async () => {
    const {companion} = await update();
    const {session, cookie} = played.unclaimed;
    const asStranger = await companion.ask(`/checkout/${session}`);
    assert.deepEqual(asStranger.headers.getSetCookie(), []);
    const response = await companion.ask(`/checkout/${session}`, {headers: {cookie}});
    assert.equal(response.status, 200);
    const names = response.headers.getSetCookie().map(one => one.split('=')[0]);
    assert.deepEqual(names.sort(), ['__Host-support-pass', 'support-hint']);
  });

  it('confirms a reminder by its mailed link, and sends it on the chosen day', async () => {
    const {companion, clock} = await update();
    const path = played.reminders['asked'] ?? '';
    assert.equal((await submit(companion, path, 'confirm')).status, 200);
    for (let days = 0; days < 100; days += 1) {
      await companion.sendMails();
      clock.now += day;
    }
    const sent = companion.mails.filter(({to}) => to === 'asked@example.org');
    assert.equal(sent.length, 1);
    assert.ok(sent[0]!.text.includes(`${site}/news/harbour`));
    // The link of the first mail stops what the second one begins.
    assert.ok(sent[0]!.text.includes(path));
  });

  it('sends the reminders that were confirmed, each on its day and once', async () => {
    const {companion, clock} = await update();
    for (let days = 0; days < 100; days += 1) {
      await companion.sendMails();
      clock.now += day;
    }
    const to = companion.mails.map(mail => mail.to);
    assert.equal(to.filter(address => address === 'confirmed@example.org').length, 1);
    for (const address of ['stopped', 'erased', 'sent', 'asked'])
      assert.ok(!to.includes(`${address}@example.org`), address);
  });

  it('sends the mail that was on its way', async () => {
    const {companion, clock} = await update();
    clock.now += 10 * 60_000;
    await companion.sendMails();
    const sent = companion.mails.filter(({to}) => to === 'waiting@example.org');
    assert.equal(sent.length, 1);
    const [, path = ''] = /(\/reminders\/[\w-]{43})/.exec(sent[0]!.text) ?? [];
    assert.equal((await companion.ask(path)).status, 200);
  });

  it('stops and erases by the links that were mailed', async () => {
    const {companion, database} = await update();
    /** How many mails come of one more wish. */
    const mailsAfter = async (email: string) => {
      const body = JSON.stringify({email, choice: 'tomorrow', locale: 'en', page: '/'});
      await companion.ask('/reminders', {method: 'POST', headers, body});
      await companion.sendMails();
      return companion.mails.filter(({to}) => to === email).length;
    };
    const stop = await submit(companion, played.reminders['confirmed'] ?? '', 'stop');
    assert.equal(stop.status, 200);
    assert.equal(await mailsAfter('confirmed@example.org'), 0);
    // And so it is with those who stopped before the update.
    assert.equal(await mailsAfter('stopped@example.org'), 0);
    assert.equal(await mailsAfter('somebody-else@example.org'), 1);
    const path = played.reminders['confirmed, next week'] ?? '';
    const click = await companion.ask(path, {
      method: 'POST',
      headers: {'content-type': 'application/x-www-form-urlencoded'},
      body: 'List-Unsubscribe=One-Click',
    });
    assert.equal(click.status, 200);

    const before = (await rowsOf(database, 'reminders')).length;
    const erase = await submit(companion, played.reminders['asked, in a month'] ?? '', 'erase');
    assert.equal(erase.status, 200);
    assert.equal((await rowsOf(database, 'reminders')).length, before - 1);
  });

  it('lets a device in by a mailed link, once', async () => {
    const {companion} = await update();
    const used = await submit(companion, played.restores['used'] ?? '', 'enter');
    assert.equal(used.status, 410);
    const path = played.restores['unused'] ?? '';
    const response = await submit(companion, path, 'enter');
    assert.equal(response.status, 200);
    const [cookie = ''] = response.headers.getSetCookie().map(one => one.split(';')[0]);
    const access = await companion.ask('/access', {headers: {cookie}});
    assert.equal(((await access.json()) as {pass: boolean}).pass, true);
    assert.equal((await submit(companion, path, 'enter')).status, 410);
  });

  it('still refuses a network that had begun too many checkouts', async () => {
    const {companion, clock} = await update();
    const body = JSON.stringify({
      ...{attemptId: 'attempt-after-the-update', offerId: 'support', frequency: 'once'},
      ...{amount: {minor: 500, currency: 'USD'}, locale: 'en', attribution: {}},
    });
    const press = () =>
      companion.ask('/checkout', {method: 'POST', headers, body}, played.busyAddress);
    assert.equal((await press()).status, 429);
    clock.now += 600_000;
    assert.notEqual((await press()).status, 429);
  });

  it('remembers which articles were given away this month', async () => {
    const {database, clock} = await update();
    const [first = ''] = played.supporters;
    const links = giftLinks({
      ledger: sqlGiftLedger(database),
      secrets: setup.gateSecrets,
      most: 3,
      now: () => clock.now,
    });
    const give = (path: string) => links.give(first, new URL(path, site));
    assert.equal((await give('/news/one-more')).url, undefined);
    assert.ok((await give('/news/harbour')).url);
  });

  it('forgets a person who asks for it', async () => {
    const {companion} = await update();
    await companion.server.privacyRequests.erase('anna@example.org');
    const rows = await companion.server.privacyRequests.export('anna@example.org');
    assert.ok(
      Object.values(rows).every(of => of.length === 0),
      JSON.stringify(rows),
    );
  });

  it('goes on counting events in the same sums', async () => {
    const {companion} = await update();
    const names = {campaign: 'winter', experiment: 'hero@1', arm: 'short'};
    const body = {id: 'batch-after-the-update', events: [{name: 'view', ...names, count: 5}]};
    await companion.ask('/events', {method: 'POST', headers, body: JSON.stringify(body)});
    await companion.server.settled();
    const lines = (await reportOf(companion, 'hero@1')).split('\n');
    const before = expected.reports['hero@1']!.split('\n');
    assert.equal(lines.length, before.length + 1);
    for (const line of before) assert.ok(lines.includes(line), line);
  });

  if (flavour === 'sqlite') {
    it('counts no webhook a second time', async () => {
      const {companion, database} = await update();
      for (const {body, signature, now} of webhooks) {
        const response = await openCompanion(database, {now}, stripe).ask('/webhook', {
          method: 'POST',
          body,
          headers: {'stripe-signature': signature},
        });
        assert.equal(response.status, 200, body.slice(0, 200));
      }
      const readings = await readEverything(companion, database, played);
      assert.deepEqual(readings.gifts, expected.gifts);
      assert.deepEqual(readings.subscriptions, expected.subscriptions);
      assert.deepEqual(readings.refunds, expected.refunds);
      assert.deepEqual(readings.reports, expected.reports);
    });

    it('says as SQL what it says as a file', async () => {
      const url = await freshUrl();
      const file = new libsql(url.replace(/^file:/, ''));
      file.exec(fixtureText('companion/sqlite.sql'));
      file.close();
      const database = await open(url);
      const companion = openCompanion(database, {now: played.now}, stripe);
      const readings = await readEverything(companion, database, played);
      assert.deepEqual(readings.gifts, expected.gifts);
      assert.deepEqual(readings.reports, expected.reports);
    });
  }
});
