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
import {fileLimit, soakFileLimit} from './time-limit.js';

process.chdir(root);

const full = process.argv.includes('--full');
const only = process.argv.slice(2).filter(word => !word.startsWith('--'));

const bin = name => `node_modules/.bin/${name}`;

/** Left to itself, Node 20 leaves a core idle, which of two is half. Its first versions know no better. */
const [major, minor] = process.versions.node.split('.').map(Number);
const nodeOptions =
  major > 20 || minor >= 11
    ? [
        `--test-concurrency=${availableParallelism()}`,
        `--test-timeout=${full ? soakFileLimit : fileLimit}`,
      ]
    : [];

/** Node 20 knows no globs. */
const nodeFiles = (...folders) =>
  folders.flatMap(folder => {
    const files = existsSync(`test/${folder}`) ? readdirSync(`test/${folder}`) : [];
    return files.filter(file => file.endsWith('.node.ts')).map(file => `test/${folder}/${file}`);
  });

const companionFiles = readdirSync('companion/test', {recursive: true})
  .filter(file => file.endsWith('.node.ts'))
  .map(file => `companion/test/${file}`);

const nodeTests = files => [
  ...['node', '--import', 'tsx', '--test', ...nodeOptions, '--test-reporter=tap'],
  ...files,
];

/** One PostgreSQL for all files of the run. */
const withPostgres = files => [
  ...['node', '--import', 'tsx', 'companion/test/with-postgres.ts'],
  ...nodeTests(files),
];

/**
 * Each step is a command. `count` reads its output; a step without it is one check. `failures` picks
 * the failures out of the output; a step without it prints nothing but its failures anyway.
 */
const steps = [
  {name: 'build', command: ['npm', 'run', '--silent', 'build']},
  {name: 'types', command: [bin('tsc6'), '-p', 'tsconfig.json', '--noEmit']},
  {name: 'types of the rules', command: [bin('tsc6'), '-p', 'src/core/tsconfig.json', '--noEmit']},
  {name: 'lint', command: [bin('eslint'), '.']},
  {name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.']},
  {
    name: 'server',
    command: withPostgres([
      ...nodeFiles('core', 'locales', 'elements', 'demo', 'compatibility'),
      ...companionFiles,
    ]),
    count: tap,
    failures: tapFailures,
  },
  {
    name: 'package',
    command: nodeTests(nodeFiles('package')),
    count: tap,
    failures: tapFailures,
  },
  {name: 'units', command: [bin('wtr'), '--coverage'], count: plain},
  {
    name: 'browsers',
    command: [bin('wtr'), '--config', 'test/browsers/web-test-runner.config.js'],
    count: plain,
    fullOnly: true,
  },
  {
    name: 'gallery',
    command: nodeTests(nodeFiles('browsers')),
    count: tap,
    failures: tapFailures,
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
    retried: retriedJourneys(output),
  };
}

/**
 * The tests that failed, each with its diagnosis, of a run of Node's. Not the suites and files around
 * them. Nothing when no test did: then the whole output is needed.
 */
function tapFailures(output) {
  const lines = output.split('\n');
  const found = [];
  for (const [at, line] of lines.entries()) {
    const [, indent] = /^( *)not ok \d+ /.exec(line) ?? [];
    if (indent === undefined || lines[at + 1] !== `${indent}  ---`) continue;
    const end = lines.indexOf(`${indent}  ...`, at);
    const block = lines.slice(at, end < 0 ? undefined : end + 1);
    // A file that broke off says why elsewhere.
    if (block.some(text => text.startsWith(`${indent}  exitCode:`))) return '';
    if (block.includes(`${indent}  failureType: 'subtestsFailed'`)) continue;
    found.push(block.map(text => text.replace(indent, '')).join('\n'));
  }
  return found.join('\n\n');
}

/** The journeys that passed at their second try, from Playwright's list at the end of a run. */
function retriedJourneys(output) {
  const [, list = ''] = /^ +\d+ flaky\n((?: {4}.+\n?)*)/m.exec(output) ?? [];
  return list
    .split('\n')
    .map(line => line.replaceAll('─', '').trim())
    .filter(Boolean);
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
  for (const {name, command, count, failures, fullOnly} of steps) {
    if (only.length > 0 ? !only.includes(name) : fullOnly && !full) continue;
    const started = Date.now();
    console.log(`        ${name} …`);
    const {code, output} = await execute(command);
    const result = count?.(output) ?? {passed: code === 0 ? 1 : 0, failed: 0, skipped: 0};
    let report = (result.failed > 0 && failures?.(output)) || output;
    // Coverage, an unhandled rejection or a crash fails a run in which no single test did.
    if (code !== 0 && result.failed === 0) result.failed = 1;
    // Whatever a step printed may stand in a public log.
    if (secrets.test(output)) {
      result.failed += 1;
      report = `A secret of the tests was printed:\n${output}`;
    }
    // A step that ran nothing has not passed.
    if (code === 0 && result.passed === 0) result.failed += 1;
    if (result.failed > 0) console.log(report);
    for (const journey of result.retried ?? []) console.log(`retried: ${journey}`);
    for (const key of Object.keys(total)) total[key] += result[key];
    const seconds = Math.round((Date.now() - started) / 1000);
    const verdict = result.failed > 0 ? 'FAILED' : 'ok';
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    console.log(
      `${verdict.padEnd(7)} ${name.padEnd(20)} ${result.passed} passed, ${result.failed} failed${skipped} in ${seconds} s`,
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
