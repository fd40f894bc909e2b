/** Reports a webhook endpoint whose API version is not the companion's. */

import type {Job} from '../database/jobs.js';
import type {SiteSettings} from '../http/settings.js';
import {apiVersion, type Payments} from '../stripe/index.js';

const day = 86_400_000;
/** Versions that are remembered; an endpoint has one. */
const maxVersions = 8;

/** Logs a version once, unless it is the companion's or unknown. */
export type NoteVersion = (version: string | null | undefined) => void;

/** Creates the function that logs each other version once in the life of the process. */
export function versionNotice({log}: Pick<SiteSettings, 'log'>): NoteVersion {
  const noted = new Set<string>();
  return version => {
    if (!version || version === apiVersion) return;
    if (noted.has(version) || noted.size >= maxVersions) return;
    noted.add(version);
    const advice = `create the webhook endpoint again with API version ${apiVersion}`;
    log({
      at: 'webhook',
      problem: 'api-version',
      detail: {received: version, expected: apiVersion, advice},
    });
  };
}

/**
 * Creates the job that asks Stripe at the start for the version of the companion's endpoint. A key that
 * may not list endpoints learns it from the first event.
 */
export function webhookVersionJob(
  {basePath}: Pick<SiteSettings, 'basePath'>,
  {webhookEndpoints}: Pick<Payments, 'webhookEndpoints'>,
  noteVersion: NoteVersion,
): Job {
  // A scheduled worker runs every job every minute; one answer is enough.
  let isKnown = false;
  const isHere = (url: string) =>
    URL.canParse(url) && new URL(url).pathname.replace(/\/+$/, '') === `${basePath}/webhook`;
  return {
    name: 'webhook-version',
    every: day,
    async run() {
      if (isKnown) return 0;
      // Without an answer nothing is undone: the first event tells the version too.
      const endpoints = await webhookEndpoints().catch(() => undefined);
      if (!endpoints) return 0;
      isKnown = true;
      for (const {url, version} of endpoints) if (isHere(url)) noteVersion(version);
      return 0;
    },
  };
}
