import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startDemo, type Demo} from '../../demo/server.js';

const last = 'The keeper wrote the last line of the log in pencil.';

describe('a members’ article of the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({port: 0, host: '127.0.0.1'});
  });
  after(() => demo.stop());

  it('is not in the page that anybody gets', async () => {
    for (const query of ['', '?print=1', '?amp', '?support_link=x']) {
      const response = await fetch(`${demo.site}/members.html${query}`);
      const text = await response.text();
      assert.equal(response.status, 200);
      assert.ok(!text.includes(last));
      assert.doesNotMatch(text, /Maud|pencil|All\s+home/);
      assert.match(text, /while he was looking for the fuses/);
      assert.match(text, /<support-paywall[^>]* state="locked"/);
      assert.equal(response.headers.get('cache-control'), 'private, no-store');
    }
  });

  it('is not there for whoever calls himself a crawler, or asks for a part of it', async () => {
    for (const headers of [
      {'user-agent': 'Googlebot/2.1'},
      {range: 'bytes=3000-'},
      {cookie: 'support-pass=x.y.z'},
    ]) {
      const text = await (
        await fetch(`${demo.site}/members.html`, {headers: headers as HeadersInit})
      ).text();
      assert.ok(!text.includes(last) && text.includes('fuses'), JSON.stringify(headers));
    }
  });

  it('can be given away by nobody who may not read it', async () => {
    const headers = {origin: demo.site};
    assert.equal((await fetch(`${demo.site}/gift`, {method: 'POST', headers})).status, 403);
    assert.equal((await fetch(`${demo.site}/gift`, {method: 'POST'})).status, 403);
  });
});
