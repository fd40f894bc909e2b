import {expect} from '@open-wc/testing';
import type {ArticleClues} from '../../src/browser/placement/article-clues.js';
import {isSameArticle} from '../../src/browser/placement/is-same-article.js';

const clues = (address: string, canonical?: string, name?: string): ArticleClues => ({
  address,
  canonical:
    canonical === undefined || canonical === 'https://['
      ? canonical
      : new URL(canonical, location.href).href,
  name,
});

describe('isSameArticle()', () => {
  const rows: readonly (readonly [string, boolean, ArticleClues, ArticleClues])[] = [
    ['one address', true, clues('/a'), clues('/a')],
    ['another path', false, clues('/a'), clues('/b')],
    ['another parameter', false, clues('/?p=1'), clues('/?p=2')],
    ['parameters in another order', true, clues('/?p=1&q=2'), clues('/?q=2&p=1')],
    ['tracking that is taken away', true, clues('/a?utm_source=x&gclid=1'), clues('/a')],
    ['tracking that is added', true, clues('/a'), clues('/a?fbclid=1')],
    ['our own return from a payment', true, clues('/a?support=success'), clues('/a')],
    ['a canonical that has stayed behind', false, clues('/a', '/a'), clues('/b', '/a')],
    ['a canonical that has gone along', false, clues('/a', '/a'), clues('/b', '/b')],
    ['a parameter that the canonical lacks', true, clues('/a?ref=x', '/a'), clues('/a', '/a')],
    ['a canonical of both', true, clues('/a?page=2', '/a'), clues('/amp/a', '/a?utm_id=1')],
    ['a canonical that comes late', true, clues('/a?utm_id=1'), clues('/a', '/a')],
    ['a canonical of another host', false, clues('/a', 'https://x.example/1'), clues('/b')],
    ['a canonical that is no address', false, clues('/a', 'https://['), clues('/b', '')],
    ['one name', true, clues('/a', '/a', 'fire'), clues('/a/2', '/a/2', ' fire ')],
    ['another name', false, clues('/a', '/a', 'fire'), clues('/a', '/a', 'flood')],
    ['a name that is gone', false, clues('/a', '/a', 'fire'), clues('/b', '/a')],
  ];
  for (const [given, isSame, before, now] of rows)
    it(`says ${isSame ? 'yes' : 'no'}, given ${given}`, () => {
      expect(isSameArticle(before, now)).to.equal(isSame);
    });
});
