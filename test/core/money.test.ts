import {expect} from '@open-wc/testing';
import {expectLinear} from './linear.js';
import fc from 'fast-check';
import {currencies, isCurrency} from '../../src/core/money/currencies.js';
import {formatMoney, minorUnits, toMajor} from '../../src/core/money/money.js';
import {parseMoney, type MoneyProblem} from '../../src/core/money/parse-money.js';

/** Returns the minor units of a text, or why it has none. */
function meaning(text: string, currency: string, locale: string): number | MoneyProblem {
  const parsed = parseMoney(text, currency, locale);
  if (!parsed.ok) return parsed.reason;
  expect(parsed.money.currency).to.equal(currency);
  return parsed.money.minor;
}

type Row = readonly [given: string, text: string, meaning: number | MoneyProblem];

function table(title: string, currency: string, locale: string, rows: readonly Row[]): void {
  describe(`parseMoney() in ${currency} and ${locale}: ${title}`, () => {
    for (const [given, text, expected] of rows)
      it(`given ${given}, "${text.slice(0, 20)}" returns ${expected}`, () => {
        expect(meaning(text, currency, locale)).to.equal(expected);
      });
  });
}

table('plain numbers', 'USD', 'en', [
  ['a whole amount', '5', 500],
  ['cents', '2.50', 250],
  ['one digit of cents', '2.5', 250],
  ['no digit before the point', '.5', 50],
  ['no digit after the point', '5.', 500],
  ['leading zeros', '007', 700],
  ['space around it', '  5\t', 500],
  ['a line break around it', '\n5\n', 500],
  ['the largest amount', '999999.99', 99_999_999],
  ['a grouped thousand', '1,234', 123_400],
  ['grouped thousands and cents', '12,345.67', 1_234_567],
  ['a space as the group sign', '5 000', 500_000],
  ['a no-break space', '5\u00a0000', 500_000],
  ['a narrow no-break space', '5\u202f000', 500_000],
  ['a thin space', '5\u2009000', 500_000],
  ['apostrophes as group signs', "1'234.50", 123_450],
  ['typographic apostrophes', '1’234.50', 123_450],
  ['Arabic group and decimal signs', '1٬234٫5', 123_450],
]);

table('what is refused', 'USD', 'en', [
  ['nothing', '', 'empty'],
  ['only space', ' \u00a0', 'empty'],
  ['only direction marks', '\u200e\u200f', 'empty'],
  ['words', 'five', 'not-a-number'],
  ['not a number', 'NaN', 'not-a-number'],
  ['infinity', 'Infinity', 'not-a-number'],
  ['the infinity sign', '∞', 'not-a-number'],
  ['an exponent', '1e3', 'not-a-number'],
  ['an exponent that overflows', '1e400', 'not-a-number'],
  ['hexadecimal', '0x10', 'not-a-number'],
  ['a plus sign', '+5', 'not-a-number'],
  ['a percentage', '5%', 'not-a-number'],
  ['a sum', '2+3', 'not-a-number'],
  ['a fraction', '½', 'not-a-number'],
  ['a superscript', '5²', 'not-a-number'],
  ['a Roman numeral', 'Ⅴ', 'not-a-number'],
  ['a Chinese numeral', '五', 'not-a-number'],
  ['accounting brackets', '(5)', 'not-a-number'],
  ['a trailing minus', '5-', 'not-a-number'],
  ['a range', '5-10', 'not-a-number'],
  ['only a point', '.', 'not-a-number'],
  ['only a sign', '$', 'not-a-number'],
  ['two columns', '5\t000', 'not-a-number'],
  ['a right-to-left override, which shows 125', '\u202e521', 'not-a-number'],
  ['a mark that we use inside', '5!', 'not-a-number'],
  ['another mark that we use inside', '5?00', 'not-a-number'],
  ['a negative amount', '-5', 'negative'],
  ['a true minus', '−5', 'negative'],
  ['a minus before the sign', '-$5', 'negative'],
  ['a minus after the sign', '$-5', 'negative'],
  ['negative nonsense', '-abc', 'not-a-number'],
  ['zero', '0', 'zero'],
  ['zero with cents', '0.00', 'zero'],
  ['many zeros', '0'.repeat(400), 'zero'],
  ['400 digits', '9'.repeat(400), 'too-large'],
  ['nine nines', '999999999', 'too-large'],
  ['a cent above the largest', '1000000.00', 'too-large'],
  ['half a cent', '1.005', 'too-precise'],
  ['a third digit that may have been a group', '2.500', 'too-precise'],
  ['a thousandth', '0.001', 'too-precise'],
]);

table('what could mean two amounts', 'USD', 'en', [
  ['a comma before one digit', '1,5', 'ambiguous'],
  ['a comma before two digits', '2,50', 'ambiguous'],
  ['a comma before four digits', '1,2345', 'ambiguous'],
  ['a comma at the end', '5,', 'ambiguous'],
  ['a comma after nothing', ',5', 'ambiguous'],
  ['a group that begins with zero', '0,500', 'ambiguous'],
  ['the signs of another country', '1.234,56', 'ambiguous'],
  ['points between groups', '1.000.000', 'ambiguous'],
  ['two points', '1..5', 'ambiguous'],
  ['two kinds of group signs', '1 000,000', 'ambiguous'],
  ['Indian groups outside of India', '1,00,000', 'ambiguous'],
  ['a long first group', '1234,567', 'ambiguous'],
  ['a space before two digits', '5 50', 'ambiguous'],
  ['an Arabic comma', '1،5', 'ambiguous'],
  ['digits of two scripts', '5٥', 'ambiguous'],
]);

table('currency signs', 'USD', 'en', [
  ['its sign', '$5', 500],
  ['its sign after it', '5 $', 500],
  ['its sign and a space', '$ 5.50', 550],
  ['its sign before cents alone', '$.50', 50],
  ['its full-width sign', '＄５．５０', 550],
  ['its sign with the country', 'US$5', 500],
  ['its sign with one letter', 'U$5', 500],
  ['its code', 'USD 5', 500],
  ['its code after it', '5 USD', 500],
  ['its code in small letters', '5usd', 500],
  ['sign and code', '$5 USD', 500],
  ['its name', '5 US dollars', 500],
  ['a full stop after its code', '5 USD.', 500],
  ['a whole amount with a dash', '5.-', 500],
  ['the code before cents alone', 'USD.50', 'ambiguous'],
  ['two signs', '$$5', 'not-a-number'],
  ['the euro sign', '€5', 'not-a-number'],
  ['the euro code', '5 EUR', 'not-a-number'],
  ['another dollar', 'A$5', 'not-a-number'],
  ['another dollar after it', '5 CA$', 'not-a-number'],
  ['kroner', '5 kr', 'not-a-number'],
]);

table('digits of the world', 'USD', 'en', [
  ['Arabic digits', '٢٥', 2500],
  ['Arabic digits and signs', '١٢٫٥', 1250],
  ['Persian digits', '۲۵', 2500],
  ['full-width digits', '２', 200],
  ['full-width and ASCII digits', '２5', 2500],
  ['Hindi digits', '२५', 2500],
  ['Bengali digits', '২৫', 2500],
  ['Thai digits', '๒๕', 2500],
  ['Khmer digits', '២៥', 2500],
  ['mathematical digits', '𝟚𝟝', 2500],
  ['Adlam digits', '𞥒𞥕', 2500],
  ['marks of direction around them', '\u200f\u2067٢٥\u2069', 2500],
]);

table('a comma for cents', 'EUR', 'de', [
  ['cents', '2,50', 250],
  ['groups and cents', '1.234,56', 123_456],
  ['a grouped thousand', '1.005', 100_500],
  ['its sign', '5 €', 500],
  ['its name', '5 Euro', 500],
  ['a whole amount', '5,-', 500],
  ['a whole amount with a dash', '5,–', 500],
  ['a whole amount, its sign and groups', '1.000,-- €', 100_000],
  ['a comma before three digits', '1,234', 'too-precise'],
  ['a point before two digits', '2.50', 'ambiguous'],
  ['a point before one digit', '1.5', 'ambiguous'],
  ['the signs of another country', '1,234.56', 'ambiguous'],
]);

for (const [locale, currency, text, expected] of [
  ['de-CH', 'CHF', '5.–', 500],
  ['de-CH', 'CHF', '1’234.50', 123_450],
  ['de-CH', 'CHF', 'Fr. 5', 500],
  ['de-CH', 'CHF', '5.50 Fr.', 550],
  ['fr-CH', 'CHF', '5 fr', 500],
  ['en-IN', 'INR', 'Rs. 5', 500],
  ['en-IN', 'INR', 'Rs. 5.50', 550],
  ['en-IN', 'INR', 'Rs.5', 'ambiguous'],
  ['sv', 'SEK', 'kr. 5', 500],
  ['pl', 'PLN', '5 zl', 500],
  ['pl', 'PLN', '5 złotych', 500],
  ['pl', 'PLN', '5 złotych polskich', 500],
  ['ru', 'RUB', '5 российских рублей', 500],
  ['es', 'EUR', '1 euro', 100],
  ['fr', 'EUR', '5 euros', 500],
  ['fr', 'EUR', '1 euro', 100],
  ['en', 'USD', '5 dollars', 500],
  ['en', 'USD', '1 dollar', 100],
  ['en-GB', 'GBP', '5 pounds', 500],
  ['en', 'USD', '5 pounds', 'not-a-number'],
  ['en', 'USD', '5 cents', 'not-a-number'],
  ['ar-AE', 'AED', '5 د.إ', 500],
  ['de-AT', 'EUR', '1.234,5', 123_450],
  ['de-AT', 'EUR', '1 234,5', 123_450],
  ['fr-CH', 'CHF', '5,50', 550],
  ['fr-CH', 'CHF', '5.50', 550],
  ['fr', 'EUR', '1 234,5', 123_450],
  ['fr', 'EUR', '2.50', 'ambiguous'],
  ['pt-CV', 'CVE', '5$50', 550],
  ['sv', 'SEK', '50:-', 5000],
  ['da', 'DKK', 'kr. 50', 5000],
  ['nb', 'NOK', '50 kr.', 5000],
  ['en', 'SEK', 'kr.5', 'ambiguous'],
  ['en', 'CAD', 'C$5', 500],
  ['en', 'CAD', '$5', 500],
  ['en-GB', 'USD', 'US$5', 500],
  ['en-IN', 'INR', '1,00,000', 10_000_000],
  ['en-IN', 'INR', '₹ 12,345.50', 1_234_550],
  ['en-IN', 'INR', '100,000', 10_000_000],
  ['en-IN', 'INR', '1,0,000', 'ambiguous'],
  ['en-IN', 'INR', '1,00,00', 'ambiguous'],
  ['en-IN', 'INR', '5,000,00', 'ambiguous'],
  ['en-IN', 'INR', '5,00,000,00', 'ambiguous'],
  ['en-IN', 'INR', '5,00,0000', 'ambiguous'],
  ['en-IN', 'INR', '0,50,000', 'ambiguous'],
  ['en-IN', 'INR', ',50,000', 'ambiguous'],
  ['en-IN', 'INR', '123,00,000', 'ambiguous'],
  ['en-IN', 'INR', '1,00 000', 'ambiguous'],
  ['en-IN', 'INR', '5,000', 500_000],
  ['en-IN', 'INR', '9,99,999.99', 99_999_999],
  ['en-IN', 'INR', '12,34,567', 'too-large'],
  ['en-IN', 'INR', '1,00,000.5', 10_000_050],
  ['en-IN', 'INR', '1,00,000.505', 'too-precise'],
  ['en-US', 'USD', '1,00,000', 'ambiguous'],
  ['hi', 'INR', '१,००,०००', 10_000_000],
  ['ar-EG', 'EGP', '١٢٫٥', 1250],
  ['ar-EG', 'EGP', '12.5', 1250],
  ['ar', 'AED', '5 د.إ.', 500],
  ['fa', 'USD', '۱٬۲۳۴٫۵', 123_450],
  ['ja', 'JPY', '￥500', 500],
  ['ja', 'JPY', '500円', 500],
  ['zh', 'CNY', '50元', 5000],
  ['ko', 'KRW', '5,000원', 5000],
  ['ru', 'RUB', '500 руб.', 50_000],
  ['en', 'JPY', '2.50', 'too-precise'],
  ['en', 'JPY', '250.00', 250],
  ['en', 'JPY', '250.000', 'too-precise'],
  ['en', 'HUF', '100', 10_000],
  ['en', 'HUF', '100.55', 10_055],
  ['en', 'ISK', '10.5', 'too-precise'],
  ['en', 'ISK', '10', 1000],
  ['en', 'UGX', '0.50', 'too-precise'],
  ['en', 'KWD', '1.234', 'too-precise'],
  ['en', 'KWD', '1.230', 1230],
  ['en', 'KWD', '1.23', 1230],
  ['en', 'KWD', '1.2300', 'too-precise'],
  ['en', 'XYZ', '5', 'unknown-currency'],
  ['en', 'usd', '5', 'unknown-currency'],
  ['en', '', '5', 'unknown-currency'],
  ['xx-YY', 'USD', '1,234.50', 123_450],
  ['en_US', 'USD', '1,234.50', 123_450],
  ['de_DE', 'EUR', '2,50', 250],
  ['', 'USD', '1,234.50', 123_450],
  ['not a locale!', 'USD', '1,234.50', 123_450],
] as const)
  it(`parseMoney() given "${text}" in ${currency} and "${locale}" returns ${expected}`, () => {
    expect(meaning(text, currency, locale)).to.equal(expected);
  });

describe('minorUnits()', () => {
  for (const [codes, digits, step] of [
    ['BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF', 0, 1],
    ['BHD JOD KWD OMR TND', 3, 10],
    ['ISK UGX', 2, 100],
    ['AFN ALL COP HUF IDR LAK LBP MMK PKR RSD SOS STD TWD USD YER', 2, 1],
    ['XYZ', 2, 1],
  ] as const)
    it(`has Stripe’s minor units for ${codes}`, () => {
      for (const code of codes.split(' ')) expect(minorUnits(code)).to.deep.equal({digits, step});
    });
});

describe('isCurrency()', () => {
  it('accepts every upper-case code once, and no part of one', () => {
    expect(new Set(currencies).size).to.equal(currencies.length);
    expect(currencies).to.have.lengthOf.above(134);
    expect(currencies.every(code => /^[A-Z]{3}$/.test(code) && isCurrency(code))).to.be.true;
    for (const no of ['', 'US', 'usd', 'USD ', 'toString', '__proto__', 'SDA'])
      expect(isCurrency(no), no).to.be.false;
  });
});

describe('toMajor()', () => {
  for (const [minor, currency, text] of [
    [250, 'USD', '2.50'],
    [5, 'USD', '0.05'],
    [0, 'USD', '0.00'],
    [-250, 'USD', '-2.50'],
    [99_999_999, 'USD', '999999.99'],
    [500, 'JPY', '500'],
    [0, 'JPY', '0'],
    [1230, 'KWD', '1.230'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
  ] as const)
    it(`given ${minor} of ${currency} returns ${text}`, () => {
      expect(toMajor({minor, currency})).to.equal(text);
    });
});

describe('formatMoney()', () => {
  for (const [given, minor, currency, locale, text, trim] of [
    ['a whole amount', 500, 'USD', 'en', '$5'],
    ['cents', 250, 'USD', 'en', '$2.50'],
    ['a whole amount, untrimmed', 500, 'USD', 'en', '$5.00', false],
    ['a euro in German', 123_450, 'EUR', 'de', '1.234,50\u00a0€'],
    ['forint, whose cents Intl drops', 10_050, 'HUF', 'en', 'HUF\u00a0100.50'],
    ['yen', 500, 'JPY', 'en', '¥500', false],
    ['krónur, which are never split', 1000, 'ISK', 'en', 'ISK\u00a010', false],
    ['a third decimal', 1230, 'KWD', 'en', 'KWD\u00a01.230'],
    ['an unknown locale', 250, 'USD', 'xx-YY', '$2.50'],
    ['a POSIX locale', 250, 'EUR', 'de_DE', '2,50\u00a0€'],
    ['no locale', 250, 'USD', '', '$2.50'],
    ['a nonsense locale', 250, 'USD', '%%', '$2.50'],
    ['a nonsense currency', 250, '?', 'en', '2.50 ?'],
    ['more than a float holds', Number.MAX_SAFE_INTEGER, 'USD', 'en', '$90,071,992,547,409.91'],
  ] as const)
    it(`given ${given} returns ${text}`, () => {
      const options = trim === undefined ? undefined : {trim};
      expect(formatMoney({minor, currency}, locale, options)).to.equal(text);
    });

  it('returns the text of Intl, also where it does not use it', () => {
    const tags =
      'en en-US en-GB en-AU en-CA en-IE en-IN en-ZA de de-DE de-AT de-CH es es-ES es-MX es-US fr fr-FR fr-CA fr-CH ru ru-RU ru-UA dee it ar en-u-nu-arab de-u-nu-deva EN de-de';
    for (const tag of tags.split(' ')) {
      for (const currency of ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'EEK']) {
        const {digits} = minorUnits(currency);
        for (const major of [0, 1, 2, 5, 10, 42, 999, 1000, 9999, 10_000, 2.5, 0.05, -5]) {
          const minor = Math.round(major * 10 ** digits);
          for (const trim of [true, false]) {
            const shown = trim && minor % 10 ** digits === 0 ? 0 : digits;
            const said = new Intl.NumberFormat(tag, {
              style: 'currency',
              currency,
              minimumFractionDigits: shown,
              maximumFractionDigits: shown,
            }).format(minor / 10 ** digits);
            // Direction marks are added by formatMoney().
            const text = formatMoney({minor, currency}, tag, {trim}).replaceAll('\u200e', '');
            expect(text, `${tag} ${currency} ${major}`).to.equal(said.replaceAll('\u200e', ''));
          }
        }
      }
    }
  });

  it('does not use Intl for the amounts of most pages', () => {
    const {NumberFormat} = Intl;
    Intl.NumberFormat = (() => expect.fail('asked')) as unknown as typeof NumberFormat;
    try {
      const plain = [
        ['USD', 'en', '$5'],
        ['EUR', 'en-GB', '€5'],
        ['GBP', 'en-GB', '£5'],
        ['EUR', 'de', '5\u00a0€'],
        ['EUR', 'fr-FR', '5\u00a0€'],
        ['EUR', 'it', '5\u00a0€'],
        ['EUR', 'nl-NL', '€\u00a05'],
        ['BRL', 'pt-BR', 'R$\u00a05'],
        ['PLN', 'pl', '5\u00a0zł'],
        ['UAH', 'uk-UA', '5\u00a0₴'],
        ['TRY', 'tr', '₺5'],
      ] as const;
      for (const [currency, tag, text] of plain)
        expect(formatMoney({minor: 500, currency}, tag)).to.equal(text);
    } finally {
      Intl.NumberFormat = NumberFormat;
    }
  });

  it('ignores options that a page has added to Object.prototype', () => {
    const polluted = Object.prototype as {minimumIntegerDigits?: number};
    polluted.minimumIntegerDigits = 9;
    try {
      expect(formatMoney({minor: 500, currency: 'USD'}, 'en')).to.equal('$5');
      expect(meaning('$5', 'USD', 'en')).to.equal(500);
    } finally {
      delete polluted.minimumIntegerDigits;
    }
  });
});

const locales =
  'ar ar-EG fa ur he hi bn mr my th de de-CH de-AT fr fr-CH es es-MX ru pt-BR pt-PT pl sv nb fi da cs hu tr ja zh ko en en-IN en-ZA it nl el uk ro bg lt lv et vi id pt-CV ff-Adlm ccp'.split(
    ' ',
  );

describe('parseMoney() reads what formatMoney() writes', () => {
  for (const locale of locales)
    it(`in ${locale}, for every currency`, () => {
      for (const currency of currencies) {
        const {step} = minorUnits(currency);
        for (const amount of [5, 200, 1250, 123_400, 99_999_999]) {
          const minor = Math.floor(Math.max(amount, step) / step) * step;
          const money = {minor, currency};
          const text = formatMoney(money, locale, {trim: amount !== 200});
          expect(parseMoney(text, currency, locale), `${text} ${currency}`).to.deep.equal({
            ok: true,
            money,
          });
        }
      }
    });

  it('for any amount', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.constantFrom(...currencies),
        fc.integer({min: 1, max: 99_999_999}),
        fc.boolean(),
        (locale, currency, any, trim) => {
          const {step} = minorUnits(currency);
          const minor = Math.max(1, Math.floor(any / step)) * step;
          const text = formatMoney({minor, currency}, locale, {trim});
          expect(meaning(text, currency, locale), text).to.equal(minor);
          expect(meaning(toMajor({minor, currency}), currency, 'en')).to.equal(minor);
        },
      ),
      {numRuns: 500},
    );
  });
});

describe('parseMoney() of anything', () => {
  it('never throws, and returns an amount that Stripe can charge or a reason', () => {
    const soup = fc.string({
      unit: fc.constantFrom(..."0123456789.,٫٬' ’-–$€٢۲２eEkr\u202e\u200f:".split('')),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.oneof(soup, fc.string({unit: 'binary'})),
        fc.constantFrom('USD', 'JPY', 'KWD', 'ISK', 'XXX'),
        fc.oneof(fc.constantFrom('en', 'de', 'fr', 'ar-EG', 'en-IN'), fc.string()),
        (text, currency, locale) => {
          const parsed = parseMoney(text, currency, locale);
          if (!parsed.ok) return;
          const {minor} = parsed.money;
          expect(Number.isInteger(minor) && minor > 0 && minor <= 99_999_999).to.be.true;
          expect(minor % minorUnits(currency).step).to.equal(0);
        },
      ),
      {numRuns: 3000},
    );
  });

  it('reads every decimal digit of Unicode', () => {
    let digits = 0;
    // Unicode has no table of them, but they come in tens, from zero to nine.
    for (let point = 0; point < 0x20000; point++) {
      const digit = String.fromCodePoint(point);
      if (!/\p{Nd}/u.test(digit)) continue;
      const value = digits++ % 10;
      expect(meaning(digit, 'JPY', 'en'), point.toString(16)).to.equal(value || 'zero');
    }
    expect(digits).to.be.above(600);
  });

  it('runs in linear time', () => {
    for (const part of ['1', '1,234', ',', ' ', '$', '-', '٢', '1 ', '\u200f', '. ']) {
      expectLinear(times => parseMoney(part.repeat(times), 'USD', 'en'), part);
    }
  });
});

it('parseMoney() can rely on different group and decimal separators in every locale', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  const languages = letters.flatMap(first => letters.map(second => first + second));
  for (const locale of [...Intl.NumberFormat.supportedLocalesOf(languages), ...locales]) {
    const signs = {decimal: new Set<string>(), group: new Set<string>()};
    for (const style of ['decimal', 'currency'] as const)
      for (const numberingSystem of ['latn', undefined])
        for (const {type, value} of new Intl.NumberFormat(locale, {
          style,
          currency: 'EUR',
          minimumFractionDigits: 2,
          ...(numberingSystem ? {numberingSystem} : {}),
        }).formatToParts(123456789.5))
          if (type === 'decimal' || type === 'group') signs[type].add(value);
    for (const sign of signs.group) expect(signs.decimal.has(sign), locale).to.be.false;
  }
});

it('formatMoney() keeps US$ in order in right-to-left text', () => {
  const shown = formatMoney({minor: 500, currency: 'USD'}, 'ar');
  expect(shown).to.match(/US\$\u200e/);
  expect(formatMoney({minor: 500, currency: 'USD'}, 'en-CA')).not.to.match(/\u200e/);
  expect(parseMoney(shown, 'USD', 'ar')).to.deep.equal({
    ok: true,
    money: {minor: 500, currency: 'USD'},
  });
});
