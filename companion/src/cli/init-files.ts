/** Writes down what `init` puts into a folder. */

import {randomBytes} from 'node:crypto';
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
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** The origin of a Stripe fake. */
  readonly apiBase?: string | undefined;
}

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Returns the configuration, which holds no secret. */
export function configText({
  site,
  publication,
  basePath,
  proxy,
  secretKey,
  apiBase,
}: SetUp): string {
  return asJson({
    ...{site, basePath, campaigns: 'campaigns.json'},
    productName: `Support for ${publication}`,
    trustedHops: proxy === 'none' ? 0 : 1,
    database: 'file:support.sqlite',
    passes: {},
    ...(/_live_/.test(secretKey) && {allowLive: true}),
    ...(/_test_/.test(secretKey) && {allowTest: true}),
    ...(apiBase !== undefined && {apiBase}),
  });
}

/** Returns a campaigns file with one appeal. */
export function campaignsText({publication, currency, basePath}: SetUp): string {
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
export async function envText({secretKey, webhookSecret}: SetUp): Promise<string> {
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

/** Returns what the proxy needs to send the companion its requests. */
export function proxyText({basePath, proxy}: SetUp, port: number): string {
  const to = `127.0.0.1:${port}`;
  return proxy === 'nginx'
    ? `# Into the server { } of the site.
location ${basePath}/ {
  proxy_pass http://${to};
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
}
`
    : `# Into the block of the site.
handle ${basePath}/* {
  reverse_proxy ${to}
}
`;
}
