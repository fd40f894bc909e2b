import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {root, run, textOf, type Ran} from './run.js';
import {longTestLimit} from '../time-limit.js';

const {version} = JSON.parse(textOf('package.json')) as {version: string};

/** Outside the repository, where nothing is found but what is installed. */
const folder = mkdtempSync(join(tmpdir(), 'reader-support-'));

const campaigns = {
  publication: 'The Harbour Post',
  campaigns: [{id: 'winter', copy: {heading: 'Support us', body: ['From {from} a month.']}}],
};

const config = {
  site: 'http://localhost:9999',
  basePath: '/companion',
  offers: [{monthly: {USD: {min: 200, max: 50_000, presets: [200, 500], preset: 500}}}],
  port: 0,
};

const env = {
  STRIPE_SECRET_KEY: 'sk_test_of_the_packages',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_the_packages',
};

const npx = ['--no-install', 'reader-support-companion'];
const command = (...args: string[]): Promise<Ran> => run('npx', [...npx, ...args], folder);
const commandWith = (variables: Record<string, string>, ...args: string[]): Promise<Ran> =>
  run(
    'env',
    [...Object.entries(variables).map(pair => pair.join('=')), 'npx', ...npx, ...args],
    folder,
  );

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}

/** Starts the server, and resolves with its address and with a way to end it. */
function serve(): Promise<{url: string; end: () => Promise<number | null>}> {
  return new Promise((resolve, reject) => {
    const main = join(folder, 'node_modules/.bin/reader-support');
    const child = spawn(main, ['serve', '-c', 'support.json'], {
      cwd: folder,
      env: {PATH: process.env['PATH'] ?? '', ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>(done => child.on('close', done));
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [, url] = /"url":"([^"]+)"/.exec(output) ?? [];
        if (url === undefined) return;
        const end = () => {
          child.kill('SIGTERM');
          return ended;
        };
        resolve({url, end});
      });
    void ended.then(code => reject(new Error(`it ended with ${code}: ${output}`)));
  });
}

describe(
  'the two packages, installed from their tarballs into an empty folder',
  {timeout: longTestLimit},
  () => {
    before(async () => {
      write('package.json', {private: true});
      write('campaigns.json', campaigns);
      write('support.json', config);
      mkdirSync(join(folder, 'tarballs'));
      const destination = ['--pack-destination', join(folder, 'tarballs')];
      for (const place of [root, `${root}companion`]) {
        const packed = await run('npm', ['pack', '--ignore-scripts', ...destination], place);
        assert.equal(packed.code, 0, packed.output);
      }
      const tarballs = ['reader-support', 'reader-support-companion'].map(
        name => `./tarballs/${name}-${version}.tgz`,
      );
      const installed = await run(
        'npm',
        ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs],
        folder,
      );
      assert.equal(installed.code, 0, installed.output);
    });
    after(() => rmSync(folder, {recursive: true, force: true}));

    it('are one copy each', async () => {
      const {code, output} = await run(
        'npm',
        ['ls', 'reader-support', 'lit', '--all', '--json'],
        folder,
      );
      assert.equal(code, 0, output);
      const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, unknown>;
      };
      const copies = Object.keys(lock.packages).filter(path =>
        /\/(reader-support|reader-support-companion|lit)$/.test(path),
      );
      assert.deepEqual(copies.sort(), [
        'node_modules/lit',
        'node_modules/reader-support',
        'node_modules/reader-support-companion',
      ]);
    });

    it('say with --help what can be done', async () => {
      const {code, output} = await command('--help');
      assert.equal(code, 0, output);
      for (const name of ['serve', 'check', 'report', 'plan', 'simulate'])
        assert.match(output, new RegExp(`^ {2}${name}\\b`, 'm'));
    });

    it('check a campaigns file', async () => {
      const {code, output} = await command('check', 'campaigns.json');
      assert.equal(code, 0, output);
      write('broken.json', {campaigns: [{id: 'winter', copy: {headline: 'x'}}]});
      const broken = await command('check', 'broken.json');
      assert.equal(broken.code, 1);
      assert.match(broken.output, /campaigns\[0\]\.copy\.headline/);
    });

    it('plan an experiment', async () => {
      const {code, output} = await command(
        'plan',
        '--rate',
        '0.4%',
        '--lift',
        '50%',
        '--daily',
        '6000',
      );
      assert.equal(code, 0, output);
      assert.match(output, /readers/);
    });

    it('simulate an experiment and report it with the real element', async () => {
      const experiment = {
        id: 'heading',
        campaign: 'winter',
        version: 1,
        arms: {
          control: {weight: 0.5},
          short: {weight: 0.5, overrides: {copy: {heading: 'Help us'}}},
        },
      };
      write('experiment.json', {...campaigns, experiments: [experiment]});
      const made = await command(
        ...[
          'simulate',
          'experiment.json',
          '--readers',
          '2000',
          '--rate',
          '2%',
          '--out',
          'log.jsonl',
        ],
      );
      assert.equal(made.code, 0, made.output);
      const report = ['report', '--campaigns', 'experiment.json', '--events', 'log.jsonl'];
      const {code, output} = await command(...report, '--format', 'html', '--out', 'report.html');
      assert.equal(code, 0, output);
      assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /shadowrootmode/);
    });

    it('serve, and end when told', async () => {
      const {url, end} = await serve();
      const response = await fetch(`${url}/companion/ready`);
      assert.equal(response.status, 200);
      assert.equal(await end(), 0);
    });

    it('say what is wrong with a configuration', async () => {
      const {code, output} = await command('serve', '-c', 'package.json');
      assert.equal(code, 1);
      assert.match(output, /package\.json cannot be used:\n(.*\n)* {2}private: is not known\n/);
    });

    for (const {given, name, variables} of [
      {given: 'PostgreSQL', name: 'pg', variables: {DATABASE_URL: 'postgres://127.0.0.1:1/none'}},
      {
        given: 'mail by SMTP',
        name: 'nodemailer',
        variables: {
          SMTP_URL: 'smtp://127.0.0.1:1',
          SUPPORT_SECRETS: 'a-secret-of-the-packages-0123456789abcdef',
        },
      },
    ])
      it(`say how to install ${name}, which is needed for ${given}`, async () => {
        write('mail.json', {
          ...config,
          ...(name === 'nodemailer' && {mail: {from: 'The Harbour Post <support@example.org>'}}),
        });
        const {code, output} = await commandWith(
          {...env, ...variables},
          'serve',
          '-c',
          'mail.json',
        );
        assert.equal(code, 1, output);
        assert.match(output, new RegExp(`needs the package ${name}, .*: npm install ${name}\\n`));
        assert.doesNotMatch(output, /\n {4}at /);
      });

    it('refuse to start beside another version, and say what to install', async () => {
      const file = join(folder, 'node_modules/reader-support/dist/npm/core/version.js');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replaceAll(version, '9.9.9'));
      const refused = await command('plan', '--rate', '1%', '--lift', '50%', '--daily', '600');
      writeFileSync(file, text);
      assert.equal(refused.code, 1);
      assert.ok(
        refused.output.includes(
          `reader-support-companion ${version} needs reader-support ${version} but found 9.9.9: npm install reader-support@${version} reader-support-companion@${version}`,
        ),
        refused.output,
      );
    });
  },
);
