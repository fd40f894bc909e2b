/** Parses a campaigns file, reports every problem with its path, and keeps what is valid. */

import type {CampaignProblem} from '../experiments/experiment-problems.js';
import type {Experiment} from '../experiments/experiment.js';
import {checkFile} from './campaign-problems.js';
import type {Campaign, CampaignsFile, ParsedCampaigns} from './campaign.js';
import {campaignsSchema} from './campaign-schema.js';
import {join, readBySchema, type Fail} from './read-by-schema.js';
import {pathOf, renamedInCampaigns, withNewWords} from './renamed-keys.js';

/** The most problems that are reported; a file of ten megabytes could have a million. */
const mostProblems = 100;

/**
 * What is dropped together with a problem in it. A campaign is dropped for its id, offer, audience or
 * schedule, because whom to ask when and for what must not be guessed; so are campaigns without an offer
 * when the file's is wrong. An experiment is dropped for any problem, because half of one is worthless.
 * Otherwise only the field is dropped.
 */
const whole =
  /^(?:experiments\[\d+\]|campaigns\[\d+\](?=\.(?:id|offer|audience|schedule)\b)|(?:campaigns\[\d+\]\.)?currency\b|offer\b)/;

function withoutBroken(file: CampaignsFile, broken: ReadonlySet<string>): CampaignsFile {
  const sound = <T extends object>(holder: T, path: string): T =>
    Object.fromEntries(Object.entries(holder).filter(([key]) => !broken.has(join(path, key)))) as T;
  const campaigns = file.campaigns.flatMap((campaign: Campaign | undefined, i) => {
    const path = `campaigns[${i}]`;
    const isLost = broken.has(path) || (broken.has('offer') && !campaign?.offer);
    return campaign && !isLost ? [sound(campaign, path)] : [];
  });
  const experiments = file.experiments?.filter(
    (experiment: Experiment | undefined, i) => experiment && !broken.has(`experiments[${i}]`),
  );
  return {...sound(file, ''), campaigns, ...(experiments && {experiments})};
}

/** Parses JSON. Errors name the line and column rather than the position, as editors do. */
function parseJson(text: string): unknown {
  // Windows' Notepad may write a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const [, position] = / at position (\d+)/.exec(String(error)) ?? [];
    if (position === undefined) throw error;
    const lines = json.slice(0, Number(position)).split('\n');
    throw new SyntaxError(
      `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}: ${(error as Error).message}`,
    );
  }
}

function parse(input: unknown, check?: typeof checkFile): ParsedCampaigns {
  const problems: CampaignProblem[] = [];
  const broken = new Set<string>();
  const fail: Fail = (path, problem) => {
    const dropped = whole.exec(path)?.[0];
    if (dropped) broken.add(dropped);
    if (problems.length < mostProblems) problems.push({path, problem});
  };
  try {
    const written = typeof input === 'string' ? parseJson(input) : input;
    // An old word is a problem that takes nothing with it: the file still says what is meant.
    const value = withNewWords(written, renamedInCampaigns, ({path, from, to}) => {
      if (problems.length < mostProblems)
        problems.push({path: pathOf(path), problem: `\`${from}\` is now \`${to}\``});
    });
    const file = readBySchema(campaignsSchema, value, '', fail) as CampaignsFile | undefined;
    if (!file) return {ok: false, problems};
    const schemaProblems = [...problems];
    check?.(file, fail, path =>
      schemaProblems.some(problem => `${problem.path}.`.startsWith(`${path}.`)),
    );
    if (problems.length === 0) return {ok: true, file};
    return {ok: false, problems, file: withoutBroken(file, broken)};
  } catch (error) {
    // The text is not JSON, or a getter throws something that may not even convert to a string.
    fail('', `cannot be read${typeof input === 'string' ? `: ${String(error)}` : ''}`);
    return {ok: false, problems};
  }
}

/**
 * Parses a campaigns file, given as JSON text or as a value. Never throws. With problems, `file` still
 * holds the valid part: an invalid field is left out, and so is a campaign whose id, offer, audience or
 * schedule is wrong.
 */
export function parseCampaigns(input: unknown): ParsedCampaigns {
  return parse(input, checkFile);
}

/**
 * Parses a campaigns file like `parseCampaigns`, but by the published schema alone. For pages, where size
 * matters: contradictions within an offer or between dates are left to the newsroom's check.
 */
export function readCampaigns(input: unknown): ParsedCampaigns {
  return parse(input);
}
