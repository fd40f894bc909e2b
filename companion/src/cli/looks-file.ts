/** Reads and writes the file in which a report keeps what its looks found. */

import {readFile, rename, writeFile} from 'node:fs/promises';
import type {Look} from '../report/looks.js';
import {Refusal, refusalOf} from './refusal.js';

/** A look as it stands in the file: JSON has no infinite bounds. */
type StoredLook = Omit<Look, 'low' | 'high'> & {
  readonly low: number | null;
  readonly high: number | null;
};

/** Resolves with the looks of a file; with none when there is no such file yet. */
export async function readLooks(path: string): Promise<Look[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as {code?: string}).code === 'ENOENT') return '{"looks": []}';
    throw refusalOf(`${path} cannot be read`, error);
  });
  const {looks} = Object(parse(path, text)) as {looks?: unknown};
  if (!Array.isArray(looks)) {
    throw new Refusal(
      `${path}: expected {"looks": […]}, as \`report --looks\` writes it, but received something else; name another file, or delete it to begin anew`,
    );
  }
  return looks.map((look: unknown, i) => {
    const problem = lookProblem(look);
    if (problem !== undefined) throw new Refusal(`${path}: looks[${i}]: ${problem}`);
    const {low, high, ...rest} = look as StoredLook;
    return {...rest, low: low ?? -Infinity, high: high ?? Infinity};
  });
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(
      `${path}: expected JSON but received something else; delete it to begin anew`,
    );
  }
}

/** Returns what is wrong with a look; `undefined` when nothing is. */
function lookProblem(look: unknown): string | undefined {
  const fields = Object(look) as Record<string, unknown>;
  for (const name of ['experiment', 'arm', 'day', 'through']) {
    if (typeof fields[name] !== 'string') return `expected ${name} to be a text`;
  }
  if (fields['boundary'] !== 'early' && fields['boundary'] !== 'end') {
    return 'expected boundary to be "early" or "end"';
  }
  if (!['better', 'worse', undefined].includes(fields['direction'] as string | undefined)) {
    return 'expected direction to be "better" or "worse"';
  }
  if (!Number.isFinite(fields['difference'])) return 'expected difference to be a number';
  const isBound = (value: unknown) => value === null || Number.isFinite(value);
  if (!isBound(fields['low']) || !isBound(fields['high'])) {
    return 'expected low and high to be numbers, or null where there is no bound';
  }
  return undefined;
}

/** Writes the looks, all at once: a process that ends half way leaves the old file. */
export async function writeLooks(path: string, looks: readonly Look[]): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    // JSON writes a bound that is infinite as null.
    await writeFile(temporary, `${JSON.stringify({looks}, null, 2)}\n`);
    await rename(temporary, path);
  } catch (error) {
    throw refusalOf(`${path} cannot be written`, error);
  }
}
