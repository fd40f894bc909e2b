/** Adds up an event log of any length in constant memory. */

import {mkdtempSync, rmSync} from 'node:fs';
import {stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
  readLine,
  type Fact,
  type Happening,
  type NumberedReturn,
  type Payment,
  type RecurringStanding,
} from './log-record.js';
import {
  currencyProblem,
  fold,
  joinTallies,
  settleFacts,
  type Foldable,
  type Settled,
  type Tally,
} from './aggregate.js';
import {countLines, type LineCounter} from './input-count.js';
import {openParts, type Parts} from './parts.js';
import {linesOf} from './lines-of.js';
import type {Scale} from './gift-value.js';

/** How many bytes of a log are added up at once. */
const partSize = 16_000_000;
/** The most parts; logs above 8 GB get larger parts instead. */
const mostParts = 512;

/** An event in a part: its names by number, how often, when, and its exposure or else its key. */
type Packed =
  | readonly [names: number, count: number, at: number, exposure: string]
  | readonly [names: number, count: number, at: number, exposure: 0, key: string];

type Names = Pick<Happening, 'name' | 'experiment' | 'arm'>;

/** Packs events, most of a log, because the parts are written and read again. */
function packer() {
  const numbers = new Map<string, number>();
  const all: Names[] = [];
  return {
    pack({name, experiment, arm, count, at, exposure, key}: Happening): Packed {
      const text = `${name}\n${experiment}\n${arm}`;
      let number = numbers.get(text);
      if (number === undefined) {
        number = all.push({name, experiment, arm}) - 1;
        numbers.set(text, number);
      }
      // An exposure is known by its id, everything else by its key.
      return name === 'exposure' && exposure !== undefined
        ? [number, count, at, exposure]
        : [number, count, at, 0, key];
    },
    unpack([number, count, at, exposure, key]: Packed): Happening {
      const {name, experiment, arm} = all[number] as Names;
      const id = exposure === 0 ? undefined : exposure;
      // Spelled out, because a spread takes several times as long for each of millions.
      return {
        kind: 'event',
        key: key ?? '',
        name,
        experiment,
        arm,
        count,
        exposure: id,
        at,
      };
    },
  };
}

/** Sorts the facts of a log into parts, each of which can be added up alone. */
class LogParts {
  readonly #money: Parts<Payment | NumberedReturn>;
  readonly #rest: Parts<Packed | Settled | RecurringStanding>;
  readonly #packer = packer();

  constructor(folder: string, count: number) {
    this.#money = openParts(join(folder, 'money'), count);
    this.#rest = openParts(join(folder, 'rest'), count);
  }

  put(fact: Fact, line: number): void {
    if (fact.kind === 'event') {
      const {name, exposure, key} = fact;
      this.#rest.put(name === 'exposure' ? (exposure ?? key) : key, this.#packer.pack(fact));
    } else if (fact.kind === 'gift') this.#money.put(fact.id, fact);
    else if (fact.kind === 'refund') this.#money.put(fact.gift, {...fact, line});
    else {
      // The end must be in the part of every reader its gift counts for.
      for (const {exposure = fact.id} of fact.origins) this.#rest.put(exposure, fact);
    }
  }

  /** Yields the tally of each part, so that each can be discarded after merging. */
  *tallies(
    scaleFor: (experiment: string) => Scale | undefined,
    lines: LineCounter,
  ): Generator<Tally> {
    const refuse = (refund: NumberedReturn, payment: Payment) =>
      lines.takeBack(refund.line, currencyProblem(refund, payment));
    for (const facts of this.#money.read()) {
      for (const gift of settleFacts(facts, refuse)) {
        const {subscription, id} = gift.payment;
        this.#rest.put(gift.origin.exposure ?? subscription ?? id, gift);
      }
    }
    for (const facts of this.#rest.read()) yield fold(this.#unpacked(facts), scaleFor);
  }

  *#unpacked(facts: Iterable<Packed | Settled | RecurringStanding>): Generator<Foldable> {
    for (const fact of facts) yield 'kind' in fact ? fact : this.#packer.unpack(fact);
  }

  close(): void {
    this.#money.close();
    this.#rest.close();
  }
}

/**
 * Adds up lines of JSON: events, gifts, subscriptions and refunds as the companion exports them, in any
 * order. A line that is not understood is left out and counted. `bytes` is the length of the log, which
 * determines the number of parts; the parts are written to the temporary folder until the sum is done.
 */
export async function foldLog(
  lines: AsyncIterable<string | readonly string[]>,
  scaleFor: (experiment: string) => Scale | undefined,
  bytes: number,
): Promise<Tally> {
  const count = Math.min(Math.max(Math.ceil(bytes / partSize), 1), mostParts);
  const folder = mkdtempSync(join(tmpdir(), 'reader-support-'));
  const counter = countLines();
  let parts: LogParts | undefined;
  try {
    parts = new LogParts(folder, count);
    let at = 0;
    for await (const some of lines) {
      for (const line of typeof some === 'string' ? [some] : some) {
        at += 1;
        readInto(parts, counter, line, at);
      }
    }
    const tally = joinTallies(parts.tallies(scaleFor, counter));
    return {...tally, input: counter.total()};
  } finally {
    parts?.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

function readInto(parts: LogParts, counter: LineCounter, line: string, at: number): void {
  // Some programs write a byte order mark.
  const text = line.startsWith('\uFEFF') ? line.slice(1) : line;
  if (!text.trim()) return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    counter.leaveOut(at, `expected JSON but received ${text.trim().slice(0, 60)}`);
    return;
  }
  const reading = readLine(value);
  if (!reading.isUnderstood) counter.leaveOut(at, reading.problem);
  else {
    counter.add();
    if (reading.fact) parts.put(reading.fact, at);
  }
}

/** Adds up a log file. */
export async function foldFile(
  path: string,
  scaleFor: (experiment: string) => Scale | undefined,
): Promise<Tally> {
  const {size} = await stat(path);
  return foldLog(linesOf(path), scaleFor, size);
}
