/** Looks at the running experiments without being asked, and tells the newsroom what happened. */

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
  const send = senderOf(settings, report.notify ?? []);

  /** Sends a notice that nobody has sent; resolves with whether it was sent. */
  async function tell(notice: ReportNotice): Promise<boolean> {
    if (!send || !store.notices || !(await store.notices.claim(notice, now()))) return false;
    try {
      await send(notice);
      return true;
    } catch (error) {
      const {kind, experiment} = notice;
      log({at: 'companion', problem: 'failed', detail: {kind, experiment, type: wordFor(error)}});
      await store.notices.release(notice);
      return false;
    }
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
            if (await tell(notice)) done += 1;
          }
        }
        return done;
      },
    },
  ];
}

/** Returns what sends a notice to every address; `undefined` when there is none. It rejects when one fails. */
function senderOf(
  {site, mail}: ReportJobSettings,
  addresses: readonly string[],
): ((notice: ReportNotice) => Promise<void>) | undefined {
  if (addresses.length === 0) return undefined;
  const mailer = mail && openMailer(mail.from, mail.transport, new URL(site).hostname);
  return async notice => {
    for (const address of addresses) {
      const [, to] = /^mailto:(.+)$/i.exec(address) ?? [];
      if (to === undefined) {
        await post(address, notice);
        continue;
      }
      const id = `report-${crypto.randomUUID()}`;
      const {ended = 'missing'} = (await mailer?.(to, letterOf(notice), id)) ?? {};
      if (ended !== 'sent') throw new Error(`mail: ${ended}`);
    }
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

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Writes a notice as a mail. */
function letterOf({kind, experiment, text}: ReportNotice) {
  return {
    subject: `${experiment} ${subjects[kind]}`,
    text: `${text}\n`,
    html: `<p>${escape(text)}</p>`,
    headers: {'auto-submitted': 'auto-generated'},
  };
}
