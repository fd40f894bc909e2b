/** Puts today's words into a campaigns file, and leaves everything else in it as it stands. */

import {randomUUID} from 'node:crypto';
import {readFile, realpath, rename, rm, stat, writeFile} from 'node:fs/promises';
import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import {renamedInCampaigns, withNewWords, type Renamed} from 'reader-support/core';
import {Refusal, refusalOf} from './refusal.js';

/** The text with the new words, and what was put in. */
export interface FixedCampaigns {
  readonly text: string;
  readonly changes: readonly Renamed[];
}

interface Edit {
  readonly node: Node;
  readonly word: string;
}

/** Where an old word stands in the text; nothing where the new one stands beside it, for a person to choose. */
function editFor(tree: Node, {path, to, isKey}: Renamed): Edit | undefined {
  const value = findNodeAtLocation(tree, [...path]);
  if (!value) return undefined;
  if (!isKey) return {node: value, word: to};
  if (findNodeAtLocation(tree, [...path.slice(0, -1), to])) return undefined;
  const key = value.parent?.children?.[0];
  return key && {node: key, word: to};
}

/**
 * Renames old words in the text of a campaigns file. Order, indentation, line ends and comments
 * survive; a text that is no JSON, comments aside, comes back as it is.
 */
export function fixCampaigns(text: string): FixedCampaigns {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(bom.length);
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, {allowTrailingComma: true});
  if (!tree || errors.length > 0) return {text, changes: []};
  const edits: Edit[] = [];
  const changes: Renamed[] = [];
  withNewWords(getNodeValue(tree), renamedInCampaigns, renamed => {
    const edit = editFor(tree, renamed);
    if (!edit) return;
    edits.push(edit);
    changes.push(renamed);
  });
  let fixed = json;
  // From the end, so that no edit moves the place of another.
  for (const {node, word} of edits.sort((a, b) => b.node.offset - a.node.offset)) {
    const end = node.offset + node.length;
    fixed = fixed.slice(0, node.offset) + JSON.stringify(word) + fixed.slice(end);
  }
  return {text: bom + fixed, changes};
}

/**
 * Fixes a campaigns file on disk and returns what changed. The new text is written beside the file
 * and takes its name in one step, so that a page never reads half of it. A file without old words is
 * not touched.
 */
export async function fixCampaignsFile(place: string): Promise<readonly Renamed[]> {
  if (/^https?:/i.test(place))
    throw new Refusal(`expected a file to fix but received an address: ${place}`);
  let beside: string | undefined;
  try {
    // A link stays a link.
    const path = await realpath(place);
    const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
    const {text, changes} = fixCampaigns(decoder.decode(await readFile(path)));
    if (changes.length === 0) return changes;
    const {mode} = await stat(path);
    beside = `${path}.${randomUUID()}.tmp`;
    await writeFile(beside, text, {mode});
    await rename(beside, path);
    return changes;
  } catch (error) {
    if (beside !== undefined) await rm(beside, {force: true});
    throw refusalOf(`${place} could not be fixed`, error);
  }
}
