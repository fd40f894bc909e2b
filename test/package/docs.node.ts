import assert from 'node:assert/strict';
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path/posix';
import {after, before, describe, it} from 'node:test';
import ts from 'typescript';
import {defaultCadence} from '../../src/core/cadence/default-cadence.js';
import {parseCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import {checkoutErrorCodes} from '../../src/core/money/checkout.js';
import {copyProblems} from '../../src/core/copy/copy.js';
import {filesIn, root, textOf, tool} from './run.js';
import {longTestLimit} from '../time-limit.js';

interface Snippet {
  readonly from: string;
  readonly language: string;
  readonly isFragment: boolean;
  readonly text: string;
}

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'demo/README.md',
  ...filesIn('docs').filter(path => path.endsWith('.md')),
];

const fence = /^( *)```([a-z]+)([^\n]*)\n([\s\S]*?)^\1```$/gm;

const snippets: readonly Snippet[] = pages.flatMap(page => {
  const text = textOf(page);
  return [...text.matchAll(fence)].map(
    ([, indent = '', language = '', info = '', body = ''], at) => ({
      from: `${page} (${language} ${at + 1})`,
      language,
      isFragment: info.includes('fragment'),
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
});

const inLanguage = (...languages: string[]): Snippet[] =>
  snippets.filter(one => languages.includes(one.language) && !one.isFragment);

describe('campaigns files in the documentation', () => {
  const values = inLanguage('json').map(({from, text}) => ({
    from,
    value: JSON.parse(text) as Record<string, unknown>,
  }));
  const files = values.filter(({value}) => 'campaigns' in value);

  it('pass the parser', () => {
    assert.ok(files.length >= 4);
    for (const {from, value} of files) {
      const parsed = parseCampaigns(value);
      assert.deepEqual(parsed.ok ? [] : parsed.problems, [], from);
    }
  });

  it('have copy without a mistake', () => {
    const texts: string[] = [];
    const look = (value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
    };
    for (const {value} of files) {
      for (const {copy} of value['campaigns'] as {copy?: unknown}[]) look(copy);
    }
    assert.ok(texts.length >= 5);
    assert.deepEqual(
      texts.flatMap(text => copyProblems(text)),
      [],
    );
  });
});

const base: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  jsx: ts.JsxEmit.ReactJSX,
  skipLibCheck: true,
  noEmit: true,
};

/** What the tags on a page have done before a snippet of plain script runs. */
const preamble = `import 'reader-support/define/all';\n`;

/** Compiles texts as if they lay in the repository's root, and gives what the compiler says, by name. */
function compile(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): string[] {
  const host = ts.createCompilerHost(options);
  const {getSourceFile, fileExists, readFile} = host;
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = name => texts.has(name) || fileExists(name);
  host.readFile = name => texts.get(name) ?? readFile(name);
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({file, start = 0, messageText}) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.replace(root, '') ?? ''}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** Each snippet as a module of its own, under a name that says where it comes from. */
function asModules(found: readonly Snippet[]): Map<string, string> {
  const modules = new Map([[`${root}page-of-the-docs.ts`, preamble]]);
  for (const {from, language, text} of found) {
    const name = from.replaceAll(/\W+/g, '-');
    modules.set(`${root}${name}.${language}`, `${text}\nexport {};\n`);
  }
  return modules;
}

describe('code in the documentation', {timeout: longTestLimit}, () => {
  const folder = '.cache/docs';
  before(() => rmSync(root + folder, {recursive: true, force: true}));
  after(() => rmSync(root + folder, {recursive: true, force: true}));

  it('compiles where it is TypeScript', () => {
    const found = inLanguage('ts', 'tsx');
    assert.ok(found.length >= 4);
    assert.deepEqual(compile(asModules(found), {...base, strict: true}), []);
  });

  // Plain script says nothing of what may be null.
  it('passes the type checker where it is JavaScript', () => {
    const found = inLanguage('js');
    assert.ok(found.length >= 8);
    const options = {...base, allowJs: true, checkJs: true, strict: false};
    assert.deepEqual(compile(asModules(found), options), []);
  });

  it('would be refused with a name that is not exported', () => {
    const snippet = {from: 'x', language: 'js', isFragment: false, text: ''};
    const wrong = [
      `import {begin} from 'reader-support'; begin();`,
      `import {start} from 'reader-support'; start({campaign: '/campaigns.json'});`,
      `document.addEventListener('support-closed', ({reasons}) => reasons);`,
      `document.querySelector('support-appeal').copy = 5;`,
    ];
    for (const text of wrong) {
      const options = {...base, allowJs: true, checkJs: true, strict: false};
      assert.equal(compile(asModules([{...snippet, text}]), options).length, 1, text);
    }
  });

  const write = (language: string, extension: string): string => {
    const place = `${folder}/${language}`;
    mkdirSync(root + place, {recursive: true});
    const found = inLanguage(language);
    assert.ok(found.length > 0);
    found.forEach(({text}, at) => {
      writeFileSync(`${root}${place}/Snippet${at}.${extension}`, text);
    });
    const config = {
      extends: `../../../test/frameworks/${language}/tsconfig.json`,
      include: [`*.${extension}`],
      // A pattern of the base is relative to the base; so is what it leaves out.
      exclude: [],
    };
    writeFileSync(`${root}${place}/tsconfig.json`, JSON.stringify(config));
    return place;
  };

  it('compiles where it is Vue', async () => {
    const {code, output} = await tool('vue-tsc', '-p', write('vue', 'vue'));
    assert.equal(code, 0, output);
  });

  it('compiles where it is Svelte', async () => {
    const place = write('svelte', 'svelte');
    const {code, output} = await tool(
      'svelte-check',
      '--workspace',
      place,
      '--tsconfig',
      'tsconfig.json',
      '--output',
      'machine',
      '--fail-on-warnings',
    );
    assert.equal(code, 0, output);
    assert.match(output, / COMPLETED [1-9]/);
  });
});

interface Named {
  readonly name?: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly members?: readonly (Named & {kind: string; privacy?: string})[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly events?: readonly Named[];
}

const manifest = JSON.parse(textOf('dist/custom-elements.json')) as {
  modules: {declarations?: Declaration[]}[];
};
const elements = manifest.modules
  .flatMap(({declarations = []}) => declarations)
  .filter((one): one is Declaration & {tagName: string} => one.tagName !== undefined);

/** Words in code marks that stand first in a row of a table. */
const firstCells = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^\|([^|]*)\|([^|]*)\|/gm)].flatMap(([, first = '', second = '']) =>
      [...`${first} ${second}`.matchAll(/`([^`(]+)/g)].map(([, word = '']) => word),
    ),
  );

describe('docs/elements.md', () => {
  const text = textOf('docs/elements.md');
  const events = firstCells(text.slice(text.indexOf('\n## Events')));

  it('has a section for every element', () => {
    assert.equal(elements.length, 5);
    for (const {tagName} of elements) assert.ok(text.includes(`\n## \`<${tagName}>\`\n`), tagName);
  });

  for (const {
    tagName,
    attributes = [],
    members = [],
    slots = [],
    cssParts = [],
    ...rest
  } of elements) {
    const begin = text.indexOf(`\n## \`<${tagName}>\``);
    const section = text.slice(begin, text.indexOf('\n## ', begin + 5));
    const told = firstCells(section);

    it(`tells every attribute, property, method, slot and part of <${tagName}>`, () => {
      const names = [...attributes, ...members, ...cssParts].map(({name = ''}) => name);
      assert.ok(names.length >= 3);
      assert.deepEqual(
        names.filter(name => !told.has(name)),
        [],
      );
      const unnamed = slots.flatMap(({name}) =>
        name && !section.includes(`\`${name}\``) ? name : [],
      );
      assert.deepEqual(unnamed, []);
    });

    it(`tells every event of <${tagName}>`, () => {
      const names = (rest.events ?? []).map(({name = ''}) => name);
      assert.deepEqual(
        names.filter(name => !events.has(name)),
        [],
      );
    });
  }

  it('tells every event the page can hear, and no other', () => {
    const known = filesIn('src/events').flatMap(path => [
      ...textOf(path).matchAll(/^ {4}'(support-[a-z-]+)': /gm),
    ]);
    assert.ok(known.length >= 12);
    assert.deepEqual(
      [...events].filter(name => name.startsWith('support-')).sort(),
      known.map(([, name]) => name).sort(),
    );
  });
});

describe('docs/theming.md', () => {
  it('tells every custom property, and no other', () => {
    const used = filesIn('src/elements')
      .filter(path => path.endsWith('.styles.ts'))
      .flatMap(path => [...textOf(path).matchAll(/var\(\s*(--support-[a-z-]+)/g)])
      .map(([, name]) => name);
    const told = [...firstCells(textOf('docs/theming.md'))].filter(one =>
      one.startsWith('--support'),
    );
    assert.deepEqual(told.sort(), [...new Set(used)].sort());
  });

  it('tells every theme', () => {
    for (const path of filesIn('src/themes')) {
      if (path.endsWith('/themes.ts')) continue;
      const name = path.split('/').at(-1)!.replace('.ts', '.css');
      assert.ok(textOf('docs/theming.md').includes(`themes/${name}`), name);
      assert.ok(textOf('README.md').includes(name), name);
    }
  });
});

describe('docs/campaigns.md', () => {
  const text = textOf('docs/campaigns.md');

  it('has the defaults of the cadence', () => {
    const begin = text.indexOf('\n### Cadence');
    const rows = text.slice(begin).matchAll(/^\| `(\w+)` +\| `([^`]+)` +\|/gm);
    const told = [...rows].map(([, name, value = '']): [string, unknown] => [
      name!,
      JSON.parse(value),
    ]);
    assert.deepEqual(Object.fromEntries(told), {...defaultCadence});
  });

  it('tells every field of the schema', () => {
    const told = new Set([...text.matchAll(/`(\$?\w+)(: [^`]*)?`/g)].map(([, name]) => name));
    const schema = JSON.parse(textOf('campaigns.schema.json')) as Record<string, unknown>;
    const untold = new Set<string>();
    const look = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      const {properties} = value as {properties?: Record<string, unknown>};
      for (const name of Object.keys(properties ?? {})) if (!told.has(name)) untold.add(name);
      Object.values(value).forEach(look);
    };
    look(schema);
    // `articles: {min, max}` is told in one breath.
    assert.deepEqual([...untold], []);
  });
});

describe('docs/checkout.md', () => {
  it('tells every code, and no other', () => {
    const text = textOf('docs/checkout.md');
    const begin = text.indexOf('\n## When it fails');
    const rows = text.slice(begin, text.indexOf('\n## ', begin + 5)).matchAll(/^\| (`[^|]+)\|/gm);
    const told = [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)]);
    assert.deepEqual(told.map(([, code]) => code).sort(), [...checkoutErrorCodes].sort());
  });
});

describe('markup in the documentation', () => {
  const globalAttributes = /^(class|id|slot|role|lang|dir|hidden|style|aria-.*|data-.*|open)$/;

  it('gives our tags only attributes they have', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const {from, text} of inLanguage('html')) {
      for (const [, tag, rest = ''] of text.matchAll(
        /<(support-[a-z]+)((?:\s+[^\s=>]+(?:="[^"]*")?)*)/g,
      )) {
        count += 1;
        const element = elements.find(one => one.tagName === tag);
        if (!element) wrong.push(`${from}: <${tag}>`);
        for (const [, name = ''] of rest.matchAll(/\s([a-z-]+)(?==|\s|$)/g)) {
          const isKnown = element?.attributes?.some(one => one.name === name);
          if (!isKnown && !globalAttributes.test(name)) wrong.push(`${from}: ${tag} ${name}`);
        }
      }
    }
    assert.ok(count >= 6);
    assert.deepEqual(wrong, []);
  });

  it('names the script tag and its attributes as they are', () => {
    for (const {from, text} of inLanguage('html')) {
      for (const [tag] of text.matchAll(/<script[^>]*\/js\/reader-support\.js[^>]*>/g)) {
        assert.match(tag, /type="module"/, from);
        for (const [, name = ''] of tag.matchAll(/\s(data-[a-z-]+)/g)) {
          assert.ok(['data-campaigns', 'data-preload'].includes(name), `${from}: ${name}`);
        }
      }
    }
  });
});

describe('README.md', () => {
  it('has at most 200 lines, and leads to every page of the documentation', () => {
    const text = textOf('README.md');
    assert.ok(text.split('\n').length <= 200);
    const linked = new Set([...text.matchAll(/\]\((docs\/[\w-]+\.md)/g)].map(([, path]) => path));
    const all = filesIn('docs').filter(path => /^docs\/[\w-]+\.md$/.test(path));
    assert.deepEqual(
      all.filter(path => !linked.has(path)),
      [],
    );
  });
});

describe('links in the documentation', () => {
  /** The anchors a page has, as the hosts of repositories make them. */
  const anchorsOf = (text: string): Set<string> =>
    new Set(
      [...text.replaceAll(fence, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .trim()
          .replaceAll(' ', '-'),
      ),
    );

  it('lead to files and headings that are there', () => {
    const lost: string[] = [];
    let count = 0;
    for (const page of pages) {
      const text = textOf(page)
        .replaceAll(fence, '')
        .replaceAll(/`[^`\n]*`/g, '');
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        count += 1;
        const [file = '', anchor] = target.split('#');
        const path = file ? join(dirname(page), file) : page;
        if (!existsSync(root + path)) lost.push(`${page}: ${target}`);
        else if (anchor && !anchorsOf(textOf(path)).has(anchor)) lost.push(`${page}: ${target}`);
      }
    }
    assert.ok(count >= 30);
    assert.deepEqual(lost, []);
  });
});
