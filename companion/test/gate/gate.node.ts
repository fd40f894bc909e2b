import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Hono} from 'hono';
import {
  createGate,
  crawlerCheck,
  giftLinks,
  honoGate,
  linkParameter,
  memoryGiftLedger,
  signLink,
  sqlGiftLedger,
  type Gate,
  type GateOptions,
  type GiftLedger,
  type LinkKind,
} from '../../src/gate/index.js';
import {articleKeyOf} from 'reader-support/core';
import {signMeter} from '../../src/gate/meter-token.js';
import {bytesOf, isInNetwork, parseNetwork} from '../../src/gate/networks.js';
import {onEachDatabase} from '../databases.js';
import {atom, gatedPages, leaksIn} from './gated-pages.js';

const secrets = ['a secret of thirty-two bytes, no less'] as const;
const site = 'https://www.example.org';
const now = Date.UTC(2026, 10, 10, 10);
const day = 86_400_000;

const notes = (request: Request) => {
  const {pathname} = new URL(request.url);
  return /^\/(notes|live|feed)/.test(pathname) ? {} : undefined;
};

function aGate(changes: Partial<GateOptions> = {}): Gate {
  return createGate({
    article: notes,
    meter: {free: 2},
    secrets,
    now: () => now,
    ...changes,
  });
}

/** The origin, which sends everything to everybody and allows all caching. */
const origin = (request: Request): Response => {
  const {pathname} = new URL(request.url);
  const headers = {
    'content-type': 'text/html',
    'cache-control': 'public, max-age=600',
    etag: '"1"',
  };
  if (pathname === '/feed')
    return new Response(atom, {headers: {...headers, 'content-type': 'application/atom+xml'}});
  const page = gatedPages.find(({path}) => path === pathname) ?? gatedPages[0]!;
  return new Response(request.method === 'HEAD' ? null : page.html, {headers});
};

/** Creates a browser that keeps its cookies. */
function aBrowser(gate: Gate, address?: string) {
  let cookie = '';
  return {
    get cookie() {
      return cookie;
    },
    set cookie(value: string) {
      cookie = value;
    },
    async read(path: string, headers: Record<string, string> = {}, method = 'GET') {
      const request = new Request(new URL(path, site), {
        method,
        headers: {...headers, ...(cookie ? {cookie} : {})},
      });
      const response = await gate.fetch(request, origin, {address});
      const [set] = response.headers.getSetCookie();
      if (set) cookie = set.split(';')[0]!;
      return {response, set, isWhole: leaksIn(await response.text()).length > 0};
    },
  };
}

describe('createGate()', () => {
  it('refuses secrets that are too short', () => {
    assert.throws(() => aGate({secrets: []}), /expected `secrets`.*received none/);
    assert.throws(
      () => aGate({secrets: ['short']}),
      /at least 32 bytes each but received one of 5/,
    );
  });

  it('refuses invalid networks', () => {
    assert.throws(
      () => aGate({institutions: [{name: 'library', networks: ['192.0.2.0/33']}]}),
      /expected a network such as 192.0.2.0\/24/,
    );
  });

  it('does not change responses that are not articles', async () => {
    const gate = aGate();
    const response = await gate.fetch(new Request(`${site}/about`), origin);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=600');
    assert.equal(response.headers.get('etag'), '"1"');
  });

  it('passes requests that write on, but cuts a page in their response', async () => {
    const post = () => new Request(`${site}/notes/1.html`, {method: 'POST', body: 'x'});
    const gate = aGate({meter: {free: 0}});
    let passed = '';
    const plain = await gate.fetch(post(), async one => {
      passed = await one.text();
      return new Response('{"saved": true}', {headers: {'content-type': 'application/json'}});
    });
    assert.equal(passed, 'x');
    assert.equal(await plain.text(), '{"saved": true}');
    assert.deepEqual(leaksIn(await (await gate.fetch(post(), origin)).text()), []);
  });

  describe('recognizes an article under any spelling that a server may accept', () => {
    for (const path of [
      '/%6eotes/1.html',
      '/notes/1%2ehtml',
      '/notes%2F1.html',
      '/%256eotes/1.html',
      '//notes//1.html',
      '/about/..%2fnotes/1.html',
      '/about/%2e%2e/notes/1.html',
      '/NOTES/1.html',
      '/notes;jsessionid=1/1.html',
      '/notes\\1.html',
      '/notes%5C1.html',
      '/notes/1.html/',
    ]) {
      it(path, async () => {
        const request = new Request(`http://www.example.org${path}`);
        // A server that decodes repeatedly.
        const lenient = () => Promise.resolve(origin(new Request(`${site}/notes/1.html`)));
        const response = await aGate({meter: {free: 0}}).fetch(request, lenient);
        assert.deepEqual(leaksIn(await response.text()), []);
        assert.equal(response.headers.get('cache-control'), 'private, no-store');
      });
    }

    it('counts an article once under all its spellings', async () => {
      const reader = aBrowser(aGate({meter: {free: 1}}));
      assert.equal((await reader.read('/notes/1.html')).isWhole, true);
      assert.equal((await reader.read('/%6eotes/1%2ehtml')).isWhole, true);
      assert.equal((await reader.read('/notes/2.html')).isWhole, false);
    });
  });
});

describe('a meter without an account', () => {
  it('opens the free number of articles, opens those again, and no others', async () => {
    const browser = aBrowser(aGate());
    const opened = [];
    for (const n of [1, 2, 1, 3, 2, 4]) {
      const {isWhole} = await browser.read(`/notes/${n}.html`);
      opened.push(`${n}: ${isWhole}`);
    }
    assert.deepEqual(opened, ['1: true', '2: true', '1: true', '3: false', '2: true', '4: false']);
  });

  it('sets a cookie that scripts cannot read, and only when an article was counted', async () => {
    const browser = aBrowser(aGate());
    const first = await browser.read('/notes/1.html');
    assert.match(
      first.set!,
      /^__Host-support-meter=[\w.-]+; Path=\/; Max-Age=2678400; HttpOnly; SameSite=Lax; Secure$/,
    );
    assert.equal((await browser.read('/notes/1.html')).set, undefined);
    assert.equal(first.response.headers.get('cache-control'), 'private, no-store');
    assert.doesNotMatch(first.set!, /notes/);
  });

  it('ignores a token that was changed, forged or signed for another purpose', async () => {
    const browser = aBrowser(aGate());
    await browser.read('/notes/1.html');
    await browser.read('/notes/2.html');
    const {cookie} = browser;
    assert.equal((await browser.read('/notes/3.html')).isWhole, false);
    // With an invalid token the reader starts afresh, as without a cookie.
    for (const wrong of [
      `${cookie}x`,
      cookie.replace('=ey', '=fy'),
      '__Host-support-meter=a.b.c',
    ]) {
      browser.cookie = wrong;
      assert.equal((await browser.read('/notes/3.html')).isWhole, true, wrong);
    }
    const link = await signLink({kind: 'newsletter', until: now + day}, secrets);
    browser.cookie = `__Host-support-meter=${link}`;
    assert.equal((await browser.read('/notes/3.html')).isWhole, true);
  });

  it('stays valid while secrets are rotated', async () => {
    const old = aBrowser(aGate());
    await old.read('/notes/1.html');
    await old.read('/notes/2.html');
    const newer = 'the newer secret, which is as long as it must be';
    const rolled = aBrowser(aGate({secrets: [newer, ...secrets]}));
    rolled.cookie = old.cookie;
    assert.equal((await rolled.read('/notes/3.html')).isWhole, false);
    const gone = aBrowser(aGate({secrets: [newer]}));
    gone.cookie = old.cookie;
    assert.equal((await gone.read('/notes/3.html')).isWhole, true);
  });

  it('starts afresh when the period is over', async () => {
    let clock = now;
    const browser = aBrowser(aGate({now: () => clock}));
    for (const n of [1, 2, 3]) await browser.read(`/notes/${n}.html`);
    clock = Date.UTC(2026, 11, 1, 4);
    assert.equal((await browser.read('/notes/3.html')).isWhole, true);
  });

  it('does not count pages that were not read', async () => {
    const browser = aBrowser(aGate());
    assert.equal((await browser.read('/notes/1.html', {}, 'HEAD')).set, undefined);
    const ahead = await browser.read('/notes/1.html', {'sec-purpose': 'prefetch;prerender'});
    assert.equal(ahead.response.status, 503);
    assert.equal(ahead.isWhole, false);
    const missing = await aGate().fetch(
      new Request(`${site}/notes/9.html`),
      () => new Response('', {status: 404, headers: {'content-type': 'text/html'}}),
    );
    assert.deepEqual(missing.headers.getSetCookie(), []);
  });

  it('counts an article once for all its variants', async () => {
    const path = '/notes/1.html';
    const browser = aBrowser(
      aGate({
        meter: {free: 1},
        article: request => (request.url.includes('notes') ? {path} : undefined),
      }),
    );
    assert.equal((await browser.read('/notes/1.html')).isWhole, true);
    assert.equal((await browser.read('/notes/1.html?print=1')).isWhole, true);
  });

  it('gives more to readers who have registered', async () => {
    const options = {meter: {free: 0, registered: 1}};
    const registered = () => Promise.resolve(true);
    assert.equal((await aBrowser(aGate(options)).read('/notes/1.html')).isWhole, false);
    const known = await aBrowser(aGate({...options, registered})).read('/notes/1.html');
    assert.equal(known.isWhole, true);
    const broken = aGate({...options, registered: () => Promise.reject(new Error('down'))});
    assert.equal((await aBrowser(broken).read('/notes/1.html')).isWhole, false);
    const slow = {registered: () => new Promise<boolean>(() => undefined)};
    const late = aGate({...options, ...slow, leniency: {timeoutMs: 20}});
    assert.equal((await aBrowser(late).read('/notes/1.html')).isWhole, false);
  });

  it('requests the complete, current and uncompressed page from the origin', async () => {
    let asked: Headers | undefined;
    const headers = {
      'if-none-match': '"1"',
      range: 'bytes=500-',
      'accept-encoding': 'br',
      accept: '*/*',
    };
    await aGate().fetch(new Request(`${site}/notes/1.html`, {headers}), request => {
      asked = request.headers;
      return origin(request);
    });
    assert.deepEqual(
      [...asked!],
      [
        ['accept', '*/*'],
        ['accept-encoding', 'identity'],
      ],
    );
  });

  it('cuts a feed like a page', async () => {
    const browser = aBrowser(aGate({meter: {free: 0}}));
    const {isWhole, response} = await browser.read('/feed');
    assert.equal(isWhole, false);
    assert.equal(response.headers.get('content-type'), 'application/atom+xml; charset=utf-8');
  });
});

describe('entitlements', () => {
  const membersOnly = {meter: {free: 0}};
  const read = async (changes: Partial<GateOptions>, address?: string) =>
    aBrowser(aGate({...membersOnly, ...changes}), address).read('/notes/1.html');

  it('open an article for a reader whom a provider confirms, and for nobody else', async () => {
    const member = {id: 'pass', ask: (request: Request) => request.headers.has('x-member')};
    const gate = aGate({...membersOnly, providers: [member]});
    assert.equal((await aBrowser(gate).read('/notes/1.html')).isWhole, false);
    assert.equal((await aBrowser(gate).read('/notes/1.html', {'x-member': '1'})).isWhole, true);
  });

  it('use the configured answer when a provider is slow or fails', async () => {
    const slow = () => new Promise<boolean>(() => undefined);
    const fails = () => {
      throw new Error('down');
    };
    for (const ask of [slow, fails]) {
      const leniency = {timeoutMs: 20};
      assert.equal((await read({providers: [{id: 'pass', ask}], leniency})).isWhole, false);
      const open = {id: 'pass', ask, onTimeout: 'yes'} as const;
      assert.equal((await read({providers: [open], leniency})).isWhole, true);
    }
  });

  it('do not wait for other providers after a yes', async () => {
    const slow = {id: 'slow', ask: () => new Promise<boolean>(() => undefined)};
    const yes = {id: 'yes', ask: () => true};
    // The test's own time-out is far behind this time-out: whoever waited would fail it.
    const leniency = {timeoutMs: 2_000_000_000};
    assert.equal((await read({providers: [slow, yes], leniency})).isWhole, true);
  });

  it('are given to addresses of an institution', async () => {
    const institutions = [{name: 'library', networks: ['192.0.2.0/24', '2001:db8:5::/48']}];
    for (const [address, isWhole] of [
      ['192.0.2.77', true],
      ['::ffff:192.0.2.77', true],
      ['2001:db8:5:1::9', true],
      ['192.0.3.1', false],
      ['2001:db8:6::9', false],
      ['', false],
      [undefined, false],
    ] as const)
      assert.equal((await read({institutions}, address)).isWhole, isWhole, address);
  });

  it('are not given to a forged address', async () => {
    const institutions = [{name: 'library', networks: ['192.0.2.0/24']}];
    const forwarded = {'x-forwarded-for': '192.0.2.77'};
    const direct = aBrowser(aGate({...membersOnly, institutions}), '198.51.100.1');
    assert.equal((await direct.read('/notes/1.html', forwarded)).isWhole, false);
    const behindProxy = aBrowser(aGate({...membersOnly, institutions, trustedHops: 1}), '10.0.0.1');
    assert.equal((await behindProxy.read('/notes/1.html', forwarded)).isWhole, true);
    const added = {'x-forwarded-for': '192.0.2.77, 198.51.100.1'};
    assert.equal((await behindProxy.read('/notes/1.html', added)).isWhole, false);
  });

  it('are not given to a crawler by its name alone', async () => {
    const googlebot = {'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)'};
    const browser = aBrowser(aGate(membersOnly), '66.249.66.1');
    assert.equal((await browser.read('/notes/1.html', googlebot)).isWhole, false);
  });

  it('are given to a crawler with a verified address, whose copy must not be shown', async () => {
    const crawlers = {networks: ['66.249.64.0/19']};
    const {isWhole, response} = await read({crawlers}, '66.249.66.1');
    assert.equal(isWhole, true);
    assert.equal(response.headers.get('x-robots-tag'), 'noarchive');
    assert.equal(response.headers.get('cache-control'), 'private, no-store');
    assert.equal((await read({crawlers}, '198.51.100.1')).isWhole, false);
  });
});

describe('the article that a request is for', () => {
  const article = ({url}: Request) => {
    const {pathname} = new URL(url);
    return pathname.startsWith('/story/') ? {path: `/story/${pathname.split('/')[2]}`} : {};
  };
  const rows: readonly {given: string; paths: readonly string[]; counts: number}[] = [
    {given: 'permalinks of numbers', paths: ['/?p=1', '/?p=2', '/?p=3', '/?p=1'], counts: 3},
    {given: 'a script with an id', paths: ['/a.php?id=1', '/a.php?id=2', '/?id=1'], counts: 3},
    {given: 'another order', paths: ['/a.php?id=1&l=de', '/a.php?l=de&id=1'], counts: 1},
    {given: 'a slash at the end', paths: ['/a', '/a/', '/a'], counts: 1},
    {given: 'a slash at the end, with an id', paths: ['/a/?id=1', '/a?id=1', '/a?id=2'], counts: 2},
    {
      given: 'tracking parameters',
      paths: ['/a', '/a?utm_source=x', '/a?fbclid=1&gclid=2', '/a?support_link=x'],
      counts: 1,
    },
    {given: 'a path from the site', paths: ['/story/1', '/story/1/amp', '/story/1/2'], counts: 1},
  ];
  for (const {given, paths, counts} of rows) {
    it(`counts ${counts} of ${paths.join(', ')}, given ${given}`, async () => {
      const browser = aBrowser(aGate({article, meter: {free: 5}}));
      let count = 0;
      for (const path of paths) if ((await browser.read(path)).set) count += 1;
      assert.equal(count, counts);
    });
  }

  it('is found in a cookie that counted it by its path', async () => {
    const counted = [`${now / day - ((now / day) % 1)} ${articleKeyOf('/a/')}`];
    const browser = aBrowser(aGate({article, meter: {free: 1}}));
    browser.cookie = `__Host-support-meter=${await signMeter(counted, now, secrets)}`;
    for (const path of ['/a/', '/a', '/a/?utm_source=x'])
      assert.equal((await browser.read(path)).isWhole, true, path);
    assert.equal((await browser.read('/b/')).isWhole, false);
  });
});

describe('links that open an article', () => {
  const withLink = async (path: string, link: Parameters<typeof signLink>[0], changes = {}) => {
    const token = await signLink(link, secrets);
    const gate = aGate({meter: {free: 0}, ...changes});
    return aBrowser(gate).read(`${path}?${linkParameter}=${token}`);
  };
  const until = now + day;

  it('open their own article, and count nothing', async () => {
    const path = '/notes/1.html';
    const link = {kind: 'gift', path, until} as const;
    const given = await withLink(path, link);
    assert.equal(given.isWhole, true);
    assert.equal(given.set, undefined);
    assert.equal((await withLink('/notes/2.html', link)).isWhole, false);
  });

  it('open an article by its address too, where its meter path differs', async () => {
    const article = ({url}: Request) => ({path: `/story/${/\d+/.exec(new URL(url).pathname)![0]}`});
    for (const path of ['/notes/1.html', '/story/1']) {
      const link = {kind: 'gift', path, until} as const;
      assert.equal((await withLink('/notes/1.html', link, {article})).isWhole, true);
      assert.equal((await withLink('/notes/2.html', link, {article})).isWhole, false);
    }
  });

  const signed: readonly {kind: LinkKind; path: string; at: string; isWhole: boolean}[] = [
    {kind: 'gift', path: '/?p=1', at: '/?p=1', isWhole: true},
    {kind: 'gift', path: '/?p=1', at: '/?fbclid=x&p=1', isWhole: true},
    {kind: 'gift', path: '/?p=1', at: '/?p=2', isWhole: false},
    {kind: 'gift', path: '/', at: '/?p=2', isWhole: false},
    {kind: 'share-link', path: '/a.php?id=1', at: '/a.php?id=2', isWhole: false},
    {kind: 'newsletter', path: '/a', at: '/a?from=letter', isWhole: true},
  ];
  for (const {kind, path, at, isWhole} of signed) {
    it(`${isWhole ? 'open' : 'do not open'} ${at}, given a ${kind} of ${path}`, async () => {
      const token = await signLink({kind, path, until}, secrets);
      const browser = aBrowser(aGate({article: () => ({}), meter: {free: 0}}));
      assert.equal((await browser.read(`${at}&${linkParameter}=${token}`)).isWhole, isWhole);
    });
  }

  it('open every article if they come from a newsletter', async () => {
    assert.equal((await withLink('/notes/2.html', {kind: 'newsletter', until})).isWhole, true);
  });

  it('open nothing after they have expired, or if signed with another key', async () => {
    assert.equal(
      (await withLink('/notes/1.html', {kind: 'newsletter', until: now})).isWhole,
      false,
    );
    const other = {secrets: ['another secret, which is long enough too']};
    assert.equal(
      (await withLink('/notes/1.html', {kind: 'share-link', until}, other)).isWhole,
      false,
    );
  });

  it('lead to responses that shared caches never store', async () => {
    const {response} = await withLink('/notes/1.html', {kind: 'gift', until});
    assert.equal(response.headers.get('cache-control'), 'private, no-store');
  });
});

function holdsForLedgers(make: () => Promise<GiftLedger>): void {
  const gifts = async (changes: object = {}) =>
    giftLinks({ledger: await make(), secrets, most: 2, now: () => now, ...changes});
  const page = (n: number) => new URL(`/notes/${n}.html`, site);

  it('lets a supporter give a number of articles a month, each counted once', async () => {
    const {give, left} = await gifts();
    assert.deepEqual(await left('ann'), {left: 2, of: 2});
    const first = await give('ann', page(1));
    assert.equal(first.left, 1);
    assert.equal(first.until, now + 7 * day);
    assert.equal((await give('ann', page(1))).left, 1);
    assert.equal((await give('ann', page(2))).left, 0);
    assert.deepEqual(await give('ann', page(3)), {left: 0, of: 2});
    // A given article can be shared again.
    assert.ok((await give('ann', page(2))).url);
    assert.equal((await give('ben', page(3))).left, 1);
  });

  it('creates a link that opens the article for a reader without a pass', async () => {
    const {give} = await gifts();
    const {url} = await give('ann', new URL('/notes/1.html?utm_source=x#top', site));
    const {pathname, search, hash} = new URL(url!);
    assert.equal(pathname + hash, '/notes/1.html');
    assert.doesNotMatch(search, /utm|ann/);
    const browser = aBrowser(aGate({meter: {free: 0}}));
    assert.equal((await browser.read(url!)).isWhole, true);
    const later = aBrowser(aGate({meter: {free: 0}, now: () => now + 7 * day + 1000}));
    assert.equal((await later.read(url!)).isWhole, false);
  });

  it('gives the one article that the parameters of an address name', async () => {
    const {give} = await gifts();
    const {url} = await give('ann', new URL('/?p=1&utm_source=x#top', site));
    assert.match(url!, /\/\?p=1&support_link=[^&#]+$/);
    assert.equal((await give('ann', new URL('/?p=2', site))).left, 0);
    const browser = aBrowser(aGate({article: () => ({}), meter: {free: 0}}));
    assert.equal((await browser.read(url!)).isWhole, true);
    assert.equal((await browser.read(url!.replace('p=1', 'p=2'))).isWhole, false);
  });

  it('creates a working link when an article is given again, and counts it once', async () => {
    let clock = now;
    const {give} = await gifts({now: () => clock});
    const first = await give('ann', page(1));
    clock = now + 6 * day;
    assert.equal((await give('ann', page(1))).until, first.until);
    clock = now + 8 * day;
    assert.equal(new Date(clock).getUTCMonth(), new Date(now).getUTCMonth(), 'the case itself');
    const again = await give('ann', page(1));
    assert.equal(again.until, clock + 7 * day);
    assert.equal(again.left, 1);
    const browser = aBrowser(aGate({meter: {free: 0}, now: () => clock}));
    assert.equal((await browser.read(again.url!)).isWhole, true);
  });

  it('allows the full number again in the next month', async () => {
    let clock = now;
    const {give, left} = await gifts({now: () => clock});
    for (const n of [1, 2]) await give('ann', page(n));
    clock = Date.UTC(2026, 11, 1);
    assert.deepEqual(await left('ann'), {left: 2, of: 2});
  });

  it('never exceeds the maximum under concurrent requests', async () => {
    const {give, left} = await gifts({most: 3});
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map(n => give('ann', page(n))));
    assert.equal(all.filter(({url}) => url).length, 3);
    assert.equal((await left('ann')).left, 0);
  });
}

describe('gift links, in memory', () => {
  holdsForLedgers(() => Promise.resolve(memoryGiftLedger()));
});

onEachDatabase('gift links', given => {
  holdsForLedgers(async () => sqlGiftLedger(await given.open()));
});

describe('networks', () => {
  for (const [address, bytes] of [
    ['192.0.2.1', [192, 0, 2, 1]],
    ['::ffff:192.0.2.1', [192, 0, 2, 1]],
    ['::ffff:c000:201', [192, 0, 2, 1]],
    ['[2001:DB8::1]', [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['fe80::1%eth0', [254, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['256.1.1.1', undefined],
    ['1.2.3', undefined],
    ['1:2', undefined],
    ['1::2::3', undefined],
    ['12345::', undefined],
    ['1:2:3:4:5:6:7:8::', undefined],
    ['example.org', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${address || 'nothing'}`, () => assert.deepEqual(bytesOf(address), bytes));
  }

  for (const text of ['', 'x/8', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', '10.0.0.0/', '1/ 8']) {
    it(`refuses ${text || 'nothing'}`, () => assert.throws(() => parseNetwork(text), TypeError));
  }

  it('compares networks whose length is not a multiple of eight bits', () => {
    const network = parseNetwork('10.1.128.0/17');
    assert.ok(isInNetwork('10.1.255.255', network));
    assert.ok(!isInNetwork('10.1.127.255', network));
    assert.ok(isInNetwork('203.0.113.9', parseNetwork('0.0.0.0/0')));
    assert.ok(!isInNetwork('::1', parseNetwork('0.0.0.0/0')));
  });
});

describe('crawlerCheck()', () => {
  const dns = (names: Record<string, string[]>, addresses: Record<string, string[]>) => ({
    asked: 0,
    reverse(address: string) {
      this.asked += 1;
      const found = names[address];
      return found ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND'));
    },
    resolve: (name: string) => Promise.resolve(addresses[name] ?? []),
  });
  const domains = ['googlebot.com', 'search.msn.com'];
  const rows: readonly [string, ReturnType<typeof dns>, boolean][] = [
    [
      'a name of the engine that leads back',
      dns({'66.249.66.1': ['crawl-1.googlebot.com.']}, {'crawl-1.googlebot.com.': ['66.249.66.1']}),
      true,
    ],
    [
      'a name of the engine that leads elsewhere',
      dns({'66.249.66.1': ['crawl-1.googlebot.com']}, {'crawl-1.googlebot.com': ['66.249.66.2']}),
      false,
    ],
    [
      'a name that only ends like one',
      dns({'66.249.66.1': ['evilgooglebot.com']}, {'evilgooglebot.com': ['66.249.66.1']}),
      false,
    ],
    [
      'a name with the engine’s in front',
      dns(
        {'66.249.66.1': ['googlebot.com.evil.example']},
        {'googlebot.com.evil.example': ['66.249.66.1']},
      ),
      false,
    ],
    ['no name', dns({}, {}), false],
  ];
  for (const [given, resolver, isReal] of rows) {
    it(`given ${given}`, async () => {
      assert.equal(await crawlerCheck({domains, resolver})('66.249.66.1', now), isReal);
    });
  }

  it('compares addresses in any notation', async () => {
    const resolver = dns(
      {'2001:db8::1': ['a.googlebot.com']},
      {'a.googlebot.com': ['2001:0db8:0:0::1']},
    );
    assert.equal(await crawlerCheck({domains, resolver})('2001:db8::1', now), true);
  });

  it('caches a result for the configured time, and a failure for a minute', async () => {
    const resolver = dns(
      {'66.249.66.1': ['a.googlebot.com']},
      {'a.googlebot.com': ['66.249.66.1']},
    );
    const check = crawlerCheck({domains, resolver, remember: 1000_000});
    await check('66.249.66.1', now);
    await check('66.249.66.1', now + 999_999);
    assert.equal(resolver.asked, 1);
    await check('66.249.66.1', now + 1000_000);
    assert.equal(resolver.asked, 2);
    await check('192.0.2.1', now);
    await check('192.0.2.1', now + 59_999);
    assert.equal(resolver.asked, 3);
    await check('192.0.2.1', now + 60_000);
    assert.equal(resolver.asked, 4);
  });

  it('treats a missing answer as no', async () => {
    const resolver = {
      reverse: () => new Promise<string[]>(() => undefined),
      resolve: () => Promise.resolve([]),
    };
    assert.equal(await crawlerCheck({domains, resolver, timeoutMs: 10})('66.249.66.1', now), false);
  });

  it('recognizes no crawler without a way to verify', async () => {
    assert.equal(await crawlerCheck({domains})('66.249.66.1', now), false);
    const resolver = dns({}, {});
    assert.equal(await crawlerCheck({resolver})('66.249.66.1', now), false);
    assert.equal(await crawlerCheck({networks: ['0.0.0.0/0']})('not an address', now), false);
    assert.equal(resolver.asked, 0);
  });
});

describe('honoGate()', () => {
  it('gates the routes behind it', async () => {
    const app = new Hono();
    const addresses: unknown[] = [];
    app.use(
      honoGate(aGate({meter: {free: 1}}), () => {
        addresses.push(1);
        return {address: '192.0.2.1'};
      }),
    );
    app.get('/notes/:name', context => origin(context.req.raw));
    app.get('/about', context => context.text('about', 200, {'cache-control': 'public'}));
    const first = await app.request(`${site}/notes/1.html`, {headers: {'if-none-match': '"1"'}});
    assert.ok(leaksIn(await first.text()).length > 0);
    const [cookie] = first.headers.getSetCookie();
    const second = await app.request(`${site}/notes/2.html`, {headers: {cookie: cookie!}});
    assert.deepEqual(leaksIn(await second.text()), []);
    assert.equal(second.headers.get('cache-control'), 'private, no-store');
    assert.equal(second.headers.get('etag'), null);
    const about = await app.request(`${site}/about`);
    assert.equal(about.headers.get('cache-control'), 'public');
    assert.equal(addresses.length, 3);
  });
});
