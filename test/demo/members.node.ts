import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {parseHTML} from 'linkedom';
import {after, before, describe, it} from 'node:test';
import {startDemo, type Demo} from '../../demo/server.js';
import {pageProblems} from '../../companion/src/cli/check-page.js';
import {ampVersion, feedOf, printVersion} from '../../demo/variants.js';

const last = 'The keeper wrote the last line of the log in pencil.';

describe('a members’ article of the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({port: 0, host: '127.0.0.1'});
  });
  after(() => demo.stop());

  it('is not in the page that anybody gets', async () => {
    for (const path of [
      ...['', '?print=1', '?amp', '?support_link=x'].map(query => `/members.html${query}`),
      ...['/%6dembers.html', '/members%2ehtml', '/members-print%2Ehtml'],
      ...['/members-print.html', '/members-amp.html', '/feed.xml'],
    ]) {
      const response = await fetch(demo.site + path);
      const text = await response.text();
      assert.equal(response.status, 200, path);
      assert.ok(!text.includes(last), path);
      assert.doesNotMatch(text, /Maud|pencil|All\s+home/, path);
      assert.match(text, /while he was looking for the fuses/);
      if (/^\/members.html/.test(path)) assert.match(text, /<support-paywall[^>]* state="locked"/);
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

  it('is all there before the gate, in each of its forms', async () => {
    const folder = new URL('../../demo/pages/', import.meta.url);
    const page = await readFile(new URL('members.html', folder), 'utf8');
    for (const text of [printVersion(page), ampVersion(page), feedOf(page, demo.site)])
      assert.ok(text.includes(last));
  });

  it('says the truth to search engines, cut as it is, and so do the stories of the meter', async () => {
    for (const path of ['members', 'members-print', 'members-amp', 'paywall', 'paywall-4']) {
      const response = await fetch(`${demo.site}/${path}.html`);
      const {document} = parseHTML(await response.text());
      assert.deepEqual(pageProblems(document), [], path);
    }
  });

  it('can be given away by nobody who may not read it', async () => {
    const headers = {origin: demo.site};
    assert.equal((await fetch(`${demo.site}/gift`, {method: 'POST', headers})).status, 403);
    assert.equal((await fetch(`${demo.site}/gift`, {method: 'POST'})).status, 403);
  });
});
