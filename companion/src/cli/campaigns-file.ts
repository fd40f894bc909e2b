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

/** Parses a number, or a share such as `0.4%`. Throws a `Refusal` below the minimum. */
export function numberOf(option: string, text: string, least = 0): number {
  const [, digits = '', percent] = /^(-?\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim()) ?? [];
  const number = Number(digits) / (percent ? 100 : 1);
  if (!digits || !(number > least)) {
    throw new Refusal(`expected ${option} to be a number above ${least} but received ${text}`);
  }
  return number;
}
