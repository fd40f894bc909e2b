/** Reads and validates the companion's configuration. */

import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import * as z from 'zod';
import {
  type Offer,
  offerProblems,
  parseCampaigns,
  renamedInCompanion,
  renamedProblems,
  withNewWords,
} from 'reader-support/core';
import {
  eventNamesOf,
  turnstile,
  type ReportOptions,
  type SupportServerOptions,
} from '../companion.js';
import {drawAppeal} from './appeal-markup.js';
import {archiveBeside, readArchive} from './archive-folder.js';
import {readCampaignsFile} from './campaigns-file.js';
import {contactOf, contactShape} from './config-services.js';
import {withEnvFile} from './env-file.js';
import {Refusal} from './refusal.js';

const limit = z.strictObject({max: z.int().min(0), windowMs: z.int().min(1)});
const amounts = z.strictObject({
  min: z.int(),
  max: z.int(),
  presets: z.array(z.int()),
  preset: z.int(),
});
const byCurrency = z.record(
  z.string().regex(/^[A-Z]{3}$/, 'expected a currency such as USD'),
  amounts,
);
const offer = z.strictObject({
  id: z.exactOptional(z.string().min(1)),
  once: z.exactOptional(byCurrency),
  monthly: z.exactOptional(byCurrency),
  annual: z.exactOptional(byCurrency),
});

const shape = z.strictObject({
  $schema: z.exactOptional(z.string()),
  site: z.string(),
  basePath: z.exactOptional(z.string()),
  origins: z.exactOptional(z.array(z.string())),
  /** The offers to sell; or `campaigns`, a file whose offer is sold. */
  offers: z.exactOptional(z.array(offer).min(1)),
  campaigns: z.exactOptional(z.string()),
  successPath: z.exactOptional(z.string()),
  brand: z.exactOptional(
    z.strictObject({
      name: z.exactOptional(z.string()),
      logo: z.exactOptional(z.string()),
      accent: z.exactOptional(z.string()),
    }),
  ),
  product: z.exactOptional(z.string()),
  productName: z.exactOptional(z.string()),
  submitType: z.exactOptional(z.enum(['pay', 'donate'])),
  allowLive: z.exactOptional(z.boolean()),
  allowTest: z.exactOptional(z.boolean()),
  limits: z.exactOptional(
    z.strictObject({
      perAddress: z.exactOptional(z.array(limit)),
      perReader: z.exactOptional(z.array(limit)),
      global: z.exactOptional(z.array(limit)),
    }),
  ),
  events: z.exactOptional(
    z.strictObject({
      campaigns: z.exactOptional(z.array(z.string())),
      experiments: z.exactOptional(z.record(z.string(), z.array(z.string()))),
      mostRows: z.exactOptional(z.int().min(1)),
      perNetwork: z.exactOptional(z.int().min(1)),
    }),
  ),
  ...contactShape,
  trustedHops: z.exactOptional(z.int().min(0)),
  timeout: z.exactOptional(z.int().min(1)),
  /** The origin of a Stripe fake. */
  apiBase: z.exactOptional(z.string()),
  port: z.exactOptional(z.int().min(0).max(65_535)),
  host: z.exactOptional(z.string()),
  /** A file, or a server URL without a password; `DATABASE_URL` overrides it. */
  database: z.exactOptional(z.string().min(1)),
});

/** A parsed configuration, with the secrets from the environment. */
export interface Config {
  readonly server: Omit<SupportServerOptions, 'store' | 'log'>;
  readonly listen: {readonly port?: number; readonly host?: string};
  readonly database: string;
  /** The file whose offer is sold, where the configuration names one. */
  readonly campaignsFile?: string;
}

/** Formats a path as `a[0].b`, as in the campaigns file's problems. */
const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`))
    .join('');

const secretish = /secret|key|password|token|transport/i;

function problemsOf({issues}: z.ZodError): string[] {
  return issues.flatMap(issue => {
    if (issue.code !== 'unrecognized_keys')
      return [`${pathOf(issue.path) || 'the file'}: ${issue.message}`];
    return issue.keys.map(key => {
      const name = pathOf([...issue.path, key]);
      return secretish.test(key)
        ? `${name}: secrets do not belong in a file; set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET`
        : `${name}: is not known`;
    });
  });
}

async function load(path: string): Promise<unknown> {
  try {
    if (!path.endsWith('.json')) {
      const {default: value} = (await import(pathToFileURL(path).href)) as {default?: unknown};
      return value;
    }
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const {code, name} = error as {code?: string; name: string};
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : error instanceof SyntaxError
          ? error.message
          : (code ?? name);
    throw new Refusal(`${path} cannot be read: ${why}`);
  }
}

/** Splits a variable that holds several values with commas between. */
const listOf = (text = ''): string[] =>
  text
    .split(',')
    .map(value => value.trim())
    .filter(Boolean);

/** Configures the newsroom's report. The file is read for each request, as it may have a new experiment. */
async function reportOf(
  token: string,
  path: string,
  notify: readonly string[],
): Promise<ReportOptions> {
  const {reportPage} = await import('../report/page.js');
  const archive = archiveBeside(path);
  return {
    ...{token, notify},
    campaigns: () => readCampaignsFile(path),
    page: (results, options) => reportPage(results, {...options, draw: drawAppeal}),
    archive: async () => (existsSync(archive) ? readArchive(archive) : []),
  };
}

/** Reads the offer of the campaigns file, which the pages use too, so that both agree. */
async function offerOfCampaigns(path: string): Promise<Offer> {
  const parsed = parseCampaigns(await load(path));
  if (!parsed.ok)
    throw new Refusal(
      [
        `${path} has problems:`,
        ...parsed.problems.map(({path: key, problem}) => `  ${key}: ${problem}`),
      ].join('\n'),
    );
  if (!parsed.file.offer) throw new Refusal(`${path}: expected an offer but it has none`);
  return parsed.file.offer;
}

/**
 * Reads a configuration: a `.json` file, or a JavaScript module with a default export. Secrets come
 * from the environment, or from a file `.env` beside the configuration: `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET` (several with commas between,
 * while one is being rotated), `METRICS_TOKEN`, `TURNSTILE_SECRET_KEY`, `SUPPORT_SECRETS`, `SMTP_URL`
 * `PASS_KEYS`, `REPORT_TOKEN` and `REPORT_NOTIFY`, which are optional, and `DATABASE_URL`; `PORT` and `HOST` override the file's.
 * Rejects with a `Refusal` that lists every problem and its place.
 */
export async function readConfig(
  file: string,
  given: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Config> {
  const path = resolve(file);
  const env = withEnvFile(path, given);
  const written = await load(path);
  const problems = renamedProblems(written, renamedInCompanion);
  const {success, data, error} = shape.safeParse(withNewWords(written, renamedInCompanion));
  if (!success) problems.push(...problemsOf(error));
  if (success) problems.push(...problemsOfOffers(data));

  // Scripts pass unset variables on as blank ones, which must not mean any port or every host.
  const [givenPort, givenHost] = [env['PORT']?.trim(), env['HOST']?.trim()];
  const port = givenPort ? Number(givenPort) : data?.port;
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536))
    problems.push('PORT (environment): expected a port number but received another text');
  const secretKey = env['STRIPE_SECRET_KEY']?.trim() ?? '';
  if (!secretKey) problems.push('STRIPE_SECRET_KEY (environment): is missing');
  const webhookSecrets = listOf(env['STRIPE_WEBHOOK_SECRET']);
  if (!webhookSecrets.length) problems.push('STRIPE_WEBHOOK_SECRET (environment): is missing');
  const {mail, passes, ...plain} = data ?? ({} as z.infer<typeof shape>);
  const contact = contactOf({...(mail && {mail}), ...(passes && {passes})}, env, problems);
  if (problems.length || !success)
    throw new Refusal(
      [`${file} cannot be used:`, ...problems.map(problem => `  ${problem}`)].join('\n'),
    );

  const {offers, campaigns = '', apiBase, database, host: ownHost, ...rest} = plain;
  const host = givenHost ? givenHost : ownHost;
  const metricsToken = env['METRICS_TOKEN'];
  const humanKey = env['TURNSTILE_SECRET_KEY'];
  const reportToken = env['REPORT_TOKEN'];
  const campaignsFile = resolve(dirname(path), campaigns);
  delete rest.port;
  delete rest.$schema;
  return {
    server: {
      ...rest,
      stripe: {secretKey, ...(apiBase !== undefined && {apiBase})},
      webhookSecrets,
      ...(reportToken &&
        campaigns && {
          report: await reportOf(reportToken, campaignsFile, listOf(env['REPORT_NOTIFY'])),
        }),
      ...contact,
      ...(metricsToken && {metricsToken}),
      ...(humanKey && {humanCheck: turnstile({secretKey: humanKey})}),
      offers: offers ?? [await offerOfCampaigns(campaignsFile)],
      ...(campaigns && {
        events: {
          ...rest.events,
          names: async () => eventNamesOf(await readCampaignsFile(campaignsFile)),
        },
      }),
    },
    listen: {...(port !== undefined && {port}), ...(host !== undefined && {host})},
    ...(campaigns && {campaignsFile}),
    database: env['DATABASE_URL'] ?? database ?? 'file:support.sqlite',
  };
}

function problemsOfOffers({offers, campaigns}: z.infer<typeof shape>): string[] {
  if (!offers && !campaigns)
    return ['offers: expected `offers`, or `campaigns`, a file with an offer'];
  if (offers && campaigns) return ['campaigns: expected either this or `offers` but received both'];
  return (offers ?? []).flatMap((offer, at) =>
    offerProblems(offer, `offers[${at}]`).map(({path, problem}) => `${path}: ${problem}`),
  );
}
