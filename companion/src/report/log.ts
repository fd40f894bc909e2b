/** Adds up an event log of any length in constant memory. */

import {appendFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {hash} from 'reader-support/core';
import {readFact, type Payment, type Return} from './log-record.js';
import {fold, joinTallies, settleFacts, type Foldable, type Tally} from './aggregate.js';
import type {Scale} from './gift-value.js';

/** How many bytes of a log are added up at once. */
const partSize = 8_000_000;
/** The most parts; logs above 16 GB get larger parts instead. */
const mostParts = 2048;
/** The most buffered characters, in all parts together. */
const mostWaiting = 1 << 25;

/** Distributes lines over files by a key, so that all lines of a key are in one file. */
function deal(folder: string, name: string, count: number) {
  const pages = new Array<string[]>(count).fill([]).map((): string[] => []);
  const sizes = new Float64Array(count);
  const fileOf = (i: number) => join(folder, `${name}-${i}`);
  const flush = (i: number) => {
    appendFileSync(fileOf(i), (pages[i] ?? []).join(''));
    pages[i] = [];
    sizes[i] = 0;
  };
  return {
    put(key: string, value: unknown) {
      const i = Math.floor(hash('', key) * count);
      const line = `${JSON.stringify(value)}\n`;
      pages[i]?.push(line);
      sizes[i] = (sizes[i] ?? 0) + line.length;
      if (sizes[i] > mostWaiting / count) flush(i);
    },
    *parts<T>(): Generator<T[]> {
      for (const i of pages.keys()) {
        flush(i);
        const text = readFileSync(fileOf(i), 'utf8');
        rmSync(fileOf(i));
        yield text.split('\n').flatMap(line => (line ? [JSON.parse(line) as T] : []));
      }
    },
  };
}

/** Yields the tally of each part, so that each can be discarded after merging. */
function* talliesOf(
  parts: Iterable<Foldable[]>,
  scaleFor: (experiment: string) => Scale | undefined,
): Generator<Tally> {
  for (const facts of parts) yield fold(facts, scaleFor);
}

/** Reports a line that cannot be parsed. */
export class LogError extends Error {}

/**
 * Adds up lines of JSON: events, gifts, subscriptions and refunds as the companion exports them, in any
 * order. `bytes` is the length of the log, which determines the number of parts; the parts are written
 * to the temporary folder until the sum is done. Rejects with a `LogError` on an unreadable line.
 */
export async function foldLog(
  lines: AsyncIterable<string>,
  scaleFor: (experiment: string) => Scale | undefined,
  bytes: number,
): Promise<Tally> {
  const count = Math.min(Math.max(Math.ceil(bytes / partSize), 1), mostParts);
  const folder = mkdtempSync(join(tmpdir(), 'reader-support-'));
  try {
    const money = deal(folder, 'money', count);
    const rest = deal(folder, 'rest', count);
    let at = 0;
    for await (const line of lines) {
      at += 1;
      // Some programs write a byte order mark.
      const text = line.replace(/^\uFEFF/, '');
      if (!text.trim()) continue;
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        throw new LogError(`line ${at}: expected JSON but received ${text.slice(0, 60)}`);
      }
      const fact = readFact(value);
      if (!fact) continue;
      if (Number.isNaN(fact.at)) {
        const {at: time} = value as {at?: unknown};
        throw new LogError(
          `line ${at}: expected \`at\` to be a time in ms, or such as 2026-11-23T10:00:00Z, but received ${JSON.stringify(time)}`,
        );
      }
      if (fact.kind === 'gift') money.put(fact.id, fact);
      // JSON has no infinity; the largest possible payment serves as well.
      else if (fact.kind === 'refund') {
        money.put(fact.gift, {...fact, minor: Math.min(fact.minor, Number.MAX_SAFE_INTEGER)});
      } else if (fact.kind === 'subscription') {
        // The refund must be in the part of every reader its gift counts for.
        for (const {exposure = fact.id} of fact.origins) rest.put(exposure, fact);
      } else rest.put(fact.name === 'exposure' ? (fact.exposure ?? fact.key) : fact.key, fact);
    }
    for (const facts of money.parts<Payment | Return>()) {
      for (const gift of settleFacts(facts)) {
        const {subscription, id} = gift.payment;
        rest.put(gift.origin.exposure ?? subscription ?? id, gift);
      }
    }
    return joinTallies(talliesOf(rest.parts<Foldable>(), scaleFor));
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Adds up a log file. */
export async function foldFile(
  path: string,
  scaleFor: (experiment: string) => Scale | undefined,
): Promise<Tally> {
  const file = await open(path);
  try {
    const {size} = await file.stat();
    return await foldLog(file.readLines(), scaleFor, size);
  } finally {
    await file.close();
  }
}
