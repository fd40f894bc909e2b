/** Writes an arm's changes into its campaign in the text of a campaigns file, and ends the experiment. */

import {isDeepStrictEqual} from 'node:util';
import {
  findNodeAtLocation,
  getNodeValue,
  parse,
  parseTree,
  type JSONPath,
  type Node,
} from 'jsonc-parser';
import {applyArm, type CampaignsFile, type Experiment} from 'reader-support/core';
import {putValue, sourceOf} from './json-edits.js';
import {Refusal} from './refusal.js';

/** How deep an override is merged with the campaign's field, as `applyArm()` does; others replace it. */
const mergedLevels: Readonly<Record<string, number>> = {copy: 1, cadence: 1, copies: 2};

/** A value to put into the text. */
interface Change {
  readonly path: JSONPath;
  readonly value: string;
}

const fieldsOf = (object: Node): [name: string, value: Node][] =>
  (object.children ?? []).flatMap(({children = []}): [string, Node][] => {
    const [key, value] = children;
    return key && value ? [[String(key.value), value]] : [];
  });

function changesOf(
  json: string,
  tree: Node,
  path: JSONPath,
  source: Node,
  levels: number,
): Change[] {
  const target = findNodeAtLocation(tree, path);
  if (levels > 0 && target?.type === 'object') {
    return fieldsOf(source).flatMap(([name, value]) =>
      changesOf(json, tree, [...path, name], value, levels - 1),
    );
  }
  const isSame = target && isDeepStrictEqual(getNodeValue(target), getNodeValue(source));
  return isSame ? [] : [{path, value: sourceOf(json, source)}];
}

/** Returns the file after the experiment: its campaign is the arm, and it is switched off. */
export function fileAfter(file: CampaignsFile, experiment: Experiment, arm: string): CampaignsFile {
  return {
    ...file,
    campaigns: file.campaigns.map(campaign =>
      campaign.id === experiment.campaign
        ? (applyArm(campaign, experiment.arms[arm]) ?? campaign)
        : campaign,
    ),
    experiments: (file.experiments ?? []).map(other =>
      other.id === experiment.id ? {...other, on: false} : other,
    ),
  };
}

/**
 * Writes what an arm changes into the campaign, merged as `applyArm()` merges it, and switches the
 * experiment off. Values are copied as they are written in the arm; order, indentation, line ends and
 * comments survive. `file` is what the text says. Throws a `Refusal` when the text would say something else
 * afterwards, as where a name stands twice.
 */
export function keepArm(
  text: string,
  file: CampaignsFile,
  experiment: Experiment,
  arm: string,
): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let json = text.slice(bom.length);
  const tree = parseTree(json, [], {allowTrailingComma: true});
  if (!tree) throw new Refusal('expected JSON but received nothing');
  const campaign = file.campaigns.findIndex(({id}) => id === experiment.campaign);
  const index = (file.experiments ?? []).findIndex(({id}) => id === experiment.id);
  const overrides = findNodeAtLocation(tree, ['experiments', index, 'arms', arm, 'overrides']);
  const changes = (overrides ? fieldsOf(overrides) : []).flatMap(([name, value]) =>
    changesOf(json, tree, ['campaigns', campaign, name], value, mergedLevels[name] ?? 0),
  );
  if (experiment.on !== false) changes.push({path: ['experiments', index, 'on'], value: 'false'});
  for (const {path, value} of changes) json = putValue(json, path, value);
  const written: unknown = parse(json, [], {allowTrailingComma: true});
  const expected: unknown = JSON.parse(JSON.stringify(fileAfter(file, experiment, arm)));
  if (!isDeepStrictEqual(written, expected)) {
    throw new Refusal('the winner cannot be written into the file: does a name stand in it twice?');
  }
  return bom + json;
}
