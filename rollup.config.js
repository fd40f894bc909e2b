import {copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import minifyLiterals from '@lit-labs/rollup-plugin-minify-html-literals';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import compileHint from './build/compile-hint.js';
import hardenLit from './build/harden-lit.js';
import integrity from './build/integrity.js';
import licenses from './build/licenses.js';
import shareBySymbol from './build/share-by-symbol.js';

const {version} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const sources = readdirSync('src', {recursive: true})
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'));

const compile = () => [
  // Templates and style sheets only: Lit's own files are minified as they come.
  minifyLiterals({include: ['src/**/*.ts'], failOnError: true}),
  esbuild({target: 'es2022', sourceMap: false, define: {__VERSION__: JSON.stringify(version)}}),
];

const clean = folder => ({
  name: 'clean',
  buildStart: () => rmSync(folder, {recursive: true, force: true}),
});

/** Style sheets that are published as they are. */
const copyThemes = () => ({
  name: 'copy-themes',
  writeBundle() {
    if (!existsSync('src/themes')) return;
    mkdirSync('dist/npm/themes', {recursive: true});
    for (const file of readdirSync('src/themes')) {
      if (file.endsWith('.css'))
        copyFileSync(join('src/themes', file), join('dist/npm/themes', file));
    }
  },
});

const onwarn = (warning, warn) => {
  // A file of types leaves nothing behind.
  if (warning.code === 'EMPTY_BUNDLE') return;
  warn(warning);
};

/** Names by which a developer finds a chunk in the network panel. */
const chunkName = ({name}) => `reader-support.${name}-[hash:6].js`;

const minify = () =>
  terser({module: true, ecma: 2022, compress: {passes: 2}, format: {comments: false}});

const entry = 'reader-support.js';

const script = {
  input: {'reader-support': 'src/script-tag/entry.ts'},
  // The loader also holds what the interface needs of the rules, so that nothing is sent twice.
  preserveEntrySignatures: 'allow-extension',
  // A style sheet that only a server needs at once goes where a browser comes to need it.
  treeshake: {moduleSideEffects: id => !id.endsWith('.styles.ts')},
  plugins: [
    clean('dist'),
    nodeResolve({exportConditions: ['production', 'browser']}),
    hardenLit(),
    ...compile(),
    minify(),
    shareBySymbol({entry, version, keep: ['open', 'requestTurn', 'start']}),
    licenses(),
    compileHint(['reader-support', 'interface']),
    integrity({entry, version}),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: entry,
    chunkFileNames: chunkName,
    // File systems and caches that know no case must not confuse two names.
    hashCharacters: 'base36',
    generatedCode: {preset: 'es2015', symbols: false},
    freeze: false,
  },
  onwarn,
};

const modules = {
  input: sources.filter(file => !file.startsWith('script-tag/')).map(file => `src/${file}`),
  external: id => !/^[./]/.test(id) && !id.startsWith('src/'),
  plugins: [...compile(), copyThemes()],
  output: {
    dir: 'dist/npm',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src',
    generatedCode: 'es2015',
  },
  onwarn,
};

export default [script, modules];
