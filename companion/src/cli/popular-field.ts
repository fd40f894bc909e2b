/** Writes the field `popular` into the text of a campaigns file, and leaves everything else as it stands. */

import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  parseTree,
  type FormattingOptions,
  type JSONPath,
  type Node,
} from 'jsonc-parser';
import {frequencies, type Popular} from 'reader-support/core';
import {insertField} from './json-edits.js';

const day = 86_400_000;

/** After how many days the day is renewed where the amounts have stayed. Pages use it for 30. */
const renewalDays = 7;

/** The indentation and the line ends of a text; none where it has one line. */
function formatOf(json: string): FormattingOptions | undefined {
  const match = /(\r?\n)([ \t]*)"/.exec(json) ?? /(\r?\n)()/.exec(json.trim());
  if (!match) return undefined;
  const [, eol = '\n', indentation = ''] = match;
  const insertSpaces = !indentation.startsWith('\t');
  return {eol, insertSpaces, tabSize: insertSpaces ? indentation.length : 1};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether what the file says is still right: the same amounts, of a day that needs no renewal. */
function isCurrent(before: unknown, popular: Popular): boolean {
  const {asOf, ...amounts} = Object(before) as Partial<Popular>;
  const {asOf: today, ...found} = popular;
  const age = (Date.parse(today) - Date.parse(asOf ?? '')) / day;
  const sorted = (byFrequency: typeof amounts) =>
    JSON.stringify(
      frequencies.map(frequency => Object.entries(byFrequency[frequency] ?? {}).toSorted()),
    );
  return age >= 0 && age < renewalDays && sorted(amounts) === sorted(found);
}

/** Adds the field behind the last one. */
function withField(json: string, root: Node, popular: Popular): string {
  const {eol = '\n', insertSpaces, tabSize = 0} = formatOf(json) ?? {};
  const indent = (insertSpaces === false ? '\t' : ' ').repeat(tabSize);
  const value = JSON.stringify(popular, null, indent).replaceAll('\n', eol);
  return insertField(json, root, 'popular', value);
}

/** Changes the field that is there, value by value, so that comments in it stay. */
function withValues(json: string, before: Popular, popular: Popular): string {
  const formattingOptions = formatOf(json);
  const values: [JSONPath, unknown][] = [[['asOf'], popular.asOf]];
  for (const frequency of frequencies) {
    const found = popular[frequency];
    const old: unknown = before[frequency];
    if (!found || !isRecord(old)) {
      if (found || old !== undefined) values.push([[frequency], found]);
      continue;
    }
    for (const currency of new Set([...Object.keys(old), ...Object.keys(found)]))
      if (old[currency] !== found[currency]) values.push([[frequency, currency], found[currency]]);
  }
  let text = json;
  for (const [path, value] of values) {
    const edits = modify(text, ['popular', ...path], value, {
      ...(formattingOptions && {formattingOptions}),
    });
    text = applyEdits(text, edits);
  }
  return text;
}

/**
 * Writes the field. Order, indentation, line ends and comments survive. The text comes back as it is
 * where the amounts are the same and their day is less than 7 days old, so that a file that is read daily
 * is not fetched daily.
 */
export function writePopular(text: string, popular: Popular): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const json = text.slice(bom.length);
  const root = parseTree(json, [], {allowTrailingComma: true});
  if (root?.type !== 'object') return text;
  const node = findNodeAtLocation(root, ['popular']);
  if (!node) return bom + withField(json, root, popular);
  const before = getNodeValue(node) as unknown;
  if (isCurrent(before, popular)) return text;
  if (node.type === 'object') return bom + withValues(json, before as Popular, popular);
  return bom + applyEdits(json, modify(json, ['popular'], popular, {}));
}
