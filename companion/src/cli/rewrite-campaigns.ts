/** Rewrites a campaigns file on disk in one step. */

import {randomUUID} from 'node:crypto';
import {chmod, readFile, realpath, rename, rm, stat, writeFile} from 'node:fs/promises';
import {Refusal, refusalOf} from './refusal.js';

async function textAt(path: string): Promise<string> {
  return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(await readFile(path));
}

/**
 * Rewrites the text of a campaigns file. The new text is written beside the file and takes its name in
 * one step, so that a page never reads half of it. A file whose text stays the same is not touched, and
 * one that somebody else changes meanwhile is refused. `beforeRename` runs when nothing but the last step
 * is left. Returns whether the file was rewritten.
 */
export async function rewriteCampaigns(
  place: string,
  rewrite: (text: string) => string,
  beforeRename: () => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  if (/^https?:/i.test(place))
    throw new Refusal(`expected a file but received an address: ${place}`);
  let beside: string | undefined;
  try {
    // A link stays a link.
    const path = await realpath(place);
    const before = await textAt(path);
    const text = rewrite(before);
    if (text === before) return false;
    const {mode} = await stat(path);
    beside = `${path}.${randomUUID()}.tmp`;
    await writeFile(beside, text, {mode});
    // The process may mask bits of the mode of new files.
    await chmod(beside, mode);
    if ((await textAt(path)) !== before) {
      throw new Refusal(`${place} was changed meanwhile, and stays as it is: try again`);
    }
    await beforeRename();
    await rename(beside, path);
    return true;
  } catch (error) {
    if (beside !== undefined) await rm(beside, {force: true});
    throw refusalOf(`${place} could not be rewritten`, error);
  }
}
