import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  emptyState,
  type ReaderState,
  readState,
  recordClose,
  writeState,
} from 'reader-support/core';
import {cookieFor, readerOf} from '../../src/http/durable-reader.js';
import {aCompanion, site} from '../fixtures.js';

const now = Date.UTC(2026, 10, 23, 12);
const day = 86_400_000;

const aClose = (changes: object = {}) => ({
  campaign: 'winter',
  reason: 'later' as const,
  until: now + 30 * day,
  ...changes,
});
const aSnooze: ReaderState = recordClose(emptyState, aClose(), now);

const put = (
  body: string,
  headers: Record<string, string> = {},
  options: Parameters<typeof aCompanion>[0] = {},
) => {
  const {server} = aCompanion(options);
  const base = {origin: site, 'content-type': 'application/json', ...headers};
  return server.fetch(new Request(`${site}/reader`, {method: 'PUT', headers: base, body}));
};

/** Returns the part of a `Set-Cookie` that a browser sends back. */
const kept = (cookie: string | null) => readerOf(cookie?.split(';')[0] ?? '');

describe('PUT /reader', () => {
  it('returns the record as a cookie that the page can read', async () => {
    const response = await put(writeState(aSnooze));
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const cookie = response.headers.get('set-cookie') ?? '';
    assert.match(
      cookie,
      /^support-reader=[A-Za-z0-9+/=]+; Path=\/; Max-Age=34560000; SameSite=Lax; Secure$/,
    );
    assert.deepEqual(kept(cookie), aSnooze);
  });

  it('omits Secure only on plain http', async () => {
    const local = 'http://localhost:8080';
    const {server} = aCompanion({site: local});
    const headers = {origin: local, 'content-type': 'application/json'};
    const response = await server.fetch(
      new Request(`${local}/reader`, {method: 'PUT', headers, body: writeState(aSnooze)}),
    );
    assert.doesNotMatch(response.headers.get('set-cookie') ?? '', /Secure|Domain/);
  });

  it('drops unknown fields of a record', async () => {
    const body = JSON.stringify({
      ...aSnooze,
      email: 'reader@example.org',
      closes: [{...aSnooze.closes[0], note: 'reader@example.org'}, {campaign: 'x'}, 5],
    });
    const cookie = (await put(body)).headers.get('set-cookie');
    assert.deepEqual(kept(cookie), aSnooze);
    assert.doesNotMatch(atob(cookie?.split(/[=;]/)[1] ?? ''), /reader@/);
  });

  it('deletes the cookie given an empty record', async () => {
    const response = await put(writeState(emptyState));
    assert.equal(
      response.headers.get('set-cookie'),
      'support-reader=; Path=/; Max-Age=0; SameSite=Lax; Secure',
    );
  });

  const refused: {
    given: string;
    body?: string;
    headers?: Record<string, string>;
    status: number;
  }[] = [
    {given: 'another site', headers: {origin: 'https://evil.example'}, status: 403},
    {given: 'an opaque origin', headers: {origin: 'null'}, status: 403},
    {given: 'text', headers: {'content-type': 'text/plain'}, status: 415},
    {given: 'a form', headers: {'content-type': 'multipart/form-data'}, status: 415},
    {given: 'no record', body: '[]', status: 422},
    {given: 'half a record', body: writeState(aSnooze).slice(0, -2), status: 422},
    {given: 'the record of a newer version', body: '{"v":2}', status: 422},
    {given: '40 kilobytes', body: `{"v":1,"x":"${'x'.repeat(40_000)}"}`, status: 413},
  ];
  for (const {given, body = writeState(aSnooze), headers, status} of refused)
    it(`answers ${status} and no cookie given ${given}`, async () => {
      const response = await put(body, headers);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('set-cookie'), null);
    });
});

describe('cookieFor()', () => {
  const close = fc.record({
    campaign: fc.string({minLength: 1, maxLength: 40, unit: 'binary'}),
    reason: fc.constantFrom('later', 'close', 'already-supporting', 'not-this-campaign'),
    at: fc.integer({min: now - 400 * day, max: now}),
    until: fc.integer({min: now - 100 * day, max: now + 400 * day}),
  });
  const view = fc.record({campaign: fc.string({maxLength: 40}), at: fc.nat()});
  const state = fc
    .record({
      closes: fc.array(close, {maxLength: 60}),
      views: fc.array(view, {maxLength: 60}),
      read: fc.array(fc.string({maxLength: 20}), {maxLength: 100}),
      meter: fc.array(
        fc.integer({min: 20_000, max: 21_000}).map(at => `${at} ${(at * 7919).toString(36)}`),
        {maxLength: 100},
      ),
    })
    .map(lists => readState(JSON.stringify({v: 1, ...lists})).state);

  it('shortens every record to the browser’s limit, keeping the longest snoozes', () => {
    fc.assert(
      fc.property(state, record => {
        const cookie = cookieFor(record, true);
        assert.ok(cookie.length <= 4096);
        assert.match(cookie, /^[\x21-\x7e ]+$/);
        const {closes} = kept(cookie);
        const untils = (list: ReaderState['closes']) => Math.max(0, ...list.map(one => one.until));
        assert.equal(untils(closes), untils(record.closes));
      }),
      {numRuns: 300},
    );
  });

  it('returns a small record completely', () => {
    fc.assert(
      fc.property(fc.array(close, {maxLength: 8}), closes => {
        const record = readState(JSON.stringify({v: 1, closes})).state;
        const read = kept(cookieFor(record, true));
        assert.equal(writeState(read), writeState(record));
      }),
    );
  });
});

describe('readerOf()', () => {
  for (const header of [
    null,
    '',
    'a=b',
    'support-reader=',
    'support-reader=%%%',
    'support-reader=bm8=',
  ])
    it(`is empty given ${header}`, () => assert.deepEqual(readerOf(header), emptyState));

  it('finds the cookie among others', () => {
    const [pair = ''] = cookieFor(aSnooze, true).split(';');
    assert.deepEqual(readerOf(`a=b; x${pair}; ${pair}; c=d`), aSnooze);
  });
});
