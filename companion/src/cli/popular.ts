/** Implements `popular`, which writes into a campaigns file which amounts most readers chose. */

import type {Command} from 'commander';
import {parse, type ParseError} from 'jsonc-parser';
import {frequencies, type Popular} from 'reader-support/core';
import {sqlStore, type ChosenAmount} from '../companion.js';
import {campaignsFileOf} from './campaigns-file.js';
import {openForReading} from './open-for-reading.js';
import {findPopular, type PopularFinding} from './popular-amounts.js';
import {writePopular} from './popular-field.js';
import {Refusal, refusalOf} from './refusal.js';
import {rewriteCampaigns} from './rewrite-campaigns.js';

const day = 86_400_000;

/** How many days of gifts are counted. */
const countedDays = 90;

interface CommandOptions {
  readonly database?: string;
}

async function countChosen(url: string, now: number): Promise<readonly ChosenAmount[]> {
  const database = await openForReading(url);
  try {
    return await sqlStore(database).chosenAmounts(now - countedDays * day, now);
  } catch (error) {
    throw refusalOf('the gifts cannot be read: has the companion ever used this database?', error);
  } finally {
    await database.close();
  }
}

function fieldOf(findings: readonly PopularFinding[], now: number): Popular {
  const amounts = frequencies.flatMap(frequency => {
    const popular = findings.flatMap(finding =>
      finding.frequency === frequency && finding.minor !== undefined
        ? [[finding.currency, finding.minor] as const]
        : [],
    );
    return popular.length > 0 ? [[frequency, Object.fromEntries(popular)] as const] : [];
  });
  return {asOf: new Date(now).toISOString().slice(0, 10), ...Object.fromEntries(amounts)};
}

async function popular(place: string, options: CommandOptions): Promise<void> {
  const url = options.database ?? process.env['DATABASE_URL'];
  if (url === undefined)
    throw new Refusal('expected --database or DATABASE_URL but received neither');
  const now = Date.now();
  const chosen = await countChosen(url, now);
  let findings: readonly PopularFinding[] = [];
  const isWritten = await rewriteCampaigns(place, text => {
    // What the field says now does not matter: it may even be wrong.
    const errors: ParseError[] = [];
    const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, {allowTrailingComma: true});
    if (errors.length > 0) throw new Refusal(`${place} cannot be read: it is no JSON`);
    const file = Object.fromEntries(
      Object.entries(Object(value) as object).filter(([field]) => field !== 'popular'),
    );
    findings = findPopular(campaignsFileOf(place, file), chosen);
    return writePopular(text, fieldOf(findings, now));
  });
  for (const {text} of findings) console.info(text);
  console.info(isWritten ? `${place} was written.` : `${place} stays as it is.`);
}

/** Adds the command. */
export function addPopular(program: Command): void {
  program
    .command('popular <campaigns>')
    .description(
      'write into a campaigns file which amounts most readers chose in the last 90 days, for the pill `popular`',
    )
    .option('--database <url>', "the companion's database; DATABASE_URL when left out")
    .action(popular);
}
