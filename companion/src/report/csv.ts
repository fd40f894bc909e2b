/** Writes daily sums as CSV for spreadsheets, and reads them from any warehouse. */

import {csvRows} from './csv-cells.js';
import {columns, ledger, type DailySum} from './daily-sum.js';
import {sumProblem} from './sum-problems.js';

const header = ['day', 'experiment', 'arm', ...columns] as const;

const needed = ['day', 'experiment', 'arm', 'readers', 'gifts', 'capped', 'squares'];

const cell = (value: string | number): string => {
  const text = String(value);
  // A spreadsheet would execute a name that starts like a formula.
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Writes daily sums as CSV with a header. */
export function printCsv(rows: readonly DailySum[]): string {
  const lines = rows.map(row => header.map(name => cell(row[name])).join());
  return `${[header.join(), ...lines].join('\r\n')}\r\n`;
}

/** Whether a text is a calendar day such as `2026-11-23`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What is known of the sums besides the file. */
export interface CsvOptions {
  /** Returns the most one reader of an experiment counts for, in minor units, where that is known. */
  readonly capOf?: (experiment: string) => number | undefined;
}

/** Parses a number of a cell. Throws an `Error` that says what is wrong. */
function numberOf(name: string, text: string): number {
  const received = `expected ${name} to be a number but received ${text || 'nothing'}`;
  if (!text) throw new Error(`${received}: write 0`);
  // A point alone is a decimal one.
  if (!/^\d+\.\d+$/.test(text) && /^\d{1,3}(?:[., '\u00a0\u202f]\d{3})+(?:[.,]\d+)?$/.test(text))
    throw new Error(
      `${received}: write it without thousands separators, and with a point before decimals`,
    );
  if (/^-?\d+,\d+$/.test(text)) throw new Error(`${received}: write ${text.replace(',', '.')}`);
  const number = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(number)) throw new Error(received);
  if (number < 0)
    throw new Error(`${received}: sums are 0 or more; refunds are taken off each gift's money`);
  return number;
}

/**
 * Reads daily sums, separated by commas, semicolons or tabs. Columns may have any order. Missing ones are
 * zero, except day, experiment, arm, readers, gifts, capped and squares, which are required. Throws an
 * `Error` that names the line, what is wrong with it and what to do.
 */
export function readCsv(text: string, {capOf}: CsvOptions = {}): DailySum[] {
  const [head, ...rows] = csvRows(text.replace(/^\uFEFF/, ''));
  const names = (head?.cells ?? []).map(name => name.trim().toLowerCase());
  const missing = needed.filter(name => !names.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `line 1: expected columns ${needed.join(', ')} but received no ${missing.join(', ')}`,
    );
  }
  const twice = header.find(name => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice) throw new Error(`line 1: expected one column ${twice} but received two`);

  const sums = ledger();
  const lines = new Map<string, number>();
  for (const {line, cells} of rows) {
    const fail = (problem: string) => new Error(`line ${line}: ${problem}`);
    if (cells.length !== names.length)
      throw fail(`expected ${names.length} cells, as in line 1, but received ${cells.length}`);
    const byName = new Map(names.map((name, i) => [name, (cells[i] ?? '').trim()]));
    const textOf = (name: string) => (byName.get(name) ?? '').replace(/^'(?=[=+\-@])/, '');

    const [, day = '', rest = ''] = /^(.{10})(.*)$/.exec(textOf('day')) ?? [];
    if (!isDay(day) || !/^(?:[T ].*)?$/.test(rest))
      throw fail(`expected a day such as 2026-11-23 but received ${textOf('day') || 'nothing'}`);
    const [experiment, arm] = [textOf('experiment'), textOf('arm')];
    if (!experiment || !arm)
      throw fail(`expected the name of an ${experiment ? 'arm' : 'experiment'} but received none`);
    const key = JSON.stringify([day, experiment, arm]);
    const before = lines.get(key);
    if (before !== undefined)
      throw fail(
        `${day}, ${experiment} and ${arm} stand in line ${before} already: add such rows up, in SQL with GROUP BY day, experiment, arm`,
      );
    lines.set(key, line);

    const counts = new Map<string, number>();
    for (const name of columns.filter(column => names.includes(column))) {
      try {
        counts.set(name, numberOf(name, textOf(name)));
      } catch (error) {
        throw fail((error as Error).message);
      }
    }
    const problem = sumProblem(counts, capOf?.(experiment));
    if (problem) throw fail(problem);
    sums.add({day, experiment, arm}, Object.fromEntries(counts));
  }
  return sums.rows();
}
