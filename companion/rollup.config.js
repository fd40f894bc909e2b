/** Builds the companion: one file of JavaScript for each of its sources. */

import {readFileSync, readdirSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import esbuild from 'rollup-plugin-esbuild';

const here = fileURLToPath(new URL('./', import.meta.url));
const {version} = JSON.parse(readFileSync(`${here}package.json`, 'utf8'));

const sources = readdirSync(`${here}src`, {recursive: true})
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'));

export default {
  input: sources.map(file => `${here}src/${file}`),
  // Packages stay packages, `reader-support` among them.
  external: id => !/^[./]/.test(id),
  plugins: [
    {name: 'clean', buildStart: () => rmSync(`${here}dist`, {recursive: true, force: true})},
    esbuild({
      target: 'es2022',
      sourceMap: false,
      tsconfig: false,
      define: {__VERSION__: JSON.stringify(version)},
    }),
  ],
  output: {
    dir: `${here}dist`,
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: `${here}src`,
    generatedCode: 'es2015',
  },
  onwarn(warning, warn) {
    // A file of types leaves nothing behind.
    if (warning.code !== 'EMPTY_BUNDLE') warn(warning);
  },
};
