/** Serves the experiments that were decided, and their frozen reports, to the newsroom. */

import type {Context} from 'hono';
import type {ArchivedReport} from '../report/archive.js';
import {filterScript, historyPage, printHistory, printHistoryJson} from '../report/history-page.js';
import type {Env} from '../http/address.js';
import type {TokenCheck} from '../http/operations.js';
import {Problem} from '../http/problem.js';
import {archiveOf, headers, requireReportToken, type ReportOptions} from './report-route.js';

/** The source by which a policy allows the page's own script, and no other. */
async function scriptSource(): Promise<string> {
  const bytes = new TextEncoder().encode(filterScript);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}

const linkOf = ({conclusion, page}: ArchivedReport): string | undefined =>
  page === undefined ? undefined : `?experiment=${encodeURIComponent(conclusion.experiment)}`;

/** Creates the route; `undefined` when the set-up has no report. */
export function historyRoute(
  report: ReportOptions | undefined,
  isToken: TokenCheck,
): ((context: Context<Env>) => Promise<Response>) | undefined {
  if (!report) return undefined;
  return async context => {
    await requireReportToken(context, report, isToken);
    const reports = await archiveOf(report);
    const answer = (type: string, body: string, more: Record<string, string> = {}) =>
      context.body(body, 200, {...headers, ...more, 'content-type': `${type}; charset=utf-8`});
    const name = context.req.query('experiment');
    if (name) {
      const match = reports.find(({conclusion}) => conclusion.experiment === name);
      if (match?.page === undefined) throw new Problem(404, 'not-found');
      return answer('text/html', match.page);
    }
    const format = context.req.query('format') ?? 'html';
    if (format === 'json') return answer('application/json', printHistoryJson(reports));
    if (format === 'text') return answer('text/plain', printHistory(reports));
    const policy = `${headers['content-security-policy']}; script-src ${await scriptSource()}`;
    return answer('text/html', await historyPage(reports, linkOf), {
      'content-security-policy': policy,
    });
  };
}
