/** Rewrites a campaigns file on disk in one step. */

import {randomUUID} from 'node:crypto';
import {readFile, realpath, rename, rm, stat, writeFile} from 'node:fs/promises';
import {Refusal, refusalOf} from './refusal.js';

/**
 * Rewrites the text of a campaigns file. The new text is written beside the file and takes its name in
 * one step, so that a page never reads half of it. A file whose text stays the same is not touched.
 * Returns whether it was rewritten.
 */
export async function rewriteCampaigns(
  place: string,
  rewrite: (text: string) => string,
): Promise<boolean> {
  if (/^https?:/i.test(place))
    throw new Refusal(`expected a file but received an address: ${place}`);
  let beside: string | undefined;
  try {
    // A link stays a link.
    const path = await realpath(place);
    const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
    const before = decoder.decode(await readFile(path));
    const text = rewrite(before);
    if (text === before) return false;
    const {mode} = await stat(path);
    beside = `${path}.${randomUUID()}.tmp`;
    await writeFile(beside, text, {mode});
    await rename(beside, path);
    return true;
  } catch (error) {
    if (beside !== undefined) await rm(beside, {force: true});
    throw refusalOf(`${place} could not be rewritten`, error);
  }
}
