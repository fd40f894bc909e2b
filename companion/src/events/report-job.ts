/** Looks at the running experiments without being asked, and tells the newsroom what happened. */

import {html} from 'hono/html';
import type {Job} from '../database/jobs.js';
import {wordFor} from '../http/error-word.js';
import type {SiteSettings} from '../http/settings.js';
import {openMailer, type MailTransport} from '../mail/index.js';
import type {ExperimentSource} from './experiment-data.js';
import {experimentsOf} from './experiments-of.js';
import {lookAt} from './look-at.js';
import type {NoticeStore} from './notice-store.js';
import {noticesOf, type ReportNotice} from './notices.js';
import {fileOf, type ReportOptions} from './report-route.js';

const hour = 3_600_000;

/** How long a webhook may take to answer, in ms. */
const webhookTimeoutMs = 10_000;

/** What the job needs. */
export interface ReportJobSettings extends Pick<SiteSettings, 'site' | 'log' | 'now'> {
  readonly store: ExperimentSource & {readonly notices?: NoticeStore};
  readonly report: ReportOptions | undefined;
  readonly mail: {readonly from: string; readonly transport: string | MailTransport} | undefined;
}

/** Creates the job, where the set-up has a report and its store keeps looks. */
export function reportJobs(settings: ReportJobSettings): readonly Job[] {
  const {store, report, log, now} = settings;
  if (!report || !store.looks) return [];
  const {notify = []} = report;
  const send = senderOf(settings);

  /** Sends a notice to an address that has not had it; resolves with whether it was sent. */
  async function tell(notice: ReportNotice, address: string): Promise<boolean> {
    if (!(await store.notices?.claim(notice, address, now()))) return false;
    try {
      await send(notice, address);
    } catch (error) {
      const {kind, experiment} = notice;
      log({at: 'companion', problem: 'failed', detail: {kind, experiment, type: wordFor(error)}});
      await store.notices?.release(notice, address);
      return false;
    }
    await store.notices?.finish(notice, address, now());
    return true;
  }

  return [
    {
      name: 'report',
      every: hour,
      async run() {
        const file = await fileOf(report.campaigns);
        let done = 0;
        for (const experiment of experimentsOf(file)) {
          if (experiment.on === false) continue;
          const {results} = await lookAt(store, {file, experiment, now: now()});
          done += results.newLooks.length;
          for (const notice of noticesOf(results, now())) {
            for (const address of notify) if (await tell(notice, address)) done += 1;
          }
        }
        return done;
      },
    },
  ];
}

/** Returns what sends a notice to an address. It rejects when that fails. */
function senderOf({
  site,
  mail,
}: ReportJobSettings): (notice: ReportNotice, address: string) => Promise<void> {
  const mailer = mail && openMailer(mail.from, mail.transport, new URL(site).hostname);
  return async (notice, address) => {
    const [, to] = /^mailto:(.+)$/i.exec(address) ?? [];
    if (to === undefined) return post(address, notice);
    const id = `report-${crypto.randomUUID()}`;
    const {ended = 'missing'} = (await mailer?.(to, await letterOf(notice), id)) ?? {};
    if (ended !== 'sent') throw new Error(`mail: ${ended}`);
  };
}

async function post(url: string, notice: ReportNotice): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify(notice),
    redirect: 'error',
    signal: AbortSignal.timeout(webhookTimeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`webhook: ${response.status}`);
}

const subjects: Readonly<Record<ReportNotice['kind'], string>> = {
  decided: 'is decided',
  'split-broken': 'cannot be trusted',
  ended: 'has ended',
  'no-exposures': 'counts nobody',
};

/** Writes a notice as a mail. */
async function letterOf({kind, experiment, text}: ReportNotice) {
  return {
    subject: `${experiment} ${subjects[kind]}`,
    text: `${text}\n`,
    html: String(await html`<p>${text}</p>`),
    headers: {'auto-submitted': 'auto-generated'},
  };
}
