/** Checks a campaigns file beyond parsing: its copy, and changes to running experiments. */

import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {
  type CampaignsFile,
  changeProblems,
  type Copy,
  copyProblems,
  defaultOffer,
  offerSold,
  parseCampaigns,
  type CampaignProblem,
  promiseProblems,
  renamedInCampaigns,
  applyArm,
  withNewWords,
} from 'reader-support/core';
import {campaignsFileOf, textOf} from './campaigns-file.js';

/** What a file is compared with. */
export interface Earlier {
  /** The path of the published file. */
  readonly against?: string;
  /** The path of the last check's record, which is updated when there are no problems. */
  readonly lock?: string;
}

function copyTexts(copy: Copy | undefined, path: string): [string, string][] {
  const {heading, body = [], reassurance, fallback} = copy ?? {};
  const texts: [string, string | undefined][] = [
    ['heading', heading],
    ...body.map((text, i): [string, string] => [`body[${i}]`, text]),
    ['reassurance', reassurance],
    ['fallback', fallback],
  ];
  return [
    ...texts.flatMap(([place, text]): [string, string][] =>
      text === undefined ? [] : [[`${path}.${place}`, text]],
    ),
    ...(copy?.withoutCount ? copyTexts(copy.withoutCount, `${path}.withoutCount`) : []),
  ];
}

/** Finds problems in the copy of a file: unclosed marks, and prices that are not offered. */
export function wordProblems(file: CampaignsFile): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
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
    const checkout = campaign.checkout ?? file.checkout;
    const offer = offerSold(checkout, campaign.offer ?? file.offer) ?? defaultOffer;
    problems.push(...promiseProblems(copy, offer, path));
  };
  const lookAll = (campaign: CampaignsFile['campaigns'][number], path: string) => {
    look(campaign.copy, campaign, `${path}.copy`);
    for (const [language, copy] of Object.entries(campaign.copies ?? {})) {
      look(copy, campaign, `${path}.copies.${language}`);
    }
  };
  file.campaigns.forEach((campaign, i) => lookAll(campaign, `campaigns[${i}]`));
  file.experiments?.forEach(({campaign: id, arms}, i) => {
    const campaign = file.campaigns.find(candidate => candidate.id === id);
    for (const [name, arm] of Object.entries(arms)) {
      const shown = campaign && arm.overrides && applyArm(campaign, arm);
      if (!shown) continue;
      // The copy of the arm, or the campaign's copy with the arm's offer.
      const count = problems.length;
      lookAll(shown, `experiments[${i}].arms.${name}.overrides`);
      const isNew = ({path, problem}: CampaignProblem) => {
        const place = path.replace(
          /^experiments\[\d+\]\.arms\.[^.]+\.overrides/,
          `campaigns[${file.campaigns.indexOf(campaign)}]`,
        );
        return !problems
          .slice(0, count)
          .some(earlier => earlier.path === place && earlier.problem === problem);
      };
      problems.splice(count, Infinity, ...problems.slice(count).filter(isNew));
    }
  });
  return problems;
}

/** The file of before. It may have been published or noted with the words of an older version. */
async function readEarlier(path: string): Promise<CampaignsFile> {
  const text = await textOf(path);
  let value: unknown = text;
  try {
    value = withNewWords(JSON.parse(text.replace(/^\uFEFF/, '')), renamedInCampaigns);
  } catch {
    // The parser says where it is no JSON.
  }
  return campaignsFileOf(path, value);
}

/** Finds problems in the text of a campaigns file. Running experiments must not change. */
export async function campaignsProblems(
  text: string,
  {against, lock}: Earlier,
): Promise<readonly CampaignProblem[]> {
  const parsed = parseCampaigns(text);
  if (!parsed.ok) return parsed.problems;
  const earlier = against ?? (lock !== undefined && existsSync(lock) ? lock : undefined);
  const problems = [
    ...wordProblems(parsed.file),
    ...(earlier === undefined ? [] : changeProblems(await readEarlier(earlier), parsed.file)),
  ];
  if (problems.length === 0 && lock !== undefined) await writeFile(lock, text);
  return problems;
}
