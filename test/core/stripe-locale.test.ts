import {expect} from '@open-wc/testing';
import {stripeLocale} from '../../src/core/money/stripe-locale.js';

describe('stripeLocale()', () => {
  for (const [tag, locale] of [
    ['en', 'en'],
    ['en-US', 'en'],
    ['en_US', 'en'],
    ['en-GB', 'en-GB'],
    ['EN-gb', 'en-GB'],
    ['en_GB', 'en-GB'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr-CA'],
    ['fr-CH', 'fr'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt'],
    ['es', 'es'],
    ['es-ES', 'es'],
    ['es-419', 'es-419'],
    ['es-MX', 'es-419'],
    ['es-US', 'es-419'],
    ['es-GQ', 'es'],
    ['es-PH', 'es'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['hi', 'hi-IN'],
    ['hi-IN', 'hi-IN'],
    ['tl', 'fil'],
    ['fil-PH', 'fil'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['zh-Hans-HK', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-HK', 'zh-HK'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-MO', 'zh-HK'],
    ['ar', 'auto'],
    ['he-IL', 'auto'],
    ['uk', 'auto'],
    ['xx-YY', 'auto'],
    ['', 'auto'],
    ['not a language', 'auto'],
    ['constructor', 'auto'],
    ['419', 'auto'],
  ] as const)
    it(`given ${JSON.stringify(tag)} is ${locale}`, () => {
      expect(stripeLocale(tag)).to.equal(locale);
    });
});
