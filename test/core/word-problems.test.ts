import {expect} from '@open-wc/testing';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {wordProblems} from '../../src/core/campaigns/word-problems.js';
import {copyForCount} from '../../src/core/copy/count-copy.js';
import {copyText, parseCopy} from '../../src/core/copy/copy.js';
import {findClaim} from '../../src/core/copy/find-claims.js';
import type {Copy} from '../../src/core/copy/copy-fields.js';
import type {Overrides} from '../../src/core/experiments/experiment.js';
import {anOffer, someAmounts} from './builders.js';
import {expectLinear} from './linear.js';

const fileWith = (appeal: Overrides, overrides?: Overrides): CampaignsFile => ({
  publication: 'The Harbour Post',
  offer: anOffer({once: {USD: someAmounts()}}),
  campaigns: [{id: 'winter', ...appeal}],
  ...(overrides && {
    experiments: [
      {
        ...{id: 'test', version: 1, campaign: 'winter'},
        arms: {control: {weight: 0.5}, b: {weight: 0.5, overrides}},
      },
    ],
  }),
});

const problemsOf = (appeal: Overrides, overrides?: Overrides): string[] =>
  wordProblems(fileWith(appeal, overrides)).map(
    ({path, problem, warning}) => `${warning ? 'warning: ' : ''}${path}: ${problem}`,
  );

/** A copy with the same text in every field. */
const everywhere = (text: string): Copy => ({
  kicker: text,
  heading: text,
  body: [text],
  highlight: text,
  byline: {name: text, role: text, portrait: '/i/{amount}-most-$1.jpg'},
  benefits: {monthly: [text], once: [text]},
  button: {monthly: text},
  later: text,
  collapsed: text,
  reassurance: text,
  fallback: text,
  secondary: `${text} [a](https://example.org)`,
  amounts: {monthly: {USD: {500: {meaning: text, pill: text}}}},
});

const places = [
  ...['kicker', 'heading', 'body[0]', 'highlight', 'byline.name', 'byline.role'],
  ...['benefits.monthly[0]', 'benefits.once[0]', 'button.monthly', 'later', 'collapsed'],
  ...['reassurance', 'fallback', 'secondary', 'amounts.monthly.USD.500.meaning'],
  'amounts.monthly.USD.500.pill',
];
const fields = [...new Set(places.map(place => /^\w+/.exec(place)![0]))];
const plain = ['kicker', 'byline', 'button', 'later', 'collapsed', 'amounts'];
const isPlain = (place: string) => plain.some(field => place.startsWith(field));

describe('wordProblems()', () => {
  for (const {given, text, at, problem} of [
    {given: 'words', text: 'Words.', at: [], problem: ''},
    {given: 'every placeholder', text: '{publication} {from}', at: [], problem: ''},
    {
      given: 'a placeholder that does not exist',
      text: '{name}',
      at: places.map(place => `${place} (character 1)`),
      problem: 'unknown placeholder {name}',
    },
    {
      given: 'an amount where none is known',
      text: 'a {amount}',
      at: places
        .filter(place => !place.startsWith('button'))
        .map(place => `${place} (character 3)`),
      problem: '{amount} is known on a button only',
    },
    {
      given: 'an unclosed mark',
      text: '**a',
      at: places.map(place => `${place} (character 1)`),
      problem: 'unclosed **',
    },
    {
      given: 'strong words',
      text: '**a**',
      at: places.filter(isPlain),
      problem: 'is plain text: take out its marks and links',
    },
    {
      given: 'emphasis',
      text: 'an *a*',
      at: places.filter(isPlain),
      problem: 'is plain text: take out its marks and links',
    },
    {
      given: 'a price that is not offered',
      text: 'for $4',
      at: places,
      problem: 'promises $4, which the offer does not have: write {from}, or make it a preset',
    },
    {given: 'a price that is offered', text: 'for $5', at: [], problem: ''},
    {
      given: 'a claim',
      text: 'Our **Most** loved',
      at: places,
      problem:
        'claims "most": say it in other words, or prove it and write "claims": "reviewed" beside the copy',
    },
  ])
    for (const within of ['copy', 'copies.xx', 'copy.withoutCount'])
      it(`looks at every text of ${within}, given ${given}`, () => {
        const copy = everywhere(text);
        const appeal: Overrides =
          within === 'copies.xx'
            ? {copies: {xx: copy}}
            : {copy: within === 'copy' ? copy : {withoutCount: copy}};
        const found = problemsOf(appeal).filter(
          line =>
            given !== 'a claim' || !line.endsWith('is plain text: take out its marks and links'),
        );
        expect(found.sort()).to.deep.equal(
          at.map(place => `campaigns[0].${within}.${place}: ${problem}`).sort(),
        );
      });

  it('takes an amount on every button', () => {
    expect(problemsOf({copy: {button: {monthly: 'Give {amount}', once: '{amount}'}}})).to.be.empty;
  });

  it('asks for what is shown without a count in every field that counts', () => {
    expect(problemsOf({copy: everywhere('{articles}')}).sort()).to.deep.equal(
      fields
        .map(
          field =>
            `campaigns[0].copy.${field}: counts {articles}: withoutCount.${field} must say what is shown without a count`,
        )
        .sort(),
    );
    const copy = {...everywhere('{articles}'), withoutCount: everywhere('a')};
    expect(problemsOf({copy})).to.be.empty;
  });

  for (const [secondary, isRight] of [
    ['[Give once](https://example.org)', true],
    ['Or **[write](https://example.org)** to us', true],
    ['Or write to us', false],
    ['[a](https://example.org) [b](https://example.org)', false],
    ['', false],
  ] as const)
    it(`${isRight ? 'accepts' : 'reports'} the other way to help "${secondary}"`, () => {
      expect(problemsOf({copy: {secondary}})).to.deep.equal(
        isRight ? [] : ['campaigns[0].copy.secondary: must have one link: [words](https://…)'],
      );
    });

  for (const [collapsed, length] of [
    ['x'.repeat(60), 0],
    ['🎈'.repeat(60), 0],
    [`{publication} ${'x'.repeat(43)}`, 0],
    ['x'.repeat(61), 61],
    [`{publication} ${'x'.repeat(44)}`, 61],
    [`{from} ${'é'.repeat(80)}`, 84],
  ] as const)
    it(`${length ? 'warns of' : 'accepts'} the collapsed sentence "${collapsed}"`, () => {
      const warning = `has ${length} characters, and a collapsed bar has room for 60: shorten it`;
      for (const copy of [{collapsed}, {withoutCount: {collapsed}}] as Copy[]) {
        const place = copy.collapsed ? 'copy.collapsed' : 'copy.withoutCount.collapsed';
        expect(problemsOf({copy})).to.deep.equal(
          length ? [`warning: campaigns[0].${place}: ${warning}`] : [],
        );
      }
    });

  const image = {src: '/a.jpg', alt: '', width: 3, height: 2};
  const byline = {name: 'Inés'};
  const benefits = {once: ['A']};
  const tall =
    'an image, benefits and a byline in one appeal are taller than a screen: leave one of them out';
  for (const {given, appeal, overrides, paths} of [
    {given: 'all three', appeal: {image, copy: {byline, benefits}}, paths: ['campaigns[0].copy']},
    {
      given: 'all three in one language',
      appeal: {image, copy: {byline}, copies: {de: {byline, benefits}, fr: {benefits}}},
      paths: ['campaigns[0].copies.de'],
    },
    {given: 'no image', appeal: {copy: {byline, benefits}}, paths: []},
    {given: 'no byline', appeal: {image, copy: {benefits}}, paths: []},
    {given: 'no benefit', appeal: {image, copy: {byline, benefits: {once: []}}}, paths: []},
    {
      given: 'an arm that adds the third',
      appeal: {image, copy: {byline}},
      overrides: {copy: {benefits}},
      paths: ['experiments[0].arms.b.overrides.copy'],
    },
    {
      given: 'an arm that adds the image',
      appeal: {copy: {byline, benefits}},
      overrides: {image},
      paths: ['experiments[0].arms.b.overrides.copy'],
    },
    {
      given: 'an arm that leaves it as it is',
      appeal: {image, copy: {byline, benefits}},
      overrides: {accent: '#abc'},
      paths: ['campaigns[0].copy'],
    },
  ] as {given: string; appeal: Overrides; overrides?: Overrides; paths: string[]}[])
    it(`warns of a tall appeal where it is one, given ${given}`, () => {
      expect(problemsOf(appeal, overrides)).to.deep.equal(
        paths.map(path => `warning: ${path}: ${tall}`),
      );
    });

  const claim = 'The most loved';
  const claimed =
    'claims "most": say it in other words, or prove it and write "claims": "reviewed" beside the copy';
  for (const {given, appeal, overrides, paths} of [
    {
      given: 'a review beside the copy',
      appeal: {claims: 'reviewed', copy: {heading: claim}, copies: {de: {heading: claim}}},
      paths: [],
    },
    {
      given: 'a review of the campaign, and a claim of the arm',
      appeal: {claims: 'reviewed', copy: {heading: claim}},
      overrides: {copy: {kicker: claim}},
      paths: ['experiments[0].arms.b.overrides.copy.kicker'],
    },
    {
      given: 'a review beside the claim of the arm',
      appeal: {copy: {heading: 'A'}},
      overrides: {claims: 'reviewed', copy: {kicker: claim}},
      paths: [],
    },
    {
      given: 'a review of the arm alone',
      appeal: {copy: {heading: claim}},
      overrides: {claims: 'reviewed', copy: {kicker: claim}},
      paths: ['campaigns[0].copy.heading'],
    },
    {
      given: 'the pill that is proved by gifts',
      appeal: {copy: {amounts: {once: {USD: {500: {pill: 'popular'}}}}}},
      paths: [],
    },
    {
      given: 'neutral pills',
      appeal: {copy: {amounts: {once: {USD: {500: {pill: 'A good start'}, 200: {pill: ''}}}}}},
      paths: [],
    },
  ] as {given: string; appeal: Overrides; overrides?: Overrides; paths: string[]}[])
    it(`refuses claims without a review, given ${given}`, () => {
      expect(problemsOf(appeal, overrides)).to.deep.equal(paths.map(path => `${path}: ${claimed}`));
    });

  for (const pill of ['Popular', 'Most popular', 'popular ', 'POPULAR', 'Beliebt'])
    it(`refuses the pill "${pill}", which is not the proved one`, () => {
      const [problem, ...rest] = problemsOf({copy: {amounts: {once: {USD: {500: {pill}}}}}});
      expect(problem).to.match(/^campaigns\[0\]\.copy\.amounts\.once\.USD\.500\.pill: claims "/);
      expect(rest).to.be.empty;
    });

  for (const [name, value] of [
    ['claims', 'reviewed'],
    ['withoutCount', {heading: 'Last chance'}],
    ['secondary', 'No link'],
    ['once', {USD: {500: {pill: 'Last chance'}}}],
  ] as const)
    it(`reads nothing that a prototype has under ${name}`, () => {
      const copy: Copy = {heading: 'Only today', amounts: {}, benefits: {monthly: ['A']}};
      const clean = problemsOf({copy});
      Object.defineProperty(Object.prototype, name, {value, configurable: true, writable: true});
      try {
        expect(problemsOf({copy})).to.deep.equal(clean);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    });

  it('knows the word "popular" as a pill only', () => {
    expect(problemsOf({copy: {amounts: {once: {USD: {500: {meaning: 'popular'}}}}}})[0]).to.match(
      /meaning: claims "popular"/,
    );
  });
});

describe('findClaim()', () => {
  for (const [language, found, free] of [
    [
      'en',
      ['Most readers give $5', 'MOST-LOVED', 'Our popular choice', 'Only today!', 'Last chance'],
      [
        'Almost there',
        'The foremost paper',
        'Popularity',
        'Only for today’s readers',
        'At last, a chance',
      ],
    ],
    [
      'de',
      [
        'Die meisten geben 5 €',
        'Meistgewählt',
        'Beliebteste Wahl',
        'Populär',
        'Nur heute',
        'LETZTE CHANCE',
      ],
      [
        'Der Bürgermeister',
        'Meister ihres Fachs',
        'Nur bis heute Abend gelesen',
        'Eine neue Chance',
      ],
    ],
    [
      'fr',
      [
        'Le plus choisi',
        'La plupart donnent',
        'Populaire',
        'Aujourd’hui seulement',
        'Dernière chance',
        'DERNIERE CHANCE',
      ],
      ['Un plus pour tous', 'En plus', 'Encore aujourd’hui', 'Une chance'],
    ],
    [
      'es',
      [
        'El más elegido',
        'La mayoría da',
        'Popular',
        'Sólo hoy',
        'Última oportunidad',
        'ULTIMA OPORTUNIDAD',
      ],
      ['Nada más', 'Más de cien', 'Hoy', 'Una oportunidad'],
    ],
    [
      'pt-BR',
      [
        'O mais escolhido',
        'A maioria doa',
        'Popular',
        'Só hoje',
        'Última chance',
        'Última oportunidade',
      ],
      ['Mais de cem', 'Hoje', 'Uma chance'],
    ],
    [
      'it',
      [
        'Il più scelto',
        'La maggior parte',
        'Popolare',
        'Solo oggi',
        'Ultima occasione',
        'Ultima possibilità',
      ],
      ['Di più', 'Popolazione', 'Oggi', 'Una occasione'],
    ],
    [
      'nl',
      ['Meest gekozen', 'De meeste lezers', 'Populair', 'Alleen vandaag', 'Laatste kans'],
      ['Vandaag', 'Meester', 'Een kans'],
    ],
    [
      'pl',
      [
        'Większość czytelników',
        'Najczęściej wybierane',
        'Popularne',
        'Tylko dziś',
        'Ostatnia szansa',
        'Ostatnią szansę',
      ],
      ['Most nad Wisłą', 'Dziś', 'Szansa'],
    ],
    [
      'tr',
      [
        'En çok seçilen',
        'EN POPÜLER',
        'Popüler',
        'YALNIZCA BUGÜN',
        'Sadece bugün',
        'SON ŞANS',
        'Son fırsat',
      ],
      ['Bugün', 'Bir şans', 'En az'],
    ],
    [
      'ru',
      [
        'Большинство читателей',
        'Самый выбираемый',
        'Популярное',
        'Только сегодня',
        'Последний шанс',
      ],
      ['Сегодня', 'В самом деле', 'Шанс'],
    ],
    [
      'uk',
      ['Більшість читачів', 'Найпопулярніше', 'Популярний', 'Тільки сьогодні', 'Останній шанс'],
      ['Сьогодні', 'Шанс', 'Більше'],
    ],
    [
      'ar',
      ['معظم القراء', 'الأكثر اختيارًا', 'الاكثر شعبية', 'اليوم فقط', 'الفرصة الأخيرة', 'آخر فرصة'],
      ['اليوم', 'فرصة', 'أكثر من مئة'],
    ],
  ] as const) {
    for (const text of found)
      it(`finds the claim of "${text}" (${language})`, () => {
        expect(findClaim(text, language), 'in its language').to.be.a('string');
        expect(findClaim(text), 'in any').to.be.a('string');
      });
    for (const text of free)
      it(`finds no claim in "${text}" (${language})`, () => {
        expect(findClaim(text, language)).to.equal(undefined);
      });
  }

  for (const [text, language] of [
    ['Last chance', 'de-AT'],
    ['Most popular', 'FR'],
    ['Letzte Chance', 'de_CH'],
    ['Letzte Chance', 'eo'],
    ['la\u00adst\u200b  chance', 'en'],
    ['last\n—chance', 'en'],
  ] as const)
    it(`finds the claim of ${JSON.stringify(text)} (${language})`, () => {
      expect(findClaim(text, language)).to.be.a('string');
    });
});

describe('findClaim() on long texts', () => {
  it('takes linear time', () => {
    for (const part of ['a', 'most', 'le plu', 'letztea ', 'ultima ', '*', '- ', 'ً', '\u00ad'])
      expectLinear(times => {
        findClaim(part.repeat(times / part.length), 'fr');
      }, part);
  });
});

describe('an amount in copy', () => {
  it('is known where it has a value', () => {
    expect(copyText(parseCopy('Give {amount}', {amount: '$5'}))).to.equal('Give $5');
    expect(copyText(parseCopy('Give {amount}', {}))).to.equal('Give {amount}');
    expect(copyText(parseCopy('{toString}', {}))).to.equal('{toString}');
  });
});

describe('copyForCount() and the words of a whole appeal', () => {
  const counting: Copy = {
    kicker: '{articles}',
    highlight: 'a',
    benefits: {monthly: ['{articles}', 'b'], once: ['c']},
    button: {monthly: '{articles}', once: 'd'},
    amounts: {once: {USD: {500: {meaning: '{articles}', pill: 'e'}}}},
    byline: {name: 'f', role: '{articles}'},
  };
  const plainly = (texts: unknown): unknown => JSON.parse(JSON.stringify(texts));

  it('leaves out every text that counts', () => {
    expect(plainly(copyForCount(counting, 0))).to.deep.equal({
      highlight: 'a',
      benefits: {monthly: ['b'], once: ['c']},
      button: {once: 'd'},
      amounts: {once: {USD: {500: {pill: 'e'}}}},
      byline: {name: 'f'},
    });
  });

  it('takes whole fields of what is said without a count', () => {
    const withoutCount = {kicker: 'k', benefits: {monthly: ['m']}};
    const {kicker, benefits, highlight} = copyForCount({...counting, withoutCount}, 4);
    expect(plainly({kicker, benefits, highlight})).to.deep.equal({...withoutCount, highlight: 'a'});
  });

  it('counts from the number of articles on', () => {
    expect(plainly(copyForCount(counting, 5))).to.deep.equal(counting);
    expect(plainly(copyForCount(counting, 2, 2))).to.deep.equal(counting);
  });
});
