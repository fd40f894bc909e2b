/** What does a running companion tell its operator? One line of JSON each, without personal data. */

import type {LogEntry} from '../server/index.js';

/** Words, numbers and codes; whoever writes a line sees to it that none of them is a reader's. */
export type Line = Readonly<Record<string, string | number | boolean | undefined>>;

/** A log on standard output. */
export interface Log {
  write(level: 'info' | 'error', line: Line): void;
  /** For the companion's own `log` option. */
  problem(entry: LogEntry): void;
}

/** Keys and secrets never get this far; should one, it ends here. */
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
