import {expect} from '@open-wc/testing';
import {isImageAllowed} from '../../src/core/campaigns/appearance.js';
import type {Campaign} from '../../src/core/campaigns/campaign.js';
import {parseCampaigns, readCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import {changeProblems} from '../../src/core/experiments/experiment-problems.js';
import {applyArm, type Overrides} from '../../src/core/experiments/experiment.js';
import {someAmounts} from './builders.js';

const offer = {
  monthly: {USD: someAmounts(), EUR: someAmounts({presets: [300], preset: 300})},
  once: {USD: someAmounts({presets: [1000, 2500], preset: 1000})},
};
const image = {src: '/i/quay.jpg', alt: '', width: 1200, height: 800};

/** Every field that an editor may write, in a campaign and in an arm. */
const appeal: Overrides = {
  theme: 'broadsheet',
  accent: '#a1263a',
  collapsed: true,
  frequencies: ['monthly', 'once'],
  minArticles: 5,
  image: {...image, position: 'top'},
  claims: 'reviewed',
  copy: {
    kicker: 'A',
    heading: 'B',
    body: ['C'],
    highlight: 'D',
    byline: {name: 'E', role: 'F', portrait: '/i/ines.jpg'},
    benefits: {monthly: ['G'], once: []},
    button: {monthly: 'Give {amount} a month'},
    later: 'H',
    collapsed: 'I',
    reassurance: 'J',
    fallback: 'K',
    secondary: '[L](https://example.org)',
    amounts: {monthly: {USD: {1000: {meaning: 'M', pill: 'popular'}}, EUR: {300: {}}}},
    withoutCount: {kicker: 'N', benefits: {once: ['O']}},
  },
  copies: {de: {kicker: 'P', amounts: {once: {USD: {2500: {pill: 'Q'}}}}}},
};

const fileWith = (campaign: object, file: object = {}) => ({
  offer,
  ...file,
  campaigns: [{id: 'winter', ...campaign}],
});

const fileWithArm = (overrides: object, campaign: object = {}, file: object = {}) => ({
  ...fileWith(campaign, file),
  experiments: [
    {
      ...{id: 'test', version: 1, campaign: 'winter'},
      arms: {control: {weight: 0.5}, b: {weight: 0.5, overrides}},
    },
  ],
});

const problemsOf = (input: unknown): string[] => {
  const parsed = parseCampaigns(input);
  return parsed.ok ? [] : parsed.problems.map(({path, problem}) => `${path}: ${problem}`);
};

const withPrefix = (prefix: string, problems: readonly string[]) =>
  problems.map(problem => `${prefix}.${problem}`);

const oneColour = 'accent: must be a colour such as #a26 or #a1263a';
const noAddress =
  'must be a path of the site that begins with /, or an https address on a host of imageOrigins';
const notListed = (host: string) =>
  `${host} is not listed: add it to imageOrigins, or use a path of the site`;

const rows: readonly {
  given: string;
  appeal: object;
  file?: object;
  problems: readonly string[];
}[] = [
  {given: 'every field', appeal, problems: []},
  ...['default', 'gazette', 'review'].map(theme => ({
    given: `the theme ${theme}`,
    appeal: {theme},
    problems: [],
  })),
  ...['Gazette', '', 'tabloid'].map(theme => ({
    given: `no theme: "${theme}"`,
    appeal: {theme},
    problems: ['theme: must be one of default, broadsheet, gazette, review'],
  })),
  ...['#abc', '#ABC', '#00ff7F'].map(accent => ({
    given: `the colour ${accent}`,
    appeal: {accent},
    problems: [],
  })),
  ...['red', '#ab', '#abcd', '#ggg', 'rgb(1,2)', '#abc;x:', 'abc', '#12345678', '#abc '].map(
    accent => ({
      given: `no colour: ${accent}`,
      appeal: {accent},
      problems: [oneColour],
    }),
  ),
  ...['true', 1, null].map(collapsed => ({
    given: `collapsed: ${JSON.stringify(collapsed)}`,
    appeal: {collapsed},
    problems: ['collapsed: must be true or false'],
  })),
  ...[['once'], ['once', 'monthly']].map(frequencies => ({
    given: `frequencies ${frequencies.join()}`,
    appeal: {frequencies},
    problems: [],
  })),
  {
    given: 'no frequency',
    appeal: {frequencies: []},
    problems: ['frequencies: must have at least 1'],
  },
  {
    given: 'a frequency that is none',
    appeal: {frequencies: ['weekly', 'once']},
    problems: ['frequencies[0]: must be one of monthly, annual, once'],
  },
  {
    given: 'a frequency that is not offered',
    appeal: {frequencies: ['once', 'annual']},
    problems: ['frequencies[1]: annual is not offered: use some of monthly, once'],
  },
  {
    given: 'a frequency twice',
    appeal: {frequencies: ['once', 'monthly', 'once']},
    problems: ['frequencies[2]: once is there twice: take one out'],
  },
  ...(['width', 'height', 'alt', 'src'] as const).map(key => ({
    given: `an image without ${key}`,
    appeal: {image: {...image, [key]: undefined}},
    problems: [
      `image.${key}: must be ${key === 'width' || key === 'height' ? 'a number' : 'text'}`,
    ],
  })),
  ...[0, -1, 10_001].map(width => ({
    given: `an image ${width} wide`,
    appeal: {image: {...image, width}},
    problems: [`image.width: ${width} is ${width > 0 ? 'above 10000' : 'below 1'}`],
  })),
  {
    given: 'an image that lacks what keeps the page from shifting',
    appeal: {image: {src: '/a.jpg', alt: 'A quay'}},
    problems: ['image.width: is missing', 'image.height: is missing'],
  },
  ...['bottom', 'left', ''].map(position => ({
    given: `an image at no place: "${position}"`,
    appeal: {image: {...image, position}},
    problems: ['image.position: must be one of top'],
  })),
  ...['quay.jpg', '//img.example.org/a.jpg', 'http://img.example.org/a.jpg', 'data:image/png,'].map(
    src => ({
      given: `an image at ${src}`,
      appeal: {image: {...image, src}, copy: {byline: {name: 'I', portrait: src}}},
      file: {imageOrigins: ['img.example.org']},
      problems: [`image.src: ${noAddress}`, `copy.byline.portrait: ${noAddress}`],
    }),
  ),
  ...['img.example.org', 'https://img.example.org'].map(host => ({
    given: `an image on a listed host: ${host}`,
    appeal: {image: {...image, src: 'https://img.example.org/a.jpg'}},
    file: {imageOrigins: [host]},
    problems: [],
  })),
  ...['https://img.example.org/a.jpg', 'https://evil.example?img.example.org'].map(src => ({
    given: `an image on a host that is not listed: ${src}`,
    appeal: {image: {...image, src}, copies: {de: {byline: {name: 'I', portrait: src}}}},
    file: {imageOrigins: ['static.example.org']},
    problems: ['image.src', 'copies.de.byline.portrait'].map(
      place => `${place}: ${notListed(/\/\/([^/?]+)/.exec(src)![1]!)}`,
    ),
  })),
  {
    given: 'a byline without a name',
    appeal: {copy: {byline: {role: 'Editor'}}},
    problems: ['copy.byline.name: is missing'],
  },
  {
    given: 'words at amounts that are no presets',
    appeal: {
      copy: {amounts: {monthly: {USD: {700: {}, 1000: {}}, EUR: {1000: {}}}}},
      copies: {de: {withoutCount: {amounts: {once: {USD: {500: {}}}}}}},
    },
    problems: [
      'copy.amounts.monthly.USD.700: no such preset: use one of 200, 500, 1000',
      'copy.amounts.monthly.EUR.1000: no such preset: use one of 300',
      'copies.de.withoutCount.amounts.once.USD.500: no such preset: use one of 1000, 2500',
    ],
  },
  {
    given: 'words at amounts of a currency that is not offered',
    appeal: {copy: {amounts: {monthly: {GBP: {500: {}}}, once: {EUR: {300: {}}}}}},
    problems: [
      'copy.amounts.monthly.GBP: is not offered: offer GBP for monthly, or take it out',
      'copy.amounts.once.EUR: is not offered: offer EUR for once, or take it out',
    ],
  },
  {
    given: 'words for a frequency that is not offered',
    appeal: {
      copy: {
        ...{benefits: {annual: ['A']}, button: {annual: 'B'}},
        amounts: {annual: {USD: {500: {}}}},
      },
    },
    problems: ['benefits', 'button', 'amounts'].map(
      field => `copy.${field}.annual: is not offered: offer annual, or take it out`,
    ),
  },
  ...['0500', '5.00', 'popular'].map(amount => ({
    given: `an amount that is none: ${amount}`,
    appeal: {copy: {amounts: {once: {USD: {[amount]: {}}}}}},
    problems: [
      `copy.amounts.once.USD.${amount}: is not known here: an amount in minor units, such as 500`,
    ],
  })),
  ...['later', 'collapsed', 'highlight', 'secondary', 'kicker'].map(field => ({
    given: `a list as ${field}`,
    appeal: {copy: {[field]: ['A']}},
    problems: [`copy.${field}: must be text`],
  })),
  {
    given: 'fields that do not exist',
    appeal: {copy: {buttons: {}, benefits: {weekly: []}}, picture: {}},
    problems: [
      'copy.buttons: is not known here',
      'copy.benefits.weekly: is not known here',
      'picture: is not known here',
    ],
  },
  ...['yes', true, ''].map(claims => ({
    given: `claims: ${JSON.stringify(claims)}`,
    appeal: {claims},
    problems: [`claims: must be ${typeof claims === 'string' ? 'one of reviewed' : 'text'}`],
  })),
];

describe('parseCampaigns() and the words and looks of an appeal', () => {
  const sorted = (problems: readonly string[]) => [...problems].sort();

  for (const {given, appeal: fields, file, problems} of rows) {
    it(`${problems.length ? 'reports' : 'accepts'} ${given}`, () => {
      expect(sorted(problemsOf(fileWith(fields, file)))).to.deep.equal(
        sorted(withPrefix('campaigns[0]', problems)),
      );
    });

    it(`${problems.length ? 'reports' : 'accepts'} ${given} in an arm`, () => {
      expect(sorted(problemsOf(fileWithArm(fields, {copies: {}}, file)))).to.deep.equal(
        sorted(withPrefix('experiments[0].arms.b.overrides', problems)),
      );
    });
  }

  for (const {given, arm, campaign, problems} of [
    {
      given: 'an arm with another offer, which lacks a frequency of the campaign',
      arm: {offer: {once: offer.once}},
      campaign: {frequencies: ['monthly', 'once']},
      problems: ['frequencies[0]: monthly is not offered: use some of once'],
    },
    {
      given: 'an arm with another offer and its own words',
      arm: {
        offer: {once: {USD: someAmounts()}},
        copy: {amounts: {once: {USD: {200: {}, 2500: {}}}}},
      },
      campaign: {},
      problems: ['copy.amounts.once.USD.2500: no such preset: use one of 200, 500, 1000'],
    },
    {
      given: 'words of the campaign at amounts that the arm no longer offers',
      arm: {offer: {once: {USD: someAmounts()}}},
      campaign: {copy: {amounts: {once: {USD: {2500: {}}}}}},
      problems: [],
    },
    {
      given: 'an arm that shows fewer frequencies',
      arm: {frequencies: ['once']},
      campaign: {frequencies: ['monthly', 'once']},
      problems: [],
    },
  ])
    it(`compares an arm with what it offers, given ${given}`, () => {
      expect(problemsOf(fileWithArm(arm, campaign))).to.deep.equal(
        withPrefix('experiments[0].arms.b.overrides', problems),
      );
    });

  it('compares words with what Payment Links sell', () => {
    const checkout = {paymentLinks: {once: {USD: {500: 'https://buy.stripe.com/a'}}}};
    const copy = {amounts: {once: {USD: {500: {}, 700: {}}}}};
    expect(problemsOf({checkout, campaigns: [{id: 'winter', copy}]})).to.deep.equal([
      'campaigns[0].copy.amounts.once.USD.700: no such preset: use one of 500',
    ]);
  });

  it('leaves words alone where the offer is broken', () => {
    const problems = problemsOf({
      offer: {monthly: {USD: {min: 200}}},
      campaigns: [{id: 'winter', frequencies: ['once'], copy: {button: {annual: 'A'}}}],
    });
    expect(problems.filter(problem => problem.startsWith('campaigns'))).to.deep.equal([]);
  });

  for (const {given, file, problems} of [
    {
      given: 'every field of the file',
      file: {
        manage: '/account',
        methods: ['Card', 'Apple Pay'],
        imageOrigins: ['img.example.org', 'https://static.example.org', 'img.example.org:8443'],
      },
      problems: [],
    },
    ...['javascript:alert(1)', 'http://example.org', 'account'].map(manage => ({
      given: `manage: ${manage}`,
      file: {manage},
      problems: [/^manage: must match/],
    })),
    {
      given: 'methods that are too long, empty or no texts',
      file: {methods: ['x'.repeat(41), ' ', 1]},
      problems: [
        /^methods\[0\]: must have at most 40 characters$/,
        /^methods\[1\]: must be the name of a way to pay$/,
        /^methods\[2\]: must be text$/,
      ],
    },
    {
      given: 'too many methods',
      file: {methods: Array.from({length: 13}, () => 'Card')},
      problems: [/^methods: must have at most 12$/],
    },
    ...['http://img.example.org', '*', 'img.example.org/a', '*.example.org'].map(host => ({
      given: `imageOrigins: ${host}`,
      file: {imageOrigins: [host]},
      problems: [/^imageOrigins\[0\]: must be a host such as images\.example\.org/],
    })),
  ])
    it(`reads what the file says of all appeals, given ${given}`, () => {
      const found = problemsOf(fileWith({}, file));
      expect(found).to.have.lengthOf(problems.length);
      problems.forEach((problem, i) => expect(found[i]).to.match(problem));
    });

  it('takes nothing from a polluted prototype', () => {
    const text =
      '{"__proto__":{"manage":"/x"},"campaigns":[{"id":"a","__proto__":{"theme":"review"},"copy":{"__proto__":{"later":"x"},"amounts":{"once":{"USD":{"__proto__":{"pill":"x"}}}}}}]}';
    const {file} = readCampaigns(text);
    expect(JSON.stringify(file)).to.equal(
      '{"campaigns":[{"id":"a","copy":{"amounts":{"once":{"USD":{}}}}}]}',
    );
  });
});

describe('isImageAllowed()', () => {
  for (const [src, origins, isAllowed] of [
    ['/i/a.jpg', [], true],
    ['/', [], true],
    ['/a.jpg?https://evil.example', [], true],
    ['https://img.example.org/a.jpg', ['img.example.org'], true],
    ['https://IMG.example.org/a.jpg', ['https://img.example.org'], true],
    ['https://img.example.org:8443/a.jpg', ['img.example.org:8443'], true],
    ['https://img.example.org', ['img.example.org'], true],
    ['https://img.example.org:8443/a.jpg', ['img.example.org'], false],
    ['https://img.example.org/a.jpg', [], false],
    ['https://img.example.org.evil.example/a.jpg', ['img.example.org'], false],
    ['https://img.example.org@evil.example/a.jpg', ['img.example.org'], false],
    ['https://evil.example/img.example.org', ['img.example.org'], false],
    ['https://evil.example#@img.example.org', ['img.example.org'], false],
    ['http://img.example.org/a.jpg', ['img.example.org'], false],
    ['//img.example.org/a.jpg', ['img.example.org'], false],
    ['/\\img.example.org/a.jpg', ['img.example.org'], false],
    ['/\t/img.example.org/a.jpg', ['img.example.org'], false],
    ['a.jpg', [], false],
    ['data:image/png;base64,', [], false],
    ['javascript:alert(1)', [], false],
    ['', [], false],
  ] as const)
    it(`${isAllowed ? 'allows' : 'refuses'} "${src}" where ${origins.join() || 'nothing'} is listed`, () => {
      expect(isImageAllowed(src, origins)).to.equal(isAllowed);
    });
});

describe('an arm that changes the looks of an appeal', () => {
  const campaign: Campaign = {
    id: 'winter',
    theme: 'gazette',
    copy: {heading: 'A', benefits: {monthly: ['B'], once: ['C']}},
  };

  it('replaces what it names and leaves the rest', () => {
    const arm = {weight: 1, overrides: {accent: '#abc', copy: {kicker: 'K'}}};
    const {theme, accent, copy} = applyArm(campaign, arm)!;
    expect({theme, accent}).to.deep.equal({theme: 'gazette', accent: '#abc'});
    expect(Object.keys(copy!)).to.deep.equal(['heading', 'benefits', 'kicker']);
  });

  it('replaces a field with words by frequency as a whole', () => {
    const arm = {weight: 1, overrides: {copy: {benefits: {monthly: ['D']}}}};
    expect(applyArm(campaign, arm)?.copy).to.deep.include({heading: 'A'});
    expect(JSON.stringify(applyArm(campaign, arm)?.copy?.benefits)).to.equal('{"monthly":["D"]}');
  });

  for (const [key, value] of Object.entries(appeal))
    it(`needs a new version when ${key} changes under way`, () => {
      const before = fileWithArm({accent: '#000'}, {copies: {}});
      const after = fileWithArm({accent: '#000', [key]: value as unknown}, {copies: {}});
      const problems = changeProblems(before as never, after as never).map(({path}) => path);
      // Who reviewed the claims is nothing that readers see.
      expect(problems).to.deep.equal(key === 'claims' ? [] : ['experiments[0].arms.b']);
    });
});
