import {mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import minifyLiterals from '@lit-labs/rollup-plugin-minify-html-literals';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {transformSync} from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';
import compileHint from './build/compile-hint.js';
import hardenLit from './build/harden-lit.js';
import integrity from './build/integrity.js';
import licenses from './build/licenses.js';
import loaderImports from './build/loader-imports.js';

const {version} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const sources = readdirSync('src', {recursive: true})
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'));

const compile = () => [
  // Templates and style sheets only: Lit's own files are minified as they come.
  minifyLiterals({include: ['src/**/*.ts'], failOnError: true}),
  esbuild({target: 'es2022', sourceMap: false, define: {__VERSION__: JSON.stringify(version)}}),
];

/** Empties a folder before a build. While files are watched, what other builds left there is needed. */
const clean = folder => ({
  name: 'clean',
  buildStart() {
    if (!this.meta.watchMode) rmSync(folder, {recursive: true, force: true});
  },
});

/** Elements that a theme's style sheet is for. */
const themed = 'support-appeal, support-ask, support-thanks, support-paywall, support-meter';

/** Writes the themes as style sheets, for pages that link or import one. */
const writeThemes = () => ({
  name: 'write-themes',
  async writeBundle() {
    mkdirSync('dist/npm/themes', {recursive: true});
    for (const file of readdirSync('src/themes')) {
      const name = file.replace('.ts', '');
      if (name === 'themes') continue;
      const {code} = transformSync(readFileSync(`src/themes/${file}`, 'utf8'), {loader: 'ts'});
      const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      const rule = `:is(${themed}) {${module[name]}}\n`;
      writeFileSync(
        `dist/npm/themes/${name}.css`,
        `/* The theme ${name}. Follows the page's color-scheme. */\n${rule}`,
      );
    }
  },
});

const onwarn = (warning, warn) => {
  // A file of types leaves nothing behind.
  if (warning.code === 'EMPTY_BUNDLE') return;
  warn(warning);
};

/** Inlining more than single calls makes the interface 80 bytes larger after compression. */
const minify = () =>
  terser({module: true, ecma: 2022, compress: {passes: 2, inline: 1}, format: {comments: false}});

/** Names by which a developer finds a file in the network panel. */
const chunkName = ({name}) => `reader-support.${name}-[hash:6].js`;

/** The files that are fetched later than the interface, and what each holds beside its first module. */
const languages = ['ar', 'de', 'es', 'fr', 'it', 'nl', 'pl', 'pt-BR', 'ru', 'tr', 'uk'];
const chunks = {
  interface: [
    'script-tag/interface.ts',
    // Used by several of the others.
    'elements/thanks/thanks-for.ts',
    'events/support-supported-event.ts',
    'browser/when-activated.ts',
    'browser/analytics/is-opted-out.ts',
    'browser/new-id.ts',
  ],
  overlay: [
    'script-tag/overlay.ts',
    'browser/overlays/right-moment.ts',
    'browser/overlays/report-wait.ts',
    'browser/overlays/turn.ts',
    'browser/placement/when-triggered.ts',
    'elements/appeal/overlay.ts',
  ],
  themes: ['themes/themes.ts', 'themes/broadsheet.ts', 'themes/gazette.ts', 'themes/review.ts'],
  enrolments: ['browser/storage/enrolments.ts'],
  checkout: ['elements/ask/ask-interactions.ts', 'core/money/currencies.ts'],
  'named-checkout': ['checkout/named-checkout.ts'],
  thanks: ['define/support-thanks.ts', 'page/thank-reader.ts'],
  experiments: ['page/run-experiments.ts', 'core/experiments/hash.ts'],
  companion: ['page/connect-companion.ts'],
  paywall: ['define/support-paywall.ts'],
  meter: ['controllers/client-meter.ts'],
  'email-reminders': ['elements/appeal/by-mail.ts'],
  calendar: ['elements/appeal/calendar-link.ts'],
  'decide-alone': ['controllers/decide-alone.ts'],
  debug: ['page/debug/explain-campaigns.ts', 'page/debug/preview-panel.ts'],
  ...Object.fromEntries(
    languages.map(tag => [tag, [`locales/${tag}.ts`, `locales/paywall/${tag}.ts`]]),
  ),
};
const manualChunks = Object.fromEntries(
  Object.entries(chunks).map(([name, files]) => [name, files.map(file => resolve('src', file))]),
);

const entry = 'reader-support.js';

const imports = loaderImports({
  'src/script-tag/interface.ts': 'interface',
  'src/script-tag/overlay.ts': 'overlay',
  'src/themes/themes.ts': 'themes',
  'src/page/update-reader-record.ts': 'record',
  'src/browser/companion/recall-reader.ts': 'record',
  'src/browser/placement/is-other-article.ts': 'record',
  'src/browser/overlays/turn.ts': 'record',
  'src/script-tag/tools.ts': 'tools',
});

const script = (input, {before = [], after = [], output = {}}) => ({
  input,
  // A file that others import something from needs no second file in front of it.
  preserveEntrySignatures: 'allow-extension',
  // A style sheet that only a server needs at once goes where a browser comes to need it.
  treeshake: {moduleSideEffects: id => !id.endsWith('.styles.ts')},
  plugins: [
    ...before,
    nodeResolve({exportConditions: ['production', 'browser']}),
    ...compile(),
    minify(),
    ...after,
  ],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: chunkName,
    chunkFileNames: chunkName,
    // File systems and caches that know no case must not confuse two names.
    hashCharacters: 'base36',
    generatedCode: {preset: 'es2015', symbols: false},
    freeze: false,
    ...output,
  },
  onwarn,
});

const interfaceFiles = script(
  {
    interface: 'src/script-tag/interface.ts',
    overlay: 'src/script-tag/overlay.ts',
    themes: 'src/themes/themes.ts',
  },
  {
    before: [clean('dist'), hardenLit()],
    after: [licenses(), compileHint(['interface', 'overlay']), imports.remember],
    output: {manualChunks},
  },
);

const record = script({record: 'src/script-tag/record.ts'}, {after: [imports.remember]});

const tools = script({tools: 'src/script-tag/tools.ts'}, {after: [imports.remember]});

const loader = script(
  {'reader-support': 'src/script-tag/entry.ts'},
  {
    before: [imports.resolve],
    after: [compileHint(['reader-support']), integrity({entry, version})],
    output: {entryFileNames: entry},
  },
);

const modules = {
  input: sources.filter(file => !file.startsWith('script-tag/')).map(file => `src/${file}`),
  external: id => !/^[./]/.test(id) && !id.startsWith('src/'),
  plugins: [...compile(), writeThemes()],
  output: {
    dir: 'dist/npm',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src',
    generatedCode: 'es2015',
  },
  onwarn,
};

export default [interfaceFiles, record, tools, loader, modules];
