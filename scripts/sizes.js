/**
 * Measures how many bytes a reader downloads, compared with the budgets.
 *
 *     node scripts/sizes.js            prints the table
 *     node scripts/sizes.js --json     prints it for a test
 *     node scripts/sizes.js --write    writes it to the README
 */

import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {brotliCompressSync, constants} from 'node:zlib';
import {build} from 'esbuild';
import {format} from 'prettier';

const root = new URL('../', import.meta.url);
const at = path => new URL(path, root);

const brotli = content =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }).length;

const textOf = name => readFileSync(at(`dist/${name}`), 'utf8');

const chunk = name => brotli(readFileSync(at(`dist/${name}`)));

/** Returns a chunk and its imports that are not loaded yet. */
function withImports(name, isThere) {
  if (isThere.has(name)) return [];
  isThere.add(name);
  const imported = [...textOf(name).matchAll(/\bfrom"\.\/([^"]+)"|\bimport"\.\/([^"]+)"/g)];
  return [name, ...imported.flatMap(([, one, other]) => withImports(one ?? other, isThere))];
}

/** Bundles source text that imports the package by name, as an app would. */
export async function bundle(text) {
  const {outputFiles} = await build({
    stdin: {contents: text, resolveDir: root.pathname, loader: 'js'},
    bundle: true,
    // As for a site that installed the package: this repository's own paths lead to the sources.
    tsconfigRaw: '{}',
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production', 'browser'],
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

/** What an app's bundler, with splitting, loads at once for a text that imports the package by name. */
async function firstLoad(text) {
  // Names of chunks hold a hash of paths, which must not depend on where the repository lies.
  const absWorkingDir = root.pathname;
  const outdir = `${absWorkingDir}out`;
  const {outputFiles, metafile} = await build({
    stdin: {contents: text, resolveDir: root.pathname, loader: 'js', sourcefile: 'app.js'},
    bundle: true,
    // As for a site that installed the package: this repository's own paths lead to the sources.
    tsconfigRaw: '{}',
    splitting: true,
    minify: true,
    write: false,
    outdir,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production', 'browser'],
    absWorkingDir,
    logLevel: 'error',
  });
  const [entry] = Object.keys(metafile.outputs).filter(
    name => metafile.outputs[name].entryPoint !== undefined && name.startsWith('out/stdin'),
  );
  const loaded = new Set();
  const load = name => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const {path, kind} of metafile.outputs[name].imports)
      if (kind === 'import-statement') load(path);
  };
  load(entry);
  return outputFiles
    .filter(({path}) => loaded.has(path.slice(absWorkingDir.length)))
    .reduce((sum, {contents}) => sum + brotli(contents), 0);
}

/** Measures every number of the README: name, bytes and the budget that a test enforces. */
export async function measure() {
  const entry = 'reader-support.js';
  const {files, preload} = JSON.parse(readFileSync(at('dist/integrity.json'), 'utf8'));
  const loader = chunk(entry);
  const appeal = preload.reduce((sum, name) => sum + chunk(name), loader);
  const languages = readdirSync(at('dist/npm/locales'))
    .filter(file => file.endsWith('.js') && file !== 'en.js')
    .map(file => file.slice(0, -3));
  const languageChunks = Object.keys(files).filter(file =>
    languages.includes(file.split('.')[1]?.replace(/-[^-]*$/, '')),
  );
  const paywall = Object.keys(files).find(file => file.startsWith('reader-support.paywall-'));
  const onTop = withImports(paywall, new Set([entry, ...preload]));
  const checkout = Object.keys(files).find(file => file.startsWith('reader-support.checkout-'));
  const total = names => names.reduce((sum, name) => sum + chunk(name), 0);
  const pressed = withImports(checkout, new Set([entry, ...preload]));
  return [
    {
      name: 'Every page view: the loader, which decides',
      bytes: loader,
      budget: 5696,
      aim: 4608,
    },
    {
      name: 'An appeal is shown: loader and interface, Lit included',
      bytes: appeal,
      budget: 33_792,
      aim: 21_504,
    },
    {
      name: 'A reader presses the button: all of that, and the checkout',
      bytes: appeal + total(pressed),
      budget: 39_936,
      aim: 29_696,
    },
    {
      name: 'Another language, when used (the largest)',
      bytes: Math.max(...languageChunks.map(chunk)),
      budget: 1536,
    },
    {
      name: 'A paywall stands, on top of an appeal: its interface',
      bytes: total(onTop),
      budget: 4096,
    },
    {
      name: "npm: `import {mayAsk} from 'reader-support/core'`",
      bytes: brotli(await bundle(`export {mayAsk} from 'reader-support/core'`)),
      budget: 600,
    },
    {
      name: "npm: `import {start} from 'reader-support'`, before anything is due",
      bytes: await firstLoad(`export {start} from 'reader-support'`),
      budget: 6912,
    },
  ];
}

const number = bytes => bytes.toLocaleString('en');

/** What a reader waits for, as `docs/performance.md` tells it: how many times as long as for a form written by hand. */
const waits = [
  {name: 'The form is in view, with both preload lines', times: 1.74, aim: 1.4},
  {name: 'The form is in view, with neither', times: 2.04, aim: 1.9},
];

/** Returns the README's table, formatted. */
export async function table(rows) {
  const lines = [
    '| What a reader downloads (bytes, brotli) and waits for (times a form written by hand) | Now | Budget | Aim |',
    '| --- | --: | --: | --: |',
    ...rows.map(
      ({name, bytes, budget, aim}) =>
        `| ${name} | ${number(bytes)} | ${number(budget)} | ${aim ? number(aim) : ''} |`,
    ),
    ...waits.map(({name, times, aim}) => `| ${name} | ${times} × | | ${aim} × |`),
  ];
  return (await format(lines.join('\n'), {parser: 'markdown'})).trim();
}

const block = /(<!-- sizes:start -->)[\s\S]*?(<!-- sizes:end -->)/;

/** Returns the README with the table between its markers. Throws when it has none. */
export async function withSizes(readme, rows) {
  if (!block.test(readme)) throw new Error('expected <!-- sizes:start --> and <!-- sizes:end -->');
  const text = await table(rows);
  return readme.replace(block, (_, start, end) => `${start}\n\n${text}\n\n${end}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const rows = await measure();
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
  else console.log(await table(rows));
  if (process.argv.includes('--write')) {
    const readme = at('README.md');
    writeFileSync(readme, await withSizes(readFileSync(readme, 'utf8'), rows));
  }
}
