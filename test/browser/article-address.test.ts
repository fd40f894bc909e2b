import {expect} from '@open-wc/testing';
import type * as ArticleAddress from '../../src/browser/placement/article-address.js';

const home = location.href;

/** Loads the module afresh, as a page load does. */
let loads = 0;
const load = (): Promise<typeof ArticleAddress> => {
  loads += 1;
  const file = new URL('../../src/browser/placement/article-address.ts', import.meta.url);
  return import(`${file.href}?load=${loads}`) as Promise<typeof ArticleAddress>;
};

const put = (html: string, parent: Element = document.head): void => {
  for (const added of parent.querySelectorAll('[data-test]')) added.remove();
  parent.insertAdjacentHTML('beforeend', html.replaceAll(/<(link|meta)/g, '<$1 data-test'));
};
const goTo = (address: string) => history.replaceState(null, '', address);

describe('articleAddress()', () => {
  afterEach(() => {
    put('');
    put('', document.body);
    goTo(home);
  });

  const rows: readonly {
    given: string;
    address: string;
    head?: string;
    body?: string;
    is: string;
  }[] = [
    {given: 'an address alone', address: '/news/quay', is: '/news/quay'},
    {given: 'parameters that identify', address: '/?p=5&utm_source=x#top', is: '/?p=5'},
    {
      given: 'a canonical address',
      address: '/a/amp/',
      head: '<link rel=canonical href=/a>',
      is: '/a',
    },
    {
      given: 'a canonical address of the second page',
      address: '/a/2/',
      head: '<link rel=canonical href=/a/>',
      is: '/a/',
    },
    {
      given: 'a canonical address in full',
      address: '/a',
      head: `<link rel=canonical href="${location.origin}/b?id=2&utm_source=x#c">`,
      is: '/b?id=2',
    },
    {
      given: 'a canonical address in other letters',
      address: '/a',
      head: '<link rel="alternate CANONICAL" href=/b>',
      is: '/b',
    },
    {
      given: 'a relative canonical address',
      address: '/x/a',
      head: '<link rel=canonical href="b">',
      is: '/x/b',
    },
    {
      given: 'two canonical addresses',
      address: '/a',
      head: '<link rel=canonical href=/b><link rel=canonical href=/c>',
      is: '/b',
    },
    {
      given: 'a canonical address of another host',
      address: '/a',
      head: '<link rel=canonical href="https://other.example/b">',
      is: '/a',
    },
    {
      given: 'a canonical address of another port',
      address: '/a',
      head: `<link rel=canonical href="http://${location.hostname}:1/b">`,
      is: '/a',
    },
    {
      given: 'a canonical address that is none',
      address: '/a',
      head: '<link rel=canonical href="http://[">',
      is: '/a',
    },
    {
      given: 'an empty canonical address',
      address: '/a',
      head: '<link rel=canonical href="">',
      is: '/a',
    },
    {
      given: 'a canonical address in the body',
      address: '/a',
      body: '<link rel=canonical href=/b>',
      is: '/a',
    },
    {
      given: 'a name',
      address: '/a',
      head: '<meta name="support:article" content=" 42 "><link rel=canonical href=/b>',
      is: '42',
    },
    {
      given: 'a path as the name',
      address: '/a/2/',
      head: '<meta name="support:article" content="/a/">',
      is: '/a/',
    },
    {
      given: 'an empty name',
      address: '/a',
      head: '<meta name="support:article" content=" "><link rel=canonical href=/b>',
      is: '/b',
    },
  ];
  for (const {given, address, head = '', body = '', is} of rows) {
    it(`returns ${is} at ${address}, given ${given}`, async () => {
      goTo(address);
      put(head);
      put(body, document.body);
      expect((await load()).articleAddress()).to.equal(is);
    });
  }

  const steps: readonly {
    given: string;
    pages: readonly [address: string, canonical: string, is: string][];
  }[] = [
    {
      given: 'a canonical address that an app leaves behind',
      pages: [
        ['/a', '/a', '/a'],
        ['/b', '/a', '/b'],
        ['/c', '/a', '/c'],
        ['/a', '/a', '/a'],
      ],
    },
    {
      given: 'a canonical address that an app keeps up to date',
      pages: [
        ['/a/?x=1', '/a', '/a'],
        ['/b/?x=1', '/b', '/b'],
        ['/a/?x=2', '/a', '/a'],
      ],
    },
    {
      given: 'a canonical address that arrives after its page',
      pages: [
        ['/a', '/a', '/a'],
        ['/b?x=1', '/a', '/b?x=1'],
        ['/b?x=1', '/b', '/b'],
      ],
    },
    {
      given: 'a change of hash or of tracking parameters alone',
      pages: [
        ['/a/amp/?utm_source=x', '/a', '/a'],
        ['/a/amp/', '/a', '/a'],
        ['/a/amp/#c', '/a', '/a'],
      ],
    },
    {
      given: 'an app that has no canonical address at first',
      pages: [
        ['/a', '', '/a'],
        ['/b/amp', '/b', '/b'],
        ['/c/amp', '', '/c/amp'],
      ],
    },
  ];
  for (const {given, pages} of steps) {
    it(`follows ${pages.map(([address]) => address).join(', ')}, given ${given}`, async () => {
      const {articleAddress} = await load();
      for (const [address, canonical, is] of pages) {
        goTo(address);
        put(canonical && `<link rel=canonical href="${canonical}">`);
        expect(articleAddress()).to.equal(is);
      }
    });
  }
});
