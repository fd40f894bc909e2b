/** `check`: may this campaigns file be published? */

import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import type {Command} from 'commander';
import {parseCampaigns, type CampaignsFile, type Copy, type Problem} from '../core/campaign.js';
import {copyProblems} from '../core/copy.js';
import {withArm} from '../core/experiment.js';
import {changeProblems} from '../core/experiment-problems.js';
import {defaultOffer} from '../core/offer.js';
import {promiseProblems} from '../core/promise-problems.js';
import {readCampaignsFile, textOf} from './campaigns-file.js';
import {Refusal} from './refusal.js';

interface CheckOptions {
  readonly against?: string;
  readonly lock?: string;
}

/** Adds the command. */
export function addCheck(program: Command): void {
  program
    .command('check <file>')
    .description('say whether a campaigns file may be published, and what is wrong with it where')
    .option(
      '--against <file>',
      'the file that is published now: experiments may not change under way',
    )
    .option('--lock <file>', 'the same against a note of the last check; written when all is well')
    .action(check);
}

function copyTexts(copy: Copy | undefined, path: string): [string, string][] {
  const {heading, body = [], reassurance, fallback} = copy ?? {};
  const texts: [string, string | undefined][] = [
    ['heading', heading],
    ...body.map((text, i): [string, string] => [`body[${i}]`, text]),
    ['reassurance', reassurance],
    ['fallback', fallback],
  ];
  return texts.flatMap(([place, text]) => (text === undefined ? [] : [[`${path}.${place}`, text]]));
}

/** What is wrong with the words of a file: marks that do not close, and prices that are not there. */
export function wordProblems(file: CampaignsFile): Problem[] {
  const problems: Problem[] = [];
  const look = (
    copy: Copy | undefined,
    campaign: CampaignsFile['campaigns'][number],
    path: string,
  ) => {
    for (const [place, text] of copyTexts(copy, path)) {
      for (const {at, problem} of copyProblems(text)) {
        problems.push({path: `${place} (character ${at + 1})`, problem});
      }
    }
    problems.push(...promiseProblems(copy, campaign.offer ?? file.offer ?? defaultOffer, path));
  };
  const lookAll = (campaign: CampaignsFile['campaigns'][number], path: string) => {
    look(campaign.copy, campaign, `${path}.copy`);
    for (const [language, copy] of Object.entries(campaign.copies ?? {})) {
      look(copy, campaign, `${path}.copies.${language}`);
    }
  };
  file.campaigns.forEach((campaign, i) => lookAll(campaign, `campaigns[${i}]`));
  file.experiments?.forEach(({campaign: id, arms}, i) => {
    const campaign = file.campaigns.find(one => one.id === id);
    for (const [name, arm] of Object.entries(arms)) {
      const shown = campaign && arm.set && withArm(campaign, arm);
      if (!shown) continue;
      // The words of the arm, or the campaign's words over the arm's offer.
      const found = problems.length;
      lookAll(shown, `experiments[${i}].arms.${name}.set`);
      const isNew = ({path, problem}: Problem) => {
        const place = path.replace(
          /^experiments\[\d+\]\.arms\.[^.]+\.set/,
          `campaigns[${file.campaigns.indexOf(campaign)}]`,
        );
        return !problems.slice(0, found).some(one => one.path === place && one.problem === problem);
      };
      problems.splice(found, Infinity, ...problems.slice(found).filter(isNew));
    }
  });
  return problems;
}

async function check(path: string, {against, lock}: CheckOptions): Promise<void> {
  const text = await textOf(path);
  const parsed = parseCampaigns(text);
  const problems = [...(parsed.ok ? wordProblems(parsed.file) : parsed.problems)];
  const earlier = against ?? (lock !== undefined && existsSync(lock) ? lock : undefined);
  if (earlier !== undefined && parsed.ok) {
    problems.push(...changeProblems(await readCampaignsFile(earlier), parsed.file));
  }
  if (problems.length > 0) {
    const lines = problems.map(one => `  ${one.path || 'the file'}: ${one.problem}`);
    throw new Refusal([`${path} should not be published:`, ...lines].join('\n'));
  }
  if (lock !== undefined) await writeFile(lock, text);
  const {campaigns = [], experiments = []} = parsed.ok ? parsed.file : {};
  console.info(
    `${path} is sound: ${campaigns.length} campaigns, ${experiments.length} experiments.`,
  );
}
