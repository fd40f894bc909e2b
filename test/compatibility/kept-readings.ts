/** Asks a script tag what it makes of what a browser has stored. */

import type {Browser} from 'puppeteer-core';
import {
  aReader,
  openNewspaper,
  outcomeOf,
  remember,
  type Kept,
  type Outcome,
  type Script,
} from './newspaper.js';

/** What a browser has stored, and what becomes of later page views. */
export interface KeptThen {
  readonly name: string;
  readonly campaigns: object;
  readonly kept: Kept;
  readonly outcomes: readonly {readonly now: number; readonly outcome: Outcome}[];
}

/** The outcome of a page view at each instant, each in a browser that has stored just this. */
export async function outcomesOf(
  browser: Browser,
  script: Script,
  campaigns: object,
  kept: Kept,
  instants: readonly number[],
): Promise<KeptThen['outcomes']> {
  const outcomes: {now: number; outcome: Outcome}[] = [];
  const newspaper = await openNewspaper(script, campaigns, 0);
  try {
    for (const now of instants) {
      newspaper.clock.now = now;
      const reader = await aReader(browser, newspaper);
      await remember(reader, newspaper, kept);
      outcomes.push({now, outcome: await outcomeOf(reader)});
      await reader.context.close();
    }
  } finally {
    await newspaper.close();
  }
  return outcomes;
}
