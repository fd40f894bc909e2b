/** Puts values into the text of a JSON file with comments, and leaves everything else as it stands. */

import {findNodeAtLocation, parseTree, type JSONPath, type Node} from 'jsonc-parser';

/** Returns the white space that begins the line of a place in a text. */
function indentAt(json: string, offset: number): string {
  const lineStart = json.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(json.slice(lineStart, offset))?.[0] ?? '';
}

const isFirstOnLine = (json: string, offset: number): boolean =>
  offset > 0 && /\n[ \t]*$/.test(json.slice(0, offset));

/** Returns the text of a value, without the indentation of the line on which it begins. */
export function sourceOf(json: string, {offset, length}: Node): string {
  const indent = indentAt(json, offset);
  return json.slice(offset, offset + length).replaceAll(`\n${indent}`, '\n');
}

const indented = (value: string, indent: string): string => value.replaceAll('\n', `\n${indent}`);

/**
 * Adds a field behind the last one of an object, whose comments stay with it: on a line of its own where
 * the fields have such lines. The lines of `value` are indented as the field is.
 */
export function insertField(json: string, object: Node, name: string, value: string): string {
  const last = object.children?.at(-1);
  const valueEnd = last ? last.offset + last.length : object.offset + 1;
  const end = object.offset + object.length - 1;
  // White space in front of the closing brace stays in front of it.
  const tail = json.slice(valueEnd, end);
  const isCommaThere = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*,/.test(tail);
  const eol = /\r?\n/.exec(tail + json)?.[0] ?? '\n';
  const space = /":\s/.test(json) ? ' ' : '';
  const hasLine = tail.includes('\n') || (last !== undefined && isFirstOnLine(json, last.offset));
  const step = /\n([ \t]+)"/.exec(json)?.[1] ?? '';
  const indent = indentAt(json, last?.offset ?? object.offset) + (last ? '' : step);
  const before = hasLine ? eol + indent : last ? space : '';
  return [
    json.slice(0, valueEnd),
    last && !isCommaThere ? ',' : '',
    tail.trimEnd(),
    before,
    `${JSON.stringify(name)}:${space}${indented(value, indent)}`,
    tail.slice(tail.trimEnd().length),
    json.slice(end),
  ].join('');
}

/**
 * Puts the text of a value at a path, whose parent must be there. Its lines are indented as those around
 * it are.
 */
export function putValue(json: string, path: JSONPath, value: string): string {
  const tree = parseTree(json, [], {allowTrailingComma: true});
  const node = tree && findNodeAtLocation(tree, path);
  if (node) {
    const {offset, length} = node;
    const text = indented(value, indentAt(json, offset));
    return json.slice(0, offset) + text + json.slice(offset + length);
  }
  const parent = tree && findNodeAtLocation(tree, path.slice(0, -1));
  if (parent?.type !== 'object') {
    throw new Error(`expected an object at ${path.slice(0, -1).join('.')} but received none`);
  }
  return insertField(json, parent, String(path.at(-1)), value);
}
