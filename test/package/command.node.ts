import assert from 'node:assert/strict';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import {root, run, textOf, type Ran} from './run.js';
import {longTestLimit} from '../time-limit.js';

/** Below the repository, so that what the package needs is found there. */
const folder = `${root}.cache/command`;

describe('the command of the packed package', {timeout: longTestLimit}, () => {
  let help: Ran;

  before(async () => {
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(`${folder}/node_modules/.bin`, {recursive: true});
    writeFileSync(`${folder}/package.json`, '{"private": true}');
    const pack = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
    assert.equal(pack.code, 0, pack.output);
    const {version} = JSON.parse(textOf('package.json')) as {version: string};
    const unpack = `
      mkdir node_modules/reader-support
      tar -xzf reader-support-${version}.tgz --strip-components=1 -C node_modules/reader-support
      ln -s ../reader-support/dist/npm/cli/main.js node_modules/.bin/reader-support
      chmod +x node_modules/reader-support/dist/npm/cli/main.js
    `;
    const unpacked = await run('sh', ['-ec', unpack], folder);
    assert.equal(unpacked.code, 0, unpacked.output);
    help = await run('npx', ['--no-install', 'reader-support', '--help'], folder);
  });
  after(() => rmSync(folder, {recursive: true, force: true}));

  it('is named in package.json, and begins as a script does', () => {
    const {bin} = JSON.parse(textOf('package.json')) as {bin: Record<string, string>};
    assert.deepEqual(bin, {'reader-support': 'dist/npm/cli/main.js'});
    assert.match(textOf('dist/npm/cli/main.js'), /^#!\/usr\/bin\/env node\n/);
  });

  it('runs with npx and says what it can do', () => {
    assert.equal(help.code, 0, help.output);
    assert.match(help.output, /^ {2}serve \[options\]/m);
  });

  it('says what is wrong with a configuration', async () => {
    const {code, output} = await run(
      'npx',
      ['--no-install', 'reader-support', 'serve', '-c', 'package.json'],
      folder,
    );
    assert.equal(code, 1);
    assert.match(output, /package\.json cannot be used:\n(.*\n)* {2}private: is not known\n/);
  });
});
