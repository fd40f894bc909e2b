/** Holds the gate and the companion against cookies, links and references that 0.1.0 has handed out. */

import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {fixtureValue} from './fixtures.js';
import {
  openCompanion,
  openDatabase,
  openGate,
  site,
  type Companion,
  type Database,
} from './subject-companion.js';
import {
  clientReference,
  readClientReference,
  rewritten,
  type Attribution,
} from './subject-rules.js';

const {visits, links, references, readerCookies} = fixtureValue('tokens.json') as {
  readonly visits: readonly {
    readonly now: number;
    readonly cookie: string;
    readonly path: string;
    readonly answer: {readonly access: string; readonly left?: number; readonly counts: boolean};
  }[];
  readonly links: readonly {readonly now: number; readonly url: string; readonly access: string}[];
  readonly references: readonly {
    readonly attribution: Attribution;
    readonly reference: string;
    readonly read: Attribution;
  }[];
  readonly readerCookies: readonly {
    readonly name: string;
    readonly body: string;
    readonly status: number;
    /** `Set-Cookie`. */
    readonly set?: string;
    /** The record that 0.1.0 reads from it. */
    readonly read?: string;
  }[];
};

/** The cookie with the most articles in it. */
const fullCookie = visits.map(({cookie}) => cookie).reduce((a, b) => (b.length > a.length ? b : a));

describe('a cookie of 0.1.0’s meter', () => {
  it('opens as many articles as it did, and the same ones', async () => {
    assert.ok(visits.length > 50);
    for (const {now, cookie, path, answer} of visits) {
      const request = new Request(`${site}${path}`, {headers: {cookie}});
      const admission = await openGate({now}).decide(request);
      assert.ok(admission);
      const {access, left} = admission.decision;
      const found = {access, left, counts: admission.cookie !== undefined};
      // JSON has no word for "as many as you like".
      const {left: before = Infinity, ...rest} = answer;
      assert.deepEqual({...found, left: found.left ?? Infinity}, {...rest, left: before}, path);
    }
  });

  it('was met by open, counted and shut gates', () => {
    const seen = new Set(visits.map(({answer}) => answer.access));
    assert.deepEqual(seen, new Set(['metered', 'locked']));
  });
});

describe('a link of 0.1.0 that opens an article', () => {
  it('opens the same articles for as long as it was to', async () => {
    assert.equal(links.length, 54);
    assert.deepEqual(new Set(links.map(({access}) => access)), new Set(['open', 'locked']));
    for (const {now, url, access} of links) {
      const request = new Request(url, {headers: {cookie: fullCookie}});
      const admission = await openGate({now}).decide(request);
      assert.equal(admission?.decision.access, access, `${url} at ${now}`);
    }
  });
});

describe('a client reference of 0.1.0', () => {
  it('is made of the same characters', () => {
    assert.equal(references.length, 9);
    for (const {attribution, reference} of references)
      assert.equal(clientReference(attribution), reference);
  });

  it('is read as it was', () => {
    for (const {reference, read} of references)
      assert.deepEqual(readClientReference(reference), read, reference);
  });
});

describe('a reader cookie of 0.1.0', () => {
  let database: Database;
  let companion: Companion;
  before(async () => {
    database = await openDatabase(':memory:');
    const noStripe = () => Promise.reject(new Error('nobody asks Stripe'));
    companion = openCompanion(database, {now: Date.UTC(2026, 10, 24)}, noStripe);
  });
  after(() => database.close());

  it('is set for the same record in the same words', async () => {
    assert.ok(readerCookies.length > 90);
    for (const {name, body, status, set} of readerCookies) {
      const headers = {origin: site, 'content-type': 'application/json'};
      const response = await companion.ask('/reader', {method: 'PUT', headers, body});
      assert.equal(response.status, status, name);
      assert.equal(response.headers.getSetCookie()[0], set, name);
    }
  });

  it('is read as it was', () => {
    const cookies = readerCookies.filter(({read}) => read !== undefined);
    assert.ok(cookies.length > 60, `${cookies.length} cookies`);
    for (const {name, set = '', read} of cookies) {
      const [, value = ''] = /^support-reader=([^;]+);/.exec(set) ?? [];
      assert.equal(rewritten(atob(value)), read, name);
    }
  });
});
