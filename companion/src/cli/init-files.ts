/** Writes down what `init` puts into a folder. */

import {randomBytes} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {generatePassKey} from '../companion.js';

/** What `init` knows of a site. */
export interface SetUp {
  /** The origin of the site. */
  readonly site: string;
  /** The newspaper's name. */
  readonly publication: string;
  readonly currency: string;
  readonly basePath: string;
  readonly proxy: 'nginx' | 'caddy' | 'none';
  /** What keeps it running. */
  readonly run: 'node' | 'compose' | 'systemd';
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The origin of a Stripe fake. */
  readonly apiBase?: string | undefined;
}

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Returns the configuration, which holds no secret. */
function configText({site, publication, basePath, proxy, secretKey, apiBase}: SetUp): string {
  return asJson({
    ...{site, basePath, campaigns: 'campaigns.json'},
    productName: `Support for ${publication}`,
    brand: {name: publication},
    trustedHops: proxy === 'none' ? 0 : 1,
    database: 'file:support.sqlite',
    passes: {},
    ...(/_live_/.test(secretKey) && {allowLive: true}),
    ...(/_test_/.test(secretKey) && {allowTest: true}),
    ...(apiBase !== undefined && {apiBase}),
  });
}

/** Returns a campaigns file with one appeal. */
function campaignsText({publication, currency, basePath}: SetUp): string {
  // Currencies without minor units, such as the yen, have larger numbers in them.
  const {maximumFractionDigits: digits = 2} = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const amount = (units: number) => units * (digits === 0 ? 100 : 10 ** digits);
  const [presets, onceToo] = [[2, 5, 10].map(amount), [10, 25, 50].map(amount)];
  return asJson({
    publication,
    checkout: `${basePath}/checkout`,
    offer: {
      monthly: {[currency]: {min: amount(2), max: amount(500), presets, preset: amount(5)}},
      once: {[currency]: {min: amount(2), max: amount(5000), presets: onceToo, preset: amount(25)}},
    },
    campaigns: [{id: 'first', place: {selector: 'article', paragraph: 3}}],
  });
}

/** Returns the secrets as a file for `serve`, compose or systemd. Only its owner should read it. */
async function envText({secretKey, webhookSecret}: SetUp): Promise<string> {
  const secret = () => randomBytes(32).toString('hex');
  const lines: Readonly<Record<string, string>> = {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    SUPPORT_SECRETS: secret(),
    PASS_KEYS: `'${JSON.stringify(await generatePassKey())}'`,
    METRICS_TOKEN: secret(),
    REPORT_TOKEN: secret(),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Reads a file of the package's folder `deploy`, for the companion's path on this site. */
async function deployText(name: string, {basePath}: Pick<SetUp, 'basePath'>): Promise<string> {
  const folder = new URL('deploy/', import.meta.resolve('reader-support-companion/package.json'));
  const text = await readFile(new URL(name, folder), 'utf8');
  return text.replaceAll(/\/companion(?=[/\s])/g, () => basePath);
}

/** Returns all files of a set-up: their names, what is in them, and who may read them. */
export async function filesOf(
  setUp: SetUp,
): Promise<readonly {readonly name: string; readonly text: string; readonly mode: number}[]> {
  const names = namesOf(setUp);
  const texts: Readonly<Record<string, () => string | Promise<string>>> = {
    '.env': () => envText(setUp),
    'support.json': () => configText(setUp),
    'campaigns.json': () => campaignsText(setUp),
  };
  return await Promise.all(
    names.map(async name => {
      const write = texts[name.replace(/^config\//, '')];
      const text = await (write?.() ?? deployText(name, setUp));
      return {name, text, mode: name === '.env' ? 0o600 : 0o644};
    }),
  );
}

/** Returns the names of the files of a set-up. A container gets a folder with the configuration, and not the secrets. */
export function namesOf({proxy, run}: Pick<SetUp, 'proxy' | 'run'>): readonly string[] {
  const config = run === 'compose' ? 'config/' : '';
  return [
    ...['.env', `${config}support.json`, `${config}campaigns.json`],
    ...(run === 'compose' ? ['Dockerfile', 'compose.yaml'] : []),
    ...(run === 'systemd' ? ['reader-support.service'] : []),
    ...(proxy === 'nginx' ? ['nginx.conf'] : proxy === 'caddy' ? ['Caddyfile'] : []),
  ];
}
