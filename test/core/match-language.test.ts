import {expect} from '@open-wc/testing';
import {matchLanguage} from '../../src/core/copy/match-language.js';

describe('matchLanguage()', () => {
  for (const {given, tag, available, match} of [
    {given: 'the same tag', tag: 'de-AT', available: ['de', 'de-AT'], match: 'de-AT'},
    {given: 'upper case in the page', tag: 'DE', available: ['en', 'de'], match: 'de'},
    {given: 'an underscore in the page', tag: 'de_DE', available: ['en', 'de'], match: 'de'},
    {given: 'lower case in the page', tag: 'pt-br', available: ['pt', 'pt-BR'], match: 'pt-BR'},
    {given: 'an underscore in the file', tag: 'pt-BR', available: ['pt', 'pt_br'], match: 'pt_br'},
    {given: 'upper case in the file', tag: 'fr-CA', available: ['FR'], match: 'FR'},
    {given: 'a locale of an operating system', tag: 'de_DE.UTF-8', available: ['de'], match: 'de'},
    {given: 'a locale with a modifier', tag: 'sr_RS@latin', available: ['sr'], match: 'sr'},
    {
      given: 'a script and a region, the script being there',
      tag: 'zh-Hant-TW',
      available: ['zh', 'zh-hant'],
      match: 'zh-hant',
    },
    {given: 'a script that is not there', tag: 'zh-Hans-CN', available: ['zh'], match: 'zh'},
    {given: 'a variant', tag: 'sl-rozaj-biske', available: ['sl', 'sl-rozaj'], match: 'sl-rozaj'},
    {given: 'an extension', tag: 'de-DE-u-co-phonebk', available: ['de-DE', 'de'], match: 'de-DE'},
    {given: 'a private part', tag: 'en-x-harbour', available: ['en-x', 'en'], match: 'en'},
    {given: 'only a narrower tag', tag: 'de', available: ['de-AT'], match: undefined},
    {given: 'a language that begins alike', tag: 'del', available: ['de'], match: undefined},
    {given: 'another region', tag: 'pt-PT', available: ['pt-BR'], match: undefined},
    {given: 'no tag', tag: '', available: ['', 'en'], match: undefined},
    {given: 'what is no tag', tag: '…', available: ['en'], match: undefined},
    {given: 'a name of a prototype', tag: 'constructor', available: ['en'], match: undefined},
  ])
    it(`finds ${match ?? 'nothing'} given ${given}`, () => {
      expect(matchLanguage(tag, available)).to.equal(match);
    });
});
