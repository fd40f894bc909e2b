import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {before, describe, it} from 'node:test';
import {brotliCompressSync} from 'node:zlib';
import {build} from 'esbuild';
import {plainNode, root, run, textOf} from './run.js';

interface Row {
  readonly name: string;
  readonly bytes: number;
  readonly budget: number;
}

const inSizes = async (expression: string): Promise<string> => {
  const {code, output} = await plainNode(
    `import {bundle, withSizes} from '${root}scripts/sizes.js';
     process.stdout.write(String(${expression}));`,
  );
  assert.equal(code, 0, output);
  return output;
};

describe('what a reader downloads', () => {
  let rows: Row[] = [];
  before(async () => {
    const {code, output} = await run(process.execPath, ['scripts/sizes.js', '--json']);
    assert.equal(code, 0, output);
    rows = JSON.parse(output) as Row[];
    assert.ok(rows.length >= 3);
  });

  it('stays within every budget', context => {
    for (const {name, bytes, budget} of rows) {
      context.diagnostic(`${name}: ${bytes} B of ${budget} B brotli`);
    }
    assert.deepEqual(
      rows.filter(({bytes, budget}) => bytes === 0 || bytes > budget),
      [],
    );
  });

  it('is what the README says, to the byte (node scripts/sizes.js --write)', async () => {
    const readme = textOf('README.md');
    const written = await inSizes(
      `await withSizes(${JSON.stringify(readme)}, ${JSON.stringify(rows)})`,
    );
    assert.equal(readme, written);
  });
});

/** What experiments have in the loader: all else of them is fetched when a campaign with one is due. */
const ofExperiments = [
  ['support-(debug|arm)', 'support-debug'],
  ['shared.answered = ', 'void '],
] as const;

/** The loader in bytes, bundled with or without experiments. */
async function loader(hasExperiments: boolean): Promise<number> {
  const {outputFiles} = await build({
    entryPoints: [`${root}src/script-tag/entry.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: {__VERSION__: '"0.0.0"'},
    plugins: [
      {
        name: 'the loader alone',
        setup(plugin) {
          plugin.onResolve({filter: /^\./}, ({kind, path}) =>
            kind === 'dynamic-import' ? {path, external: true} : null,
          );
          plugin.onLoad({filter: /[/\\]src[/\\]page[/\\]start\.ts$/}, ({path}) => {
            let contents = readFileSync(path, 'utf8');
            for (const [those, without] of ofExperiments) {
              assert.ok(contents.includes(those), `${those} is no longer in start.ts`);
              if (!hasExperiments) contents = contents.replace(those, without);
            }
            return {contents, loader: 'ts'};
          });
        },
      },
    ],
  });
  return brotliCompressSync(outputFiles[0]!.contents).length;
}

describe('experiments', () => {
  it('add no more than 700 bytes to the loader, with and without them bundled', async context => {
    const added = (await loader(true)) - (await loader(false));
    context.diagnostic(`${added} B`);
    assert.ok(added <= 700);
  });

  it('have nothing else in the loader, nor in what shows an appeal', () => {
    const {preload} = JSON.parse(textOf('dist/integrity.json')) as {preload: string[]};
    for (const name of ['reader-support.js', ...preload])
      assert.doesNotMatch(textOf(`dist/${name}`), /support:experiments|holdback@/, name);
  });
});

describe('an import of the package', () => {
  it('leaves nothing behind when nothing of it is used', async () => {
    for (const entry of ['reader-support', 'reader-support/core', 'reader-support/checkout']) {
      assert.equal(await inSizes(`(await bundle("import '${entry}'")).length`), '0', entry);
    }
  });

  it('keeps its definitions when they are imported for their effect', async () => {
    const bundled = await inSizes(
      `new TextDecoder().decode(await bundle("import 'reader-support/define/support-ask'"))`,
    );
    assert.match(bundled, /customElements\.get\("support-ask"\)/);
  });

  it('brings no Lit along with the rules or the checkout adapters', async () => {
    for (const [entry, name] of [
      ['reader-support/core', 'decide'],
      ['reader-support/checkout', 'serverRedirect'],
      ['reader-support', 'start'],
    ]) {
      const bundled = await inSizes(
        `new TextDecoder().decode(await bundle("export {${name}} from '${entry}'"))`,
      );
      assert.ok(bundled.length > 100);
      assert.doesNotMatch(bundled, /adoptedStyleSheets|lit-html/, entry);
    }
  });
});
