import {expect} from '@open-wc/testing';
import {articleAddressOf} from '../../src/core/meter/article-address.js';
import {articleKeyOf, countedKeyOf} from '../../src/core/meter/article-key.js';

const addressOf = (address: string) =>
  articleAddressOf(new URL(address, 'https://www.example.org'));

describe('articleAddressOf()', () => {
  const rows: readonly {address: string; is: string}[] = [
    {address: '/news/quay', is: '/news/quay'},
    {address: '/news/quay/', is: '/news/quay/'},
    {address: '/', is: '/'},
    {address: '/n%C3%A9ws', is: '/n%C3%A9ws'},
    {address: '/?p=1', is: '/?p=1'},
    {address: '/?p=5', is: '/?p=5'},
    {address: '/article.php?id=7', is: '/article.php?id=7'},
    {
      address: '/index.php?option=com_content&view=article&id=3',
      is: '/index.php?id=3&option=com_content&view=article',
    },
    {
      address: '/index.php?view=article&id=3&option=com_content',
      is: '/index.php?id=3&option=com_content&view=article',
    },
    {address: '/story?', is: '/story'},
    {address: '/story?&&', is: '/story'},
    {address: '/story#comments', is: '/story'},
    {address: '/?p=5#comments', is: '/?p=5'},
    {address: '/story?utm_source=x&utm_medium=email', is: '/story'},
    {address: '/?utm_campaign=x&p=5&fbclid=abc', is: '/?p=5'},
    {address: '/story?UTM_Source=x', is: '/story'},
    ...'fbclid gclid dclid ttclid twclid yclid msclkid gbraid wbraid gclsrc gad_source srsltid igsh igshid'
      .concat(
        ' li_fat_id mc_cid mc_eid mkt_tok epik s_kwcid _ga _gl _hsenc __hssc hsa_cam vero_id _openstat',
      )
      .concat(' mtm_campaign pk_campaign piwik_kwd at_medium')
      .concat(' support support_session support_link support-arm support-debug')
      .split(' ')
      .flatMap(name => [
        {address: `/story?${name}=1`, is: '/story'},
        {address: `/?p=5&${name}`, is: '/?p=5'},
      ]),
    ...['supporter', 'hs', 'clid', 'gclid2', 'at', 'pk', 'utm', 'id_utm_x', 'page', 'q'].map(
      name => ({
        address: `/story?${name}=1`,
        is: `/story?${name}=1`,
      }),
    ),
  ];
  for (const {address, is} of rows) {
    it(`returns ${is}, given ${address}`, () => {
      expect(addressOf(address)).to.equal(is);
    });
  }
});

describe('countedKeyOf()', () => {
  const entry = (address: string) => `20746 ${articleKeyOf(address)}`;
  const rows: readonly {given: string; address: string; entries: string[]; is: string}[] = [
    {given: 'nothing counted', address: '/a', entries: [], is: '/a'},
    {given: 'other articles', address: '/a', entries: [entry('/b'), entry('/')], is: '/a'},
    {given: 'the same path', address: '/a/', entries: [entry('/a/')], is: '/a/'},
    {given: 'the path without its slash', address: '/a/', entries: [entry('/a')], is: '/a'},
    {
      given: 'the path with a slash',
      address: '/a',
      entries: [entry('/b'), entry('/a/')],
      is: '/a/',
    },
    {given: 'both paths', address: '/a', entries: [entry('/a/'), entry('/a')], is: '/a'},
    {
      given: 'a path with parameters',
      address: '/a?id=1',
      entries: [entry('/a/?id=1')],
      is: '/a/?id=1',
    },
    {given: 'other parameters', address: '/a?id=1', entries: [entry('/a/?id=2')], is: '/a?id=1'},
    {
      given: 'a slash within the parameters',
      address: '/a?u=/b/',
      entries: [entry('/a?u=/b')],
      is: '/a?u=/b/',
    },
    {given: 'a name and its section', address: '42', entries: [`${entry('42')} 9k8j7h`], is: '42'},
    {given: 'keys without a day', address: '/a', entries: [articleKeyOf('/a/')], is: '/a/'},
  ];
  for (const {given, address, entries, is} of rows) {
    it(`returns the key of ${is} for ${address}, given ${given}`, () => {
      expect(countedKeyOf(address, entries)).to.equal(articleKeyOf(is));
    });
  }
});
