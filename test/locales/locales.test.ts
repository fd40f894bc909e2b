import {expect} from '@open-wc/testing';
import {messages as ar} from '../../src/locales/ar.js';
import {messages as de} from '../../src/locales/de.js';
import {messages as en, type Message, type Messages} from '../../src/locales/en.js';
import {messages as es} from '../../src/locales/es.js';
import {messages as fr} from '../../src/locales/fr.js';
import {messages as ru} from '../../src/locales/ru.js';

const languages: Readonly<Record<string, Messages>> = {ar, de, en, es, fr, ru};

const textsOf = (message: Message) =>
  typeof message === 'string' ? [message] : Object.values(message);

const placeholdersOf = (text: string) => [...text.matchAll(/{\w+}/g)].map(String).sort();

for (const [language, messages] of Object.entries(languages)) {
  describe(`the messages in ${language}`, () => {
    it('has the keys of English, and no other', () => {
      expect(Object.keys(messages).sort()).to.deep.equal(Object.keys(en).sort());
    });

    it('says something everywhere, without markup and stray blanks', () => {
      for (const [key, message] of Object.entries(messages)) {
        for (const text of textsOf(message)) {
          expect(text, key).to.match(/^\S.*\S$/s);
          expect(text, key).not.to.match(/[<>&]| {2}|\n/);
        }
      }
    });

    it('fills the placeholders of English; a plural may spell its number out', () => {
      for (const [key, message] of Object.entries(messages)) {
        const wanted = placeholdersOf(textsOf(en[key as keyof Messages])[0] ?? '');
        const text = typeof message === 'string' ? message : message.other;
        expect(placeholdersOf(text), key).to.deep.equal(wanted);
      }
    });

    it('knows only plural forms of its language', () => {
      const {pluralCategories} = new Intl.PluralRules(language).resolvedOptions();
      for (const [key, message] of Object.entries(messages)) {
        if (typeof message === 'string') continue;
        expect(pluralCategories, key).to.include.members(Object.keys(message));
      }
    });

    it('is not English left untranslated', () => {
      if (language === 'en') return;
      for (const [key, message] of Object.entries(messages)) {
        // Spanish has the same word.
        if (language === 'es' && key === 'popular') continue;
        expect(message, key).not.to.deep.equal(en[key as keyof Messages]);
      }
    });
  });
}

describe('the plural of articles', () => {
  const rows: readonly [string, number, string][] = [
    ['en', 1, '{count} article'],
    ['en', 2, '{count} articles'],
    ['de', 1, '{count} Artikel'],
    ['fr', 0, '{count} article'],
    ['fr', 2, '{count} articles'],
    ['es', 1, '{count} artículo'],
    ['es', 21, '{count} artículos'],
    ['ru', 1, '{count} статья'],
    ['ru', 2, '{count} статьи'],
    ['ru', 5, '{count} статей'],
    ['ru', 11, '{count} статей'],
    ['ru', 21, '{count} статья'],
    ['ru', 22, '{count} статьи'],
    ['ru', 1.5, '{count} статьи'],
    ['ar', 0, '{count} مقال'],
    ['ar', 1, 'مقال واحد'],
    ['ar', 2, 'مقالين'],
    ['ar', 3, '{count} مقالات'],
    ['ar', 11, '{count} مقالًا'],
    ['ar', 100, '{count} مقال'],
  ];
  for (const [language, count, text] of rows) {
    it(`of ${count} in ${language} is "${text}"`, () => {
      const message = languages[language]!.articles;
      if (typeof message === 'string') throw new Error('expected a plural');
      const rule = new Intl.PluralRules(language).select(count);
      expect(message[rule] ?? message.other).to.equal(text);
    });
  }
});
