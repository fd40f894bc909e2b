import {expect} from '@open-wc/testing';
import {expectLinear} from './linear.js';
import fc from 'fast-check';
import {
  copyProblems,
  copyText,
  parseCopy,
  placeholders,
  type CopyNode,
} from '../../src/core/copy/copy.js';

/** Shows a tree on one line: strong as «s …», emphasis as «e …», links as «url …». */
function drawn(nodes: readonly CopyNode[]): string {
  return nodes
    .map(node => {
      if (node.type === 'text') return node.text;
      const name = node.type === 'link' ? node.url : (node.type[0] ?? '');
      return `«${name} ${drawn(node.children)}»`;
    })
    .join('');
}

const values = {publication: '<b>*P*</b> [x](https://x.org) {from}', from: '$2', articles: ''};

describe('parseCopy()', () => {
  for (const [given, text, expected] of [
    ['nothing', '', ''],
    ['words', 'Support us.', 'Support us.'],
    ['every mark', 'a **b** *c* [d](https://e.org/f)', 'a «s b» «e c» «https://e.org/f d»'],
    ['a word in a word', 'un*believ*able', 'un«e believ»able'],
    ['strong in emphasis', '*a **b***', '«e a «s b»»'],
    ['emphasis in strong', '**a *b***', '«s a «e b»»'],
    ['both', '***a***', '«s «e a»»'],
    ['both, strong first closed', '***a** b*', '«e «s a» b»'],
    ['both, emphasis first closed', '***a* b**', '«s «e a» b»'],
    ['crossed marks', '**a *b** c*', '«s a *b» c*'],
    ['a link in strong', '**[a](https://x.org)**', '«s «https://x.org a»»'],
    ['strong in a link', '[a **b**](https://x.org)', '«https://x.org a «s b»»'],
    ['marks in a link and around it', '*a [*b*](https://x.org)*', '«e a «https://x.org «e b»»»'],
    [
      'a link in a link',
      '[a [b](https://x.org) c](https://y.org)',
      '[a «https://x.org b» c](https://y.org)',
    ],
    ['a mark across the start of a link', '*[a* b](https://x.org)', '*«https://x.org a* b»'],
    ['a mark across the end of a link', '[a *b](https://x.org) c*', '«https://x.org a *b» c*'],
    ['stars between spaces', '2 * 3 * 4', '2 * 3 * 4'],
    ['a star before a space', 'a* b', 'a* b'],
    ['a mark that would open twice', '*a *b*', '«e a *b»'],
    ['empty marks', '** ****', '** ****'],
    ['a mark around nothing but a space', '* *', '* *'],
    ['a row of stars', '*****', '*****'],
    ['four stars in a word', 'f****', 'f****'],
    ['an unclosed mark', '**a', '**a'],
    ['two unclosed marks', '**a *b', '**a *b'],
    ['an unclosed link', '[a](https://x.org', '[a](https://x.org'],
    ['brackets of a quotation', '[sic] [', '[sic] ['],
    ['the end of a link alone', 'a](https://x.org)', 'a](https://x.org)'],
    ['a link without words', '[](https://x.org)', '[](https://x.org)'],
    ['marks in a refused URL', '[a](http://*b*.org)', '[a](http://*b*.org)'],
    ['escapes', '\\*a\\* \\[b\\]\\(c\\) \\{from\\} \\\\', '*a* [b](c) {from} \\'],
    ['a bracket in a link', '[a\\]b](https://x.org)', '«https://x.org a]b»'],
    ['a backslash elsewhere', 'C:\\new \\', 'C:\\new \\'],
    ['a line break', '*a\nb*\r\n', '«e a\nb»\r\n'],
    ['a value', 'from {from} a month', 'from $2 a month'],
    ['a value in a mark', '**{from}**', '«s $2»'],
    ['a value that looks like copy', '{publication}', values.publication],
    ['an empty value', 'a{articles}b', 'ab'],
    ['marks around an empty value', '**{articles}** [{articles}](https://x.org)', ' '],
    ['an unknown placeholder', '{name} {} {{from}} { from }', '{name} {} {$2} { from }'],
    ['an inherited name', '{toString} {__proto__}', '{toString} {__proto__}'],
    ['an unclosed placeholder', '{from', '{from'],
    ['a placeholder in a URL', '[a](https://x.org/{from})', '[a](https://x.org/{from})'],
    ['an image', '![a](https://x.org/a.png)', '!«https://x.org/a.png a»'],
    ['HTML', '<img src=x onerror=alert(1)>&amp;', '<img src=x onerror=alert(1)>&amp;'],
  ] as const)
    it(`given ${given}: ${text}`, () => {
      expect(drawn(parseCopy(text, values))).to.equal(expected);
    });

  it('omits placeholders without a value', () => {
    expect(drawn(parseCopy('a{publication}b{from}c'))).to.equal('abc');
    expect(
      drawn(parseCopy('{from}', Object.create({from: 'inherited'}) as Record<string, string>)),
    ).to.equal('');
  });

  it('strips characters from values that could reorder or break the line', () => {
    const from = '\u202e$\u00002\u2066\n!';
    expect(drawn(parseCopy('{from}', {from}))).to.equal('$2!');
  });

  it('keeps the bidi marks inside an amount', () => {
    const from = '\u200f5 US$\u200e';
    expect(drawn(parseCopy('{from}', {from}))).to.equal(from);
  });

  it('converts a value that is not a string', () => {
    expect(drawn(parseCopy('{articles}', {articles: 3 as unknown as string}))).to.equal('3');
  });

  for (const url of [
    'https://example.org',
    'https://example.org/',
    'HTTPS://EXAMPLE.ORG/a',
    'https://a.b-c.example.org/a/b.html?c=d&e=f#g',
    'https://xn--bcher-kva.example/%C3%BC',
    'https://example.org?a=*b*',
    'https://example.org/[x]',
  ])
    it(`links to ${url}`, () => {
      expect(parseCopy(`[a](${url})`)).to.deep.equal([
        {type: 'link', url, children: [{type: 'text', text: 'a'}]},
      ]);
    });

  for (const url of [
    '',
    '/support',
    '//example.org',
    '/\\example.org',
    '\\\\example.org',
    'http://example.org',
    'javascript:alert`1`',
    'JaVaScRiPt:alert`1`',
    '\u0001javascript:alert`1`',
    'java\u0000script:alert`1`',
    'data:text/html,a',
    'blob:https://example.org/a',
    'file:///etc/passwd',
    'mailto:a@example.org',
    'https:example.org',
    'https:/example.org',
    'https:///example.org',
    'https://',
    'https://localhost/',
    'https://user@example.org',
    'https://example.org@evil.example',
    'https://user:pass@example.org/',
    'https://example.org:443/',
    'https://example.org:/',
    'https://example.org\\@evil.example',
    'https://example.org/\\a',
    'https://exa%6dple.org/',
    'https://example。org/',
    'https://bücher.example/',
    'https://еxample.org/',
    'https://example.org./',
    'https://.example.org/',
    'https://exa_mple.org/',
    'https://[::1]/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://example.org/"onclick="a',
    'https://example.org/<a>',
    'https://example.org/\u202egpj',
    'https://example.org/a\u0000',
  ])
    it(`does not link to ${JSON.stringify(url)}`, () => {
      const text = `[a](${url})`;
      expect(parseCopy(text)).to.deep.equal([{type: 'text', text}]);
      expect(copyProblems(text)).to.have.lengthOf(1);
    });

  it('does not link to URLs with spaces or brackets', () => {
    for (const url of [
      'java\tscript:a',
      ' https://example.org',
      'https://example.org/a b',
      'https://example.org/(a)',
      'https://example.org/\u00a0',
    ])
      expect(copyText(parseCopy(`[a](${url})`)), url).to.equal(`[a](${url})`);
  });
});

describe('parseCopy(), on the copy of most campaigns', () => {
  for (const [given, text, expected] of [
    ['nothing', '', ''],
    ['words', 'Support us.', 'Support us.'],
    [
      'every mark',
      'a **b** *c* [d](https://e.org/f) {from}',
      'a «s b» «e c» «https://e.org/f d» $2',
    ],
    ['a value in marks', '**{from}** [{from}](https://x.org)', '«s $2» «https://x.org $2»'],
    ['marks around an empty value', '**{articles}**', ''],
  ] as const)
    it(`reads ${given}`, () => {
      expect(drawn(parseCopy(text, values))).to.equal(expected);
    });

  it('takes time in proportion to the length of the text', () => {
    for (const piece of ['**a ', '*a', '[a', '{from', '[{from}', '**{from} '])
      expectLinear(times => parseCopy(piece.repeat(times), values), piece);
  });
});

describe('copyProblems()', () => {
  for (const [given, text, expected] of [
    [
      'good copy',
      'From {from}: **read** *{articles}* in [{publication}](https://x.org) [sic] 2 * 3 \\*',
      [],
    ],
    ['an unknown placeholder', 'a {name}', ['2 unknown placeholder {name}']],
    ['an unclosed placeholder', 'a {from', ['2 unclosed {']],
    ['unclosed strong', '**a', ['0 unclosed **']],
    ['unclosed emphasis', 'a *b', ['2 unclosed *']],
    ['a mark that was never opened', 'a b**', ['3 unclosed **']],
    [
      'a plain http link',
      'a [b](http://x.org)',
      ['2 a link needs words and a plain https address'],
    ],
    [
      'a link without words',
      '[](https://x.org)',
      ['0 a link needs words and a plain https address'],
    ],
    [
      'an unclosed address',
      '[a](https://x.org',
      ['0 a link needs words and a plain https address'],
    ],
    ['an unclosed link', '\\[ [a', ['3 unclosed [']],
    ['a link in a link', '[a [b](https://x.org)](https://y.org)', ['0 unclosed [']],
    [
      'several',
      '{a} [b](c) *d [',
      [
        '0 unknown placeholder {a}',
        '4 a link needs words and a plain https address',
        '11 unclosed *',
        '14 unclosed [',
      ],
    ],
  ] as const)
    it(`given ${given} reports ${expected.join(', ') || 'nothing'}`, () => {
      expect(copyProblems(text).map(({at, problem}) => `${at} ${problem}`)).to.deep.equal(expected);
    });

  it('knows every placeholder', () => {
    for (const name of placeholders) expect(copyProblems(`{${name}}`)).to.be.empty;
  });
});

// Strings that have broken other software, in the spirit of the Big List of Naughty Strings.
const nasty = [
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  'javascript:alert(1)//<svg/onload=alert(1)//>',
  '<![CDATA[<b>]]>',
  '<!-- -->',
  '&lt;b&gt;&#x3c;',
  '${7*7}{{7*7}}<%= 7 %>#{7}',
  "'; DROP TABLE readers; --",
  '../../etc/passwd%00',
  '\u0000\u0001\u001b[31m\u007f',
  '\u200b\ufeff\u202eabc\u2066',
  '\ud800 \udfff',
  '👩‍👩‍👧‍👦🇺🇳👍🏽',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤a̸l͊̑g͠o',
  'ﷺ',
  '__proto__ constructor prototype',
  '(ﾉಥ益ಥ）ﾉ ┻━┻ ¯\\\\_(ツ)_/¯'.replace('\\\\', '\\'),
  'undefined null NaN true 1e1000',
];

/** Renders a tree with the DOM alone. */
function built(nodes: readonly CopyNode[], into: Node = document.createElement('p')): Node {
  for (const node of nodes) {
    if (node.type === 'text') into.appendChild(document.createTextNode(node.text));
    else built(node.children, into.appendChild(document.createElement('b')));
  }
  return into;
}

/** Yields every node of a tree with its ancestors. */
function* walk(
  nodes: readonly CopyNode[],
  inside: readonly CopyNode['type'][] = [],
): Generator<readonly [CopyNode, readonly CopyNode['type'][]]> {
  for (const node of nodes) {
    yield [node, inside];
    if (node.type !== 'text') yield* walk(node.children, [...inside, node.type]);
  }
}

describe('copy of any kind', () => {
  const soup = fc.string({
    unit: fc.constantFrom(
      '*',
      '**',
      '[',
      ']',
      '](',
      ')',
      '](https://x.org)',
      '{',
      '}',
      '{from}',
      '{articles}',
      '\\',
      'a',
      ' ',
      '\n',
      '<b>',
      '🌞',
    ),
    maxLength: 30,
  });

  for (const text of nasty)
    it(`shows ${JSON.stringify(text)} as typed`, () => {
      expect(parseCopy(text)).to.deep.equal([{type: 'text', text}]);
      expect(parseCopy('{publication}', {publication: 'x' + text}).length).to.equal(1);
      expect(built(parseCopy(`**${text}**`)).textContent).to.equal(text);
    });

  it('is a tree of words, marks and https links, and of nothing else', () => {
    const counts = {text: 0, strong: 0, emphasis: 0, link: 0};
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({unit: 'binary'})), text => {
        const nodes = parseCopy(text, values);
        expect(built(nodes).textContent).to.equal(copyText(nodes));
        for (const [node, inside] of walk(nodes)) {
          expect(node.type).to.match(/^(text|strong|emphasis|link)$/);
          expect(node.type === 'text' ? node.text : node.children).not.to.be.empty;
          counts[node.type] += 1;
          if (node.type === 'link') {
            const {protocol, username, port} = new URL(node.url);
            expect([protocol, username, port]).to.deep.equal(['https:', '', '']);
            expect(inside).not.to.include('link');
          }
        }
      }),
      {numRuns: 5000},
    );
    for (const [type, count] of Object.entries(counts)) expect(count, type).to.be.at.least(10);
  });

  it('loses only its marks: every other character stays, in order', () => {
    const words = (text: string) => text.replace(/[*[\](){}\\]|https:\/\/x\.org/g, '');
    fc.assert(
      fc.property(soup, text => {
        const plain = text.replace(/\{(from|articles)\}/g, '');
        expect(words(copyText(parseCopy(plain)))).to.equal(words(plain));
      }),
      {numRuns: 5000},
    );
  });

  it('can show any escaped text', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({unit: 'binary'})), words => {
        const text = words.replace(/[\\*[\](){}]/g, '\\$&');
        expect(copyText(parseCopy(text))).to.equal(words);
        expect(parseCopy(text).length).to.be.below(2);
        expect(copyProblems(text)).to.be.empty;
      }),
      {numRuns: 2000},
    );
  });

  it('has a problem exactly where a mark remains', () => {
    fc.assert(
      fc.property(soup, text => {
        for (const {at, problem} of copyProblems(text)) {
          expect(text[at]).to.match(/[*[{]/);
          expect(problem).not.to.equal('');
        }
      }),
      {numRuns: 2000},
    );
  });

  it('never throws for 100,000 random texts', () => {
    const parts = [
      '*',
      '**',
      '***',
      '[',
      ']',
      '](',
      '(',
      ')',
      '{',
      '}',
      '{from}',
      '\\',
      'a',
      ' ',
      '\n',
      '\ud800',
      'https://x.org',
    ];
    // A small seeded generator, for speed: the same strings on every run.
    let seed = 1;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 100_000; round++) {
      let text = '';
      for (let part = next(14); part >= 0; part--) text += parts[next(parts.length)] ?? '';
      copyText(parseCopy(text, values));
      if (round % 10 === 0) copyProblems(text);
    }
  });

  it('takes linear time', () => {
    for (const part of [
      '*',
      '**',
      '***a ',
      '[',
      '[a](',
      '[](',
      ']',
      '](',
      '{',
      '{a',
      '\\',
      '\\[',
      '*a ',
      '**a **',
      'a*',
      '[a *b',
      '[a](https://b.org) ',
      '[a](https://b',
      '[a](https://b.',
      '[a](https://b-',
      '{from}',
      ' ',
      'a',
    ]) {
      expectLinear(times => {
        const text = part.repeat(times / part.length);
        parseCopy(text, values);
        parseCopy('[' + text + '](https://x.org)', values);
        parseCopy('[a](https://' + text + ')', values);
        copyProblems(text);
      }, part);
    }
  });
});
