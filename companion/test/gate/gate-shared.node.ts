import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createGate, linkParameter, signLink, type GateOptions} from '../../src/gate/index.js';

const secrets = ['a-secret-of-at-least-thirty-two-bytes'] as const;
const address = 'https://www.example.org/members/a';
const base: GateOptions = {
  article: () => ({}),
  meter: {free: 0},
  secrets,
  providers: [{id: 'own', ask: ({headers}) => (headers.get('cookie') ?? '').includes('session=')}],
  sharedPreview: {seconds: 60},
};

/** Asks for a page and returns its `Cache-Control` and `Vary`. */
async function ask(
  headers: Record<string, string>,
  options: Partial<GateOptions> = {},
  origin: {readonly headers?: Record<string, string>; readonly status?: number} = {},
  url = address,
) {
  const page = new Response('<article><p>1<p>2<p>3<p>4</article>', {
    status: origin.status ?? 200,
    headers: {'content-type': 'text/html', ...origin.headers},
  });
  const gate = createGate({...base, ...options});
  const response = await gate.fetch(new Request(url, {headers}), () => page);
  return {
    cache: response.headers.get('cache-control'),
    vary: response.headers.get('vary'),
    cookie: response.headers.get('set-cookie'),
    nginx: response.headers.get('x-accel-expires'),
    text: await response.text(),
  };
}

const shared = 'public, max-age=0, s-maxage=60';
const own = 'private, no-store';

describe('a preview for shared caches', () => {
  it('is what readers get of whom nothing is known', async () => {
    const {cache, vary, nginx, text} = await ask({});
    assert.deepEqual([cache, vary, nginx], [shared, 'Cookie, Authorization', '60']);
    assert.doesNotMatch(text, /4/);
  });

  it('stays with its reader where the site does not want it', async () => {
    const {article, meter} = base;
    const response = await createGate({article, meter, secrets}).fetch(
      new Request(address),
      () => new Response('<article>', {headers: {'content-type': 'text/html'}}),
    );
    assert.equal(response.headers.get('cache-control'), own);
  });

  for (const [given, headers, options] of [
    ['any cookie', {cookie: 'theme=dark'}, {}],
    ['a cookie of the site', {cookie: 'a=1; session=old'}, {cookies: ['session']}],
    ['a pass', {cookie: '__Host-support-pass=x'}, {cookies: []}],
    ['a meter', {cookie: 'a=1;support-meter=x'}, {cookies: []}],
    ['an authorization', {authorization: 'Basic eA=='}, {cookies: []}],
  ] as const)
    it(`is for one reader, given ${given}`, async () => {
      const {cache} = await ask(headers, {
        providers: [],
        sharedPreview: {seconds: 60, ...options},
      });
      assert.equal(cache, own);
    });

  it('does not look at cookies that no provider knows', async () => {
    const {cache} = await ask(
      {cookie: 'theme=dark; my-session=1; xsupport-pass=1'},
      {providers: [], sharedPreview: {seconds: 60, cookies: ['session']}},
    );
    assert.equal(cache, shared);
  });

  for (const [given, origin] of [
    ['private', {headers: {'cache-control': 'private'}}],
    ['not to be stored', {headers: {'cache-control': 'no-store'}}],
    ['sent with a cookie', {headers: {'set-cookie': 'visit=1'}}],
    ['different for everybody', {headers: {vary: '*'}}],
    ['an error', {status: 404}],
  ] as const)
    it(`is no page that its origin calls ${given}`, async () => {
      assert.equal((await ask({}, {}, origin)).cache, own);
    });

  it('is never a whole article: of a member, by a link, of a meter', async () => {
    assert.equal((await ask({cookie: 'session=1'})).cache, own);
    const link = await signLink(
      {kind: 'gift', path: '/members/a', until: Date.now() + 60_000},
      secrets,
    );
    const linked = await ask({}, {}, {}, `${address}?${linkParameter}=${link}`);
    assert.match(linked.text, /4/);
    assert.equal(linked.cache, own);
    const metered = await ask({}, {meter: {free: 1}});
    assert.match(metered.text, /4/);
    assert.match(metered.cookie!, /support-meter=/);
    assert.equal(metered.cache, own);
  });

  it('is no page in which a sentence was found that was cut', async () => {
    const secret = 'The keeper wrote the last line of the log in pencil.';
    const gate = createGate({...base, onLeak: () => undefined});
    const response = await gate.fetch(
      new Request(address),
      () =>
        new Response(`<article><p>1<p>2<p>3<p>${secret}</article><p>${secret}`, {
          headers: {'content-type': 'text/html'},
        }),
    );
    assert.deepEqual([response.status, response.headers.get('cache-control')], [502, own]);
  });

  it('needs a header for readers who are known by their network', async () => {
    const institutions = [{name: 'library', networks: ['192.0.2.0/24']}];
    const crawlers = {networks: ['192.0.2.0/24']};
    for (const known of [{institutions}, {crawlers}])
      assert.throws(() => createGate({...base, ...known}), /sharedPreview\.vary.*institutions/);
    const {cache, vary} = await ask(
      {},
      {institutions, sharedPreview: {seconds: 60, vary: ['X-Reader-Network']}},
    );
    assert.deepEqual([cache, vary], [shared, 'Cookie, Authorization, X-Reader-Network']);
  });

  it('lasts whole seconds', () => {
    for (const seconds of [0, -1, 1.5, NaN])
      assert.throws(() => createGate({...base, sharedPreview: {seconds}}), /whole number from 1/);
  });
});
