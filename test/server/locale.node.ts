import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {stripeLocale} from '../../src/server/locale.js';

describe('stripeLocale()', () => {
  const rows: [string, string][] = [
    ['en', 'en'],
    ['en-US', 'en'],
    ['en-GB', 'en-GB'],
    ['EN-gb', 'en-GB'],
    ['en_GB', 'en-GB'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr-CA'],
    ['fr-CH', 'fr'],
    ['pt-BR', 'pt-BR'],
    ['es-MX', 'es-419'],
    ['es-ES', 'es'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['hi', 'hi-IN'],
    ['tl', 'fil'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-Hans-CN', 'zh'],
    ['zh-MO', 'zh-HK'],
    ['ar', 'auto'],
    ['he-IL', 'auto'],
    ['uk', 'auto'],
    ['xx-YY', 'auto'],
    ['', 'auto'],
    ['not a language', 'auto'],
    ['constructor', 'auto'],
  ];
  for (const [tag, locale] of rows)
    it(`maps ${JSON.stringify(tag)} to ${locale}`, () => assert.equal(stripeLocale(tag), locale));
});
