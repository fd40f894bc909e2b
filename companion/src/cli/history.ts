/** Implements `history`, which lists the experiments that were decided, and what was learned. */

import {writeFile} from 'node:fs/promises';
import {dirname, join, relative, sep} from 'node:path';
import type {Command} from 'commander';
import {plural} from '../report/format.js';
import {historyPage, printHistory, printHistoryJson} from '../report/history-page.js';
import {readArchive} from './archive-folder.js';
import {Refusal, refusalOf} from './refusal.js';

interface HistoryOptions {
  readonly format: string;
  readonly out?: string;
}

/** Adds the command. */
export function addHistory(program: Command): void {
  program
    .command('history [folder]')
    .description('list the experiments that `conclude` has ended, and what was learned')
    .option('--format <format>', 'html, text or json', 'html')
    .option(
      '--out <file>',
      'where to; when left out, a page is the `index.html` of the folder, and all else is printed',
    )
    .action(history);
}

/** Returns the address of a file from the page that links to it. */
const addressOf = (page: string, file: string): string =>
  relative(dirname(page), file).split(sep).map(encodeURIComponent).join('/');

async function history(folder = 'experiments', {format, out}: HistoryOptions): Promise<void> {
  if (!['html', 'text', 'json'].includes(format)) {
    throw new Refusal(`expected --format to be html, text or json but received ${format}`);
  }
  const reports = await readArchive(folder);
  const place = out ?? (format === 'html' ? join(folder, 'index.html') : undefined);
  const linkOf = ({conclusion, page}: (typeof reports)[number]) =>
    page === undefined || place === undefined
      ? undefined
      : addressOf(place, join(folder, conclusion.experiment, 'report.html'));
  const print = {
    html: () => historyPage(reports, linkOf),
    text: () => printHistory(reports),
    json: () => printHistoryJson(reports),
  };
  const text = await print[format as keyof typeof print]();
  if (place === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(place, text).catch((error: unknown) => {
    throw refusalOf(`${place} cannot be written`, error);
  });
  console.info(`${place}: ${plural(reports.length, 'experiment', 'experiments')}`);
}
