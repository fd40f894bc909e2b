/** Writes the companion's log: one line of JSON per entry, without personal data. */

import type {LogEntry} from '../companion.js';

/** The fields of a line: words, numbers and codes. Callers must not pass a reader's data. */
export type Line = Readonly<Record<string, string | number | boolean | undefined>>;

/** A log on standard output. */
export interface Log {
  write(level: 'info' | 'error', line: Line): void;
  /** Logs a problem; fits the companion's `log` option. */
  problem(entry: LogEntry): void;
}

/** Masks keys and secrets, which should never reach the log in the first place. */
const secret = /\b(?:[sr]k_(?:live|test)|whsec)_\w+/g;

/** Opens the log. */
export function openLog(
  print: (line: string) => void = line => process.stdout.write(`${line}\n`),
): Log {
  const write: Log['write'] = (level, line) => {
    print(JSON.stringify({time: new Date().toISOString(), level, ...line}).replaceAll(secret, '…'));
  };
  return {
    write,
    problem({at, problem, detail}) {
      write('error', {at, problem, ...detail});
    },
  };
}
