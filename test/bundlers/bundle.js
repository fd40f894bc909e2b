/**
 * Bundles an app as a site would, and prints what a page loads first and what it loads later,
 * as JSON in the last line. Installs the bundlers that no other test needs.
 *
 *     node test/bundlers/bundle.js webpack
 */

import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {installPackages, root} from '../../build/install-missing.js';

/** The whole app, as in the README. */
const app = `import {start} from 'reader-support';
start({campaigns: '/support/campaigns.json', load: () => import('reader-support/define/all')});
`;

/** Returns the names of the entry and of everything that it imports statically. */
function firstOf(entry, importsOf, names = new Set()) {
  if (!names.has(entry)) {
    names.add(entry);
    for (const name of importsOf(entry)) firstOf(name, importsOf, names);
  }
  return names;
}

/** Sorts the chunks of Rollup and of what speaks its language. */
function sortChunks(output) {
  const chunks = new Map(
    output.filter(({type}) => type === 'chunk').map(chunk => [chunk.fileName, chunk]),
  );
  const entry = [...chunks.values()].find(({isEntry}) => isEntry).fileName;
  const first = firstOf(entry, name => chunks.get(name).imports.filter(file => chunks.has(file)));
  return {
    files: [...chunks.values()].map(({fileName, code}) => ({
      code,
      isFirst: first.has(fileName),
    })),
    modules: [...chunks.values()].flatMap(({modules}) => Object.keys(modules)),
  };
}

const bundlers = {
  async esbuild(folder) {
    const {build} = await import('esbuild');
    const {metafile, outputFiles} = await build({
      entryPoints: ['app.js'],
      outdir: 'out',
      absWorkingDir: folder,
      ...{bundle: true, splitting: true, minify: true, metafile: true, write: false},
      ...{format: 'esm', target: 'es2022', logLevel: 'error'},
    });
    const first = firstOf('out/app.js', name =>
      metafile.outputs[name].imports
        .filter(({kind}) => kind === 'import-statement')
        .map(({path}) => path),
    );
    return {
      files: outputFiles.map(({path, text}) => ({
        code: text,
        isFirst: first.has(path.slice(folder.length + 1)),
      })),
      modules: Object.keys(metafile.inputs).map(name => resolve(folder, name)),
    };
  },

  async rollup(folder) {
    const {rollup} = await import('rollup');
    const {nodeResolve} = await import('@rollup/plugin-node-resolve');
    const {default: terser} = await import('@rollup/plugin-terser');
    const bundle = await rollup({
      input: join(folder, 'app.js'),
      plugins: [nodeResolve({browser: true}), terser({module: true})],
    });
    const {output} = await bundle.generate({format: 'es'});
    await bundle.close();
    return sortChunks(output);
  },

  async vite(folder) {
    const {build} = await import('vite');
    const {output} = await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {write: false, rolldownOptions: {input: 'app.js'}},
    });
    return sortChunks(output);
  },

  async webpack(folder) {
    const {default: webpack} = await import('webpack');
    const stats = await new Promise((done, fail) => {
      webpack(
        {
          mode: 'production',
          context: folder,
          entry: './app.js',
          target: ['web', 'es2022'],
          output: {path: join(folder, 'out'), publicPath: '/'},
        },
        (error, result) => (error ? fail(error) : done(result)),
      );
    });
    if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
    // Its own notes on licences are no part of the app.
    const isScript = ({name}) => name.endsWith('.js');
    const {assets, entrypoints} = stats.toJson({all: false, assets: true, entrypoints: true});
    const first = new Set(entrypoints.main.assets.map(({name}) => name));
    return {
      files: assets.filter(isScript).map(({name}) => ({
        code: readFileSync(join(folder, 'out', name), 'utf8'),
        isFirst: first.has(name),
      })),
      modules: [...stats.compilation.modules].flatMap(module =>
        (module.modules ? [...module.modules] : [module]).flatMap(({resource}) => resource ?? []),
      ),
    };
  },
};

installPackages('test/bundlers/');
const [name] = process.argv.slice(2);
// Outside the repository, whose own paths lead to the sources: there, a name leads to the package.
const folder = mkdtempSync(join(tmpdir(), 'reader-support-'));
try {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/reader-support'), 'junction');
  writeFileSync(join(folder, 'app.js'), app);
  console.log(JSON.stringify(await bundlers[name](folder)));
} finally {
  rmSync(folder, {recursive: true, force: true});
}
