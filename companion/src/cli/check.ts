/** Implements `check`, which checks a campaigns file or a page before it is published. */

import {readFile} from 'node:fs/promises';
import type {Command} from 'commander';
import {parseCampaigns, pathOf} from 'reader-support/core';
import {appealPlaces} from './appeal-places.js';
import {campaignsProblems, type Earlier} from './check-campaigns.js';
import {pageProblems} from './check-page.js';
import {Refusal, refusalOf} from './refusal.js';

async function textAt(place: string): Promise<string> {
  const failure = `${place} could not be read`;
  try {
    if (!/^https?:/i.test(place)) return await readFile(place, 'utf8');
    const response = await fetch(place).catch((error: unknown) => {
      // The cause of "fetch failed" names the error.
      const {code = 'no answer'} = Object((error as Error).cause) as {code?: string};
      throw new Refusal(`${failure} (${code})`);
    });
    if (!response.ok) throw new Refusal(`${failure} (HTTP ${response.status})`);
    return await response.text();
  } catch (error) {
    throw refusalOf(failure, error);
  }
}

/** Whether a page says that part of it is not free. */
const isPaywalled = (html: string): boolean => /<support-paywall\b|isAccessibleForFree/i.test(html);

/** Returns the campaigns file that a page's script tag names, where it can be read from here. */
async function campaignsOf(page: Document, place: string): Promise<string | undefined> {
  const named = page.querySelector('script[data-campaigns]')?.getAttribute('data-campaigns') ?? '';
  if (named.startsWith('#')) return page.querySelector(named)?.textContent ?? undefined;
  return named && /^https?:/i.test(place) ? textAt(new URL(named, place).href) : undefined;
}

/** Prints where appeals would stand, and returns the problems of the page's structured data. */
async function checkPage(place: string, campaigns: string | undefined): Promise<string[]> {
  const {parseHTML} = await import('linkedom');
  const html = await textAt(place);
  const page = parseHTML(html).document;
  const text = campaigns === undefined ? await campaignsOf(page, place) : await textAt(campaigns);
  const {file = {campaigns: []}} = parseCampaigns(text ?? '{"campaigns": []}');
  const lines = appealPlaces(page, file);
  for (const line of lines) console.info(line);
  if (lines.length > 0)
    console.info('This is read from the markup: style sheets and scripts may hide or move it.');
  return campaigns === undefined || isPaywalled(html) ? pageProblems(page) : [];
}

/** Prints the warnings, and returns the problems. */
async function checkCampaigns(place: string, earlier: Earlier): Promise<string[]> {
  const problems = await campaignsProblems(await textAt(place), earlier);
  const lines = problems.map(({path, problem, warning}) => ({
    line: `${warning ? 'warning: ' : ''}${path || 'the file'}: ${problem}`,
    warning,
  }));
  for (const {line, warning} of lines) if (warning) console.warn(line);
  return lines.flatMap(({line, warning}) => (warning ? [] : [line]));
}

async function fixWords(place: string): Promise<void> {
  // Only here: what checks alone needs no parser that keeps comments.
  const {fixCampaignsFile} = await import('./fix-campaigns.js');
  for (const {path, from, to} of await fixCampaignsFile(place))
    console.info(`${pathOf(path)}: changed \`${from}\` to \`${to}\``);
}

interface CheckOptions extends Earlier {
  readonly page?: string;
  readonly fix?: boolean;
}

/** Adds the command. */
export function addCheck(program: Command): void {
  program
    .command('check [campaigns]')
    .description(
      'say what is wrong with a campaigns file or a page, and where appeals would stand in the page',
    )
    .option('--fix', 'put the new words for renamed fields into the campaigns file')
    .option(
      '-p, --page <url|file>',
      'a page: with a campaigns file, says where appeals would stand; checks the data of a paywall',
    )
    .option(
      '--against <file>',
      'the campaigns file that is published now: experiments may not change under way',
    )
    .option('--lock <file>', 'the same against a note of the last check; written when all is well')
    .action(async (campaigns: string | undefined, {page, fix, ...earlier}: CheckOptions) => {
      if (!campaigns && !page)
        throw new Refusal('expected a campaigns file, or --page with an address or a file');
      if (fix && !campaigns) throw new Refusal('expected a campaigns file to fix');
      if (fix && campaigns) await fixWords(campaigns);
      const problems = [
        ...(campaigns ? await checkCampaigns(campaigns, earlier) : []),
        ...(page ? await checkPage(page, campaigns) : []),
      ];
      for (const problem of problems) console.error(problem);
      if (problems.length > 0) process.exitCode = 1;
      else console.info('Nothing is wrong.');
    });
}
