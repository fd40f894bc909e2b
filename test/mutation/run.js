/**
 * Scores the tests: changes a copy of the source in one small way after another, and counts the changes that a test
 * notices.
 *
 *     npm run test:mutation                                 some 40 mutants of all folders
 *     npm run test:mutation -- --folder core --count 60     of one; may be given several times
 *     npm run test:mutation -- --seed 7                     another sample; the same seed draws the same mutants
 *     npm run test:mutation -- --file parse-money           only of files whose path holds a word
 */

import {spawn, spawnSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import ts from 'typescript';
import {equivalent} from './equivalent.js';
import {folders} from './folders.js';
import {mutantsOf} from './mutants.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const {values: flags} = parseArgs({
  options: {
    seed: {type: 'string', default: '1'},
    count: {type: 'string', default: '40'},
    folder: {type: 'string', multiple: true, default: []},
    file: {type: 'string', default: ''},
  },
});
const chosen = folders.filter(({name}) => !flags.folder.length || flags.folder.includes(name));
if (!chosen.length) {
  console.error(`expected --folder to be one of ${folders.map(({name}) => name).join(', ')}`);
  process.exit(2);
}

// One PostgreSQL for the whole run.
if (chosen.some(({postgres}) => postgres) && !process.env.TEST_POSTGRES_URL) {
  const beside = ['--import', 'tsx', 'companion/test/with-postgres.ts', process.execPath];
  const args = [...beside, ...process.argv.slice(1)];
  process.exit(spawnSync(process.execPath, args, {cwd: root, stdio: 'inherit'}).status ?? 1);
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle(list, random) {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}

/** The files of folders and files, below the root. */
const filesOf = paths =>
  paths.flatMap(path =>
    statSync(join(root, path)).isFile()
      ? [path]
      : readdirSync(join(root, path), {recursive: true}).map(name => join(path, String(name))),
  );

/** Which files a file imports, the types left out, which no test runs. */
const importsOf = memo(file => {
  const text = readFileSync(join(root, file), 'utf8').replace(/^import type [^;]*;/gm, '');
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({fileName}) => fileName.startsWith('.'))
    .map(({fileName}) => normalize(join(dirname(file), fileName)).replace(/\.js$/, '.ts'))
    .filter(name => existsSync(join(root, name)));
});

/** Every file that a test reaches, and over how many imports. */
const reachOf = memo(test => {
  const steps = new Map([[test, 0]]);
  for (const [file, step] of steps)
    for (const next of importsOf(file)) if (!steps.has(next)) steps.set(next, step + 1);
  return steps;
});

function memo(make) {
  const known = new Map();
  return key => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key);
  };
}

// A copy to change, so that the source stays what it is whatever ends this run.
const copy = mkdtempSync(join(tmpdir(), 'reader-support-mutation-'));
process.on('exit', () => rmSync(copy, {recursive: true, force: true}));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
const left = new Set(['.git', '.cache', 'coverage', 'node_modules']);
for (const name of readdirSync(root)) {
  if (left.has(name)) continue;
  // Modules that a workspace links lead back to the copy, not to the source.
  cpSync(join(root, name), join(copy, name), {recursive: true, verbatimSymlinks: true});
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** Runs one test file on the copy. Ends with the first failure, or when it takes too long. */
function run(folder, test, most = 300_000) {
  const [command, ...args] =
    folder.in === 'browser'
      ? ['node_modules/.bin/wtr', '--files', test]
      : [
          ...[process.execPath, '--import', 'tsx', '--import', './test/mutation/in-node.js'],
          ...['--test-reporter=tap', test],
        ];
  const began = Date.now();
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: copy,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {...process.env, FULL: ''},
    });
    const end = passed => {
      clearTimeout(timer);
      // Its browser, too.
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
      resolve({passed, ms: Date.now() - began});
    };
    const timer = setTimeout(end, most, false);
    let output = '';
    child.stdout.on('data', data => {
      output = (output + data).slice(-2000);
      if (folder.in === 'node' && /^\s*not ok/m.test(output)) end(false);
    });
    child.on('error', () => end(false));
    child.on('close', code => end(code === 0));
  });
}

/** How long a test file takes without a mutant, or nothing when it fails without one. */
const baselines = new Map();
async function baseline(folder, test) {
  if (!baselines.has(test)) {
    const {passed, ms} = await run(folder, test);
    if (!passed) console.error(`${test} fails without a mutant and is left out`);
    baselines.set(test, passed ? ms : undefined);
  }
  return baselines.get(test);
}

/** Says whether the compiler takes a mutant. What it refuses needs no test. */
const compiles = (() => {
  let service;
  const changed = new Map();
  return (file, text) => {
    const path = join(root, file);
    if (!service) {
      const {config} = ts.readConfigFile(join(root, 'tsconfig.json'), name =>
        ts.sys.readFile(name),
      );
      const {options} = ts.parseJsonConfigFileContent(config, ts.sys, root);
      service = ts.createLanguageService({
        getCompilationSettings: () => options,
        getScriptFileNames: () => [...changed.keys()],
        getScriptVersion: name => String(changed.get(name)?.version ?? 0),
        getScriptSnapshot: name => {
          const content = changed.get(name)?.text ?? ts.sys.readFile(name);
          return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
        },
        getCurrentDirectory: () => root,
        getDefaultLibFileName: ts.getDefaultLibFilePath,
        ...{fileExists: ts.sys.fileExists, readFile: ts.sys.readFile},
        ...{readDirectory: ts.sys.readDirectory, directoryExists: ts.sys.directoryExists},
      });
    }
    const {version = 0} = changed.get(path) ?? {};
    changed.set(path, {version: version + 1, text});
    return service.getSemanticDiagnostics(path).length === 0;
  };
})();

/** Draws mutants of a folder, no two of one line. */
function draw(folder, count) {
  const random = seeded(Number(flags.seed));
  const all = filesOf(folder.source)
    .filter(file => /\.tsx?$/.test(file) && file.includes(flags.file))
    .flatMap(file => {
      const text = readFileSync(join(root, file), 'utf8');
      if (/^\/[/*].*generated/i.test(text)) return [];
      return mutantsOf(text).map(mutant => {
        const before = text.slice(0, mutant.start);
        const lineAt = before.split('\n').length;
        const line = (text.split('\n')[lineAt - 1] ?? '').trim();
        const mutated = before + mutant.text + text.slice(mutant.end);
        return {file, lineAt, line, change: mutant.change, text, mutated};
      });
    });
  const isEquivalent = ({file, line, change}) =>
    equivalent.some(
      known => file.endsWith(known.file) && known.line === line && known.change === change,
    );
  const lines = new Set();
  const drawn = [];
  for (const mutant of shuffle(all, random)) {
    const place = `${mutant.file}:${mutant.lineAt}`;
    if (drawn.length === count) break;
    if (lines.has(place) || isEquivalent(mutant)) continue;
    lines.add(place);
    drawn.push(mutant);
  }
  return {drawn, of: all.length};
}

/** Says what became of a mutant. */
async function judge(folder, tests, {file, text, mutated}) {
  const reaching = tests.filter(test => reachOf(test).has(file));
  const timed = [];
  for (const test of reaching) {
    const ms = await baseline(folder, test);
    // The nearest first, and the quick ones of those.
    if (ms !== undefined) timed.push({test, ms, order: ms + 3000 * reachOf(test).get(file)});
  }
  timed.sort((one, other) => one.order - other.order);
  writeFileSync(join(copy, file), mutated);
  try {
    for (const {test, ms} of timed) {
      const {passed} = await run(folder, test, 4 * ms + 10_000);
      if (!passed) return 'killed';
    }
  } finally {
    writeFileSync(join(copy, file), text);
  }
  return compiles(file, mutated) ? 'survived' : 'refused';
}

const count = Math.ceil(Number(flags.count) / (flags.folder.length ? 1 : chosen.length));
const scores = [];
for (const folder of chosen) {
  const tests = filesOf(folder.tests).filter(
    test =>
      /\.(test|node)\.ts$/.test(test) &&
      (folder.in === 'browser') <= test.endsWith('.test.ts') &&
      !folder.except?.test(basename(test)),
  );
  const {drawn, of} = draw(folder, count);
  const survivors = [];
  let refused = 0;
  for (const mutant of drawn) {
    const fate = await judge(folder, tests, mutant);
    process.stderr.write(fate === 'survived' ? '' : '.');
    if (fate === 'refused') refused += 1;
    if (fate === 'survived') {
      survivors.push(mutant);
      const {file, lineAt, change, line} = mutant;
      console.log(`survived  ${file}:${lineAt}  ${change}\n            ${line}`);
    }
  }
  const killed = drawn.length - survivors.length;
  const share = ((100 * killed) / Math.max(drawn.length, 1)).toFixed(0);
  const byTypes = refused ? `, ${refused} of them by the compiler` : '';
  const score = `${folder.name.padEnd(12)}${killed} of ${drawn.length} killed (${share} %)${byTypes}; ${of} mutants in all`;
  console.log(score);
  scores.push(score);
}
console.log(`\nseed ${flags.seed}\n${scores.join('\n')}`);
