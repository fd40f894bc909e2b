/** Implements `init`, which writes the files of a new companion and makes its webhook endpoint. */

import {existsSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {createInterface} from 'node:readline/promises';
import {parse} from 'dotenv';
import type {Command} from 'commander';
import {heardEvents} from '../gifts/index.js';
import {openSetUp} from '../stripe/index.js';
import {readConfig} from './config.js';
import {webhookUrlOf} from './doctor-stripe.js';
import {filesOf, namesOf, type SetUp} from './init-files.js';
import {Refusal, refusalOf} from './refusal.js';

interface InitOptions {
  readonly folder: string;
  readonly site?: string;
  readonly publication?: string;
  readonly currency?: string;
  readonly basePath: string;
  readonly proxy?: string;
  readonly run?: string;
  readonly yes?: boolean;
  readonly endpoint?: boolean;
  readonly apiBase?: string;
}

/** Adds the command. */
export function addInit(program: Command): void {
  program
    .command('init')
    .description('write the files of a new companion, and make its webhook endpoint at Stripe')
    .option('--folder <folder>', 'where the files go', '.')
    .option('--site <origin>', 'the site, such as https://www.example.org')
    .option('--publication <name>', 'the name of the newspaper')
    .option('--currency <code>', 'the currency of gifts, such as USD')
    .option('--base-path <path>', 'the path of the companion on the site', '/companion')
    .option('--proxy <proxy>', 'what stands in front: nginx, caddy or none')
    .option('--run <way>', 'what keeps it running: node, compose or systemd')
    .option('--api-base <origin>', 'the origin of a Stripe fake')
    .option('--endpoint', 'only make the webhook endpoint of a configuration that is there')
    .option('-y, --yes', 'ask nothing; what is not given has its default')
    .addHelpText('after', '\nThe key is read from STRIPE_SECRET_KEY, or asked for.')
    .action(async (options: InitOptions) => {
      const folder = resolve(options.folder);
      if (options.endpoint) await addEndpoint(folder);
      else await init(folder, options);
    });
}

/** Parses an answer, or throws a `Refusal` that says what was expected. */
type Reading<T> = (text: string) => T;

const readSite: Reading<string> = text => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.pathname === '/' && !url.search && !url.hash && !url.username;
  if (!url || !isPlain || !/^https?:$/.test(url.protocol))
    throw new Refusal(
      `site: expected an origin such as https://www.example.org but received ${text || 'nothing'}`,
    );
  return url.origin;
};

const readName: Reading<string> = text => {
  if (!text.trim()) throw new Refusal('publication: expected the name of the newspaper');
  return text.trim();
};

const readCurrency: Reading<string> = text => {
  const code = text.trim().toUpperCase();
  if (!Intl.supportedValuesOf('currency').includes(code))
    throw new Refusal(`currency: expected a code such as USD but received ${text || 'nothing'}`);
  return code;
};

const readOneOf =
  <T extends string>(option: string, [first, second, third]: readonly [T, T, T]): Reading<T> =>
  text => {
    const match = [first, second, third].find(word => word === text);
    if (match !== undefined) return match;
    throw new Refusal(
      `${option}: expected ${first}, ${second} or ${third} but received ${text || 'nothing'}`,
    );
  };

const readProxy = readOneOf('proxy', ['nginx', 'caddy', 'none']);
const readRun = readOneOf('run', ['node', 'compose', 'systemd']);

const readKey: Reading<string> = text => {
  const key = text.trim();
  if (/^[sr]k_(test|live)_\w+$/.test(key)) return key;
  // What was given may be a secret of something else, so it is not repeated.
  throw new Refusal(
    key.startsWith('pk_')
      ? 'STRIPE_SECRET_KEY: expected a secret or restricted key but received a publishable one'
      : 'STRIPE_SECRET_KEY: expected a key such as rk_test_… or sk_test_…',
  );
};

/** Returns a function that takes a value from the options, asks for it, or takes its default. */
function questions(isAsking: boolean) {
  const lines = isAsking
    ? createInterface({input: process.stdin, output: process.stdout})
    : undefined;
  return {
    async ask<T>(
      given: string | undefined,
      question: string,
      preset: string,
      read: Reading<T>,
    ): Promise<T> {
      if (given !== undefined) return read(given);
      if (!lines) return read(preset);
      for (;;) {
        const answer = await lines.question(`${question}${preset && ` [${preset}]`}: `);
        try {
          return read(answer.trim() || preset);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          console.info(error.message);
        }
      }
    },
    close: () => lines?.close(),
  };
}

function readBasePath(path: string): string {
  if (/^(\/[\w-]+)+$/.test(path)) return path;
  throw new Refusal(`base-path: expected a path such as /companion but received ${path}`);
}

async function init(folder: string, options: InitOptions): Promise<void> {
  const isAsking = !options.yes && process.stdin.isTTY;
  const {ask, close} = questions(isAsking);
  let known: Omit<SetUp, 'webhookSecret'>;
  try {
    known = {
      site: await ask(options.site, 'The site, such as https://www.example.org', '', readSite),
      publication: await ask(
        options.publication,
        'The name of the newspaper',
        options.site === undefined ? '' : new URL(readSite(options.site)).hostname,
        readName,
      ),
      currency: await ask(options.currency, 'The currency of gifts', 'USD', readCurrency),
      proxy: await ask(
        options.proxy,
        'What stands in front: nginx, caddy or none',
        'nginx',
        readProxy,
      ),
      run: await ask(
        options.run,
        'What keeps it running: node, compose or systemd',
        'node',
        readRun,
      ),
      secretKey: await ask(
        process.env['STRIPE_SECRET_KEY'],
        'A key of Stripe, best a restricted one for testing (rk_test_…)',
        '',
        readKey,
      ),
      basePath: readBasePath(options.basePath),
      apiBase: options.apiBase,
    };
  } finally {
    close();
  }

  const present = namesOf(known).filter(name => existsSync(join(folder, name)));
  if (present.length > 0)
    throw new Refusal(
      `${folder} has ${present.join(', ')} already, and nothing was written; name another --folder, or move them`,
    );
  const {secret, left} = await makeEndpoint(known);
  const setUp = {...known, webhookSecret: secret};
  for (const {name, text, mode} of await filesOf(setUp)) {
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await writeFile(join(folder, name), text, {flag: 'wx', mode});
  }
  report(folder, setUp, left);
}

/** Makes the endpoint with a test key. `left`: what the operator has to do instead. */
async function makeEndpoint(
  known: Pick<SetUp, 'site' | 'basePath' | 'secretKey' | 'apiBase'>,
): Promise<{readonly secret: string; readonly left?: string}> {
  const {secretKey, apiBase} = known;
  const url = webhookUrlOf(known);
  const byHand = `make the endpoint ${url} in the Dashboard, as docs/companion.md says, and put its signing secret into STRIPE_WEBHOOK_SECRET of .env`;
  const account = openSetUp({secretKey, ...(apiBase !== undefined && {apiBase})});
  if (account.isLive) return {secret: '', left: `With a live key: ${byHand}.`};
  try {
    const present = (await account.endpoints()) ?? [];
    if (present.some(endpoint => endpoint.url === url))
      return {
        secret: '',
        left: `Stripe has an endpoint for ${url} already: copy its signing secret from the Dashboard into STRIPE_WEBHOOK_SECRET of .env.`,
      };
    return {secret: await account.makeEndpoint(url, heardEvents)};
  } catch (error) {
    const {message} = refusalOf('The endpoint could not be made', error);
    return {secret: '', left: `${message}: ${byHand}.`};
  }
}

/** What starts it, and what looks at it, in the folder. */
const commands: Readonly<Record<SetUp['run'], readonly [start: string, look: string]>> = {
  node: [
    'npx reader-support-companion serve --config support.json',
    'npx reader-support-companion doctor --config support.json',
  ],
  compose: [
    'npm init --yes && npm install reader-support-companion pg nodemailer && docker compose up -d --build',
    'docker compose run --rm companion doctor --config /config/support.json',
  ],
  systemd: [
    'put the files where the head of reader-support.service says, then: systemctl enable --now reader-support',
    'npx reader-support-companion doctor --config support.json',
  ],
};

function report(folder: string, setUp: SetUp, left?: string): void {
  const {site, basePath, proxy, run} = setUp;
  const names = namesOf(setUp);
  const [start, look] = commands[run];
  const proxyFile = proxy === 'none' ? undefined : names.at(-1);
  const steps = [
    ...(left === undefined ? [] : [left]),
    ...(proxyFile === undefined
      ? []
      : [`Put ${join(folder, proxyFile)} into the configuration of ${proxy}, and reload it.`]),
    `Start it, in ${folder}: ${start}`,
    `See there that all is well: ${look}`,
    `Serve the campaigns file to your pages too, and name it in the tag: data-campaigns="…/campaigns.json".`,
  ];
  console.info(
    [
      `Wrote ${names.map(name => join(folder, name)).join(', ')}.`,
      ...(setUp.webhookSecret
        ? [`Made the webhook endpoint ${site}${basePath}/webhook at Stripe.`]
        : []),
      '',
      ...steps.map((step, at) => `${at + 1}. ${step}`),
    ].join('\n'),
  );
}

/** Makes the endpoint of a configuration that is there, and puts its secret before those in `.env`. */
async function addEndpoint(folder: string): Promise<void> {
  const inFolder = join(folder, 'config', 'support.json');
  const file = existsSync(inFolder) ? inFolder : join(folder, 'support.json');
  const envFile = join(folder, '.env');
  const text = existsSync(envFile) ? await readFile(envFile, 'utf8') : '';
  // A configuration without a webhook secret is refused, which is what is to be mended here.
  const env = {STRIPE_WEBHOOK_SECRET: 'whsec_none_yet', ...filled(parse(text)), ...process.env};
  const {server} = await readConfig(file, env);
  if (!('secretKey' in server.stripe)) throw new Refusal(`${file} has no key of Stripe`);
  const account = openSetUp(server.stripe);
  if (account.isLive)
    throw new Refusal(
      'with a live key the endpoint is made in the Dashboard; docs/companion.md names its events',
    );
  const url = webhookUrlOf(server);
  const secret = await account.makeEndpoint(url, heardEvents).catch((error: unknown) => {
    throw refusalOf('the endpoint could not be made', error);
  });
  const line = /^STRIPE_WEBHOOK_SECRET=(.*)$/m;
  const old = line.exec(text)?.[1]?.trim() ?? '';
  const next = `STRIPE_WEBHOOK_SECRET=${[secret, old].filter(Boolean).join(',')}`;
  const isThere = line.test(text);
  await writeFile(envFile, isThere ? text.replace(line, () => next) : `${text}${next}\n`, {
    mode: 0o600,
  });
  console.info(
    `Made the webhook endpoint ${url}, and put its secret first in ${envFile}. Restart the companion, then delete the old endpoint in the Dashboard.`,
  );
}

const filled = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value));
