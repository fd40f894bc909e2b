/** Puts today's words into a campaigns file, and leaves everything else in it as it stands. */

import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import {renamedInCampaigns, withNewWords, type Renamed} from 'reader-support/core';
import {rewriteCampaigns} from './rewrite-campaigns.js';

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

/** Fixes a campaigns file on disk and returns what changed. A file without old words is not touched. */
export async function fixCampaignsFile(place: string): Promise<readonly Renamed[]> {
  let changes: readonly Renamed[] = [];
  await rewriteCampaigns(place, text => {
    const fixed = fixCampaigns(text);
    changes = fixed.changes;
    return fixed.text;
  });
  return changes;
}
