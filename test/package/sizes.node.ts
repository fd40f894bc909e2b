import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
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

const loaderSource = 'src/script-tag/entry.ts';
const isOfExperiments = (module: string) =>
  /\/core\/experiments\/|\/(enrolments|run-experiments)\.ts$/.test(module);

/** The modules of a build of the loader, with the minified bytes that each has in what every page view fetches. */
async function modulesOfLoader(): Promise<Map<string, number>> {
  const {metafile} = await build({
    ...{absWorkingDir: root, entryPoints: [loaderSource], outdir: 'never-written', write: false},
    ...{bundle: true, splitting: true, minify: true, metafile: true},
    ...{format: 'esm', target: 'es2022', logLevel: 'error'},
    define: {__VERSION__: '"0.0.0"'},
  });
  const modules = new Map(Object.keys(metafile.inputs).map(module => [module, 0]));
  const chunks = new Set(
    Object.keys(metafile.outputs).filter(
      name => metafile.outputs[name]!.entryPoint === loaderSource,
    ),
  );
  for (const name of chunks) {
    const {inputs, imports} = metafile.outputs[name]!;
    for (const [module, {bytesInOutput}] of Object.entries(inputs))
      modules.set(module, (modules.get(module) ?? 0) + bytesInOutput);
    // A set is walked to its end, what is added on the way included.
    for (const {kind, path} of imports) if (kind === 'import-statement') chunks.add(path);
  }
  return modules;
}

describe('experiments', () => {
  it('add no more than 700 bytes to what every page view fetches', async context => {
    const modules = [...(await modulesOfLoader())];
    const loader = modules.filter(([, bytes]) => bytes > 0);
    assert.ok(loader.some(([module]) => module === loaderSource));
    assert.ok(loader.length < modules.length / 2, 'most modules are fetched when they are needed');
    const ofExperiments = modules.filter(([module]) => isOfExperiments(module));
    assert.ok(ofExperiments.length >= 3, 'the modules of experiments are named so');
    const added = ofExperiments.reduce((sum, [, bytes]) => sum + bytes, 0);
    context.diagnostic(`${added} B`);
    assert.ok(added <= 700, `${added} B`);
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

  it('brings no Lit along with the rules, the session or the checkout adapters', async () => {
    const bundled = (name: string, entry: string) =>
      inSizes(`new TextDecoder().decode(await bundle("export {${name}} from '${entry}'"))`);
    // The names under which Lit's packages say their versions; a bundle keeps them.
    const lit = /litHtmlVersions|reactiveElementVersions|litElementVersions/;
    assert.match(await bundled('SupportAskElement', 'reader-support/elements'), lit);
    for (const [entry, name] of [
      ['reader-support/core', 'decide'],
      ['reader-support/checkout', 'serverRedirect'],
      ['reader-support', 'start'],
    ] as const) {
      const text = await bundled(name, entry);
      assert.ok(text.length > 100);
      assert.doesNotMatch(text, lit, entry);
    }
  });
});
