/** Looks at the Stripe account of a configuration for `doctor`. */

import {heardEvents} from '../gifts/index.js';
import {apiVersion, openSetUp, type AccountEndpoint, type StripeSetUp} from '../stripe/index.js';
import type {Config} from './config.js';
import {fail, ok, warn, type Finding} from './finding.js';

/** Stripe refuses a delivery whose time is further away than this. */
const webhookToleranceMs = 300_000;
const noticeableSkewMs = 30_000;

/** The only part of an error of Stripe's that is repeated. */
const codeOf = (error: unknown): string => {
  const {type, code} = error as {readonly type?: unknown; readonly code?: unknown};
  return [type, code].filter(word => typeof word === 'string').join(', ') || 'no answer';
};

/** Returns the address to which Stripe sends events. */
export const webhookUrlOf = ({site, basePath = ''}: {site: string; basePath?: string}): string =>
  `${site}${basePath}/webhook`;

function lookAtKey(account: StripeSetUp, key: string): Finding {
  const mode = account.isLive ? 'live' : 'test';
  if (key.startsWith('sk_'))
    return warn(
      'Stripe key',
      `a ${mode} key that may do everything`,
      'make a restricted key (rk_…) in the Dashboard, with the rights that docs/operations.md names',
    );
  return ok('Stripe key', `a restricted ${mode} key`);
}

async function lookAtReading(account: StripeSetUp): Promise<Finding> {
  const refused = Object.entries(await account.reads()).flatMap(([kind, probe]) =>
    probe === 'refused' ? [kind] : [],
  );
  if (refused.length === 0) return ok('rights', 'the key reads all that the companion reads');
  const cure = 'give the key these rights in the Dashboard, under Developers, API keys';
  const says = `the key may not read ${refused.join(', ')}`;
  // Only commands of the operator read these.
  const isLater = refused.every(kind => kind === 'events' || kind === 'customers');
  return isLater
    ? warn('rights', `${says}: for \`events replay\`, \`export\` and \`erase\` alone`, cure)
    : fail('rights', says, cure);
}

async function lookAtSelling(account: StripeSetUp, config: Config): Promise<Finding> {
  if (account.isLive) return ok('selling', 'not tried with a live key');
  const [offer] = config.server.offers;
  const amounts = offer?.once ?? offer?.monthly ?? offer?.annual ?? {};
  const [[currency, {preset}] = ['USD', {preset: 500}]] = Object.entries(amounts);
  const probe = await account.sells({currency, minor: preset, successUrl: config.server.site});
  return probe === 'allowed'
    ? ok('selling', 'a checkout was opened, and expired again')
    : fail(
        'selling',
        'the key may not write Checkout Sessions',
        'give the key the right to write Checkout Sessions',
      );
}

function problemOf(endpoint: AccountEndpoint): string | undefined {
  const isAll = endpoint.events.includes('*');
  const missing = isAll ? [] : heardEvents.filter(event => !endpoint.events.includes(event));
  if (!endpoint.isEnabled) return 'is disabled';
  if (missing.length > 0) return `does not send ${missing.join(', ')}`;
  if (endpoint.version !== apiVersion)
    return `has the API version ${endpoint.version ?? 'of the account'} instead of ${apiVersion}`;
  return undefined;
}

async function lookAtEndpoint(account: StripeSetUp, url: string): Promise<Finding> {
  const what = 'webhook endpoint';
  const all = await account.endpoints();
  if (!all)
    return warn(
      what,
      'the key may not see it',
      `see in the Dashboard that ${url} is enabled, with API version ${apiVersion} and the ${heardEvents.length} events of docs/companion.md`,
    );
  const here = all.filter(endpoint => endpoint.url === url);
  if (here.length === 0)
    return fail(
      what,
      `Stripe has none for ${url}`,
      'run `reader-support init --endpoint`, or make it in the Dashboard; then put its secret into STRIPE_WEBHOOK_SECRET',
    );
  if (here.filter(({isEnabled}) => isEnabled).length > 1)
    return warn(
      what,
      `Stripe has several for ${url}: each event comes more than once`,
      'delete all but one in the Dashboard',
    );
  const problems = here.map(problemOf);
  const [problem = ''] = problems;
  return problems.includes(undefined)
    ? ok(what, `${url}, ${apiVersion}, with all ${heardEvents.length} events`)
    : fail(
        what,
        `${url} ${problem}`,
        'make it again with `reader-support init --endpoint`, put the new secret beside the old one, then delete the old endpoint',
      );
}

async function lookAtClock(account: StripeSetUp): Promise<Finding> {
  const skew = await account.clockSkew();
  if (skew === undefined) return warn('clock', 'Stripe’s time is not known', 'try again');
  const seconds = Math.abs(Math.round(skew / 1000));
  const says = `${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} Stripe’s`;
  const cure = 'switch on time synchronization, for instance with systemd-timesyncd or chrony';
  if (Math.abs(skew) >= webhookToleranceMs)
    return fail('clock', `${says}: webhooks are refused`, cure);
  return Math.abs(skew) >= noticeableSkewMs ? warn('clock', says, cure) : ok('clock', says);
}

/** Returns what there is to say of the key, its rights, the endpoint and the clock. */
export async function lookAtStripe(config: Config): Promise<readonly Finding[]> {
  const {stripe} = config.server;
  if (!('secretKey' in stripe)) return [];
  const account = openSetUp(stripe);
  const looks = {
    'Stripe key': () => Promise.resolve(lookAtKey(account, stripe.secretKey)),
    rights: () => lookAtReading(account),
    selling: () => lookAtSelling(account, config),
    'webhook endpoint': () => lookAtEndpoint(account, webhookUrlOf(config.server)),
    clock: () => lookAtClock(account),
  };
  const findings: Finding[] = [];
  for (const [what, look] of Object.entries(looks))
    findings.push(
      await look().catch((error: unknown) =>
        fail(
          what,
          `Stripe did not answer as expected (${codeOf(error)})`,
          'check STRIPE_SECRET_KEY, and that this machine reaches api.stripe.com',
        ),
      ),
    );
  return findings;
}
