/** Reads what a reader sent from a page's script or from the companion's own forms. */

import type {Context} from 'hono';
import {callerAddress, callerKeys} from '../http/address.js';
import {readBody, readJson} from '../http/body.js';
import type {Env} from '../http/address.js';
import {takeFromNetworks, type Limit, type Limiter} from '../limits/index.js';
import type {SiteSettings, Suspicion} from '../http/settings.js';
import {Problem} from '../http/problem.js';

/** The largest body in bytes: more than an address, a page and a choice need. */
const largest = 2048;

/** The fields that were sent, and the expected form of the response. */
export interface ReaderRequest {
  readonly fields: unknown;
  readonly isForm: boolean;
}

const urlencoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

const typeOf = (request: Request): string => {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
};

/** Whether the body is a form. */
export function isForm(request: Request): boolean {
  return [urlencoded, multipart].includes(typeOf(request));
}

/** Reads the fields of a multipart form, which mail programs send for one-click requests (RFC 8058). */
async function readParts(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<object> {
  const headers = {'content-type': request.headers.get('content-type') ?? ''};
  try {
    return Object.fromEntries(await new Response(bytes, {headers}).formData());
  } catch {
    throw new Problem(400, 'invalid-request');
  }
}

/** Reads JSON, or the fields of a form. */
export async function readFields(request: Request): Promise<ReaderRequest> {
  if (!isForm(request)) return {fields: await readJson(request, largest), isForm: false};
  const bytes = await readBody(request, largest);
  const fields =
    typeOf(request) === multipart
      ? await readParts(request, bytes)
      : Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
  return {fields, isForm: true};
}

/**
 * Throws a `Problem` for a form that another site's page may have sent. The companion's own pages may
 * have another origin than the site; browsers then send `Sec-Fetch-Site: same-origin`.
 */
export function requireAllowedForm(request: Request, origins: ReadonlySet<string>): void {
  const origin = request.headers.get('origin');
  const isOurs = origin !== null && origins.has(origin);
  if (!isOurs && request.headers.get('sec-fetch-site') !== 'same-origin')
    throw new Problem(403, 'origin-not-allowed');
}

/** What the limits of mail need. */
export interface MailLimitSettings extends SiteSettings {
  readonly limiter: Limiter;
  readonly mailLimits: {readonly perAddress: readonly Limit[]; readonly global: readonly Limit[]};
}

/**
 * Returns the ms to wait before another mail may be requested; 0 when it may be now. Throws when the
 * counter is down, because unlimited mail would be used to harass people.
 */
export async function tooManyMails(
  context: Context<Env>,
  settings: MailLimitSettings,
): Promise<number> {
  const {limiter, now, trustedHops, webhookSecrets, mailLimits, log, onSuspicious} = settings;
  const time = now();
  const address = callerAddress(context.req.raw, context.env, trustedHops);
  const take = async (bucket: string, limits: readonly Limit[]) =>
    limits.length ? await limiter.take(`mail:${bucket}`, limits, time) : 0;
  let ms = 0;
  let by: Suspicion['by'] = 'address';
  try {
    const networks = address ? await callerKeys(webhookSecrets[0] ?? '', address, time) : [];
    ms = await takeFromNetworks(take, networks, mailLimits.perAddress);
    if (!ms) {
      by = 'everybody';
      ms = await take('all', mailLimits.global);
    }
  } catch (error) {
    log({at: 'limiter', problem: 'down', detail: {type: error instanceof Error ? error.name : ''}});
    throw new Problem(503, 'provider-down', {headers: {'retry-after': '60'}});
  }
  if (ms) {
    log({at: 'limiter', problem: 'rate-limited', detail: {what: 'mail', by}});
    onSuspicious({what: 'mail', by});
  }
  return ms;
}

/** Throws a `Problem` when too many mails were requested. */
export async function refuseTooManyMails(
  context: Context<Env>,
  settings: MailLimitSettings,
): Promise<void> {
  const ms = await tooManyMails(context, settings);
  if (ms)
    throw new Problem(429, 'rate-limited', {headers: {'retry-after': `${Math.ceil(ms / 1000)}`}});
}
