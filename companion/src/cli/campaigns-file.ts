/** Reads a campaigns file for a command and reports its problems. */

import {readFile} from 'node:fs/promises';
import {
  type CampaignsFile,
  type Experiment,
  parseCampaigns,
  experimentKey,
} from 'reader-support/core';
import {experimentsOf} from '../companion.js';
import {Refusal} from './refusal.js';

/** Reads the text of a file. Rejects with a `Refusal` when it cannot be read. */
export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const {code} = error as {code?: string};
    throw new Refusal(
      `${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : (code ?? 'error')}`,
    );
  }
}

/** Reads a campaigns file. Rejects with a `Refusal` that lists every problem with its path. */
export async function readCampaignsFile(path: string): Promise<CampaignsFile> {
  return campaignsFileOf(path, await textOf(path));
}

/** What a campaigns file says: its text or its value. Throws a `Refusal` that names every problem. */
export function campaignsFileOf(path: string, input: unknown): CampaignsFile {
  const parsed = parseCampaigns(input);
  if (parsed.ok) return parsed.file;
  const lines = parsed.problems.map(({path: key, problem}) => `  ${key || 'the file'}: ${problem}`);
  throw new Refusal([`${path} has problems:`, ...lines].join('\n'));
}

/** Finds an experiment by its name, or the only one. Throws a `Refusal` when it is not clear which. */
export function experimentOf(file: CampaignsFile, name: string | undefined): Experiment {
  const all = experimentsOf(file);
  const matches =
    name === undefined
      ? all
      : all.filter(candidate => candidate.id === name || experimentKey(candidate) === name);
  const [match] = matches;
  if (match && matches.length === 1) return match;
  const names = all.map(({id}) => id).join(', ') || 'none';
  throw new Refusal(
    name === undefined
      ? `expected --experiment to say which one is meant: there are ${names}`
      : `expected an experiment of the file but received ${name}: there are ${names}`,
  );
}

/**
 * Parses a number, or a share such as `0.4%` or `0,4%`. Throws a `Refusal` below the minimum, and where a
 * comma may as well part thousands.
 */
export function numberOf(option: string, text: string, least = 0): number {
  const [, sign = '', whole = '', separator = '', rest = '', percent] =
    /^(-?)(\d+)(?:([.,])(\d+))?\s*(%?)$/.exec(text.trim()) ?? [];
  if (separator === ',' && rest.length === 3 && Number(whole) > 0) {
    throw new Refusal(
      `expected ${option} to be a number without thousands separators but received ${text}: did you mean ${whole}${rest} or ${whole}.${rest}?`,
    );
  }
  const number = Number(`${sign}${whole}.${rest || '0'}`) / (percent ? 100 : 1);
  if (!whole || !(number > least)) {
    throw new Refusal(`expected ${option} to be a number above ${least} but received ${text}`);
  }
  return number;
}

/**
 * Parses a share. Throws a `Refusal` above `most` without a percent sign, because whoever writes 0.4 for a
 * rate of gifts means 0.4 %.
 */
export function shareOf(option: string, text: string, most: number, least = 0): number {
  const share = numberOf(option, text, least);
  if (share > most && !text.includes('%')) {
    const percent = Number((share * 100).toPrecision(12));
    throw new Refusal(
      `expected ${option} to be a share but received ${text}, which is ${percent}%: did you mean ${text.trim()}%? Write ${percent}% if not`,
    );
  }
  return share;
}

/** The highest share of readers who give that may be written without a percent sign. */
export const mostGiftRate = 0.2;
/** The highest lift that may be written without a percent sign. */
export const mostLift = 5;
