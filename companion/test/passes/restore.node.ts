import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, beforeEach, it} from 'node:test';
import {onEachDatabase} from '../databases.js';
import {codeOf, site} from '../fixtures.js';
import {accessOf, aHouse, day, secrets} from '../given-readers.js';
import {aMailbox, toOf, type Mailbox} from '../mailbox.js';

const reader = 'reader@example.com';

onEachDatabase('POST /access/restore', ({open}) => {
  let mailbox: Mailbox;
  before(async () => {
    mailbox = await aMailbox();
  });
  after(() => mailbox.stop());
  beforeEach(() => {
    mailbox.mood = 'well';
    (mailbox.mails as unknown[]).splice(0);
  });

  const aHouseWithMail = async (options: object = {}) =>
    await aHouse(await open(), {
      mail: {from: 'The Harbour Post <post@example.org>', transport: mailbox.url},
      ...options,
    });

  it('mails a link that gives another device access, once', async () => {
    const {device, give, work} = await aHouseWithMail();
    await give(device());
    const phone = device();
    const asked = await phone.post('/access/restore', {email: reader, locale: 'de'});
    assert.equal(asked.status, 202);
    await work();
    assert.equal(mailbox.mails.length, 1);
    const [mail] = mailbox.mails;
    assert.equal(mail && toOf(mail), reader);
    assert.equal(mail?.subject, 'Ihr Zugang zu The Harbour Post');

    const link = mailbox.link(reader);
    assert.match(link, /^https:\/\/www\.example\.org\/access\/restore\/[\w-]{43}\?lang=de$/);
    // Opening the link, as mail scanners do, does not use it up.
    const scanner = device();
    for (let look = 0; look < 5; look++) {
      const page = await scanner.get(link);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /<form method="post">/);
    }
    assert.deepEqual(scanner.set, []);
    const page = await phone.submit(link, {act: 'enter'});
    assert.equal(page.status, 200);
    assert.equal((await accessOf(phone)).pass, true);
    const late = await scanner.submit(link, {act: 'enter'});
    assert.equal(late.status, 410);
    assert.equal((await accessOf(scanner)).pass, false);
  });

  it('gives access to one of twenty concurrent presses', async () => {
    const {device, give, work} = await aHouseWithMail();
    await give(device());
    await device().post('/access/restore', {email: reader});
    await work();
    const link = mailbox.link(reader);
    const devices = Array.from({length: 20}, device);
    const answers = await Promise.all(devices.map(one => one.submit(link, {act: 'enter'})));
    assert.equal(answers.filter(({status}) => status === 200).length, 1);
    assert.equal(devices.filter(one => one.cookies.size > 0).length, 1);
  });

  it('answers unknown and known addresses alike, and mails nothing to unknown ones', async () => {
    const {device, give, work, log} = await aHouseWithMail();
    await give(device());
    const seen = async (email: string) => {
      const response = await device().post('/access/restore', {email});
      // Each has a random one.
      response.headers.delete('x-request-id');
      return [response.status, [...response.headers], await response.text()];
    };
    const known = await seen(reader);
    for (const email of ['nobody@example.com', reader, 'READER@example.com', reader])
      assert.deepEqual(await seen(email), known);
    await work();
    assert.deepEqual(mailbox.mails.map(toOf), [reader]);
    assert.deepEqual(log, []);
  });

  it('finds an address in any spelling, and the support that lasts longest', async () => {
    const {device, give, work, clock} = await aHouseWithMail();
    await give(device(), {frequency: 'once'});
    await give(device(), {frequency: 'annual', amount: {minor: 5000, currency: 'USD'}});
    await device().post('/access/restore', {email: ' Reader@EXAMPLE.com '});
    await work();
    const phone = device();
    await phone.submit(mailbox.link('Reader@example.com'), {act: 'enter'});
    assert.ok(((await accessOf(phone)).until ?? 0) > clock.now + 360 * day);
  });

  it('finds supporters who gave before the secrets were rotated', async () => {
    const database = await open();
    const mail = {from: 'The Harbour Post <post@example.org>', transport: mailbox.url};
    const before = await aHouse(database, {mail});
    await before.give(before.device());
    const rolled = ['a new secret of the tests that is long enough', ...secrets];
    const {device, work} = await aHouse(database, {mail, secrets: rolled});
    const phone = device();
    await phone.post('/access/restore', {email: reader});
    await work();
    assert.deepEqual(mailbox.mails.map(toOf), [reader]);
    await phone.submit(mailbox.link(reader), {act: 'enter'});
    assert.equal((await accessOf(phone)).pass, true);
  });

  it('mails nothing to a reader whose support has ended', async () => {
    const {device, give, work, fake} = await aHouseWithMail();
    const session = await give(device());
    await fake.cancel(session);
    await device().post('/access/restore', {email: reader});
    assert.equal(await work(), 0);
    assert.equal(mailbox.mails.length, 0);
  });

  it('gives no access by a link that is expired or whose support has ended', async () => {
    const {device, give, work, fake, clock} = await aHouseWithMail();
    const session = await give(device());
    await device().post('/access/restore', {email: reader});
    await work();
    const old = mailbox.link(reader);
    clock.now += 31 * 60_000;
    assert.equal((await device().submit(old, {act: 'enter'})).status, 410);
    await device().post('/access/restore', {email: reader});
    await work();
    const fresh = mailbox.link(reader);
    assert.notEqual(fresh, old);
    await fake.cancel(session);
    const phone = device();
    assert.equal((await phone.submit(fresh, {act: 'enter'})).status, 410);
    assert.equal(phone.cookies.size, 0);
  });

  it('works without a script, from a form', async () => {
    const {device, give, work} = await aHouseWithMail();
    await give(device());
    const phone = device();
    const page = await phone.get('/access/restore', {'accept-language': 'fr-CH, en;q=0.5'});
    const text = await page.text();
    assert.match(text, /<html lang="fr" dir="ltr">/);
    assert.match(text, /name="email"/);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; /);
    // The policy allows exactly this style sheet.
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(style && policy.includes(`style-src 'sha256-${hash}'`));
    const sent = await phone.submit('/access/restore?lang=fr', {email: reader, act: 'send'});
    assert.equal(sent.status, 202);
    assert.match(await sent.text(), /Consultez votre messagerie/);
    await work();
    assert.equal(mailbox.mails[0]?.subject, 'Votre accès à The Harbour Post');
  });

  it('sends at most five mails a day to one address', async () => {
    const {device, give, work, clock} = await aHouseWithMail();
    await give(device());
    for (let minute = 0; minute < 60; minute++) {
      clock.now += 60_000;
      assert.equal((await device().post('/access/restore', {email: reader})).status, 202);
      await work();
    }
    assert.equal(mailbox.mails.length, 5);
  });

  const refused: [string, object, Record<string, string>, number][] = [
    ['no address', {}, {}, 422],
    ['two addresses', {email: 'a@example.org,b@example.org'}, {}, 422],
    ['an address with a header in it', {email: 'a@example.org\r\nBcc: b@example.org'}, {}, 422],
    ['half a letter', {email: 'a\ud800@example.org'}, {}, 422],
    ['a NUL in a language', {email: reader, locale: 'en\u0000'}, {}, 422],
    ['a page of another site', {email: reader}, {origin: 'https://evil.example'}, 403],
    ['a page without an origin', {email: reader}, {origin: 'null'}, 403],
    ['text', {email: reader}, {'content-type': 'text/plain'}, 415],
    ['too much', {email: reader, more: 'x'.repeat(5000)}, {}, 413],
  ];
  for (const [what, body, headers, status] of refused)
    it(`refuses ${what}`, async () => {
      const {device} = await aHouseWithMail();
      assert.equal((await device().post('/access/restore', body, headers)).status, status);
    });

  it('refuses another site’s form, for a link and for a pass', async () => {
    const {device, give, work} = await aHouseWithMail();
    await give(device());
    await device().post('/access/restore', {email: reader});
    await work();
    const link = mailbox.link(reader);
    const evil = {origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'};
    const phone = device();
    assert.equal((await phone.submit('/access/restore', {email: reader}, evil)).status, 403);
    assert.equal((await phone.submit(link, {act: 'enter'}, evil)).status, 403);
    assert.equal((await phone.submit(link, {act: 'enter'})).status, 200);
  });

  it('refuses a network above its limit, and everybody while it cannot count', async () => {
    const {device} = await aHouseWithMail({mailLimits: {global: [{max: 2, windowMs: 60_000}]}});
    const statuses: number[] = [];
    for (let nth = 0; nth < 4; nth++)
      statuses.push((await device().post('/access/restore', {email: `${nth}@example.com`})).status);
    assert.deepEqual(statuses, [202, 202, 429, 429]);

    const {device: other} = await aHouseWithMail({
      mailLimits: {global: [{max: 2, windowMs: 60_000}]},
      limiter: {take: () => Promise.reject(new Error('down'))},
    });
    const response = await other().post('/access/restore', {email: reader});
    assert.equal(response.status, 503);
    assert.equal(await codeOf(response), 'provider-down');
  });
});

onEachDatabase('POST /portal', ({open}) => {
  it('opens Stripe’s portal for the holder of a pass, who ends their gift there', async () => {
    const {device, give, fake, clock} = await aHouse(await open());
    const supporter = device();
    const session = await give(supporter);
    const response = await supporter.post('/portal', {page: '/account', locale: 'de-AT'});
    assert.equal(response.status, 200);
    const {url} = (await response.json()) as {url: string};
    const request = fake.requests.findLast(({path}) => path === '/v1/billing_portal/sessions');
    assert.equal(request?.params['return_url'], `${site}/account`);
    assert.equal(request.params['locale'], 'de');
    assert.equal(request.params['customer'], fake.subscription(session).customer);

    const page = await fake.fetch(url);
    const [, cancel = ''] = /name="cancel" value="(\w+)"/.exec(await page.text()) ?? [];
    await fake.fetch(url, {method: 'POST', body: new URLSearchParams({cancel})});
    const end = (fake.subscription(session).items.data[0]?.current_period_end ?? 0) * 1000;
    assert.deepEqual(await accessOf(supporter), {pass: true, until: end});
    clock.now = end;
    await fake.renew(session);
    assert.deepEqual(await accessOf(supporter), {pass: false, because: 'ended'});
  });

  it('refuses readers without a pass, whatever they send', async () => {
    const {device, give, fake} = await aHouse(await open());
    const session = await give(device());
    const customer = fake.subscription(session).customer;
    const stranger = device();
    for (const body of [{}, {customer}, {page: '/', customer, session}]) {
      const response = await stranger.post('/portal', body);
      assert.equal(response.status, 403);
      assert.equal(await codeOf(response), 'not-signed-in');
    }
    assert.match(await (await stranger.get('/portal')).text(), /href="\/access\/restore\?lang=en"/);
    assert.ok(!fake.requests.some(({path}) => path.includes('billing_portal')));
  });

  it('refuses a supporter whose gift has ended or has no customer', async () => {
    const {device, give, fake} = await aHouse(await open());
    const [single, former] = [device(), device()];
    await give(single, {frequency: 'once'});
    assert.equal((await single.post('/portal', {})).status, 403);
    const session = await give(former);
    await fake.cancel(session);
    assert.equal((await former.post('/portal', {})).status, 403);
  });

  it('returns to the site only', async () => {
    const {device, give, fake} = await aHouse(await open());
    const supporter = device();
    await give(supporter);
    for (const page of [
      '//evil.example',
      'https://evil.example',
      '\\\\evil.example',
      '/%0d%0aX: y',
    ])
      await supporter.post('/portal', {page});
    const asked = fake.requests.filter(({path}) => path.includes('billing_portal'));
    assert.equal(asked.length, 4);
    for (const {params} of asked) assert.equal(params['return_url'], `${site}/`);
  });

  it('works from a form without a script, but not from another site’s form', async () => {
    const {device, give} = await aHouse(await open());
    const supporter = device();
    await give(supporter);
    const page = await supporter.get('/portal');
    assert.match(await page.text(), /Manage my support/);
    assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' https:/);
    const response = await supporter.submit('/portal', {act: 'open'});
    assert.equal(response.status, 303);
    assert.match(response.headers.get('location') ?? '', /\/stripe-fake\/portal\/bps_/);
    const evil = {origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'};
    assert.equal((await supporter.submit('/portal', {act: 'open'}, evil)).status, 403);
    assert.equal((await supporter.post('/portal', {}, evil)).status, 403);
  });

  it('answers 503 while Stripe is down', async () => {
    const {device, give, fake} = await aHouse(await open());
    const supporter = device();
    await give(supporter);
    fake.fail({status: 500}, {status: 500});
    const response = await supporter.post('/portal', {});
    assert.equal(response.status, 503);
    assert.equal(await codeOf(response), 'provider-down');
  });
});
