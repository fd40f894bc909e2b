import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {matchLanguage} from '../../src/core/copy/match-language.js';
import {formatMoney} from '../../src/core/money/money.js';
import {parseMoney} from '../../src/core/money/parse-money.js';
import type {Message} from '../../src/locales/en.js';
import {
  localeProblems,
  readWords,
  unusedProblems,
  usedKeys,
  wordProblems,
  type Words,
} from '../../scripts/check-locales.js';

const [messages = [], paywall = [], mails = [], byMail = []] = await readWords();
const english = messages.find(({language}) => language === 'en')!;

const textOf = (words: Words, key: string, count?: number): string => {
  const message = words.texts.get(key) ?? assert.fail(key);
  if (typeof message === 'string') return message;
  const form = new Intl.PluralRules(words.language).select(count ?? 1);
  return message[form] ?? message.other;
};

const wordsIn = (language: string): Words =>
  messages.find(words => words.language === language) ?? assert.fail(language);

it('the words of all languages are complete, in use and registered', async () => {
  assert.deepEqual(await localeProblems(), []);
});

it('every language has messages, words of the paywall, mails and reminders', () => {
  const tags = 'ar de en es fr it nl pl pt-BR ru tr uk'.split(' ');
  for (const list of [messages, paywall, mails])
    assert.deepEqual(list.map(({language}) => language).sort(), tags);
  assert.deepEqual(
    byMail.map(({language}) => language).sort(),
    tags.map(tag => tag.slice(0, 2)),
  );
});

/** What English says, too. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  es: ['popular'],
  nl: ['later-short'],
  'pt-BR': ['popular'],
};

for (const words of messages.filter(({language}) => language !== 'en'))
  it(`nothing is left in English in ${words.language}`, () => {
    const same = [...words.texts]
      .filter(
        ([key, message]) => JSON.stringify(message) === JSON.stringify(english.texts.get(key)),
      )
      .map(([key]) => key);
    assert.deepEqual(same, sameAsEnglish[words.language] ?? []);
  });

describe('the check of the words', () => {
  const textsOf = (changes: Readonly<Record<string, Message | undefined>>): Words['texts'] =>
    new Map(
      Object.entries<Message | undefined>({
        close: 'Close',
        range: 'From {min} to {max}',
        articles: {one: '{count} article', other: '{count} articles'},
        ...changes,
      }).filter((entry): entry is [string, Message] => entry[1] !== undefined),
    );
  const reference: Words = {file: 'en.ts', language: 'en', texts: textsOf({})};
  const plural = (...forms: string[]): Message => ({
    ...Object.fromEntries(forms.map(form => [form, '{count} x'])),
    other: '{count} x',
  });

  const rows: readonly {
    readonly given: string;
    readonly language?: string;
    readonly changes: Readonly<Record<string, Message | undefined>>;
    readonly problems: readonly string[];
  }[] = [
    {given: 'the same words', changes: {}, problems: []},
    {given: 'a key too few', changes: {close: undefined}, problems: ['close: is missing']},
    {
      given: 'a key too many',
      changes: {open: 'Open'},
      problems: ['open: is no key of en.ts'],
    },
    {
      given: 'a misspelled placeholder',
      changes: {range: 'Von {min} bis {maximum}'},
      problems: ['range: has the placeholders {maximum}, {min} instead of {max}, {min}'],
    },
    {
      given: 'a placeholder too few in a form of many numbers',
      language: 'ru',
      changes: {
        articles: {one: 'статья', few: '{count} x', many: '{count} x', other: '{count} x'},
      },
      problems: ['articles: one: has the placeholders none instead of {count}'],
    },
    {
      given: 'a number that its only form spells out',
      language: 'ar',
      changes: {
        articles: {
          ...(plural('zero', 'few', 'many') as object),
          one: 'x',
          two: 'y',
          other: '{count}',
        },
      },
      problems: [],
    },
    {
      given: 'a form for 0 and 1 that spells out 1',
      language: 'fr',
      changes: {articles: {one: 'un article', many: '{count} x', other: '{count} x'}},
      problems: ['articles: one: has the placeholders none instead of {count}'],
    },
    ...(
      [
        ['pl', ['one', 'many'], 'few'],
        ['uk', ['one', 'few'], 'many'],
        ['it', ['one'], 'many'],
        ['pt-BR', ['one'], 'many'],
        ['tr', [], 'one'],
        ['ar', ['one', 'two', 'few'], 'many, zero'],
      ] as const
    ).map(([language, forms, missing]) => ({
      given: `forms of ${language} without ${missing}`,
      language,
      changes: {articles: plural(...forms)},
      problems: [`articles: lacks the plural form ${missing}`],
    })),
    {
      given: 'a form that the language does not have',
      language: 'nl',
      changes: {articles: plural('one', 'few')},
      problems: ['articles: has few, no plural form of nl'],
    },
    {
      given: 'a plural where English has one text',
      changes: {close: plural('one')},
      problems: ['close: has plural forms, and English has none'],
    },
    {
      given: 'one text for all numbers',
      changes: {articles: 'Articles: {count}'},
      problems: [],
    },
    {
      given: 'an empty text, a blank at its end and markup',
      changes: {close: '', range: '{min}–{max} ', articles: '<b>{count}</b>'},
      problems: [
        'close: is empty or has a blank at an end',
        'range: is empty or has a blank at an end',
        'articles: has markup, two blanks or a line break',
      ],
    },
  ];
  for (const {given, language = 'de', changes, problems} of rows)
    it(`given ${given}: ${problems.length} problems`, () => {
      const words = {file: `${language}.ts`, language, texts: textsOf(changes)};
      assert.deepEqual(
        wordProblems(words, reference),
        problems.map(problem => `${language}.ts: ${problem}`),
      );
    });

  it('names a key that nothing uses, with its file', () => {
    assert.deepEqual(unusedProblems(reference, new Set(['close', 'range'])), [
      'en.ts: articles: is used nowhere in src; remove it from every language',
    ]);
  });

  it('knows a use by what `t()` is given, and not by a text that only looks like a key', () => {
    const used = usedKeys(new Set(english.texts.keys()));
    for (const key of ['per-annual', 'in-3-months', 'offer-unavailable', 'too-precise', 'sign-in'])
      assert.ok(used.has(key), key);
    // Words that src writes in other places: of a share, an attribute and an element.
    for (const text of ['from', 'campaign', 'input']) assert.ok(!used.has(text), text);
  });
});

describe('the plural of articles', () => {
  const rows: Readonly<Record<string, readonly (readonly [count: number, text: string])[]>> = {
    en: [
      [1, '{count} article'],
      [2, '{count} articles'],
    ],
    de: [[1, '{count} Artikel']],
    fr: [
      [0, '{count} article'],
      [2, '{count} articles'],
    ],
    es: [
      [1, '{count} artículo'],
      [21, '{count} artículos'],
    ],
    it: [
      [1, '{count} articolo'],
      [8, '{count} articoli'],
      [1e6, '{count} di articoli'],
    ],
    nl: [
      [1, '{count} artikel'],
      [5, '{count} artikelen'],
    ],
    'pt-BR': [
      [1, '{count} matéria'],
      [21, '{count} matérias'],
      [1e6, '{count} de matérias'],
    ],
    tr: [
      [1, '{count} yazı'],
      [5, '{count} yazı'],
    ],
    pl: [
      [1, '{count} artykuł'],
      [2, '{count} artykuły'],
      [5, '{count} artykułów'],
      [12, '{count} artykułów'],
      [21, '{count} artykułów'],
      [22, '{count} artykuły'],
      [1.5, '{count} artykułu'],
    ],
    uk: [
      [1, '{count} матеріал'],
      [2, '{count} матеріали'],
      [5, '{count} матеріалів'],
      [11, '{count} матеріалів'],
      [21, '{count} матеріал'],
      [22, '{count} матеріали'],
      [1.5, '{count} матеріалу'],
    ],
    ru: [
      [1, '{count} статья'],
      [2, '{count} статьи'],
      [5, '{count} статей'],
      [11, '{count} статей'],
      [21, '{count} статья'],
      [22, '{count} статьи'],
      [1.5, '{count} статьи'],
    ],
    ar: [
      [0, '{count} مقال'],
      [1, 'مقال واحد'],
      [2, 'مقالين'],
      [3, '{count} مقالات'],
      [11, '{count} مقالًا'],
      [100, '{count} مقال'],
    ],
  };
  for (const [language, counts] of Object.entries(rows))
    for (const [count, text] of counts)
      it(`of ${count} in ${language} is "${text}"`, () => {
        assert.equal(textOf(wordsIn(language), 'articles', count), text);
      });
});

/** How each language writes 2, 5, 10.50 and 1,234.50 of its usual currency; blanks do not break. */
const amounts: readonly (readonly [locale: string, currency: string, written: string])[] = [
  ['en', 'USD', '$2|$5|$10.50|$1,234.50'],
  ['de', 'EUR', '2 €|5 €|10,50 €|1.234,50 €'],
  ['es', 'EUR', '2 €|5 €|10,50 €|1234,50 €'],
  ['fr', 'EUR', '2 €|5 €|10,50 €|1 234,50 €'],
  ['it', 'EUR', '2 €|5 €|10,50 €|1234,50 €'],
  ['nl', 'EUR', '€ 2|€ 5|€ 10,50|€ 1.234,50'],
  ['pl', 'PLN', '2 zł|5 zł|10,50 zł|1234,50 zł'],
  ['pt-BR', 'BRL', 'R$ 2|R$ 5|R$ 10,50|R$ 1.234,50'],
  ['pt', 'BRL', 'R$ 2|R$ 5|R$ 10,50|R$ 1.234,50'],
  ['pt-PT', 'EUR', '2 €|5 €|10,50 €|1234,50 €'],
  ['ru', 'RUB', '2 ₽|5 ₽|10,50 ₽|1 234,50 ₽'],
  ['tr', 'TRY', '₺2|₺5|₺10,50|₺1.234,50'],
  ['uk', 'UAH', '2 ₴|5 ₴|10,50 ₴|1 234,50 ₴'],
  ['ar-AE', 'USD', '2 US$|5 US$|10.50 US$|1,234.50 US$'],
];

describe('amounts', () => {
  for (const [locale, currency, written] of amounts)
    it(`are written in ${locale} as ${written}, and read again`, () => {
      const minors = [200, 500, 1050, 123_450];
      const shown = minors.map(minor => formatMoney({minor, currency}, locale));
      const plain = shown.map(text => text.replace(/\p{Zs}/gu, ' ').replace(/\p{Cf}/gu, ''));
      assert.equal(plain.join('|'), written);
      for (const [at, minor] of minors.entries())
        for (const text of [shown[at]!, plain[at]!])
          assert.deepEqual(parseMoney(text, currency, locale), {
            ok: true,
            money: {minor, currency},
          });
    });

  const typed: readonly (readonly [locale: string, currency: string, ...texts: string[]])[] = [
    ['nl', 'EUR', '5', '5,-', '€5', '€ 5,00', '5 euro', '5,0'],
    ['it', 'EUR', '5', '5 euro', '5€', '5,00 EUR', 'EUR 5'],
    [
      'pl',
      'PLN',
      '5',
      '5zł',
      '5 ZŁ',
      '5 zl',
      '5,00 zł.',
      '5 złotych',
      '5 złotych polskich',
      '5 PLN',
    ],
    ['pt-BR', 'BRL', '5', 'R$5', 'r$ 5,00', '5 reais', '5 Reais brasileiros'],
    ['uk', 'UAH', '5', '5 грн', '5 грн.', '5грн', '5 гривень', '5 українських гривень', '₴5'],
    [
      'tr',
      'TRY',
      '5',
      '5 TL',
      '5tl',
      '5 lira',
      '5 LİRA',
      '5 LIRA',
      '5 Türk lirası',
      '5 TÜRK LİRASI',
    ],
    ['ru', 'RUB', '5 рублей', '5 руб.', '5 р', '5 ₽'],
  ];
  for (const [locale, currency, ...texts] of typed)
    for (const text of texts)
      it(`"${text}" is 5 ${currency} in ${locale}`, () => {
        const parsed = parseMoney(text, currency, locale);
        assert.deepEqual(parsed, {ok: true, money: {minor: 500, currency}});
      });

  const refused: readonly (readonly [locale: string, currency: string, text: string])[] = [
    ['nl', 'EUR', '2.50'],
    ['pl', 'PLN', '2.50'],
    ['uk', 'UAH', '5 рублей'],
    ['tr', 'TRY', '5 dolar'],
    ['pt-BR', 'BRL', 'US$ 5'],
    ['it', 'EUR', '1.2345'],
  ];
  for (const [locale, currency, text] of refused)
    it(`"${text}" is no amount of ${currency} in ${locale}`, () => {
      assert.equal(parseMoney(text, currency, locale).ok, false);
    });
});

// They stand side by side in 360 px, with a cross and a sentence above them.
for (const [locale, currency] of amounts)
  it(`the buttons of a collapsed bar are at most 1.6 times as long in ${locale} as in English`, () => {
    const tags = messages.map(({language}) => language);
    const words = wordsIn(matchLanguage(locale, tags) ?? 'pt-BR');
    const lengthOf = (spoken: Words, amount: string) => {
      const monthly = textOf(spoken, 'per-monthly').replace('{amount}', amount);
      const give = textOf(spoken, 'give').replace('{amount}', monthly);
      // Marks above and below letters take no room.
      return `${give}${textOf(spoken, 'later-short')}`.replace(/\p{M}|\p{Cf}/gu, '').length;
    };
    const amount = formatMoney({minor: 500, currency}, locale);
    assert.ok(lengthOf(words, amount) <= 1.6 * lengthOf(english, '$5'));
  });
