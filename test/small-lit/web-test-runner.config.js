/**
 * The elements once more, as the script tag has them: their templates minified, on the Lit of
 * `build/lit/`. Everywhere else the tests run on the whole Lit.
 */

import minifyLiterals from '@lit-labs/rollup-plugin-minify-html-literals';
import base from '../../web-test-runner.config.js';

const {transform} = minifyLiterals({failOnError: true});

const fail = {
  error(message) {
    throw new Error(message);
  },
};

const smallLit = {
  name: 'small-lit',
  resolveImport: ({source, context}) =>
    source === 'lit' && context.path.startsWith('/src/') ? '/build/lit/index.js' : undefined,
  async transform({path, body}) {
    if (!/^\/src\/.*\.ts$/.test(path)) return undefined;
    const minified = await transform.call(fail, body, path);
    return minified ? {body: minified.code} : undefined;
  },
};

export default {
  ...base,
  files: ['test/elements/{support-*,by-mail}.test.ts'],
  plugins: [smallLit, ...base.plugins],
};
