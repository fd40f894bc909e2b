import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {brotliCompressSync} from 'node:zlib';
import {longTestLimit} from '../time-limit.js';
import {root, run} from './run.js';

/** What `test/bundlers/bundle.js` prints. */
interface Bundled {
  readonly files: readonly {readonly code: string; readonly isFirst: boolean}[];
  /** Paths of the modules that went into the files. */
  readonly modules: readonly string[];
}

/**
 * Bytes of the first load, brotli. In esbuild, whatever else the main entry exports is loaded at once as well when
 * something that is fetched later uses it: events and turns, in small files of their own. Without
 * `load`, esbuild stays within 6,912; `scripts/sizes.js` measures that.
 */
const budgets = {esbuild: 8192, rollup: 6144, vite: 6656, webpack: 6656};

/** What stays of Lit in minified code: names of its globals, and what its elements call. */
const lit = /litHtmlVersions|litElementVersions|reactiveElementVersions|adoptedStyleSheets/;

/** What stays of an element of this package. */
const elements = /customElements\.define|attachInternals|static styles|static properties/;

async function bundle(name: string): Promise<Bundled> {
  const {code, output} = await run(process.execPath, ['test/bundlers/bundle.js', name]);
  assert.equal(code, 0, output);
  return JSON.parse(output.trim().split('\n').at(-1)!) as Bundled;
}

describe("an app with `import {start} from 'reader-support'`", {timeout: longTestLimit}, () => {
  for (const [name, budget] of Object.entries(budgets))
    it(`is light at its first load when ${name} bundles it, and fetches the elements later`, async context => {
      const {files, modules} = await bundle(name);
      const first = files.filter(({isFirst}) => isFirst).map(({code}) => code);
      const later = files.filter(({isFirst}) => !isFirst).map(({code}) => code);
      const bytes = first.reduce((sum, code) => sum + brotliCompressSync(code).length, 0);
      context.diagnostic(`${bytes} B of ${budget} B brotli, ${files.length} files`);

      assert.ok(
        modules.includes(`${root}dist/npm/page/start.js`),
        'the published files are bundled',
      );
      assert.deepEqual(
        modules.filter(path => path.startsWith(`${root}src/`)),
        [],
      );
      assert.match(first.join('\n'), /\/support\/campaigns\.json/);
      assert.ok(bytes > 1000 && bytes <= budget, `${bytes} B`);
      for (const code of first) {
        assert.doesNotMatch(code, lit);
        assert.doesNotMatch(code, elements);
      }

      assert.ok(later.some(code => lit.test(code)));
      assert.ok(later.some(code => elements.test(code)));
      // The decision, the companion and the debugger are each fetched when needed.
      assert.ok(later.length >= 8, `${later.length} files are fetched later`);
    });
});
