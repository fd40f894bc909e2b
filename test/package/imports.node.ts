import assert from 'node:assert/strict';
import {dirname, join} from 'node:path/posix';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {filesIn, textOf} from './run.js';

/** Which part of the house may import which, besides itself. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  browser: ['core'],
  checkout: ['core', 'browser'],
  events: ['core'],
  locales: ['core'],
  controllers: ['core', 'browser', 'checkout', 'events', 'locales'],
  elements: ['controllers', 'events', 'core', 'locales'],
  define: ['elements'],
  page: ['browser', 'events', 'core'],
  'script-tag': ['define', 'page', 'browser'],
  index: ['elements', 'controllers', 'events', 'page', 'checkout', 'core', 'browser'],
  stats: [],
  report: ['stats', 'core'],
  server: ['core', 'report'],
  testing: ['server', 'core'],
  node: ['server'],
  cli: ['server', 'core', 'node', 'report', 'stats', 'define'],
};

/** What else a part may name in `import type`, which leaves nothing behind. */
const mayName: Record<string, readonly string[]> = {
  elements: ['checkout'],
};

/** Which packages each part may import; `node:` counts as one. */
const mayNeed: Record<string, readonly string[]> = {
  checkout: ['@stripe/stripe-js'],
  controllers: ['lit'],
  elements: ['lit'],
  server: [
    'hono',
    'stripe',
    'zod',
    'kysely',
    'libsql',
    'pg',
    'jose',
    'nodemailer',
    'htmlrewriter',
    'linkedom',
  ],
  testing: ['hono', 'stripe', 'node'],
  node: ['node', '@hono/node-server'],
  report: ['node', 'hono', '@observablehq/plot', 'linkedom'],
  cli: ['node', 'commander', 'zod', 'linkedom', '@lit-labs/ssr', 'lit'],
};

/** Names the folder below `src` that a file is in, or the file itself: `core`, `script-tag`, `index`. */
const partOf = (path: string): string => path.split('/')[1]!.replace(/\.ts$/, '');

const packageOf = (specifier: string) =>
  specifier.startsWith('node:')
    ? 'node'
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const sources = filesIn('src').filter(path => path.endsWith('.ts'));

interface Import {
  readonly specifier: string;
  readonly isType?: boolean;
}

function importsOf(path: string): Import[] {
  const text = textOf(path);
  return ts.preProcessFile(text, true, true).importedFiles.map(({fileName, pos}) => {
    const statement = text.slice(text.lastIndexOf(';', pos) + 1, pos);
    return {specifier: fileName, isType: /\b(import|export) type\b/.test(statement)};
  });
}

/** Imports that the two tables do not allow, as `from → to`. */
function astray(path: string, imports: readonly Import[]): string[] {
  const from = partOf(path);
  return imports
    .filter(({specifier, isType}) => {
      if (!specifier.startsWith('.')) return !mayNeed[from]?.includes(packageOf(specifier));
      const to = partOf(join(dirname(path), specifier).replace(/\.js$/, '.ts'));
      if (isType && mayName[from]?.includes(to)) return false;
      return to !== from && !mayImport[from]?.includes(to);
    })
    .map(({specifier}) => `${path} → ${specifier}`);
}

describe('the house', () => {
  it('knows every part in src', () => {
    const unknown = sources.filter(path => !Object.hasOwn(mayImport, partOf(path)));
    assert.deepEqual(unknown, []);
  });

  it('has no import against an arrow', () => {
    assert.ok(sources.length > 20);
    assert.deepEqual(
      sources.flatMap(path => astray(path, importsOf(path))),
      [],
    );
  });

  for (const [path, specifier] of [
    ['src/core/campaigns/decide.ts', '../../browser/page.js'],
    ['src/core/campaigns/decide.ts', 'lit'],
    ['src/browser/page.ts', '../elements/ask/support-ask.js'],
    ['src/elements/ask/support-ask.ts', '../../define/support-ask.js'],
    ['companion/src/companion.ts', '../browser/page.js'],
    ['src/page/start.ts', '../elements/appeal/support-appeal.js'],
    ['src/elements/ask/support-ask.ts', '../../checkout/hook.js'],
  ] as const) {
    it(`would notice ${path} importing ${specifier}`, () => {
      assert.equal(astray(path, [{specifier}]).length, 1);
    });
  }

  it('has a rule for nothing that is not there to be named', () => {
    const refused = /(^|\/)(utils?|helpers?|common|types|managers?)(\.ts|\/)/;
    assert.deepEqual(
      sources.filter(path => refused.test(path)),
      [],
    );
    assert.match('src/core/utils/x.ts', refused);
  });

  it('registers elements only in define', () => {
    const registering = sources.filter(path => textOf(path).includes('customElements.define('));
    assert.deepEqual(
      registering.filter(path => partOf(path) !== 'define'),
      [],
    );
    assert.ok(registering.length > 0);
  });

  it('keeps the rules free of clock, chance, storage and network', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|localStorage|sessionStorage|setTimeout|fetch\(|crypto\.|console\.)/;
    assert.deepEqual(
      sources.filter(path => partOf(path) === 'core' && impure.test(textOf(path))),
      [],
    );
  });
});
