import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import {createSupportServer, type Database, type Suspicion} from '../../src/companion.js';
import {openSecrets} from '../../src/database/secrets.js';
import {reminderDue} from '../../src/mail/reminders.js';
import {memoryStore} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {freePort} from '../free-port.js';
import {offer, secret, site} from '../fixtures.js';
import {aHouse, day, secrets, someMorning, type House} from '../given-readers.js';
import {aMailbox, toOf, type Mailbox} from '../mailbox.js';
import {longTestLimit, soakLimit} from '../../../test/time-limit.js';

const reader = 'reader@example.org';
const hour = 3_600_000;
const minute = 60_000;

/** The widget's request. */
const aWish = (changes: object = {}) => ({
  email: reader,
  choice: 'tomorrow',
  locale: 'en',
  page: '/news/harbour',
  minutesEast: 60,
  ...changes,
});

/** Returns every value of every row as text. */
async function everything({query}: Database): Promise<string> {
  const tables = ['mails', 'reminders', 'mail_quotas', 'mail_refusals', 'supports'] as const;
  const rows = await Promise.all(tables.map(name => query.selectFrom(name).selectAll().execute()));
  return JSON.stringify(rows);
}

onEachDatabase('reminders', ({open}) => {
  let mailbox: Mailbox;
  before(async () => {
    mailbox = await aMailbox();
  });
  after(() => mailbox.stop());
  beforeEach(() => {
    mailbox.mood = 'well';
    (mailbox.mails as unknown[]).splice(0);
  });

  const aHouseWithMail = async (options: object = {}, database?: Database) =>
    await aHouse(database ?? (await open()), {
      mail: {from: 'The Harbour Post <post@example.org>', transport: mailbox.url},
      ...options,
    });

  /** Requests and confirms a reminder. Resolves with the link of the mail. */
  async function confirmed(house: House, wish: object = {}): Promise<string> {
    const device = house.device();
    assert.equal((await device.post('/reminders', aWish(wish))).status, 202);
    await house.work();
    const link = mailbox.link(reader);
    assert.equal((await device.submit(link, {act: 'confirm'})).status, 200);
    // The companion sends due mail on its own; wait for it before the clock moves.
    await house.work();
    (mailbox.mails as unknown[]).splice(0);
    return link;
  }

  it('are confirmed first, and then sent once, at 09:00 on the chosen day', async () => {
    const house = await aHouseWithMail();
    const {device, work, clock} = house;
    const response = await device().post('/reminders', aWish());
    assert.equal(response.status, 202);
    assert.deepEqual(await response.json(), {accepted: true});
    await work();
    assert.equal(mailbox.mails.length, 1);
    const [ask] = mailbox.mails;
    assert.equal(ask && toOf(ask), reader);
    assert.match(ask?.text ?? '', /November 25, 2026/);
    const link = mailbox.link(reader);
    assert.match(link, /^https:\/\/www\.example\.org\/reminders\/[\w-]{43}$/);

    const page = await device().get(link);
    assert.match(await page.text(), /Yes, remind me/);
    assert.equal((await device().submit(link, {act: 'confirm'})).status, 200);
    await work();
    (mailbox.mails as unknown[]).splice(0);

    // 09:00 in a zone one hour ahead of UTC.
    const due = Date.UTC(2026, 10, 25, 8);
    clock.now = due - 1000;
    assert.equal(await work(), 0);
    clock.now = due;
    assert.equal(await work(), 1);
    const [reminder] = mailbox.mails;
    assert.equal(reminder?.subject, 'Your reminder from The Harbour Post');
    assert.match(reminder.text ?? '', /https:\/\/www\.example\.org\/news\/harbour/);
    clock.now += 400 * day;
    assert.equal(await work(), 0);
    assert.equal(mailbox.mails.length, 1);
  });

  it('are not sent without a confirmation, however often the link is opened', async () => {
    const {device, work, clock} = await aHouseWithMail();
    await device().post('/reminders', aWish());
    await work();
    const link = mailbox.link(reader);
    for (let look = 0; look < 10; look++) assert.equal((await device().get(link)).status, 200);
    clock.now += 3 * day;
    assert.equal(await work(), 0);
    assert.equal(mailbox.mails.length, 1);
    // After two days the link can no longer be confirmed.
    assert.equal((await device().get(link)).status, 410);
    assert.equal((await device().submit(link, {act: 'confirm'})).status, 410);
  });

  it('are confirmed once, even by repeated and concurrent presses of the button', async () => {
    const {device, work, clock} = await aHouseWithMail();
    await device().post('/reminders', aWish());
    await work();
    const link = mailbox.link(reader);
    const answers = await Promise.all(
      Array.from({length: 10}, () => device().submit(link, {act: 'confirm'})),
    );
    assert.deepEqual([...new Set(answers.map(({status}) => status))], [200]);
    await work();
    clock.now += 2 * day;
    assert.equal(await work(), 1);
  });

  it('arrive once with three processes and a moved clock', async () => {
    const database = await open();
    const clock = {now: someMorning};
    const copies = await Promise.all(
      Array.from({length: 3}, () => aHouseWithMail({clock}, database)),
    );
    await confirmed(copies[0]!);
    for (let at = 0; at < 48; at++) {
      clock.now += hour;
      await Promise.all(copies.flatMap(({work}) => [work(), work()]));
    }
    assert.equal(mailbox.mails.length, 1);
  });

  it('keep the latest choice of an address that has confirmed two', async () => {
    const house = await aHouseWithMail();
    await confirmed(house, {choice: 'next-month'});
    house.clock.now += day;
    await confirmed(house, {choice: 'next-week'});
    house.clock.now += 8 * day;
    assert.equal(await house.work(), 1);
    house.clock.now += 60 * day;
    assert.equal(await house.work(), 0);
  });

  it('are not sent to a reader who has given in the meantime', async () => {
    const house = await aHouseWithMail();
    await confirmed(house);
    await house.give(house.device(), {email: reader});
    house.clock.now += 2 * day;
    assert.equal(await house.work(), 0);
    assert.equal(mailbox.mails.length, 0);
  });

  const clicks = {
    'a form': new URLSearchParams({'List-Unsubscribe': 'One-Click'}),
    'a form in parts': (() => {
      const form = new FormData();
      form.set('List-Unsubscribe', 'One-Click');
      return form;
    })(),
  };
  for (const [how, body] of Object.entries(clicks))
    it(`are stopped by a mail program’s one-click request without cookie, origin or script, by ${how}`, async () => {
      const house = await aHouseWithMail();
      const link = await confirmed(house);
      const request = new Request(link, {method: 'POST', body});
      for (let time = 0; time < 2; time++)
        assert.equal((await house.server.fetch(request.clone())).status, 200);
      house.clock.now += 2 * day;
      assert.equal(await house.work(), 0);
      // Permanently: the address gets no further reminder mails, and responses do not reveal it.
      assert.equal((await house.device().post('/reminders', aWish())).status, 202);
      assert.equal(await house.work(), 0);
      assert.equal(mailbox.mails.length, 0);
    });

  it('can be refused permanently through the link in the reminder', async () => {
    const house = await aHouseWithMail();
    await confirmed(house);
    house.clock.now += 2 * day;
    await house.work();
    const [, link = ''] = /No reminders, please:\s+(\S+)/.exec(mailbox.mails[0]?.text ?? '') ?? [];
    const page = await (await house.device().get(link)).text();
    assert.match(page, /name="act" value="stop"/);
    assert.match(page, /name="act" value="erase"/);
    assert.doesNotMatch(page, /value="confirm"|No reminders will be sent/);
    assert.equal((await house.device().submit(link, {act: 'stop'})).status, 200);
    house.clock.now += 2 * day;
    await house.device().post('/reminders', aWish());
    await house.work();
    assert.equal(mailbox.mails.length, 1);
  });

  it('refuse invalid multipart bodies, and those of another site', async () => {
    const house = await aHouseWithMail();
    const link = await confirmed(house);
    const send = (headers: Record<string, string>, body: string) =>
      house.server.fetch(new Request(link, {method: 'POST', headers, body}));
    const parts = {'content-type': 'multipart/form-data; boundary=x'};
    assert.equal((await send(parts, 'List-Unsubscribe=One-Click')).status, 400);
    const stop = '--x\r\ncontent-disposition: form-data; name="act"\r\n\r\nstop\r\n--x--\r\n';
    const evil = {...parts, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'};
    assert.equal((await send(evil, stop)).status, 403);
    assert.equal((await send({...parts, origin: site}, stop)).status, 200);
  });

  it('are stopped and erased on the page, which answers the same when repeated', async () => {
    const database = await open();
    const house = await aHouseWithMail({}, database);
    const link = await confirmed(house);
    const answers: string[] = [];
    for (let time = 0; time < 2; time++) {
      const response = await house.device().submit(link, {act: 'erase'});
      assert.equal(response.status, 200);
      answers.push(await response.text());
    }
    assert.equal(answers[0], answers[1]);
    const rows = await everything(database);
    const hash = await openSecrets(secrets).hash('address', reader);
    assert.equal(rows.split(hash).length, 2, 'only the refusal is left');
    const refused = await database.query.selectFrom('mail_refusals').selectAll().execute();
    assert.deepEqual(refused, [{address_hash: hash, at: house.clock.now}]);
  });

  const badTokens: [string, string][] = [
    ['altered', 'A'.repeat(43)],
    ['too short', 'abc'],
    ['a path', '..%2f..%2fetc'],
    ['a script', '%3Cscript%3E'],
  ];
  for (const [what, token] of badTokens)
    it(`answer a link that is ${what} with a helpful page`, async () => {
      const {device} = await aHouseWithMail();
      const page = await device().get(`/reminders/${token}`);
      assert.equal(page.status, 410);
      assert.match(await page.text(), /There is nothing left to confirm/);
      assert.equal((await device().submit(`/reminders/${token}`, {act: 'confirm'})).status, 410);
      for (const act of ['stop', 'erase'])
        assert.equal((await device().submit(`/reminders/${token}`, {act})).status, 200);
    });

  it('keep a refusal, and drop an older reminder, when the secrets are rotated', async () => {
    const database = await open();
    const rolled = ['a new secret of the tests that is long enough', ...secrets];
    const before = await aHouseWithMail({}, database);
    await confirmed(before, {choice: 'next-week'});
    const clock = {now: someMorning + 2 * day};
    const after = await aHouseWithMail({secrets: rolled, clock}, database);
    await confirmed(after);
    for (let passed = 0; passed < 10; passed++) {
      clock.now += day;
      await after.work();
    }
    assert.equal(mailbox.mails.length, 1);

    const other = 'other@example.org';
    before.clock.now = clock.now;
    await before.device().post('/reminders', aWish({email: other}));
    await before.work();
    await before.device().submit(mailbox.link(other), {act: 'stop'});
    clock.now += 2 * day;
    assert.equal((await after.device().post('/reminders', aWish({email: other}))).status, 202);
    assert.equal(await after.work(), 0);
  });

  it('refuse a form posted by another site', async () => {
    const {device, work, clock} = await aHouseWithMail();
    await device().post('/reminders', aWish());
    await work();
    const link = mailbox.link(reader);
    const evil = {origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'};
    assert.equal((await device().submit(link, {act: 'confirm'}, evil)).status, 403);
    clock.now += 2 * day;
    assert.equal(await work(), 0);
  });

  const refused: [string, object, number][] = [
    ['no address', {email: undefined}, 422],
    ['two addresses', {email: 'a@b.example,c@d.example'}, 422],
    ['an address with a header', {email: 'a@b.example\r\nBcc: c@d.example'}, 422],
    ['a very long address', {email: `${'a'.repeat(290)}@b.example`}, 422],
    ['a name beside the address', {email: 'Reader <a@b.example>'}, 422],
    ['a time that mail cannot tell', {choice: 'after-10-more-articles'}, 422],
    ['a time of its own', {choice: 'now'}, 422],
    ['words of its own', {text: 'Buy this'}, 422],
    ['half a letter in an address', {email: 'a\ud800@b.example'}, 422],
    ['half a letter in a domain', {email: 'a@b\udc00.example'}, 422],
    ['half a letter in a page', {page: '/a\ud83d'}, 422],
    ['a NUL in a page', {page: '/a\u0000b'}, 422],
    ['a NUL in a language', {locale: 'en\u0000'}, 422],
    ['a clock of another planet', {minutesEast: 5000}, 422],
  ];
  for (const [what, change, status] of refused)
    it(`refuse ${what}`, async () => {
      const {device, work} = await aHouseWithMail();
      assert.equal((await device().post('/reminders', aWish(change))).status, status);
      assert.equal(await work(), 0);
    });

  it('are asked about once, however many spellings of one mailbox are sent', async () => {
    const sent: string[] = [];
    const transport = {
      sendMail: ({to}: {readonly to: string}) => Promise.resolve(sent.push(to)),
    };
    const {device, work} = await aHouseWithMail({mail: {from: 'post@example.org', transport}});
    const spellings = Array.from({length: 60}, (_, n) =>
      n % 2 === 0
        ? `Victim+${n}@example.org`
        : `v.${'ic.tim'.slice(0, n % 6)}x+${n}@googlemail.com`,
    );
    for (const email of ['victim@example.org', 'other@example.org', ...spellings])
      assert.equal((await device().post('/reminders', aWish({email}))).status, 202);
    await work();
    assert.deepEqual(
      sent.filter(to => to.endsWith('@example.org')),
      ['victim@example.org', 'other@example.org'],
    );
    // Without dots and tags these are three names at Gmail: vix, vicx and victix.
    assert.equal(sent.filter(to => to.endsWith('@googlemail.com')).length, 3);
  });

  it('are sent to domains in any script', async () => {
    const sent: string[] = [];
    const transport = {
      sendMail: ({to}: {readonly to: string}) => Promise.resolve(sent.push(to)),
    };
    const {device, work} = await aHouseWithMail({mail: {from: 'post@example.org', transport}});
    await device().post('/reminders', aWish({email: 'leser@bücher.example'}));
    await work();
    assert.deepEqual(sent, ['leser@xn--bcher-kva.example']);
  });

  it('send one mail for a thousand requests with one address, and answer all of them alike', async () => {
    const {device, work} = await aHouseWithMail();
    const seen = new Set<string>();
    for (let batch = 0; batch < 20; batch++) {
      const answers = await Promise.all(
        Array.from({length: 50}, (_, at) =>
          device().post('/reminders', aWish({email: at % 2 ? reader : 'Reader@Example.ORG'})),
        ),
      );
      for (const answer of answers) {
        // Each has a random one.
        answer.headers.delete('x-request-id');
        seen.add(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
      }
    }
    await work();
    assert.equal(seen.size, 1);
    assert.equal(mailbox.mails.length, 1);
  });

  it('answer requests above the limit like all others, and send nothing', async () => {
    const heard: string[] = [];
    const {device, work} = await aHouseWithMail({
      mailLimits: {perAddress: [{max: 2, windowMs: day}], global: [{max: 3, windowMs: day}]},
      onSuspicious: ({what, by}: Suspicion) => heard.push(`${what} ${by ?? ''}`),
    });
    const seen = new Set<string>();
    for (let at = 0; at < 12; at++) {
      const from = device(at < 6 ? '203.0.113.7' : `198.51.${at}.7`);
      const answer = await from.post('/reminders', aWish({email: `reader-${at}@example.org`}));
      answer.headers.delete('x-request-id');
      seen.add(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }
    await work();
    assert.equal(seen.size, 1);
    assert.match([...seen][0]!, /^202 /);
    assert.equal(mailbox.mails.length, 3);
    assert.deepEqual([...new Set(heard)], ['mail address', 'mail everybody']);
  });

  const moods = [
    ['busy', 'is asked to retry'],
    ['closed', 'cannot reach the mail server'],
  ] as const;
  for (const [mood, what] of moods)
    it(`are not lost when the companion ${what}`, async () => {
      const house = await aHouseWithMail();
      await confirmed(house);
      house.clock.now += 2 * day;
      mailbox.mood = mood;
      for (let turn = 0; turn < 20; turn++) {
        await house.work();
        house.clock.now += hour;
      }
      assert.equal(mailbox.mails.length, 0);
      mailbox.mood = 'well';
      house.clock.now += 12 * hour;
      assert.equal(await house.work(), 1);
      assert.equal(mailbox.mails.length, 1);
      assert.ok(house.log.some(({at}) => at === 'mail'));
    });

  it('are not lost while the mail server is down, and need no restart', async () => {
    const port = await freePort();
    const gone = await aMailbox(port);
    const house = await aHouseWithMail({mail: {from: 'post@example.org', transport: gone.url}});
    await gone.stop();
    await house.device().post('/reminders', aWish());
    await house.work();
    house.clock.now += hour;
    await house.work();
    const back = await aMailbox(port);
    house.clock.now += hour;
    assert.equal(await house.work(), 1);
    assert.deepEqual(back.mails.map(toOf), [reader]);
    await back.stop();
  });

  it('are given up for an address that does not exist, and the address is deleted', async () => {
    const database = await open();
    const house = await aHouseWithMail({}, database);
    await confirmed(house);
    house.clock.now += 2 * day;
    mailbox.mood = 'refuse';
    await house.work();
    mailbox.mood = 'well';
    house.clock.now += day;
    assert.equal(await house.work(), 0);
    const [row] = await database.query.selectFrom('mails').selectAll().execute();
    assert.equal(row?.state, 'failed');
    assert.equal(row.sealed, null);
  });

  it('are not sent twice when the server hung up and may have accepted one', async () => {
    const database = await open();
    const house = await aHouseWithMail({}, database);
    await confirmed(house);
    house.clock.now += 2 * day;
    mailbox.mood = 'hang-up';
    assert.equal(await house.work(), 0);
    mailbox.mood = 'well';
    for (let turn = 0; turn < 10; turn++) {
      house.clock.now += 6 * hour;
      await house.work();
    }
    assert.equal(mailbox.mails.length, 1);
    const [row] = await database.query.selectFrom('mails').selectAll().execute();
    assert.equal(row?.state, 'unsure');
    assert.equal(row.sealed, null);
    assert.ok(house.log.some(({problem}) => problem === 'unsure'));
  });

  it('are sent once when a process crashes between claiming and sending', async () => {
    const house = await aHouseWithMail();
    await confirmed(house);
    house.clock.now += 2 * day;
    const {now} = house.clock;
    const [claimed] = await house.store.mail.claim('a copy that dies', now, now + 2 * minute, 5);
    assert.equal(claimed?.kind, 'remind');
    assert.equal(await house.work(), 0, 'nobody else may work on it yet');
    house.clock.now += 2 * minute;
    assert.equal(await house.work(), 1);
    assert.equal(
      await house.store.mail.begin(claimed.id, 'a copy that dies', house.clock.now),
      false,
    );
    assert.equal(mailbox.mails.length, 1);
  });

  it('are not sent again when a process crashes while handing one over, which is logged', async () => {
    const house = await aHouseWithMail();
    await confirmed(house);
    house.clock.now += 2 * day;
    const {now} = house.clock;
    const [claimed] = await house.store.mail.claim('a copy that dies', now, now + 2 * minute, 5);
    assert.ok(await house.store.mail.begin(claimed!.id, 'a copy that dies', now));
    house.clock.now += 2 * minute;
    assert.equal(await house.work(), 0);
    assert.deepEqual(house.log, [{at: 'mail', problem: 'unsure', detail: {mails: 1}}]);
  });

  it('are not sent after being stopped, even if claimed before', async () => {
    const house = await aHouseWithMail();
    const link = await confirmed(house);
    house.clock.now += 2 * day;
    const {now} = house.clock;
    const [claimed] = await house.store.mail.claim('a slow copy', now, now + 2 * minute, 5);
    await house.device().submit(link, {act: 'stop'});
    assert.equal(await house.store.mail.begin(claimed!.id, 'a slow copy', now), false);
  });

  it('store addresses only encrypted, and delete them when no longer needed', async () => {
    const database = await open();
    const house = await aHouseWithMail({}, database);
    await house.give(house.device(), {email: reader});
    await house.device().post('/reminders', aWish({email: 'other@example.org'}));
    await house.device().post('/access/restore', {email: reader});
    assert.doesNotMatch(await everything(database), /@|example\.org/i);
    await house.work();
    house.clock.now += 3 * day;
    await house.server.jobs.find(({name}) => name === 'retention')?.run();
    const {query} = database;
    assert.deepEqual(await query.selectFrom('reminders').selectAll().execute(), []);
    assert.deepEqual(await query.selectFrom('mails').selectAll().execute(), []);
    house.clock.now += 32 * day;
    await house.server.jobs.find(({name}) => name === 'retention')?.run();
    assert.deepEqual(await query.selectFrom('mail_quotas').selectAll().execute(), []);
  });

  it('export and erase what is stored about an address', async () => {
    const house = await aHouseWithMail();
    await confirmed(house);
    await house.give(house.device(), {email: reader});
    const known = await house.server.privacyRequests.export(reader);
    assert.equal(known['reminders']?.length, 1);
    assert.equal(known['mails']?.length, 1);
    assert.equal(known['supports']?.length, 1);
    assert.deepEqual(
      await house.server.privacyRequests
        .erase('READER@example.org')
        .then(({reminders, supports}) => ({reminders, supports})),
      {
        reminders: 2,
        supports: 1,
      },
    );
    const left = await house.server.privacyRequests.export(reader);
    assert.deepEqual(left['reminders'], []);
    assert.deepEqual(left['mails'], []);
    assert.equal(left['mail_refusals']?.length, 1);
    await house.device().post('/access/restore', {email: reader});
    assert.equal(await house.work(), 0);
  });

  it('never reveal an address or a token in a log or a response', async () => {
    const house = await aHouseWithMail();
    const said: string[] = [];
    for (const mood of ['well', 'refuse', 'busy', 'closed', 'hang-up'] as const) {
      mailbox.mood = mood;
      const email = `secret-${mood}@example.org`;
      for (const answer of [
        await house.device().post('/reminders', aWish({email})),
        await house.device().post('/access/restore', {email}),
        await house.device().post('/reminders', aWish({email: `${email},x`})),
      ])
        said.push(await answer.text(), JSON.stringify([...answer.headers]));
      await house.work();
      house.clock.now += hour;
    }
    said.push(JSON.stringify(house.log));
    assert.ok(house.log.length >= 3);
    assert.doesNotMatch(said.join('\n'), /secret|example\.org[^"]*@|[\w-]{43}/);
  });
});

onEachDatabase('ten thousand requests for reminders', ({open, flavour}) => {
  // All of them with `npm run test:full`, otherwise a tenth.
  const requests = process.env['FULL'] ? 10_000 : 1000;
  const addresses = requests / 100;

  it(
    `over ${addresses} addresses send at most ${addresses} mails`,
    {timeout: process.env['FULL'] ? soakLimit : longTestLimit},
    async () => {
      const sent: string[] = [];
      const transport = {
        sendMail: ({to}: {readonly to: string}) => {
          sent.push(to);
          return Promise.resolve();
        },
      };
      const database = await open();
      const clock = {now: someMorning};
      const mail = {from: 'post@example.org', transport};
      const copies = await Promise.all([0, 1].map(() => aHouse(database, {mail, clock})));
      const seen = new Set<string>();
      const size = flavour === 'sqlite' ? 10 : 20;
      for (let at = 0; at < requests; at += size)
        await Promise.all(
          Array.from({length: size}, async (_, nth) => {
            const email = `reader-${(at + nth) % addresses}@example.org`;
            const {device} = copies[nth % 2]!;
            const answer = await device().post('/reminders', aWish({email}));
            seen.add(`${answer.status} ${await answer.text()}`);
          }),
        );
      await Promise.all(copies.map(({work}) => work()));
      assert.deepEqual([...seen], ['202 {"accepted":true}']);
      assert.equal(new Set(sent).size, addresses);
      assert.equal(sent.length, addresses);
    },
  );
});

describe('reminderDue()', () => {
  const night = Date.UTC(2026, 0, 31, 1, 30);
  const rows = [
    {
      given: 'tomorrow, in the morning',
      choice: 'tomorrow',
      now: someMorning,
      east: 60,
      due: Date.UTC(2026, 10, 25, 8),
    },
    {
      given: 'tomorrow, before the day begins',
      choice: 'tomorrow',
      now: night,
      east: 0,
      due: Date.UTC(2026, 0, 31, 9),
    },
    {
      given: 'next month, at the end of one',
      choice: 'next-month',
      now: Date.UTC(2026, 0, 31, 12),
      east: 0,
      due: Date.UTC(2026, 1, 28, 9),
    },
    {
      given: 'next week, far east',
      choice: 'next-week',
      now: someMorning,
      east: 840,
      due: Date.UTC(2026, 10, 30, 19),
    },
    {
      given: 'in three months, before the day begins in the far west',
      choice: 'in-3-months',
      now: someMorning,
      east: -480,
      due: Date.UTC(2027, 1, 23, 17),
    },
  ] as const;
  for (const {given, choice, now, east, due} of rows)
    it(`is at 09:00 in the reader’s time given ${given}`, () => {
      assert.equal(
        new Date(reminderDue(choice, now, east)).toISOString(),
        new Date(due).toISOString(),
      );
    });
});

describe('createSupportServer({mail})', () => {
  const some = {
    stripe: {secretKey: 'sk_test_abc'},
    site,
    offers: [offer],
    webhookSecrets: [secret],
    store: memoryStore(),
    secrets,
    log: () => undefined,
  };
  const from = 'post@example.org';
  const wrong: [string, object, RegExp][] = [
    ['no secret', {secrets: undefined, mail: {from, transport: 'smtp://localhost'}}, /`secrets`/],
    ['no sender', {mail: {transport: 'smtp://localhost'}}, /`mail.from`/],
    [
      'a sender who is two',
      {mail: {from: 'a@b.example, c@d.example', transport: 'smtp://localhost'}},
      /`mail.from`/,
    ],
    [
      'a sender with a header',
      {mail: {from: 'a@b.example\r\nBcc: c@d.example', transport: 'smtp://localhost'}},
      /`mail.from`/,
    ],
    ['no way to send', {mail: {from}}, /`mail.transport`/],
    [
      'a way to send that is none',
      {mail: {from, transport: 'https://user:hidden@mail.example'}},
      /`mail.transport`/,
    ],
    [
      'a name on two lines',
      {mail: {from, transport: 'smtp://localhost', name: 'a\nb'}},
      /`mail.name`/,
    ],
  ];
  for (const [what, change, message] of wrong)
    it(`refuses to start with ${what}`, () => {
      assert.throws(
        () => createSupportServer({...some, ...change}),
        (error: Error) =>
          error instanceof TypeError &&
          message.test(error.message) &&
          !error.message.includes('hidden'),
      );
    });

  it('answers what is missing where mail is not configured', async () => {
    const server = createSupportServer(some);
    const response = await server.fetch(
      new Request(`${site}/reminders`, {
        method: 'POST',
        headers: {origin: site, 'content-type': 'application/json'},
        body: JSON.stringify(aWish()),
      }),
    );
    assert.equal(response.status, 503);
    const {code, detail} = (await response.json()) as {code: string; detail: string};
    assert.equal(code, 'not-configured');
    assert.match(detail, /createSupportServer needs `mail`/);
  });
});
