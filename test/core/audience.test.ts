import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  checkAudience,
  type Audience,
  type Facts,
  type Rules,
  type Schedule,
} from '../../src/core/campaigns/audience.js';
import {day, factsWithout, now, someFacts} from './builders.js';

const refusals = (
  audience: Audience | undefined,
  facts: Partial<Facts> = {},
  schedule?: Schedule,
) => [...checkAudience(audience, schedule, someFacts(facts))].filter(([, , reason]) => reason);

const includes = (rules: Rules, facts: Partial<Facts> = {}) =>
  refusals({include: rules}, facts).length === 0;
const excludes = (rules: Rules, facts: Partial<Facts> = {}) =>
  refusals({exclude: rules}, facts).length > 0;

describe('an audience', () => {
  const paths: [glob: string, path: string, isMatch: boolean][] = [
    ['/', '/', true],
    ['/', '/news', false],
    ['/news', '/news', true],
    ['/news', '/news/', false],
    ['/news', '/newsroom', false],
    ['/news', '/old/news', false],
    ['/news/*', '/news/bridge', true],
    ['/news/*', '/news/', true],
    ['/news/*', '/news/2026/bridge', false],
    ['/news/**', '/news/2026/bridge', true],
    ['/news/**', '/news', false],
    ['/news/***', '/news/2026/bridge', true],
    ['/*/bridge', '/news/bridge', true],
    ['/*/bridge', '/news/2026/bridge', false],
    ['/**/bridge', '/news/2026/bridge', true],
    ['**/bridge', '/news/2026/bridge', true],
    ['**', '/anything/at/all', true],
    ['*', '/', false],
    ['/a*b*c', '/a-b-b-c', true],
    ['/a*b*c', '/a-b-b-d', false],
    ['/**/a*b', '/x/a/y/ab', true],
    ['/**/a*b', '/x/ac/b', false],
    ['/page.html', '/pageXhtml', false],
    ['/a+(b)[c]?$^|{d}\\', '/a+(b)[c]?$^|{d}\\', true],
    ['/News', '/news', false],
    ['/näs/*', '/n%C3%A4s/fj%C3%A4ll', true],
    ['/n%C3%A4s/*', '/n%C3%A4s/fj%C3%A4ll', true],
    ['/100%', '/100%', true],
    ['/**/🎈', '/a/🎈', true],
    ['', '/', false],
  ];
  for (const [glob, path, isMatch] of paths) {
    it(`${isMatch ? 'includes' : 'excludes'} ${path} for ${JSON.stringify(glob)}`, () => {
      expect(includes({path: [glob]}, {path})).to.equal(isMatch);
      expect(excludes({path: [glob]}, {path})).to.equal(isMatch);
    });
  }

  it('agrees with a regular expression on every glob', () => {
    const piece = fc.constantFrom('a', 'b', '/', '*', '**');
    const text = fc.array(fc.constantFrom('a', 'b', '/'), {maxLength: 8}).map(all => all.join(''));
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 6}), text, (pieces, path) => {
        const glob = pieces.join('');
        const pattern = glob.replaceAll(/\*+/g, stars => (stars.length > 1 ? '.*' : '[^/]*'));
        expect(includes({path: [glob]}, {path})).to.equal(new RegExp(`^${pattern}$`).test(path));
      }),
      {numRuns: 3000},
    );
  });

  it('matches globs with many stars in reasonable time', () => {
    expect(
      includes({path: ['/' + '*a'.repeat(200)]}, {path: '/' + 'a'.repeat(1900) + 'b'}),
    ).to.equal(false);
  });

  const rows: {given: string; rules: Rules; facts?: Partial<Facts>; isMatch: boolean}[] = [
    {given: 'no rules', rules: {}, isMatch: true},
    {given: 'one of several paths', rules: {path: ['/x', '/2026/**']}, isMatch: true},
    {given: 'the section, in another case', rules: {section: ['local']}, isMatch: true},
    {given: 'another section', rules: {section: ['World']}, isMatch: false},
    {given: 'part of a section', rules: {section: ['Loc']}, isMatch: false},
    {given: 'one of the tags', rules: {tag: ['x', 'bridges']}, isMatch: true},
    {given: 'none of the tags', rules: {tag: ['x']}, isMatch: false},
    {given: 'a page without tags', rules: {tag: ['x']}, facts: {tags: []}, isMatch: false},
    {given: 'the language', rules: {language: ['en-gb']}, isMatch: true},
    {given: 'a language that is wider', rules: {language: ['en']}, isMatch: true},
    {
      given: '`de` on an Austrian page',
      rules: {language: ['de']},
      facts: {language: 'de-AT'},
      isMatch: true,
    },
    {
      given: '`de-AT` on a German page',
      rules: {language: ['de-AT']},
      facts: {language: 'de'},
      isMatch: false,
    },
    {
      given: 'a language in the spelling of an operating system',
      rules: {language: ['de']},
      facts: {language: 'de_DE'},
      isMatch: true,
    },
    {
      given: 'a language in upper case',
      rules: {language: ['pt-br']},
      facts: {language: 'PT-BR'},
      isMatch: true,
    },
    {
      given: 'a language with its script',
      rules: {language: ['ZH_hant']},
      facts: {language: 'zh-Hant-TW'},
      isMatch: true,
    },
    {
      given: 'a language that begins alike',
      rules: {language: ['de']},
      facts: {language: 'del'},
      isMatch: false,
    },
    {given: 'the country, in another case', rules: {country: ['gb']}, isMatch: true},
    {given: 'another country', rules: {country: ['FR']}, isMatch: false},
    {given: 'the device', rules: {device: ['phone', 'desktop']}, isMatch: true},
    {given: 'another device', rules: {device: ['phone']}, isMatch: false},
    {given: 'the host come from', rules: {referrer: ['www.example.org']}, isMatch: true},
    {given: 'the domain come from', rules: {referrer: ['Example.org']}, isMatch: true},
    {given: 'a host that ends alike', rules: {referrer: ['ample.org']}, isMatch: false},
    {
      given: 'a visit from nowhere',
      rules: {referrer: ['example.org']},
      facts: {referrer: ''},
      isMatch: false,
    },
    {given: 'an empty list', rules: {tag: []}, isMatch: false},
  ];
  for (const {given, rules, facts, isMatch} of rows) {
    it(`${isMatch ? 'includes' : 'excludes'} a page view given ${given}`, () => {
      expect(includes(rules, facts)).to.equal(isMatch);
      // No rules at all take everybody and leave nobody out.
      expect(excludes(rules, facts)).to.equal(isMatch && Object.keys(rules).length > 0);
    });
  }

  it('excludes page views whose facts are missing', () => {
    const facts = factsWithout('section', 'country');
    const seen = (rules: Rules) =>
      [...checkAudience({include: rules}, undefined, facts)].every(([, , reason]) => !reason);
    expect(seen({section: ['Local']})).to.equal(false);
    expect(seen({country: ['GB']})).to.equal(false);
  });

  it('includes on a match of every list, and excludes on a match of any', () => {
    expect(includes({section: ['Local'], device: ['desktop']})).to.equal(true);
    expect(includes({section: ['Local'], device: ['phone']})).to.equal(false);
    expect(excludes({section: ['Local'], device: ['phone']})).to.equal(true);
    expect(excludes({section: ['World'], device: ['phone']})).to.equal(false);
  });

  const counts: [given: string, Audience['articles'], articles: number | undefined, boolean][] = [
    ['enough articles', {min: 3}, 3, true],
    ['too few', {min: 4}, 3, false],
    ['not too many', {max: 3}, 3, true],
    ['too many', {max: 2}, 3, false],
    ['no count, and a least', {min: 1}, undefined, false],
    ['no count, and a most', {max: 1}, undefined, true],
  ];
  for (const [given, articles, read, isMatch] of counts) {
    it(`${isMatch ? 'includes' : 'excludes'} a reader given ${given}`, () => {
      const facts = factsWithout('articles');
      const looks = checkAudience(
        {articles: articles!},
        undefined,
        read === undefined ? facts : {...facts, articles: read},
      );
      expect([...looks].every(([, , reason]) => !reason)).to.equal(isMatch);
    });
  }

  it('treats a reader as signed in only where the site says so', () => {
    expect(refusals({signedIn: true}, {signedIn: true})).to.have.length(0);
    expect(refusals({signedIn: true}, {signedIn: false})).to.have.length(1);
    expect(refusals({signedIn: false}, {signedIn: true})).to.have.length(1);
    const facts = factsWithout('signedIn');
    const [look] = checkAudience({signedIn: false}, undefined, facts);
    expect(look).to.deep.equal(['signedIn', false, false]);
  });

  it('yields each rule with its input', () => {
    const looks = checkAudience(
      {include: {section: ['Local'], tag: ['x']}, exclude: {device: ['phone']}},
      {start: '2026-10-01', end: '2026-10-31'},
      someFacts(),
    );
    expect([...looks]).to.deep.equal([
      ['schedule.start', now, false, Date.parse('2026-10-01T00:00Z')],
      ['schedule.end', now, false],
      ['include.section', 'Local', false],
      ['include.tag', ['Ferries', 'Bridges'], 'audience'],
      ['exclude.device', 'desktop', false],
    ]);
  });
});

describe('a schedule', () => {
  const rows: [given: string, schedule: Schedule, east: number, reason?: string, until?: string][] =
    [
      ['none', {}, 0],
      ['a start that is over', {start: '2026-10-20'}, 0],
      ['a start to come', {start: '2026-10-21'}, 0, 'not-started', '2026-10-21T00:00Z'],
      ['a start that is over in the reader’s east', {start: '2026-10-20T23:00'}, 840],
      [
        'a start to come in the reader’s west',
        {start: '2026-10-20T09:00'},
        -480,
        'not-started',
        '2026-10-20T17:00Z',
      ],
      ['a start with a zone, wherever the reader is', {start: '2026-10-20T09:00Z'}, -480],
      ['an end today', {end: '2026-10-20'}, 0],
      ['an end yesterday', {end: '2026-10-19'}, 0, 'ended'],
      ['an end this moment', {end: '2026-10-20T10:00Z'}, 0, 'ended'],
      ['an end yesterday, where it is still yesterday', {end: '2026-10-19'}, -11 * 60],
      ['a start that is no date', {start: 'soon'}, 0, 'not-started'],
      ['an end that is no date', {end: 'never'}, 0, 'ended'],
    ];
  for (const [given, schedule, utcOffsetMinutes, reason, until] of rows) {
    it(`given ${given}`, () => {
      const at = given.includes('still yesterday') ? now - 0.5 * day : now;
      const [refusal] = refusals(undefined, {utcOffsetMinutes, now: at}, schedule);
      const end = until ? Date.parse(until) : Infinity;
      // Whatever has no end says none.
      expect(refusal && [refusal[2], refusal[3] ?? Infinity]).to.deep.equal(
        reason && [reason, end],
      );
    });
  }
});
