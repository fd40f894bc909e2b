import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  checkoutErrorCodes,
  clientReference,
  readClientReference,
  type Attribution,
} from '../../src/core/money/checkout.js';

const everything: Attribution = {
  readerId: 'r7',
  campaign: 'winter',
  experiment: 'heading',
  arm: 'b',
  placement: 'article-end',
};

describe('clientReference()', () => {
  for (const [given, attribution, reference] of [
    ['nothing', {}, 'rs1_____'],
    ['everything', everything, 'rs1_r7_winter_heading_b_article-end'],
    ['what it does not carry', {page: '/a', exposure: 'e', arm: 'b'}, 'rs1____b_'],
    ['an empty name', {campaign: ''}, 'rs1_____'],
    ['an underscore', {campaign: 'winter_2026'}, 'rs1__winter-x5f-2026___'],
    ['what looks like an escape', {campaign: 'a-x5f-b'}, 'rs1__a-x2d-x5f-b___'],
    ['a hyphen before another escape', {campaign: 'a-_'}, 'rs1__a--x5f-___'],
    ['hyphens', {campaign: '--x--'}, 'rs1__--x2d-x--___'],
    [
      'two characters that WebKit’s patterns take for one',
      {arm: '\uf900\ufc00'},
      'rs1____-xf900--xfc00-_',
    ],
    ['a character beyond the basic plane', {arm: '🌞'}, 'rs1____-x1f31e-_'],
    ['another script', {campaign: 'зима'}, 'rs1__-x437--x438--x43c--x430-___'],
  ] as const)
    it(`given ${given} returns ${reference}`, () => {
      expect(clientReference(attribution)).to.equal(reference);
    });

  it('drops the reader first when it is too long', () => {
    const campaign = 'c'.repeat(140);
    const long = clientReference({...everything, readerId: 'r'.repeat(20), campaign});
    expect(readClientReference(long)).to.deep.equal({
      campaign,
      experiment: 'heading',
      arm: 'b',
      placement: 'article-end',
    });
  });

  it('truncates the longest names at a character when it is still too long', () => {
    const long = clientReference({
      campaign: '_'.repeat(1e6),
      experiment: 'e'.repeat(1e6),
      arm: 'b',
    });
    expect(long.length).to.be.within(160, 168);
    const {campaign, experiment, arm} = readClientReference(long) ?? {};
    expect(campaign).to.match(/^_{15,}$/);
    expect(experiment).to.match(/^e{70,}$/);
    expect(arm).to.equal('b');
  });

  it('never splits a character', () => {
    const {campaign} = readClientReference(clientReference({campaign: '🌞'.repeat(100)})) ?? {};
    expect(campaign).to.match(/^(?:🌞)+$/u);
  });
});

describe('readClientReference()', () => {
  for (const [given, text] of [
    ['nothing', ''],
    ['somebody else’s reference', 'order-1234'],
    ['another version', 'rs2_____'],
    ['too few names', 'rs1____'],
    ['too many names', 'rs1______'],
    ['a space', 'rs1__a b___'],
    ['a line break at the end', 'rs1_____\n'],
    ['more than Stripe keeps', `rs1__${'a'.repeat(300)}___`],
  ] as const)
    it(`given ${given} returns undefined`, () => {
      expect(readClientReference(text)).to.be.undefined;
    });

  it('keeps an invalid escape as it is', () => {
    expect(readClientReference('rs1__-xffffff-___')).to.deep.equal({campaign: '-xffffff-'});
  });
});

describe('a client reference', () => {
  const name = fc.option(
    fc.oneof(
      fc.string({maxLength: 8}),
      fc.string({unit: 'binary', maxLength: 3}),
      fc.string({unit: fc.constantFrom('-', 'x', '5', 'f', '_', 'é'), maxLength: 4}),
    ),
    {nil: undefined},
  );
  const attributions = (value: fc.Arbitrary<string | undefined>): fc.Arbitrary<Attribution> =>
    fc
      .tuple(value, value, value, value, value)
      .map(([readerId, campaign, experiment, arm, placement]) =>
        Object.fromEntries(
          Object.entries({readerId, campaign, experiment, arm, placement}).filter(each => each[1]),
        ),
      );

  it('comes back as it went, when it fits', () => {
    let count = 0;
    fc.assert(
      fc.property(attributions(name), attribution => {
        const reference = clientReference(attribution);
        expect(reference).to.match(/^[\w-]{8,168}$/);
        const read = readClientReference(reference);
        const hasReader = attribution.readerId === undefined || read?.readerId;
        if (!hasReader || reference.length >= 158) return;
        count += 1;
        expect(read).to.deep.equal(attribution);
      }),
      {numRuns: 3000},
    );
    expect(count, 'references that fit').to.be.at.least(1000);
  });

  it('always fits, and only truncates fields', () => {
    fc.assert(
      fc.property(attributions(fc.string({unit: 'grapheme', maxLength: 300})), attribution => {
        const reference = clientReference(attribution);
        expect(reference).to.match(/^[\w-]{8,168}$/);
        const read = readClientReference(reference);
        for (const key of ['readerId', 'campaign', 'experiment', 'arm', 'placement'] as const)
          expect(attribution[key]?.startsWith(read?.[key] ?? '') ?? true).to.be.true;
      }),
    );
  });

  it('is always read without an error', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^rs1(_[a-fx0-9-]{0,12}){4,6}$/), text => {
        readClientReference(text);
      }),
    );
  });
});

describe('checkoutErrorCodes', () => {
  it('is a list without repeats', () => {
    expect(new Set(checkoutErrorCodes).size).to.equal(24);
  });
});
