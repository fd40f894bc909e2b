/** Parses copy without nested marks, which is almost all copy, in less code. */

import {copyValue, safeUrl} from './copy-value.js';
import type {CopyNode} from './copy.js';

// A placeholder; text between stars; a link's text and URL; plain text.
const piece =
  /\{(publication|from|articles)\}|(\*\*?)(?!\s)((?:[^\\*[\]{}]|\{\w+\})+)(?<!\s)\2(?!\*)|\[((?:[^\\*[\]{}]|\{\w+\})+)\]\(([^()\s]+)\)|[^\\*[\]{}]+/gy;

/** Parses copy like `parseCopy()`; `undefined` where that is needed. */
export function simpleCopy(
  text: string,
  values: Readonly<Record<string, string>>,
): readonly CopyNode[] | undefined {
  const nodes: CopyNode[] = [];
  let read = 0;
  for (const [part, name, mark, strong, words, url] of text.matchAll(piece)) {
    read += part.length;
    const inner = strong ?? words;
    if (inner === undefined) {
      nodes.push({type: 'text', text: name ? copyValue(values, name) : part});
      continue;
    }
    const children = simpleCopy(inner, values);
    if (!children || (url && !safeUrl.test(url))) return undefined;
    // Placeholders without a value may have left it empty.
    if (children.some(one => one.type !== 'text' || one.text))
      nodes.push(
        url
          ? {type: 'link', url, children}
          : {type: mark === '*' ? 'emphasis' : 'strong', children},
      );
  }
  return read === text.length ? nodes : undefined;
}
