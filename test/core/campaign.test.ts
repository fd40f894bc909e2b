import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {parseCampaigns, readCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import {offerProblems} from '../../src/core/campaigns/campaign-problems.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {aCampaign, anOffer, someAmounts} from './builders.js';

const aFile = (changes: object = {}): CampaignsFile => ({campaigns: [aCampaign()], ...changes});

const problemsOf = (input: unknown): string[] => {
  const parsed = parseCampaigns(input);
  return parsed.ok ? [] : parsed.problems.map(({path, problem}) => `${path}: ${problem}`);
};

const fileOf = (input: unknown) => parseCampaigns(input).file;

/** A file with every field. */
const whole: CampaignsFile = {
  publication: 'The Harbour Post',
  currency: 'USD',
  checkout: '/companion/checkout',
  offer: anOffer({
    id: 'support',
    once: {USD: someAmounts(), JPY: someAmounts({min: 100, presets: [100, 500]})},
    annual: {ISK: someAmounts({min: 20_000, presets: [50_000], preset: 50_000})},
  }),
  consent: 'tcf',
  waitFor: '#consent',
  origins: ['https://pay.example.org'],
  campaigns: [
    {
      id: 'winter-2026',
      priority: -1.5,
      format: 'inline',
      place: {selector: '.story-body', paragraph: 5},
      trigger: {seconds: 0.5, scroll: 50, exit: true},
      audience: {
        include: {
          path: ['/news/**', '**'],
          section: ['Local'],
          tag: ['Bridges'],
          language: ['de', 'zh-Hant-TW'],
          country: ['GB'],
          device: ['phone', 'tablet', 'desktop'],
          referrer: ['example.org'],
        },
        exclude: {path: ['/sport/**']},
        articles: {min: 3, max: 3},
        signedIn: false,
      },
      schedule: {start: '2026-10-01', end: '2026-12-31T23:00+01:00'},
      cadence: {
        maxViews: 0,
        windowDays: 30,
        hoursBetweenViews: 24.5,
        hoursBetweenCampaigns: 0,
        laterDays: [3, 14],
        closeDays: 14,
        closeDaysMax: 120,
        alreadySupportingDays: 28,
        notThisCampaignDays: 365,
        supportedOnceDays: 90,
        supportedRecurringDays: 365,
        dayStartsAtHour: 4,
      },
      offer: anOffer(),
      currency: 'USD',
      copy: {heading: 'A', body: ['B', ''], reassurance: 'C', fallback: 'D'},
      copies: {de: {heading: 'A'}, 'pt-BR': {}},
      checkout: 'https://support.example.org/checkout?from=post',
    },
    {id: 'b', schedule: {start: '2026-10-20', end: '2026-10-20'}},
  ],
};

describe('parseCampaigns()', () => {
  it('accepts a file with every field', () => {
    expect(parseCampaigns(whole)).to.deep.equal({ok: true, file: whole});
    expect(parseCampaigns(JSON.stringify(whole))).to.deep.equal({ok: true, file: whole});
  });

  const usd = (changes: object) => aFile({offer: {monthly: {USD: someAmounts(changes)}}});
  const yen = (changes: object) =>
    aFile({offer: {monthly: {JPY: someAmounts({min: 100, ...changes})}}});
  const one = (changes: object) =>
    aFile({campaigns: [aCampaign(), aCampaign({id: 'b', ...changes})]});

  const rows: {given: string; input: unknown; problems: string[]}[] = [
    {given: 'null', input: null, problems: [': must be an object']},
    {given: 'a list', input: [], problems: [': must be an object']},
    {given: 'a number', input: 5, problems: [': must be an object']},
    {given: 'nothing', input: undefined, problems: [': must be an object']},
    {given: 'no campaigns', input: {}, problems: ['campaigns: is missing']},
    {
      given: 'campaigns that are none',
      input: {campaigns: {}},
      problems: ['campaigns: must be a list'],
    },
    {
      given: 'an unknown key',
      input: aFile({publisher: 'x'}),
      problems: ['publisher: is not known here'],
    },
    {
      given: 'an unknown key deep inside',
      input: one({audience: {include: {paths: ['/x']}}}),
      problems: ['campaigns[1].audience.include.paths: is not known here'],
    },
    {
      given: 'a campaign without id',
      input: {campaigns: [{}]},
      problems: ['campaigns[0].id: is missing'],
    },
    {
      given: 'an id with spaces',
      input: one({id: 'a b'}),
      problems: ['campaigns[1].id: must match ^[A-Za-z0-9][A-Za-z0-9._-]*$'],
    },
    {
      given: 'an id twice',
      input: one({id: 'winter'}),
      problems: ['campaigns[1].id: winter is taken'],
    },
    {
      given: 'a format nobody knows',
      input: one({format: 'popup'}),
      problems: ['campaigns[1].format: must be one of inline, bar, dialog'],
    },
    {
      given: 'a flag that is text',
      input: one({trigger: {exit: 'yes'}}),
      problems: ['campaigns[1].trigger.exit: must be true or false'],
    },
    {
      given: 'more scrolling than a page has',
      input: one({trigger: {scroll: 101}}),
      problems: ['campaigns[1].trigger.scroll: 101 is above 100'],
    },
    {
      given: 'no time',
      input: one({trigger: {seconds: -1}}),
      problems: ['campaigns[1].trigger.seconds: -1 is below 0'],
    },
    {
      given: 'a number that is none',
      input: one({priority: NaN}),
      problems: ['campaigns[1].priority: must be a number'],
    },
    {
      given: 'a number without end',
      input: one({priority: Infinity}),
      problems: ['campaigns[1].priority: must be a number'],
    },
    {
      given: 'half a paragraph',
      input: one({place: {selector: 'p', paragraph: 1.5}}),
      problems: ['campaigns[1].place.paragraph: must be a whole number'],
    },
    {
      given: 'a place nowhere',
      input: one({place: {paragraph: 1}}),
      problems: ['campaigns[1].place.selector: is missing'],
    },
    {
      given: 'copy that is not text',
      input: one({copy: {body: ['a', 5]}}),
      problems: ['campaigns[1].copy.body[1]: must be text'],
    },
    {
      given: 'copy without end',
      input: one({copy: {heading: 'x'.repeat(5001)}}),
      problems: ['campaigns[1].copy.heading: must have at most 5000 characters'],
    },
    {
      given: 'a long heading of two units a character',
      input: one({copy: {heading: '🎈'.repeat(5000)}}),
      problems: [],
    },
    {
      given: 'one character more',
      input: one({copy: {heading: '🎈'.repeat(5000) + 'x'}}),
      problems: ['campaigns[1].copy.heading: must have at most 5000 characters'],
    },
    {
      given: 'copies in no language',
      input: one({copies: {'en US': {}}}),
      problems: [
        'campaigns[1].copies.en US: is not known here: a name here must match ^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8})*$',
      ],
    },
    {
      given: 'a checkout of another scheme',
      input: one({checkout: 'http://example.org'}),
      problems: ['campaigns[1].checkout: must be an https address'],
    },
    {
      given: 'a start that is no date',
      input: one({schedule: {start: '2026-02-30'}}),
      problems: ['campaigns[1].schedule.start: 2026-02-30 is no date'],
    },
    {
      given: 'an end that is no date',
      input: one({schedule: {end: '2026-13-01'}}),
      problems: ['campaigns[1].schedule.end: 2026-13-01 is no date'],
    },
    {
      given: 'an end before the start',
      input: one({schedule: {start: '2026-10-20', end: '2026-10-19'}}),
      problems: ['campaigns[1].schedule.end: is not after start'],
    },
    {
      given: 'more articles than at most',
      input: one({audience: {articles: {min: 5, max: 4}}}),
      problems: ['campaigns[1].audience.articles.max: 4 is below min 5'],
    },
    {
      given: 'too many paragraphs',
      input: one({copy: {body: Array(51).fill('x')}}),
      problems: ['campaigns[1].copy.body: must have at most 50'],
    },
    {
      given: 'no steps of “later”',
      input: one({cadence: {laterDays: []}}),
      problems: ['campaigns[1].cadence.laterDays: must have at least 1'],
    },
    {
      given: 'more views than are remembered',
      input: one({cadence: {maxViews: 51}}),
      problems: ['campaigns[1].cadence.maxViews: 51 is above 50'],
    },

    {
      given: 'a preset below min',
      input: usd({presets: [200, 150, 500]}),
      problems: ['offer.monthly.USD.presets[1]: 150 is below min 200'],
    },
    {
      given: 'a preset below min, of a campaign',
      input: {
        campaigns: [aCampaign({offer: {monthly: {USD: someAmounts({presets: [500, 150]})}}})],
      },
      problems: ['campaigns[0].offer.monthly.USD.presets[1]: 150 is below min 200'],
    },
    {
      given: 'a preset above max',
      input: usd({max: 700}),
      problems: ['offer.monthly.USD.presets[2]: 1000 is above max 700'],
    },
    {
      given: 'a preset twice',
      input: usd({presets: [500, 200, 500]}),
      problems: ['offer.monthly.USD.presets[2]: 500 is there twice'],
    },
    {
      given: 'a preset that is none',
      input: usd({preset: 300}),
      problems: ['offer.monthly.USD.preset: 300 is none of the presets'],
    },
    {
      given: 'a max below min',
      input: usd({max: 100, presets: [200], preset: 200}),
      problems: [
        'offer.monthly.USD.max: 100 is below min 200',
        'offer.monthly.USD.presets[0]: 200 is above max 100',
      ],
    },
    {
      given: 'more than can be charged',
      input: usd({max: 100_000_000}),
      problems: ['offer.monthly.USD.max: 100000000 is above 99999999'],
    },
    {
      given: 'an amount with a point',
      input: usd({min: 1.5}),
      problems: ['offer.monthly.USD.min: must be a whole number'],
    },
    {
      given: 'no least amount',
      input: usd({min: 0}),
      problems: ['offer.monthly.USD.min: 0 is below 1'],
    },
    {
      given: 'no presets',
      input: usd({presets: []}),
      problems: ['offer.monthly.USD.presets: must have at least 1'],
    },
    {given: 'yen, which have no minor unit', input: yen({}), problems: []},
    {
      given: 'a step that krónur do not take',
      input: aFile({offer: {once: {ISK: someAmounts({presets: [250, 500], preset: 500})}}}),
      problems: ['offer.once.ISK.presets[0]: 250 is no multiple of 100'],
    },
    {
      given: 'a step that dinars do not take',
      input: aFile({offer: {once: {KWD: someAmounts({presets: [505, 500]})}}}),
      problems: ['offer.once.KWD.presets[0]: 505 is no multiple of 10'],
    },
    {
      given: 'a currency nobody charges in',
      input: aFile({offer: {once: {XXX: someAmounts()}}}),
      problems: ['offer.once.XXX: XXX is no currency that can be charged'],
    },
    {
      given: 'a currency in small letters',
      input: aFile({offer: {once: {usd: someAmounts()}}}),
      problems: ['offer.once.usd: is not known here: a name here must match ^[A-Z]{3}$'],
    },
    {
      given: 'an offer of nothing',
      input: aFile({offer: {id: 'x'}}),
      problems: ['offer: offers nothing'],
    },
    {
      given: 'an offer of no currency',
      input: aFile({offer: {monthly: {}}}),
      problems: ['offer: offers nothing'],
    },
    {
      given: 'a frequency nobody knows',
      input: aFile({offer: {...anOffer(), weekly: {}}}),
      problems: ['offer.weekly: is not known here'],
    },
    {
      given: 'a currency to start with that is none',
      input: aFile({currency: 'XXX'}),
      problems: ['currency: XXX is no currency that can be charged'],
    },
    {
      given: 'a currency to start with that is not offered',
      input: aFile({currency: 'EUR', offer: anOffer()}),
      problems: ['currency: EUR is not offered'],
    },
    {
      given: 'a campaign’s currency that the file does not offer',
      input: {...one({currency: 'EUR'}), offer: anOffer()},
      problems: ['campaigns[1].currency: EUR is not offered'],
    },
    {
      given: 'a campaign’s currency that nobody says is offered',
      input: one({currency: 'EUR'}),
      problems: [],
    },
    {
      given: 'a preset that is no number beside one that is too small: the first is told',
      input: usd({presets: ['x', 150, 500]}),
      problems: ['offer.monthly.USD.presets[0]: must be a number'],
    },
    {
      given: 'problems in several campaigns: each by its place',
      input: {
        campaigns: [
          5,
          {},
          aCampaign({priority: 'x' as never}),
          aCampaign({id: 'c', schedule: {end: '2026-99-99'}}),
        ],
      },
      problems: [
        'campaigns[0]: must be an object',
        'campaigns[1].id: is missing',
        'campaigns[2].priority: must be a number',
        'campaigns[3].schedule.end: 2026-99-99 is no date',
      ],
    },
  ];
  for (const {given, input, problems} of rows) {
    it(`given ${given}`, () => {
      const found = problemsOf(input);
      expect(found).to.have.length(problems.length);
      for (const [i, problem] of problems.entries()) {
        expect(found[i]!.slice(0, problem.length)).to.equal(problem);
      }
    });
  }

  const addresses: [text: string, isTaken: boolean][] = [
    ['/', true],
    ['/checkout', true],
    ['/checkout?x=1#y', true],
    ['https://example.org', true],
    ['https://example.org:8443/a', true],
    ['https://example.org?x=a@b', true],
    ['//evil.example', false],
    ['/\\evil.example', false],
    ['https://a@evil.example', false],
    ['https:/evil.example', false],
    ['https://', false],
    ['checkout', false],
    ['', false],
    ['javascript:alert(1)', false],
    ['https://example.org/a b', false],
    ['https://example.org\\@evil.example', false],
    ['/a\nb', false],
  ];
  for (const [text, isTaken] of addresses) {
    it(`${isTaken ? 'accepts' : 'refuses'} ${JSON.stringify(text)} as a checkout`, () => {
      expect(parseCampaigns(aFile({checkout: text})).ok).to.equal(isTaken);
    });
  }

  describe('keeps the valid part for a page', () => {
    const remains: {given: string; input: unknown; file: unknown}[] = [
      {given: 'nothing of it', input: 5, file: undefined},
      {given: 'campaigns that are none', input: {campaigns: 5}, file: undefined},
      {
        given: 'a bad field of the file',
        input: aFile({publication: 5, consent: 'maybe'}),
        file: aFile(),
      },
      {
        given: 'a bad field of a campaign',
        input: aFile({campaigns: [{id: 'a', priority: 'x', format: 'bar'}]}),
        file: {campaigns: [{id: 'a', format: 'bar'}]},
      },
      {
        given: 'a campaign without an id',
        input: {campaigns: [{priority: 1}, {id: 'a'}]},
        file: {campaigns: [{id: 'a'}]},
      },
      {
        given: 'a campaign with the id of another',
        input: {campaigns: [{id: 'a'}, {id: 'a', priority: 1}]},
        file: {campaigns: [{id: 'a'}]},
      },
      {
        given: 'a campaign whose offer contradicts itself',
        input: {
          campaigns: [{id: 'a', offer: {monthly: {USD: someAmounts({preset: 1})}}}, {id: 'b'}],
        },
        file: {campaigns: [{id: 'b'}]},
      },
      {
        given: 'a campaign whose offer cannot be read',
        input: {campaigns: [{id: 'a', offer: {monthly: {USD: 5}}}, {id: 'b'}]},
        file: {campaigns: [{id: 'b'}]},
      },
      {
        given: 'a campaign whose audience is misspelt',
        input: {campaigns: [{id: 'a', audience: {includes: {}}}, {id: 'b'}]},
        file: {campaigns: [{id: 'b'}]},
      },
      {
        given: 'a campaign whose schedule cannot be',
        input: {campaigns: [{id: 'a', schedule: {end: 'soon'}}, {id: 'b'}]},
        file: {campaigns: [{id: 'b'}]},
      },
      {
        given: 'an offer of the file that contradicts itself, which no default may stand in for',
        input: aFile({
          currency: 'EUR',
          offer: {monthly: {EUR: someAmounts({preset: 1})}},
          campaigns: [{id: 'a'}, {id: 'b', offer: anOffer()}],
        }),
        file: {currency: 'EUR', campaigns: [{id: 'b', offer: anOffer()}]},
      },
      {
        given: 'an offer of the file that cannot be read',
        input: aFile({offer: {monthly: {EUR: {min: 500}}}}),
        file: {campaigns: []},
      },
      {
        given: 'currencies that are none',
        input: {currency: 'XXX', campaigns: [{id: 'a', currency: 'YYY'}]},
        file: {campaigns: [{id: 'a'}]},
      },
      {
        given: 'a list with too much in it',
        input: aFile({origins: Array.from({length: 150}, (_, n) => `https://a${n}.example`)}),
        file: aFile({origins: Array.from({length: 100}, (_, n) => `https://a${n}.example`)}),
      },
    ];
    for (const {given, input, file} of remains) {
      it(`given ${given}`, () => {
        expect(parseCampaigns(input).ok).to.equal(false);
        expect(fileOf(input)).to.deep.equal(file);
      });
    }

    it('returns a part without problems of its own', () => {
      const junk = fc.oneof(
        fc.jsonValue({maxDepth: 2}),
        fc.constantFrom('USD', 'EUR', '2026-01-01'),
      );
      const wild = fc.record(
        {
          currency: junk,
          offer: fc.oneof(junk, fc.constant(anOffer())),
          consent: junk,
          publication: junk,
          campaigns: fc.array(
            fc.record(
              {
                id: fc.oneof(fc.constantFrom('a', 'b', 'c'), junk),
                priority: junk,
                schedule: fc.record({start: junk, end: junk}, {requiredKeys: []}),
                audience: fc.record({include: junk, signedIn: junk}, {requiredKeys: []}),
                offer: fc.oneof(junk, fc.constant(anOffer({once: {USD: someAmounts({min: 300})}}))),
                copy: fc.record({heading: junk, body: junk}, {requiredKeys: []}),
                currency: junk,
              },
              {requiredKeys: []},
            ),
            {maxLength: 4},
          ),
        },
        {requiredKeys: ['campaigns']},
      );
      fc.assert(
        fc.property(wild, input => {
          const file = fileOf(input);
          expect(file).not.to.equal(undefined);
          // A currency may have lost the offer it was compared with.
          const again = problemsOf(file).filter(problem => !problem.endsWith('is not offered'));
          expect(again).to.deep.equal([]);
        }),
        {numRuns: 1000},
      );
    });
  });

  describe('never throws', () => {
    const cyclic: Record<string, unknown> = {campaigns: []};
    cyclic['offer'] = cyclic;
    (cyclic['campaigns'] as unknown[]).push(cyclic, cyclic['campaigns']);
    const traps = {
      campaigns: [
        {
          get id(): string {
            throw new Error('a trap');
          },
        },
      ],
    };
    const untold = {
      get campaigns(): unknown {
        throw Object.create(null);
      },
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('a trap');
        },
      },
    );
    const rows: [given: string, input: () => unknown][] = [
      ['text that is no JSON', () => '{"campaigns":['],
      ['text that is empty', () => ''],
      ['JSON of something else', () => '"campaigns"'],
      ['an object that holds itself', () => cyclic],
      ['getters that throw', () => traps],
      ['a proxy that throws', () => proxy],
      ['a getter that throws what cannot be told', () => untold],
      ['a function', () => () => undefined],
      ['a symbol', () => Symbol('x')],
      ['a bigint', () => ({campaigns: [{id: 'a', priority: 1n}]})],
      ['a deep nest', () => `{"campaigns":${'['.repeat(1e5)}${']'.repeat(1e5)}}`],
      ['ten megabytes of text', () => JSON.stringify(aFile({publication: 'x'.repeat(1e7)}))],
      ['ten megabytes of list', () => aFile({origins: Array(2e6).fill('x')})],
      [
        'a million unknown keys',
        () => aFile(Object.fromEntries(Array.from({length: 1e6}, (_, n) => [`k${n}`, 1]))),
      ],
      ['a key of ten megabytes', () => aFile({['k'.repeat(1e7)]: 1})],
    ];
    for (const [given, input] of rows) {
      it(`given ${given}`, () => {
        const parsed = parseCampaigns(input());
        expect(parsed.ok).to.equal(false);
        if (parsed.ok) return;
        expect(parsed.problems.length).to.be.within(1, 100);
        for (const {path, problem} of parsed.problems) {
          expect(path.length).to.be.below(500);
          expect(problem).not.to.equal('');
        }
      });
    }

    it('given anything', () => {
      fc.assert(
        fc.property(fc.anything({withNullPrototype: true, withMap: true}), input => {
          parseCampaigns(input);
          parseCampaigns({campaigns: [input], offer: input});
        }),
        {numRuns: 500},
      );
    });
  });

  it('reads only known and own keys', () => {
    const text =
      '{"__proto__":{"publication":"x"},"constructor":{"prototype":{"y":1}},"campaigns":[{"id":"a","__proto__":{"format":"bar"},"copies":{"__proto__":{"heading":"x"}}}]}';
    expect(problemsOf(text)).to.deep.equal([
      '__proto__: is not known here',
      'constructor: is not known here',
      'campaigns[0].__proto__: is not known here',
      'campaigns[0].copies.__proto__: is not known here: a name here must match ^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8})*$',
    ]);
    const file = fileOf(text)!;
    expect(Object.keys(file)).to.deep.equal(['campaigns']);
    expect(Object.keys(file.campaigns[0]!)).to.deep.equal(['id', 'copies']);
    expect(Object.getPrototypeOf(file.campaigns[0])).to.equal(Object.prototype);
    expect('y' in {}).to.equal(false);
    const inherited = Object.create({campaigns: []}) as object;
    expect(problemsOf(inherited)).to.deep.equal(['campaigns: is missing']);
  });
});

describe('readCampaigns()', () => {
  it('returns the same file as parseCampaigns()', () => {
    expect(readCampaigns(whole)).to.deep.equal({ok: true, file: whole});
    expect(readCampaigns('{').ok).to.equal(false);
    expect(readCampaigns({campaigns: [{id: 5}, {id: 'a'}]}).file).to.deep.equal({
      campaigns: [{id: 'a'}],
    });
  });

  it('does not report contradictions', () => {
    const file = aFile({offer: {monthly: {USD: someAmounts({preset: 1})}}});
    expect(readCampaigns(file)).to.deep.equal({ok: true, file});
    expect(parseCampaigns(file).ok).to.equal(false);
  });
});

describe('offerProblems()', () => {
  it('returns no problems for a valid offer', () => {
    expect(offerProblems(anOffer())).to.deep.equal([]);
  });

  it('reports each problem below the given path', () => {
    const offer = anOffer({annual: {USD: someAmounts({preset: 7})}});
    expect(offerProblems(offer)).to.deep.equal([
      {path: 'offer.annual.USD.preset', problem: '7 is none of the presets'},
    ]);
    expect(offerProblems(offer, 'offers[3]')[0]!.path).to.equal('offers[3].annual.USD.preset');
    expect(offerProblems({}, '')).to.deep.equal([{path: '', problem: 'offers nothing'}]);
  });
});

describe('parseCampaigns() and a checkout without a server', () => {
  const link = 'https://buy.stripe.com/abc';
  const offer = anOffer({monthly: {USD: {min: 200, max: 9000, presets: [200, 500], preset: 500}}});
  const withLinks = (paymentLinks: unknown, rest: object = {}) =>
    aFile({checkout: {paymentLinks}, ...rest});
  const page = (address: string) => aFile({checkout: {page: address}});

  const rows: {given: string; input: unknown; problems: string[]}[] = [
    {given: 'links and no offer', input: withLinks({monthly: {USD: {500: link}}}), problems: []},
    {
      given: 'links of a campaign beside an endpoint of the file',
      input: {
        checkout: '/checkout',
        campaigns: [
          aCampaign({checkout: {paymentLinks: {once: {USD: {500: link, custom: link}}}}}),
        ],
      },
      problems: [],
    },
    {
      given: 'a page with every placeholder',
      input: page(
        'https://give.example.org/{campaign}?a={amount}&m={minor}&c={currency}&f={frequency}',
      ),
      problems: [],
    },
    {
      given: 'a preset without a link',
      input: withLinks({monthly: {USD: {500: link}}}, {offer}),
      problems: [
        'checkout.paymentLinks.monthly.USD.200: is missing, so 200 is not shown: make a Payment Link and put its address here, or take 200 out of offer.monthly.USD.presets',
      ],
    },
    {
      given: 'an offer of a campaign, of which the file links half',
      input: {
        ...withLinks({monthly: {USD: {200: link}}}),
        campaigns: [aCampaign({offer}), aCampaign({id: 'next'})],
      },
      problems: [
        'checkout.paymentLinks.monthly.USD.500: is missing, so 500 is not shown: make a Payment Link and put its address here, or take 500 out of campaigns[0].offer.monthly.USD.presets',
      ],
    },
    {
      given: 'an offer in another currency',
      input: withLinks({monthly: {EUR: {200: link, 500: link}}}, {offer}),
      problems: [
        'checkout.paymentLinks.monthly.USD.200: is missing',
        'checkout.paymentLinks.monthly.USD.500: is missing',
        'checkout.paymentLinks: sells nothing, so nothing is asked: link an amount of offer',
      ],
    },
    {
      given: 'no link',
      input: withLinks({}),
      problems: ['checkout.paymentLinks: sells nothing, so nothing is asked: link an amount'],
    },
    {
      given: 'an open link for a subscription',
      input: withLinks({monthly: {USD: {500: link, custom: link}}}),
      problems: [
        'checkout.paymentLinks.monthly.USD.custom: is not known here: an amount in minor units, such as 500: a link where customers choose the price takes no subscription',
      ],
    },
    {
      given: 'an amount in major units',
      input: withLinks({once: {USD: {'5.00': link, 500: link}}}),
      problems: [
        'checkout.paymentLinks.once.USD.5.00: is not known here: an amount in minor units',
      ],
    },
    {
      given: 'an amount that the currency does not have',
      input: withLinks({once: {KWD: {501: link, 510: link}}}),
      problems: ['checkout.paymentLinks.once.KWD.501: 501 is no multiple of 10'],
    },
    {
      given: 'a currency that is none',
      input: withLinks({once: {XXX: {500: link}}}),
      problems: ['checkout.paymentLinks.once.XXX: XXX is no currency that can be charged'],
    },
    {
      given: 'a currency to start with that has no link',
      input: withLinks({once: {USD: {500: link}}}, {currency: 'EUR'}),
      problems: ['currency: EUR is not offered'],
    },
    ...['http://buy.stripe.com/abc', 'buy.stripe.com/abc', 'https://u@buy.stripe.com/', '/pay'].map(
      address => ({
        given: `the link ${address}`,
        input: withLinks({once: {USD: {500: address}}}),
        problems: ['checkout.paymentLinks.once.USD.500: must be an https address without a port'],
      }),
    ),
    ...[
      'http://give.example.org/',
      'https://{campaign}.example.org/',
      'https://a.example:8443/',
    ].map(address => ({
      given: `the page ${address}`,
      input: page(address),
      problems: ['checkout.page: must be an https address without a port, and placeholders only'],
    })),
    ...['{sum}', '{AMOUNT}', '{ amount }', '{amount', '}'].map(placeholder => ({
      given: `the placeholder ${placeholder}`,
      input: page(`https://give.example.org/?a=${placeholder}`.replaceAll(' ', '%20')),
      problems: [
        `checkout.page: ${placeholder.replaceAll(' ', '%20')} is no placeholder: use {amount}, {minor}, {currency}, {frequency}, {campaign}`,
      ],
    })),
    {
      given: 'links and a page',
      input: aFile({checkout: {page: link, paymentLinks: {once: {USD: {500: link}}}}}),
      problems: ['checkout: must have one of paymentLinks and page'],
    },
    {
      given: 'neither',
      input: aFile({checkout: {}}),
      problems: ['checkout: must have one of paymentLinks and page'],
    },
    {
      given: 'a number',
      input: aFile({checkout: 5}),
      problems: [
        'checkout: must be an https address, a path of this site, or an object with paymentLinks or page',
      ],
    },
    {
      given: 'an arm whose offer has no link',
      input: {
        ...withLinks({monthly: {USD: {500: link}}}),
        experiments: [
          {
            id: 'price',
            version: 1,
            campaign: 'winter',
            arms: {
              control: {weight: 0.5},
              more: {
                weight: 0.5,
                overrides: {
                  offer: {monthly: {USD: {min: 500, max: 900, presets: [500, 900], preset: 500}}},
                },
              },
            },
          },
        ],
      },
      problems: [
        'checkout.paymentLinks.monthly.USD.900: is missing, so 900 is not shown: make a Payment Link and put its address here, or take 900 out of experiments[0].arms.more.overrides.offer.monthly.USD.presets',
      ],
    },
  ];
  for (const {given, input, problems} of rows) {
    it(`${problems.length > 0 ? 'says what is wrong' : 'takes it'}, given ${given}`, () => {
      const found = problemsOf(input);
      expect(found).to.have.lengthOf(problems.length, found.join('\n'));
      problems.forEach((problem, i) => expect(found[i]).to.include(problem));
    });
  }
});
