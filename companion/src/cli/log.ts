/** Writes the companion's log: one line of JSON per entry, without personal data. */

import type {LogEntry, LogLine} from '../companion.js';
import {sampledLines} from '../http/log-lines.js';

/** A log on standard output. */
export interface Log {
  /** Writes a line, of problems that repeat one a minute. Callers must not pass a reader's data. */
  readonly write: (line: LogLine) => void;
  /** Logs a problem; fits the companion's `log` option. */
  readonly problem: (entry: LogEntry, line: LogLine) => void;
  /** Writes how often problems were repeated, before the process ends. */
  readonly flush: () => void;
}

/** Masks keys and secrets, which should never reach the log in the first place. */
const secret = /\b(?:[sr]k_(?:live|test)|whsec)_\w+/g;

/** Opens the log. */
export function openLog(
  print: (line: string) => void = line => process.stdout.write(`${line}\n`),
): Log {
  const {print: write, flush} = sampledLines(line => {
    print(JSON.stringify({time: new Date().toISOString(), ...line}).replaceAll(secret, '…'));
  });
  return {write, problem: (_, line) => write(line), flush};
}
