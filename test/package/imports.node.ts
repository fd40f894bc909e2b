import assert from 'node:assert/strict';
import {dirname, join} from 'node:path/posix';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {filesIn, textOf} from './run.js';

/** The law of one package: which folder may import which, besides itself, and which packages. */
interface Law {
  /** Where its sources are, from the root of the repository. */
  readonly sources: string;
  readonly mayImport: Readonly<Record<string, readonly string[]>>;
  /** `node:` counts as one. */
  readonly mayNeed: Readonly<Record<string, readonly string[]>>;
  /** Folders that others enter by their `index.ts` alone. */
  readonly doors: readonly string[];
}

/** What runs in a page, and the rules. */
const page: Law = {
  sources: 'src',
  mayImport: {
    core: [],
    browser: ['core', 'locales'],
    checkout: ['core', 'browser'],
    events: ['core'],
    locales: ['core'],
    controllers: ['core', 'browser', 'checkout', 'events', 'locales'],
    themes: [],
    elements: ['controllers', 'checkout', 'events', 'themes', 'core', 'locales'],
    define: ['elements'],
    page: ['browser', 'events', 'themes', 'core'],
    'script-tag': ['define', 'page', 'themes', 'browser', 'core'],
    index: ['events', 'page', 'checkout', 'core', 'browser'],
  },
  mayNeed: {
    checkout: ['@stripe/stripe-js'],
    controllers: ['lit'],
    elements: ['lit'],
  },
  doors: [],
};

const features = ['stripe', 'limits', 'mail', 'passes', 'gifts', 'checkout', 'events'];

/** The companion: `companion.ts` puts it together, and with `sql-store.ts` alone knows all features. */
const companion: Law = {
  sources: 'companion/src',
  mayImport: {
    http: [],
    database: ['http'],
    stats: [],
    report: ['stats'],
    stripe: ['http'],
    limits: ['http', 'database'],
    mail: ['http', 'database', 'limits'],
    passes: ['http', 'database', 'mail', 'stripe'],
    gifts: ['http', 'database', 'passes', 'stripe'],
    checkout: ['http', 'limits', 'passes', 'stripe'],
    events: ['http', 'database', 'gifts', 'mail', 'report'],
    gate: ['http', 'database'],
    config: ['http', 'database', ...features],
    'sql-store': ['config', 'database', 'gate', ...features],
    companion: ['config', 'http', 'database', 'gate', 'sql-store', ...features],
    'fake-stripe': ['events', 'http'],
    cli: [
      ...['companion', 'config', 'database', 'gifts', 'http', 'mail', 'report', 'stats', 'stripe'],
    ],
  },
  mayNeed: {
    http: ['reader-support', 'hono', 'node', '@hono/node-server', 'prom-client', 'zod'],
    database: ['kysely', 'libsql', 'pg', 'jose'],
    report: ['reader-support', 'node', 'hono', '@observablehq/plot', 'linkedom', 'zod'],
    stripe: ['reader-support', 'stripe', 'zod'],
    limits: ['kysely'],
    mail: ['reader-support', 'hono', 'kysely', 'nodemailer', 'zod'],
    passes: ['reader-support', 'hono', 'jose', 'kysely', 'zod'],
    gifts: ['reader-support', 'hono', 'kysely', 'stripe', 'zod'],
    checkout: ['reader-support', 'hono', 'stripe', 'zod'],
    events: ['reader-support', 'hono', 'isbot', 'kysely', 'zod'],
    gate: [
      'css-select',
      'css-what',
      'reader-support',
      'hono',
      'jose',
      'kysely',
      'linkedom',
      'parse5',
    ],
    config: ['reader-support', 'stripe'],
    'sql-store': ['kysely'],
    companion: ['reader-support', 'hono'],
    'fake-stripe': ['reader-support', 'hono', 'stripe', 'node'],
    cli: [
      'reader-support',
      'node',
      'commander',
      'dotenv',
      'kysely',
      'jsonc-parser',
      'zod',
      'linkedom',
      '@lit-labs/ssr',
      'lit',
    ],
  },
  doors: features,
};

/** The public entries of the page's package by which the companion comes in. */
const publicEntry = /^reader-support\/(core|define\/[a-z-]+|elements)$/;

/** Names the folder below the sources that a file is in, or the file itself: `core`, `companion`. */
const partOf = (path: string, {sources}: Law): string =>
  path
    .slice(sources.length + 1)
    .split('/')[0]!
    .replace(/\.ts$/, '');

const packageOf = (specifier: string) =>
  specifier.startsWith('node:')
    ? 'node'
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const sourcesOf = ({sources}: Law) => filesIn(sources).filter(path => path.endsWith('.ts'));

/** Everything that a file imports, types and dynamic imports included. */
const importsOf = (path: string): string[] =>
  ts.preProcessFile(textOf(path), true, true).importedFiles.map(({fileName}) => fileName);

const targetOf = (path: string, specifier: string) =>
  join(dirname(path), specifier).replace(/\.js$/, '.ts');

/** Imports that the law does not allow, as `from → to`. */
function astray(law: Law, path: string, imports: readonly string[]): string[] {
  const from = partOf(path, law);
  return imports
    .filter(specifier => {
      if (!specifier.startsWith('.')) {
        const isEntry = packageOf(specifier) !== 'reader-support' || publicEntry.test(specifier);
        return !isEntry || !law.mayNeed[from]?.includes(packageOf(specifier));
      }
      const target = targetOf(path, specifier);
      if (!target.startsWith(`${law.sources}/`)) return true;
      const to = partOf(target, law);
      if (to === from) return false;
      // Those that put the companion together look into every room; the rest come in by the door.
      const isRoom = path.split('/').length > law.sources.split('/').length + 1;
      if (isRoom && law.doors.includes(to) && target !== `${law.sources}/${to}/index.ts`)
        return true;
      return !law.mayImport[from]?.includes(to);
    })
    .map(specifier => `${path} → ${specifier}`);
}

/** The files that import themselves by way of others: one list for each knot. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const reachable = (start: string) => {
    const seen = new Set<string>();
    const next = [...(graph.get(start) ?? [])];
    for (let file = next.pop(); file !== undefined; file = next.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      next.push(...(graph.get(file) ?? []));
    }
    return seen;
  };
  const reach = new Map([...graph.keys()].map(file => [file, reachable(file)]));
  const knots = [...reach]
    .filter(([file, seen]) => seen.has(file))
    .map(([file, seen]) => [...seen].filter(other => reach.get(other)?.has(file)).sort());
  return [...new Map(knots.map(knot => [knot.join(), knot])).values()];
}

const graphOf = (law: Law) =>
  new Map(
    sourcesOf(law).map(path => [
      path,
      importsOf(path)
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => targetOf(path, specifier)),
    ]),
  );

for (const [name, law] of Object.entries({'reader-support': page, 'the companion': companion}))
  describe(`the sources of ${name}`, () => {
    const sources = sourcesOf(law);

    it('are in folders that the law knows', () => {
      const unknown = sources.filter(path => !Object.hasOwn(law.mayImport, partOf(path, law)));
      assert.deepEqual(unknown, []);
    });

    it('have no import against an arrow', () => {
      assert.ok(sources.length > 20);
      assert.deepEqual(
        sources.flatMap(path => astray(law, path, importsOf(path))),
        [],
      );
    });

    it('have no folder that imports itself by way of others', () => {
      assert.deepEqual(cyclesIn(new Map(Object.entries(law.mayImport))), []);
    });

    it('have no name that could hold anything', () => {
      const refused = /(^|\/)(utils?|helpers?|common|types|managers?)(\.ts|\/)/;
      assert.deepEqual(
        sources.filter(path => refused.test(path)),
        [],
      );
      assert.match('src/core/utils/x.ts', refused);
    });
  });

describe('the law of imports', () => {
  for (const [name, law] of Object.entries({page, companion}))
    it(`finds no file of the ${name} that imports itself by way of others`, () => {
      assert.deepEqual(cyclesIn(graphOf(law)), []);
    });

  it('notices a cycle of three files', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['a']],
    ]);
    assert.deepEqual(cyclesIn(graph), [['a', 'b', 'c']]);
  });

  for (const [law, path, specifier] of [
    [page, 'src/core/campaigns/decide.ts', '../../browser/page.js'],
    [page, 'src/core/campaigns/decide.ts', 'lit'],
    [page, 'src/browser/page.ts', '../elements/ask/support-ask.js'],
    [page, 'src/elements/ask/support-ask.ts', '../../define/support-ask.js'],
    [page, 'src/page/start.ts', '../elements/appeal/support-appeal.js'],
    [page, 'src/page/start.ts', '../../companion/src/companion.js'],
    [companion, 'companion/src/companion.ts', '../../src/browser/page.js'],
    [companion, 'companion/src/companion.ts', 'reader-support'],
    [companion, 'companion/src/database/database.ts', '../gifts/index.js'],
    [companion, 'companion/src/passes/passes.ts', '../mail/outbox.js'],
    [companion, 'companion/src/mail/outbox.ts', '../config/options.js'],
  ] as const) {
    it(`notices ${path} importing ${specifier}`, () => {
      assert.equal(astray(law, path, [specifier]).length, 1);
    });
  }

  it('registers elements only in define', () => {
    const registering = sourcesOf(page).filter(path =>
      textOf(path).includes('customElements.define('),
    );
    assert.deepEqual(
      registering.filter(path => partOf(path, page) !== 'define'),
      [],
    );
    assert.ok(registering.length > 0);
  });

  it('keeps the rules free of clock, chance, storage and network', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|localStorage|sessionStorage|setTimeout|fetch\(|crypto\.|console\.)/;
    assert.deepEqual(
      sourcesOf(page).filter(path => partOf(path, page) === 'core' && impure.test(textOf(path))),
      [],
    );
  });
});
