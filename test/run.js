/**
 * The one test command: installs what is missing, builds, and runs every check.
 *
 *     npm test                 everything that fits into a quarter of an hour
 *     npm run test:full        the same with soaks and more fuzzing
 *     npm test -- units server only the steps whose names are given
 */

import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {installPrograms, installPackages, root} from '../build/install-missing.js';

process.chdir(root);

const full = process.argv.includes('--full');
const only = process.argv.slice(2).filter(word => !word.startsWith('--'));

const bin = name => `node_modules/.bin/${name}`;

/** Left to itself, Node 20 leaves a core idle, which of two is half. Its first versions know no better. */
const [major, minor] = process.versions.node.split('.').map(Number);
const concurrency =
  major > 20 || minor >= 10 ? [`--test-concurrency=${availableParallelism()}`] : [];

const alone = concurrency.length > 0 ? ['--test-concurrency=1'] : [];

/** Node 20 knows no globs. */
const nodeFiles = (...folders) =>
  folders.flatMap(folder => {
    const files = existsSync(`test/${folder}`) ? readdirSync(`test/${folder}`) : [];
    return files.filter(file => file.endsWith('.node.ts')).map(file => `test/${folder}/${file}`);
  });

const nodeTests = (files, ...options) => [
  ...['node', '--import', 'tsx', '--test', ...options, '--test-reporter=tap'],
  ...files,
];

/** One PostgreSQL for all files of the run. */
const withPostgres = (files, ...options) => [
  ...['node', '--import', 'tsx', 'test/server/with-postgres.ts'],
  ...nodeTests(files, ...options),
];

const units = (...options) => [bin('wtr'), ...options];
const onSmallLit = (...options) =>
  units('--config', 'test/small-lit/web-test-runner.config.js', ...options);

/**
 * Each step is a command. `count` reads its output; a step without it is one check. `again` is the
 * command for single files of it: a test may fail because the machine was busy, so those in which one
 * did have a second try by themselves, and the run says which.
 */
const steps = [
  {name: 'build', command: ['npm', 'run', '--silent', 'build']},
  {name: 'types', command: [bin('tsc6'), '-p', 'tsconfig.json', '--noEmit']},
  {name: 'types of the rules', command: [bin('tsc6'), '-p', 'src/core/tsconfig.json', '--noEmit']},
  {name: 'lint', command: [bin('eslint'), '.']},
  {name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.']},
  {
    name: 'server',
    command: withPostgres(
      nodeFiles('core', 'stats', 'report', 'elements', 'server', 'cli', 'testing', 'demo'),
      ...concurrency,
    ),
    count: tap,
    again: files => withPostgres(files, ...alone),
  },
  {
    name: 'package',
    command: nodeTests(nodeFiles('package'), ...concurrency),
    count: tap,
    again: files => nodeTests(files, ...alone),
  },
  {
    name: 'units',
    command: units('--coverage'),
    count: plain,
    again: files => units('--files', ...files),
  },
  {
    name: 'small-lit',
    command: onSmallLit(),
    count: plain,
    again: files => onSmallLit('--files', ...files),
  },
  {
    name: 'browsers',
    command: [bin('wtr'), '--config', 'test/browsers/web-test-runner.config.js'],
    count: plain,
    fullOnly: true,
  },
  {
    name: 'journeys',
    command: [bin('playwright'), 'test', '--config', 'test/journeys/playwright.config.ts'],
    count: playwright,
  },
];

/** The keys and signing secrets of the tests, and any that is as long as a real one. */
const secrets = /\b([sr]k_(test|live)|whsec)_(of_the_|canary|[A-Za-z0-9]{16,})/;

/** Node's runner: `# pass 12`, `# fail 0`, `# skipped 1`. */
function tap(output) {
  const read = word => Number(output.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  return {
    passed: read('pass'),
    failed: read('fail') + read('cancelled'),
    skipped: read('skipped') + read('todo'),
  };
}

/** Our own reporter of Web Test Runner: `12 passed, 0 failed, 1 skipped`. */
function plain(output) {
  const match = output.match(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m);
  return {
    passed: Number(match?.[1] ?? 0),
    failed: Number(match?.[2] ?? 1),
    skipped: Number(match?.[3] ?? 0),
  };
}

function playwright(output) {
  const read = word => Number(output.match(new RegExp(`^\\s*(\\d+) ${word}`, 'm'))?.[1] ?? 0);
  return {
    passed: read('passed') + read('flaky'),
    failed: read('failed') + read('did not run') + read('interrupted'),
    skipped: read('skipped'),
    flaky: read('flaky'),
  };
}

/** The files in which a test failed, as both runners name them; none when more than three did, which is no chance. */
function failedFiles(output) {
  const found = output.matchAll(
    /^(?: *location: '.*\/|failed: )(test\/\S+?\.(?:node|test)\.ts)\b/gm,
  );
  const files = [...new Set(Array.from(found, ([, file]) => file))];
  return files.length > 3 ? [] : files;
}

/** The result of a step whose failed files have passed at their second try. */
async function secondTry({again, count}, output, result) {
  const files = failedFiles(output);
  const isShort = /coverage for \w+ failed/i.test(output);
  if (!again || result.failed === 0 || files.length === 0 || isShort) return result;
  const second = await execute(again(files));
  const {passed, failed} = count(second.output);
  if (second.code !== 0 || failed > 0 || passed === 0) return result;
  return {...result, passed: result.passed + result.failed, failed: 0, flaky: result.failed};
}

function execute([command, ...args]) {
  return new Promise(resolve => {
    const env = {...process.env, FORCE_COLOR: '0', ...(full ? {FULL: '1'} : {})};
    const child = spawn(command, args, {cwd: root, env, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', data => {
        output += data;
      });
    }
    child.on('error', error => resolve({code: 1, output: String(error)}));
    child.on('close', code => resolve({code: code ?? 1, output}));
  });
}

const total = {passed: 0, failed: 0, skipped: 0};

try {
  installPackages();
  installPrograms();
  for (const step of steps) {
    const {name, command, count, fullOnly} = step;
    if (only.length > 0 ? !only.includes(name) : fullOnly && !full) continue;
    const started = Date.now();
    const {code, output} = await execute(command);
    const first = count?.(output) ?? {passed: code === 0 ? 1 : 0, failed: 0, skipped: 0};
    const result = await secondTry(step, output, first);
    // Coverage, an unhandled rejection or a crash fails a run in which no single test did.
    if (code !== 0 && first.failed === 0) result.failed = 1;
    // Whatever a step printed may stand in a public log.
    if (secrets.test(output)) {
      result.failed += 1;
      console.log('A secret of the tests was printed:');
    }
    // A step that ran nothing has not passed.
    if (code === 0 && result.passed === 0) result.failed += 1;
    if (result.failed > 0 || result.flaky > 0) console.log(output);
    for (const key of Object.keys(total)) total[key] += result[key];
    const seconds = Math.round((Date.now() - started) / 1000);
    const verdict = result.failed > 0 ? 'FAILED' : 'ok';
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    const flaky = result.flaky > 0 ? `, ${result.flaky} only at the second try,` : '';
    console.log(
      `${verdict.padEnd(7)} ${name.padEnd(20)} ${result.passed} passed, ${result.failed} failed${skipped}${flaky} in ${seconds} s`,
    );
    if (name === 'build' && result.failed > 0) break;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
}

console.log('');
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 ? 1 : 0;
