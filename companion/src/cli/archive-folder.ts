/** Reads and writes the folder in which decided experiments are kept, each in a folder of its own. */

import {randomUUID} from 'node:crypto';
import {mkdir, readdir, readFile, rename, rm, rmdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {readConclusion, type ArchivedReport, type Conclusion} from '../report/archive.js';
import {Refusal, refusalOf} from './refusal.js';

/** The archive of a campaigns file when none is named: `experiments` beside it. */
export const archiveBeside = (campaigns: string): string => join(dirname(campaigns), 'experiments');

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as {code?: string}).code ?? '');

/** Resolves with how an experiment ended; `undefined` when the archive does not have it. */
export async function readFolder(archive: string, key: string): Promise<Conclusion | undefined> {
  const path = join(archive, key, 'conclusion.json');
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error instanceof SyntaxError
      ? new Refusal(`${path}: expected JSON but received something else`)
      : refusalOf(`${path} cannot be read`, error);
  }
  const conclusion = readConclusion(value);
  if (conclusion?.experiment === key) return conclusion;
  throw new Refusal(`${path}: expected what \`conclude\` writes but received something else`);
}

/** Says on the console that a decided experiment cannot be read. */
const warnOf = ({message}: Refusal): void => console.warn(`reader-support: left out: ${message}`);

/**
 * Resolves with every decided experiment, newest first. Folders of other things are left out, and so are
 * damaged ones, of which `onDamaged` hears. Default: the console.
 */
export async function readArchive(
  archive: string,
  onDamaged: (refusal: Refusal) => void = warnOf,
): Promise<ArchivedReport[]> {
  const entries = await readdir(archive, {withFileTypes: true}).catch((error: unknown) => {
    throw refusalOf(`${archive} cannot be read`, error);
  });
  const reports: ArchivedReport[] = [];
  for (const {name} of entries.filter(
    entry => entry.isDirectory() && !entry.name.startsWith('.'),
  )) {
    const conclusion = await readFolder(archive, name).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      onDamaged(error);
    });
    if (!conclusion) continue;
    const page = await readFile(join(archive, name, 'report.html'), 'utf8').catch(() => undefined);
    reports.push({conclusion, ...(page !== undefined && {page})});
  }
  return reports.toSorted(
    ({conclusion: a}, {conclusion: b}) =>
      b.day.localeCompare(a.day) || a.experiment.localeCompare(b.experiment),
  );
}

/** A folder that is written and has no name yet. */
export interface PreparedFolder {
  /** Gives the folder its name. */
  commit(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** Writes a decided experiment, so that one step is left until the archive has it. */
export async function prepareFolder(
  archive: string,
  key: string,
  files: Readonly<Record<string, string>>,
): Promise<PreparedFolder> {
  const folder = join(archive, key);
  const beside = join(archive, `.${key}.${randomUUID()}.tmp`);
  let place = beside;
  const discard = () => rm(place, {recursive: true, force: true});
  // An archive that was made for nothing goes again.
  const made = await mkdir(archive, {recursive: true}).catch((error: unknown) => {
    throw refusalOf(`${archive} cannot be made`, error);
  });
  const discardAll = async () => {
    await discard();
    if (made !== undefined) await rmdir(archive).catch(() => undefined);
  };
  try {
    await mkdir(beside);
    for (const [name, text] of Object.entries(files)) await writeFile(join(beside, name), text);
  } catch (error) {
    await discardAll();
    throw refusalOf(`${archive} cannot be written`, error);
  }
  return {
    async commit() {
      await rename(beside, folder).catch((error: unknown) => {
        throw refusalOf(`${folder} cannot be written`, error);
      });
      place = folder;
    },
    discard: discardAll,
  };
}
