/** Lists decided experiments as a page, as text and as JSON: what was found and what was learned. */

import {html, raw} from 'hono/html';
import type {ArchivedReport, Conclusion, KeptDifference} from './archive.js';
import type {Markup} from './arm-preview.js';
import {htmlPage} from './html-page.js';
import {plural, printMoney} from './format.js';

/** Filters the list as the reader types. Without it the whole list stands there. */
export const filterScript: string = `
const box = document.querySelector('input');
const items = [...document.querySelectorAll('article')];
box.closest('search').hidden = false;
const filter = () => {
  const words = box.value.toLowerCase().split(/\\s+/);
  for (const item of items) {
    const text = item.textContent.toLowerCase();
    item.hidden = !words.every(word => text.includes(word));
  }
  const count = items.filter(item => !item.hidden).length;
  document.querySelector('output').textContent = box.value.trim() ? count + ' of ' + items.length : '';
};
box.addEventListener('input', filter);
filter();
`;

const historyStyle = `
search[hidden], article[hidden] { display: none; }
input { font: inherit; padding: 0.4rem 0.6rem; width: min(100%, 24rem); margin-block: 0.5rem 1rem; }
article { border-top: 1px solid var(--line); padding: 1rem 0; overflow-wrap: anywhere; }
article h2 { margin: 0.4rem 0 0.25rem; }
.note { border-inline-start: 3px solid currentColor; padding-inline-start: 0.6rem; }
`;

const marks = {good: '✓', wait: '…', even: '=', broken: '!'};

/** Formats how much more or less an arm brought than the control. */
export function differenceText({arm, value, low, high}: KeptDifference, currency: string): string {
  const money = (minor: number) => printMoney(Math.abs(minor), currency);
  const side = (minor: number) => `${money(minor)} ${minor < 0 ? 'less' : 'more'}`;
  const range = low === null || high === null ? '' : ` (between ${side(low)} and ${side(high)})`;
  return `${arm}: ${side(value)} per 1,000 readers${range}`;
}

/** The day, what stayed, and when and with how many readers it ran. */
function factsOf({day, kept, from, to, readers}: Conclusion): string {
  const run = from === undefined ? '' : `, ${from} to ${to ?? ''}`;
  return `${day}: ${kept} was kept. ${plural(readers, 'reader', 'readers')}${run}.`;
}

/** The headings by which readers knew the arms. */
function headingsOf({arms}: Conclusion): {readonly arm: string; readonly heading: string}[] {
  return Object.entries(arms).map(([arm, campaign]) => ({
    arm,
    heading: campaign === null ? 'shows nothing' : (campaign.copy?.heading ?? 'has no heading'),
  }));
}

function itemOf(conclusion: Conclusion, link: string | undefined): Markup {
  const {experiment, campaign, verdict, note, differences, currency} = conclusion;
  const {kind, word, text} = verdict;
  return html`<article>
    <p class="word" data-mark="${marks[kind]}">${word}</p>
    <h2>${text}</h2>
    ${note === undefined ? '' : html`<p class="note">${note}</p>`}
    ${differences.map(difference => html`<p>${differenceText(difference, currency)}</p>`)}
    <p class="meta">${experiment}, in ${campaign}. ${factsOf(conclusion)}</p>
    <dl class="facts">
      ${headingsOf(conclusion).map(
        ({arm, heading}) =>
          html`<div>
            <dt>${arm}</dt>
            <dd>${heading}</dd>
          </div>`,
      )}
    </dl>
    ${link === undefined ? '' : html`<p><a href="${link}">The report of ${experiment}</a></p>`}
  </article>`;
}

/**
 * Renders the index of decided experiments: one page without requests, that can be read without scripts.
 * `linkOf` returns where a frozen report is.
 */
export async function historyPage(
  reports: readonly ArchivedReport[],
  linkOf: (report: ArchivedReport) => string | undefined,
): Promise<string> {
  const items = reports.map(report => itemOf(report.conclusion, linkOf(report)));
  const main = html`
    <h1>Past experiments</h1>
    ${
      items.length === 0
        ? html`<p>None has ended yet: <code>conclude</code> ends one and keeps it.</p>`
        : html`<search hidden>
              <label>Find <input type="search" autocomplete="off" /></label>
              <output role="status"></output>
            </search>
            ${items} ${raw(`<script>${filterScript}</script>`)}`
    }
  `;
  return htmlPage({title: 'Past experiments', style: historyStyle, main});
}

/** Formats the history as plain text. */
export function printHistory(reports: readonly ArchivedReport[]): string {
  if (reports.length === 0) return 'No experiment has ended yet.\n';
  const blocks = reports.map(({conclusion}) => {
    const {experiment, verdict, note, differences, currency} = conclusion;
    return [
      `${experiment}: ${verdict.text}`,
      ...(note === undefined ? [] : [`  Learned: ${note}`]),
      ...differences.map(difference => `  ${differenceText(difference, currency)}`),
      `  ${factsOf(conclusion)}`,
    ].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** Prints the history as JSON: a list of records, without the parts that only draw the arms. */
export function printHistoryJson(reports: readonly ArchivedReport[]): string {
  const records = reports.map(({conclusion}) =>
    Object.fromEntries(Object.entries(conclusion).filter(([name]) => name !== 'file')),
  );
  return `${JSON.stringify(records, null, 2)}\n`;
}
