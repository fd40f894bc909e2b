/**
 * Serves the demo while you work on it: rebuilds the script tag at every save and reloads the pages that are
 * open. The companion and the demo's server run from their sources and start again when one of them changes.
 */

import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {watch} from 'rollup';
import {installPackages, root, run} from '../build/install-missing.js';

process.chdir(root);

/** Written after each build; the demo's server watches it and tells the open pages. */
const mark = '.cache/dev/built';

/** The script tag's bundles in their order. The npm modules are rebuilt by `npm run build` alone. */
async function scriptTag() {
  const {default: configurations} = await import('../rollup.config.js');
  return configurations
    .filter(({output}) => output.dir === 'dist')
    .map(({plugins, ...one}) => ({
      ...one,
      // Minifying takes longer than all the rest.
      plugins: plugins.filter(({name}) => name !== 'terser'),
      watch: {clearScreen: false},
    }));
}

/** Rebuilds at every save, and says what a build took or why it failed. */
async function rebuildOnSave() {
  const watcher = watch(await scriptTag());
  let started = 0;
  watcher.on('event', event => {
    if (event.code === 'START') started = Date.now();
    if (event.code === 'BUNDLE_END') void event.result.close();
    if (event.code === 'ERROR') console.error(event.error.message, event.error.frame ?? '');
    if (event.code !== 'END') return;
    writeFileSync(mark, String(Date.now()));
    console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });
}

function serve() {
  const files = ['--watch', '--watch-preserve-output', '--import', 'tsx', 'demo/main.ts'];
  const server = spawn(process.execPath, files, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, DEMO_RELOADS: mark},
  });
  process.once('exit', () => server.kill());
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
}

try {
  installPackages();
  mkdirSync('.cache/dev', {recursive: true});
  writeFileSync(mark, '0');
  // Pages of the demo that import the package by its name need the npm modules too.
  if (!existsSync('dist/npm/index.js')) run('npm', ['run', '--silent', 'build']);
  await rebuildOnSave();
  serve();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
