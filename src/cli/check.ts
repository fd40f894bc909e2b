/** `check`: is what a newsroom publishes fit to be published? */

import {readFile} from 'node:fs/promises';
import type {Command} from 'commander';
import {parseCampaigns} from '../core/campaign.js';
import {pageProblems} from './check-page.js';
import {Refusal, refusalOf} from './refusal.js';

async function textAt(place: string): Promise<string> {
  try {
    if (!/^https?:/.test(place)) return await readFile(place, 'utf8');
    const response = await fetch(place);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await response.text();
  } catch (error) {
    throw refusalOf(`${place} could not be read`, error);
  }
}

async function checkPage(place: string): Promise<string[]> {
  const {parseHTML} = await import('linkedom');
  return pageProblems(parseHTML(await textAt(place)).document);
}

async function checkCampaigns(place: string): Promise<string[]> {
  let value: unknown;
  try {
    value = JSON.parse(await textAt(place));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return [`expected JSON but received ${String(error)}`];
  }
  const parsed = parseCampaigns(value);
  return parsed.ok ? [] : parsed.problems.map(({path, problem}) => `${path}: ${problem}`);
}

/** Adds `check`. */
export function addCheck(program: Command): void {
  program
    .command('check [campaigns]')
    .description('say what is wrong with a campaigns file, or with the structured data of a page')
    .option('-p, --page <url|file>', 'a page with a paywall')
    .action(async (campaigns: string | undefined, {page}: {page?: string}) => {
      if (!campaigns && !page)
        throw new Refusal('expected a campaigns file, or --page with an address or a file');
      const problems = [
        ...(campaigns ? await checkCampaigns(campaigns) : []),
        ...(page ? await checkPage(page) : []),
      ];
      for (const problem of problems) console.error(problem);
      if (problems.length > 0) process.exitCode = 1;
      else console.info('Nothing is wrong.');
    });
}
