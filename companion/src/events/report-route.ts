/** Serves the experiment report to the newsroom, which holds the token. */

import type {Context} from 'hono';
import {
  type CampaignsFile,
  type Experiment,
  renamedInCampaigns,
  experimentKey,
  withNewWords,
} from 'reader-support/core';
import {drawnOf, type ArchivedReport} from '../report/archive.js';
import {printCsv} from '../report/csv.js';
import type {Results} from '../report/results.js';
import {sentenceOf} from '../report/sentence.js';
import {printText} from '../report/text.js';
import type {Env} from '../http/address.js';
import type {TokenCheck} from '../http/operations.js';
import type {SiteSettings} from '../http/settings.js';
import {Problem} from '../http/problem.js';
import type {ExperimentSource} from './experiment-data.js';
import {experimentsOf} from './experiments-of.js';
import {lookAt} from './look-at.js';

/** Options of the companion's report. */
export interface ReportOptions {
  /** The token for `GET /report`: a bearer token, or the password in the browser's prompt. */
  readonly token: string;
  /** The campaigns file that the pages read, or a function that returns it. */
  readonly campaigns: CampaignsFile | (() => CampaignsFile | Promise<CampaignsFile>);
  /** `reportPage` of `reader-support-companion/report`, which renders the page. Without it a browser gets the text. */
  readonly page?: (
    results: Results,
    options: {file: CampaignsFile; experiment: Experiment; label?: string | undefined},
  ) => Promise<string>;
  /**
   * Who is told, once each, that an experiment is decided, was not split as planned, has ended, or counted
   * nobody for a day: `https:` addresses get a POST of the notice as JSON, `mailto:` ones a mail, for which
   * the companion needs `mail`.
   */
  readonly notify?: readonly string[];
  /** A label above the page, for test systems. */
  readonly label?: string;
  /** The experiments that `conclude` has ended, or a function that returns them, for `GET /report/history`. */
  readonly archive?:
    | readonly ArchivedReport[]
    | (() => readonly ArchivedReport[] | Promise<readonly ArchivedReport[]>);
}

/** The headers of every answer. */
export const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** Returns the campaigns file of the report. */
export async function fileOf(campaigns: ReportOptions['campaigns']): Promise<CampaignsFile> {
  const source = typeof campaigns === 'function' ? await campaigns() : campaigns;
  // A file that nobody has parsed may name the metric as 0.1.0 did. Honoured until 1.0.
  return withNewWords(source, renamedInCampaigns) as CampaignsFile;
}

function passwordOf(authorization: string): string {
  const [, bearer] = /^Bearer (.+)$/i.exec(authorization) ?? [];
  if (bearer !== undefined) return bearer;
  const [, basic = ''] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  try {
    return atob(basic).replace(/^[^:]*:/, '');
  } catch {
    return '';
  }
}

/** Rejects unless the request carries the token of the report. */
export async function requireReportToken(
  context: Context<Env>,
  {token}: ReportOptions,
  isToken: TokenCheck,
): Promise<void> {
  const given = passwordOf(context.req.header('authorization') ?? '');
  // A browser asks without one first.
  if (given && (await isToken(context, given, token))) return;
  throw new Problem(401, 'not-signed-in', {
    headers: {'www-authenticate': 'Basic realm="report"'},
  });
}

/** Returns the experiments that have ended. */
export async function archiveOf({archive = []}: ReportOptions): Promise<readonly ArchivedReport[]> {
  return typeof archive === 'function' ? archive() : archive;
}

/** Creates the route; `undefined` when the set-up has no report. */
export function reportRoute(
  {store, now}: Pick<SiteSettings, 'now'> & {readonly store: ExperimentSource},
  report: ReportOptions | undefined,
  isToken: TokenCheck,
): ((context: Context<Env>) => Promise<Response>) | undefined {
  if (!report) return undefined;
  const {campaigns, page, label} = report;
  return async context => {
    await requireReportToken(context, report, isToken);
    const current = await fileOf(campaigns);
    const all = experimentsOf(current);
    const name = context.req.query('experiment');
    const match = name
      ? all.find(candidate => candidate.id === name || experimentKey(candidate) === name)
      : (all.find(({on = true}) => on) ?? all[0]);
    if (!match) throw new Problem(404, 'not-found');
    const past = match.on === false ? await archiveOf(report) : [];
    const ended = past.find(({conclusion}) => conclusion.experiment === experimentKey(match));
    const {file, experiment} = drawnOf(current, match, ended?.conclusion);
    const {results, tally} = await lookAt(store, {file, experiment, now: now()});
    const answer = (type: string, body: string) =>
      context.body(body, 200, {...headers, 'content-type': `${type}; charset=utf-8`});
    const format = context.req.query('format') ?? 'html';
    if (format === 'json') {
      return context.json({...results, sentence: sentenceOf(results)}, 200, headers);
    }
    if (format === 'csv') return answer('text/csv', printCsv(tally.rows));
    if (format === 'text' || !page) return answer('text/plain', printText(results));
    return answer('text/html', await page(results, {file, experiment, label}));
  };
}
