/** Looks at a running companion from outside, through its proxies, and at what the pages offer, for `doctor`. */

import {readFile} from 'node:fs/promises';
import * as z from 'zod';
import {parseCampaigns, type Offer} from 'reader-support/core';
import {companionVersion} from '../config/require-same-version.js';
import {canary} from '../http/operations.js';
import {campaignsProblems} from './check-campaigns.js';
import type {Config} from './config.js';
import {fail, ok, warn, type Finding} from './finding.js';

const answerShape = z.object({
  version: z.string(),
  trustedHops: z.number(),
  /** The entries of `X-Forwarded-For` after the one that was sent; all, where that was taken out. */
  hops: z.number(),
  hasCookie: z.boolean(),
});

/** Returns what there is to say of the proxies and of cookies. */
export async function lookAtSite(
  {server, listen}: Config,
  given: string | undefined,
): Promise<readonly Finding[]> {
  const {site, basePath = '', metricsToken} = server;
  const url = (given ?? `${site}${basePath}`).replace(/\/+$/, '');
  const what = 'running companion';
  if (!metricsToken)
    return [warn(what, 'it was not asked: METRICS_TOKEN is missing', 'set METRICS_TOKEN')];
  const response = await fetch(`${url}/doctor`, {
    headers: {
      authorization: `Bearer ${metricsToken}`,
      'x-forwarded-for': canary.address,
      cookie: canary.cookie,
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => Object((error as Error).cause ?? error) as {code?: string});
  const start = `start it, have the proxy send ${basePath || '/'} to port ${listen.port ?? 8080}, or name its address with --url`;
  if (!(response instanceof Response))
    return [fail(what, `nothing answers at ${url} (${response.code ?? 'no answer'})`, start)];
  const parsed = answerShape.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !parsed.success)
    return [
      fail(
        what,
        `something else answers at ${url} (HTTP ${response.status})`,
        `${start}; it must have the same METRICS_TOKEN`,
      ),
    ];
  const {version, trustedHops, hops, hasCookie} = parsed.data;
  const isSameHost = new URL(url).host === new URL(site).host;
  return [
    version === companionVersion
      ? ok(what, `version ${version} answers at ${url}`)
      : warn(what, `it is version ${version}, this is ${companionVersion}`, 'restart it'),
    hops === trustedHops
      ? ok('proxies', `${hops} in front, as \`trustedHops\` says`)
      : fail(
          'proxies',
          `${hops} in front, but \`trustedHops\` is ${trustedHops}: ${
            hops > trustedHops
              ? 'all readers count as one, and share its limits'
              : 'readers choose the address that they are counted by'
          }`,
          `set \`trustedHops\` to ${hops}, or have each proxy add to X-Forwarded-For`,
        ),
    hasCookie
      ? ok('cookies', 'they reach it')
      : fail('cookies', 'a proxy takes them out', 'let cookies pass to the companion'),
    ...(isSameHost
      ? []
      : [
          warn(
            'cookies',
            `${url} is on another host than ${site}: passes and records set there do not reach the pages`,
            `serve it under ${site}`,
          ),
        ]),
  ];
}

/** Returns what a page offers that the companion would refuse. */
function disagreements(offer: Offer, sold: readonly Offer[]): string[] {
  const id = offer.id ?? 'support';
  const match = sold.find(candidate => (candidate.id ?? 'support') === id);
  if (!match) return [`the offer "${id}" is not sold`];
  return (['once', 'monthly', 'annual'] as const).flatMap(frequency =>
    Object.entries(offer[frequency] ?? {}).flatMap(([currency, {min, max}]) => {
      const limits = match[frequency]?.[currency];
      if (!limits) return [`"${id}" is not sold ${frequency} in ${currency}`];
      return min < limits.min || max > limits.max
        ? [
            `"${id}" ${frequency} in ${currency} is ${min} to ${max} on the page, and ${limits.min} to ${limits.max} here`,
          ]
        : [];
    }),
  );
}

/** Looks at a campaigns file: whether it is right, and whether all that it offers is sold. */
export async function lookAtCampaigns(
  {server, campaignsFile}: Config,
  given: string | undefined,
): Promise<readonly Finding[]> {
  const what = 'campaigns';
  const path = given ?? campaignsFile;
  if (path === undefined)
    return [
      warn(
        what,
        'the pages’ file was not compared with `offers`',
        'name it with --campaigns, or put `campaigns` into the configuration instead of `offers`',
      ),
    ];
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return [fail(what, `${path} cannot be read`, 'check its path')];
  const problems = (await campaignsProblems(text, {})).filter(({warning}) => !warning);
  const [problem] = problems;
  if (problem)
    return [
      fail(
        what,
        `${path} has ${problems.length} problems, the first at ${problem.path || 'the file'}: ${problem.problem}`,
        `see all: reader-support check ${path}`,
      ),
    ];
  const parsed = parseCampaigns(text);
  const {file} = parsed.ok ? parsed : {file: undefined};
  const offers = [file?.offer, ...(file?.campaigns ?? []).map(({offer}) => offer)];
  const differences = offers.flatMap(offer => (offer ? disagreements(offer, server.offers) : []));
  return differences.length > 0
    ? differences.map(says =>
        fail(
          what,
          says,
          'make both the same, or name the file as `campaigns` of the configuration',
        ),
      )
    : [ok(what, `${path} is right, and all that it offers is sold`)];
}
