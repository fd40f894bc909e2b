/** Writes daily sums as CSV for spreadsheets, and reads them from any warehouse. */

import {columns, ledger, type DailySum} from './daily-sum.js';

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

/** Splits a line into cells. Quoted cells may contain commas but no line breaks. */
function cellsOf(line: string): string[] {
  const cells = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim());
}

/** Whether a text is a calendar day such as `2026-11-23`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Reads daily sums. Columns may have any order. Missing ones are zero, except day, experiment, arm,
 * readers, gifts, capped and squares, which are required. Throws an `Error` that names the line.
 */
export function readCsv(text: string): DailySum[] {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const names = cellsOf(first).map(name => name.toLowerCase());
  const missing = needed.filter(name => !names.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `line 1: expected columns ${needed.join(', ')} but received no ${missing.join(', ')}`,
    );
  }
  const sums = ledger();
  for (const [i, line] of lines.entries()) {
    if (!line.trim()) continue;
    const at = `line ${i + 2}`;
    const cells = new Map(cellsOf(line).map((value, k) => [names[k] ?? '', value]));
    const textOf = (name: string) => (cells.get(name) ?? '').replace(/^'(?=[=+\-@])/, '');
    const day = textOf('day').slice(0, 10);
    if (!isDay(day)) {
      throw new Error(`${at}: expected a day such as 2026-11-23 but received ${textOf('day')}`);
    }
    const counts = columns.map(name => {
      const value = textOf(name);
      const number = Number(value);
      if (!Number.isFinite(number) || number < 0) {
        throw new Error(`${at}: expected ${name} to be a number but received ${value}`);
      }
      return [name, number] as const;
    });
    sums.add(
      {day, experiment: textOf('experiment'), arm: textOf('arm')},
      Object.fromEntries(counts),
    );
  }
  return sums.rows();
}
