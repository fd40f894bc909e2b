import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {filesIn, root, run as runIn, textOf} from './run.js';
import {longTestLimit} from '../time-limit.js';

interface Published {
  /** Where it is packed, from the root of the repository. */
  readonly folder: string;
  /** Everything that may be in the package, and nothing else. */
  readonly meant: readonly RegExp[];
  readonly needed: readonly string[];
  /** Entries that attw cannot find by itself: those of a pattern. */
  readonly entries: readonly string[];
}

const page: Published = {
  folder: '.',
  meant: [
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
    /^campaigns\.schema\.json$/,
    /^dist\/(integrity|custom-elements|vscode\.(html|css)-custom-data)\.json$/,
    /^dist\/LICENSES\.txt$/,
    /^dist\/reader-support(\.[a-z-]+(-[A-Z]{2})?-[a-z0-9]{6})?\.js$/,
    /^dist\/npm\/([a-z-]+\/)*[a-z-]+(\.styles)?\.(js|d\.ts)$/i,
    /^dist\/npm\/locales\/(paywall\/)?[a-z]{2,3}(-[A-Za-z]+)?(\/[a-z]+)?\.(js|d\.ts)$/,
    /^dist\/npm\/themes\/[a-z-]+\.css$/,
  ],
  needed: [
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
  ],
  entries: [
    ...['support-appeal', 'support-ask', 'all'].map(name => `reader-support/define/${name}`),
    'reader-support/locales/en',
  ],
};

const companion: Published = {
  folder: 'companion',
  meant: [
    /^(package\.json|README\.md|LICENSE)$/,
    /^deploy\/(Caddyfile|Dockerfile|[a-z.-]+\.(conf|service|sh|ya?ml))$/,
    /^dist\/([a-z-]+\/)*[a-z0-9-]+\.(js|d\.ts)$/,
    /^dist\/mail\/translations\/[a-z]{2,3}-[A-Z]{2}\.(js|d\.ts)$/,
  ],
  needed: [
    'LICENSE',
    'README.md',
    'deploy/Caddyfile',
    'deploy/Dockerfile',
    'deploy/alerts.yml',
    'deploy/compose.postgres.yaml',
    'deploy/compose.yaml',
    'deploy/failover-drill.sh',
    'deploy/nginx.conf',
    'deploy/reader-support.service',
    'deploy/restore-drill.sh',
    'dist/cli/main.js',
    'dist/companion.d.ts',
    'dist/companion.js',
    'dist/fake-stripe/index.d.ts',
    'dist/gate/index.d.ts',
    'dist/http/listen.d.ts',
    'dist/report/index.d.ts',
  ],
  entries: [],
};

for (const [name, {folder, meant, needed, entries}] of Object.entries({
  'reader-support': page,
  'reader-support-companion': companion,
})) {
  const place = `${root}${folder}`;
  const run = (command: string, ...args: string[]) => runIn(command, args, place);
  const tool = (command: string, ...args: string[]) =>
    run(`${root}node_modules/.bin/${command}`, ...args);

  describe(`the package ${name}`, {timeout: longTestLimit}, () => {
    it('holds what is meant, and only that', async () => {
      const {output} = await run('npm', 'pack', '--dry-run', '--json', '--ignore-scripts');
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
      const files = filesIn(folder === '.' ? 'dist' : `${folder}/dist`);
      assert.ok(files.length > 50);
      for (const path of files) {
        for (const text of from) assert.ok(!textOf(path).includes(text), `${path} has ${text}`);
      }
    });

    it('pleases publint', async () => {
      const {code, output} = await tool('publint', '--strict');
      assert.equal(code, 0, output);
    });

    it('pleases attw, in every entry', async () => {
      const {code, output} = await tool(
        ...(['attw', '--pack', '.', '--profile', 'esm-only', '--no-emoji'] as const),
        ...(entries.length ? ['--include-entrypoints', ...entries] : []),
      );
      assert.equal(code, 0, output);
    });
  });
}
