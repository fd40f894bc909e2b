/** Makes lines of the log: named, with a level and the request they belong to, and one a minute of those that repeat. */

import {currentRequest} from './current-request.js';
import type {LogEntry} from './settings.js';

/** A line of the log: words, numbers and codes, ready for `JSON.stringify()`. `docs/operations.md` lists all names. */
export interface LogLine extends Readonly<Record<string, string | number | boolean | undefined>> {
  readonly level: 'info' | 'warn' | 'error';
  /** What it says, such as `webhook/failed`: the label of the same in `reader_support_problems_total`. */
  readonly name: string;
}

/** Lines that ask nobody to get up: the companion goes on as it should. All others are errors. */
const warnings: readonly string[] = [
  'checkout/amount-too-large',
  'checkout/amount-too-small',
  'checkout/currency-unsupported',
  'companion/untold-proxy',
  'companion/wrong-token',
  'events/dropped',
  'limiter/rate-limited',
  'mail/unsure',
  'webhook/alert',
  'webhook/api-version',
  'webhook/second-gift',
];

/** A mail server's answer, by its code: the mail is tried again. */
const mailCode = /^mail\/[A-Z]/;

/** Returns the line of an entry, with the request that is being answered. */
export function lineOf({at, problem, detail}: LogEntry): LogLine {
  const name = `${at}/${problem}`;
  const {id: requestId, route} = currentRequest() ?? {};
  const level = warnings.includes(name) || mailCode.test(name) ? 'warn' : 'error';
  return {level, name, at, problem, ...detail, route, requestId};
}

const minute = 60_000;

/** Details that name one thing of many: lines that differ in nothing else say the same. */
const ids: readonly string[] = ['event', 'mail', 'request', 'requestId'];

/** Lines of which each is about another payment, for a person to look at. */
const kept: readonly string[] = ['webhook/alert', 'webhook/second-gift'];

/** The most different lines that are counted at a time. */
const mostCounted = 500;

interface Repetition {
  readonly since: number;
  last: LogLine;
  repeated: number;
}

/** Prints lines, of equal ones one a minute. */
export interface SampledLines {
  readonly print: (line: LogLine) => void;
  /** Prints at once how often lines were repeated, before the process ends. */
  readonly flush: () => void;
}

/**
 * Creates a printer of lines. The first is printed at once; those that say the same within a minute are counted, and
 * the last of them is printed at its end, with how many they were as `repeated`.
 */
export function sampledLines(
  write: (line: LogLine) => void,
  now: () => number = Date.now,
): SampledLines {
  const repetitions = new Map<string, Repetition>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Prints what is due, and forgets what was not repeated. */
  function turn(isDue: (repetition: Repetition) => boolean): void {
    for (const [key, repetition] of repetitions) {
      if (!isDue(repetition)) continue;
      const {last, repeated} = repetition;
      repetitions.delete(key);
      if (!repeated) continue;
      repetitions.set(key, {since: now(), last, repeated: 0});
      write({...last, repeated});
    }
  }
  const isOld = ({since}: Repetition) => now() - since >= minute;

  /** The flood may be over, so nobody else may come by. */
  function wait(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      turn(isOld);
      if ([...repetitions.values()].some(({repeated}) => repeated)) wait();
    }, minute);
    // On Node a timer must not keep the process alive.
    (timer as {unref?(): void}).unref?.();
  }

  return {
    print(line) {
      if (line.level === 'info' || kept.includes(line.name)) return write(line);
      turn(isOld);
      const key = JSON.stringify(Object.entries(line).filter(([field]) => !ids.includes(field)));
      const repetition = repetitions.get(key);
      if (repetition) {
        repetition.last = line;
        repetition.repeated += 1;
        return wait();
      }
      if (repetitions.size >= mostCounted) turn(() => true);
      repetitions.set(key, {since: now(), last: line, repeated: 0});
      write(line);
    },
    flush() {
      turn(() => true);
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
