/** The whole life of a gift and of a reminder, in two copies of the demo on one database, with a clock that is moved. */

import assert from 'node:assert/strict';
import {it} from 'node:test';
import {startDemo, type Demo} from '../../demo/server.js';
import {onEachDatabase} from '../../companion/test/databases.js';
import {longTestLimit} from '../time-limit.js';

const day = 86_400_000;
const someMorning = Date.UTC(2026, 10, 24, 8);
const reader = 'reader@example.com';

/** A browser, as far as cookies and forms go. */
function aDevice() {
  const cookies = new Map<string, string>();
  async function send(url: string, init: RequestInit = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const {origin} = new URL(url);
    const headers = {origin, ...(cookie && {cookie}), ...(init.headers as object)};
    const response = await fetch(url, {...init, headers, redirect: 'manual'});
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0\b/.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }
  return {
    get: (url: string) => send(url),
    json: (url: string, body: object) =>
      send(url, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify(body),
      }),
    press: (url: string, fields: Record<string, string>) =>
      send(url, {method: 'POST', body: new URLSearchParams(fields)}),
    access: async ({site}: Demo) =>
      (await (await send(`${site}/companion/access`)).json()) as {pass: boolean; because?: string},
  };
}

async function soon<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (let turn = 0; turn < 1200; turn++) {
    const found = look();
    if (found) return found;
    await new Promise(go => setTimeout(go, 25));
  }
  assert.fail(`expected ${what} within half a minute`);
}

const linkIn = ({text}: {text: string}, path: string) => {
  const link = new RegExp(`https?://\\S+${path}\\S+`).exec(text)?.[0];
  assert.ok(link, 'the mail has a link');
  return link;
};

onEachDatabase('two copies of the demo', given => {
  it(
    'take a gift from its start to its end, and remind once',
    {timeout: longTestLimit},
    async t => {
      const clock = {now: someMorning};
      const database = await given.url();
      const start = () =>
        startDemo({port: 0, host: '127.0.0.1', secretKey: '', database, now: () => clock.now});
      const one = await start();
      t.after(() => one.stop());
      const other = await start();
      t.after(() => other.stop());
      const mails = () => [...one.outbox, ...other.outbox];

      // Gives monthly, and receives the pass.
      const laptop = aDevice();
      assert.deepEqual(await laptop.access(one), {pass: false, because: 'no-pass'});
      const begun = await laptop.json(`${one.site}/companion/checkout`, {
        attemptId: 'attempt-of-a-life',
        offerId: 'support',
        frequency: 'monthly',
        amount: {minor: 500, currency: 'USD'},
        locale: 'en',
        email: reader,
        attribution: {campaign: 'quay'},
      });
      const {url} = (await begun.json()) as {url: string};
      const session = url.split('/').at(-1) ?? '';
      assert.equal((await laptop.press(url, {pay: '1'})).status, 303);
      const standing = await laptop.get(`${one.site}/companion/checkout/${session}`);
      assert.equal(((await standing.json()) as {state: string}).state, 'paid');
      assert.equal((await laptop.access(one)).pass, true);

      // Restores it on another device by mail; looking at the link is not enough.
      const phone = aDevice();
      const asked = await phone.json(`${one.site}/companion/access/restore`, {email: reader});
      assert.equal(asked.status, 202);
      const letter = await soon('a mail', () => mails().at(0));
      const link = linkIn(letter, '/access/restore/');
      const site = new URL(link).origin;
      const home = site === one.site ? one : other;
      assert.equal((await phone.get(link)).status, 200);
      assert.equal((await phone.access(home)).pass, false);
      assert.equal((await phone.press(link, {act: 'enter'})).status, 200);
      assert.equal((await phone.access(home)).pass, true);
      assert.equal((await aDevice().press(link, {act: 'enter'})).status, 410, 'it works once');

      // Cancels in the portal, and loses it when the period ends.
      const {url: portal} = (await (
        await laptop.json(`${one.site}/companion/portal`, {page: '/'})
      ).json()) as {url: string};
      const page = await (await laptop.get(portal)).text();
      const fields = Object.fromEntries(
        [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      ) as Record<string, string>;
      await laptop.press(portal, {...fields, cancel: fields['cancel'] ?? ''});
      assert.equal((await laptop.access(one)).pass, true);
      clock.now = Date.UTC(2026, 11, 24, 8) - 1000;
      assert.equal((await laptop.access(one)).pass, true);
      clock.now += 1000;
      await one.fake?.renew(session);
      assert.deepEqual(await laptop.access(one), {pass: false, because: 'ended'});
      // The other copy reads the same books, whatever it has heard itself.
      assert.deepEqual(await phone.access(home), {pass: false, because: 'ended'});

      // A reminder asked for "tomorrow" arrives once, whichever copy sends it.
      const before = mails().length;
      const wish = {email: reader, choice: 'tomorrow', locale: 'en', page: '/article.html'};
      assert.equal((await laptop.json(`${one.site}/companion/reminders`, wish)).status, 202);
      await soon('a mail that asks', () => mails().length > before);
      const question = mails().find(({subject}) => subject.startsWith('Please confirm'));
      assert.ok(question);
      const confirm = linkIn(question, '/reminders/');
      assert.equal((await laptop.press(confirm, {act: 'confirm'})).status, 200);
      const isReminder = ({subject}: {subject: string}) => subject.startsWith('Your reminder');
      assert.equal(mails().filter(isReminder).length, 0);
      for (let step = 0; step < 3; step++) {
        clock.now += day;
        await Promise.all([one, other].flatMap(copy => [copy.work(), copy.work()]));
      }
      assert.equal(mails().filter(isReminder).length, 1);
    },
  );
});
