import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {samePath, successUrl} from '../../src/http/return-address.js';
import {aCompanion, anIntent, site} from '../fixtures.js';

describe('samePath()', () => {
  const rows: [string | undefined, string][] = [
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['/news/harbour', '/news/harbour'],
    ['/news/harbour?utm=1#top', '/news/harbour'],
    ['/nyheter/å', '/nyheter/%C3%A5'],
    ['/a/../b', '/b'],
    ['/a{CHECKOUT_SESSION_ID}', '/a%7BCHECKOUT_SESSION_ID%7D'],
    ['news', '/'],
    ['//evil.example', '/'],
    ['///evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['\\/evil.example', '/'],
    ['https:evil.example', '/'],
    ['https://evil.example', '/'],
    ['HTTPS://EVIL.EXAMPLE/', '/'],
    ['javascript:alert(1)', '/'],
    ['data:text/html,x', '/'],
    ['/.//evil.example', '/'],
    ['/a/..//evil.example', '/'],
    ['/%0d%0aSet-Cookie:a=b', '/'],
    ['/%5cevil.example', '/'],
    ['/a\r\nSet-Cookie: a=b', '/'],
    ['/\t/evil.example', '/'],
    ['/\u0000', '/'],
    [' //evil.example', '/'],
    ['@evil.example', '/'],
    ['.evil.example', '/'],
  ];
  for (const [page, path] of rows)
    it(`returns ${path} for ${JSON.stringify(page)}`, () =>
      assert.equal(samePath(site, page), path));

  it('never leads to another site, whatever the page', () => {
    const odd = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '%',
      '%2f',
      '\t',
      '{',
      '?',
      '#',
      'a',
    );
    const pages = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(odd).map(parts => `/${parts.join('')}`),
    );
    fc.assert(
      fc.property(pages, page => {
        const url = new URL(successUrl(site, samePath(site, page)));
        assert.equal(url.origin, site);
        assert.equal(url.search, '?support=success&support_session={CHECKOUT_SESSION_ID}');
        assert.equal(url.hash, '');
      }),
      {numRuns: 2000},
    );
  });

  it('is used for the companion’s return URLs', async () => {
    const {press, fake} = aCompanion();
    await press(anIntent({attribution: {page: '//evil.example/a'}}));
    const [params] = fake.created;
    assert.equal(params?.cancel_url, `${site}/?support=cancel`);
    assert.equal((params.metadata as Record<string, string>)['rs_page'], '/');
  });

  it('shortens a path that is longer than a metadata value', async () => {
    const {press, fake} = aCompanion();
    const page = `/${'a'.repeat(900)}`;
    assert.equal((await press(anIntent({attribution: {page}}))).status, 200);
    assert.equal(fake.created[0]?.cancel_url, `${site}${page}?support=cancel`);
  });
});
