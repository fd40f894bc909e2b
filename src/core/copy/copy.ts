/** Lists what is wrong with an editor's copy. */

import {placeholders, readCopy} from './parse-copy.js';

export {copyText, parseCopy, placeholders} from './parse-copy.js';
export type {CopyNode} from './parse-copy.js';

/** A problem in copy, at an index into its text. */
export interface CopyProblem {
  readonly at: number;
  readonly problem: string;
}

/**
 * What is wrong with copy, in its order: unknown placeholders, links that are not plain https, unclosed marks.
 * `more` names placeholders that are known beside the usual ones.
 */
export function copyProblems(text: string, more: readonly string[] = []): readonly CopyProblem[] {
  const problems: CopyProblem[] = [];
  const values = Object.fromEntries([...placeholders, ...more].map(name => [name, '-']));
  readCopy(text, values, at => {
    const [mark = '', name] = /^(?:\{([^{}[\]]*)\}|\*+|.)/.exec(text.slice(at)) ?? [];
    const problem =
      name !== undefined
        ? `unknown placeholder ${mark}`
        : mark === '['
          ? 'a link needs words and a plain https address'
          : `unclosed ${mark}`;
    problems.push({at, problem});
  });
  // An unclosed bracket is shown as text, but the editor meant a link.
  for (const {0: part, 1: words, index} of text.matchAll(/\\.|\[((?:\\.|[^[\]\\])*\])?/gs))
    if (part === '[' && !words) problems.push({at: index, problem: 'unclosed ['});
  return problems.sort((a, b) => a.at - b.at);
}
