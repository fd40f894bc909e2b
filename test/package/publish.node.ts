import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {filesIn, root, run, textOf, tool} from './run.js';
import {longTestLimit} from '../time-limit.js';

/** Everything that may be in the package, and nothing else. */
const meant = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^campaigns\.schema\.json$/,
  /^dist\/(integrity|custom-elements|vscode\.(html|css)-custom-data)\.json$/,
  /^dist\/LICENSES\.txt$/,
  /^dist\/reader-support(\.[a-z-]+-[a-z0-9]{6})?\.js$/,
  /^dist\/npm\/([a-z-]+\/)?[a-z-]+(\.styles)?\.(js|d\.ts)$/i,
  /^dist\/npm\/locales\/(paywall\/)?[a-z]{2,3}(-[A-Za-z]+)?(\/[a-z]+)?\.(js|d\.ts)$/,
  /^dist\/npm\/server\/([a-z-]+\/)*[a-z0-9.-]+\.(js|d\.ts)$/,
  /^dist\/npm\/themes\/[a-z-]+\.css$/,
];

const needed = [
  'LICENSE',
  'README.md',
  'dist/custom-elements.json',
  'dist/LICENSES.txt',
  'dist/integrity.json',
  'dist/npm/index.d.ts',
  'dist/npm/index.js',
  'dist/npm/types/react.d.ts',
  'dist/reader-support.js',
  'dist/vscode.html-custom-data.json',
];

describe('the package', {timeout: longTestLimit}, () => {
  it('holds what is meant, and only that', async () => {
    const {output} = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
    const [{files}] = JSON.parse(output.slice(output.indexOf('\n[') + 1)) as [
      {files: {path: string}[]},
    ];
    const paths = files.map(file => file.path);
    assert.deepEqual(
      paths.filter(path => !meant.some(pattern => pattern.test(path))),
      [],
    );
    assert.deepEqual(
      needed.filter(path => !paths.includes(path)),
      [],
    );
  });

  it('holds no path of the machine that built it', () => {
    const from = [root.slice(0, -1), 'file://', 'node_modules/'];
    for (const path of filesIn('dist')) {
      for (const text of from) assert.ok(!textOf(path).includes(text), `${path} has ${text}`);
    }
  });

  it('pleases publint', async () => {
    const {code, output} = await tool('publint', '--strict');
    assert.equal(code, 0, output);
  });

  it('pleases attw, in every entry', async () => {
    const entries = ['support-appeal', 'support-ask', 'all'].map(
      name => `reader-support/define/${name}`,
    );
    const {code, output} = await tool(
      'attw',
      '--pack',
      '.',
      '--profile',
      'esm-only',
      '--no-emoji',
      '--include-entrypoints',
      ...entries,
      'reader-support/locales/en',
    );
    assert.equal(code, 0, output);
  });
});
