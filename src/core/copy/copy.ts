/** Parses an editor's copy into text, emphasis and links, never HTML. */

import {copyValue, safeUrl} from './copy-value.js';

export type CopyNode =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'strong'; readonly children: readonly CopyNode[]}
  | {readonly type: 'emphasis'; readonly children: readonly CopyNode[]}
  | {readonly type: 'link'; readonly url: string; readonly children: readonly CopyNode[]};

/** A problem in copy, at an index into its text. */
export interface CopyProblem {
  readonly at: number;
  readonly problem: string;
}

/** The placeholders that copy may contain in braces. */
export const placeholders: readonly string[] = ['publication', 'from', 'articles'];

/** An open mark, and the nodes since it. */
interface Opened {
  mark: string;
  readonly at: number;
  readonly nodes: CopyNode[];
}

// An escape; stars; a bracket followed by "]("; that with its URL; a placeholder; plain text; anything else.
const piece =
  /\\[\\*[\](){}]|\*+|(\[)(?=(?:\\.|[^[\]\\])*\]\()|\]\((?:([^()\s]*)\))?|\{([^{}[\]]*)\}|[^\\*[\]{]+|./gs;

/**
 * Parses copy: `**strong**`, `*emphasis*`, `[text](https://…)`, `{placeholder}`, and backslash
 * escapes. An unclosed mark, a link that is not plain https and an unknown placeholder stay as typed;
 * a known placeholder without a value is empty. A value is plain text and is never parsed.
 */
export function parseCopy(
  text: string,
  values: Readonly<Record<string, string>> = {},
): readonly CopyNode[] {
  return read(text, values, () => undefined);
}

/** Parses copy in one pass; `report` is called for each problem. */
function read(
  text: string,
  values: Readonly<Record<string, string>>,
  report: (at: number) => void,
): readonly CopyNode[] {
  let top: Opened = {mark: '', at: 0, nodes: []};
  // At most six deep, which keeps this linear: links never nest, stars nest once outside and once inside a link.
  const open = [top];

  const enter = (mark: string, at: number): void => {
    open.push((top = {mark, at, nodes: []}));
  };
  const leave = (): Opened => {
    const left = top;
    open.pop();
    top = open.at(-1) as Opened;
    return left;
  };
  const add = (node: CopyNode): void => {
    const last = top.nodes.at(-1);
    if (node.type === 'text' && last?.type === 'text')
      top.nodes[top.nodes.length - 1] = {type: 'text', text: last.text + node.text};
    else top.nodes.push(node);
  };
  const addText = (words: string): void => {
    if (words) add({type: 'text', text: words});
  };
  /** Closes the innermost mark, unless placeholders without a value have left it empty. */
  const close = (make: (children: readonly CopyNode[]) => CopyNode): void => {
    const {nodes} = leave();
    if (nodes.length) add(make(nodes));
  };
  /** Turns the innermost mark into plain text, because it is never closed. */
  const drop = (): void => {
    const {mark, at, nodes} = leave();
    report(at);
    addText(mark);
    nodes.forEach(add);
  };
  /** Finds the open mark that this one closes, within the current link. */
  const partnerOf = (mark: string): Opened | undefined => {
    let found: Opened | undefined;
    for (const each of open) if (each.mark === mark || each.mark === '[') found = each;
    return found?.mark === mark ? found : undefined;
  };

  /** Reads one or two stars: a closing mark after a word, an opening mark before a word, or text. */
  const readMark = (mark: string, at: number, after: boolean, before: boolean): void => {
    let partner = partnerOf(mark);
    if (partner && after && at > partner.at + mark.length) {
      // "***" opened both at once: the one that closes first is the inner one.
      if (top !== partner && open.at(-2) === partner && !partner.nodes.length) {
        partner.mark = top.mark;
        top.mark = mark;
        partner = top;
      }
      while (top !== partner) drop();
      close(children => ({type: mark === '*' ? 'emphasis' : 'strong', children}));
    } else if (before && !partner) enter(mark, at);
    else {
      if (before || after) report(at);
      addText(mark);
    }
  };

  const readStars = (stars: string, at: number): void => {
    const after = /\S/.test(text[at - 1] ?? ' ');
    const before = /\S/.test(text[at + stars.length] ?? ' ');
    if (stars.length < 3) readMark(stars, at, after, before);
    else {
      const inner = top.mark === '*' ? '*' : '**';
      readMark(inner, at, after, before);
      readMark(stars.slice(inner.length), at + inner.length, after, before);
    }
  };

  const readLinkEnd = (part: string, at: number, url?: string): void => {
    const link = partnerOf('[');
    if (link && url && safeUrl.test(url) && at > link.at + 1) {
      while (top !== link) drop();
      close(children => ({type: 'link', url, children}));
    } else {
      while (link && open.includes(link)) drop();
      addText(part);
    }
  };

  const readPlaceholder = (part: string, at: number, name: string): void => {
    if (placeholders.includes(name)) addText(copyValue(values, name));
    else {
      report(at);
      addText(part);
    }
  };

  for (const match of text.matchAll(piece)) {
    const [part, bracket, url, name] = match as unknown as [string, string?, string?, string?];
    const at = match.index;
    if (bracket) enter(bracket, at);
    else if (name !== undefined) readPlaceholder(part, at, name);
    else if (part.startsWith('](')) readLinkEnd(part, at, url);
    else if (part.startsWith('*') && part.length < 4) readStars(part, at);
    else if (part.startsWith('\\') && part[1]) addText(part[1]);
    else {
      if (part === '{') report(at);
      addText(part);
    }
  }
  while (open.length > 1) drop();
  return top.nodes;
}

/** Finds problems in copy, in order: unknown placeholders, links that are not plain https, unclosed marks. */
export function copyProblems(text: string): readonly CopyProblem[] {
  const problems: CopyProblem[] = [];
  const values = {publication: '-', from: '-', articles: '-'};
  read(text, values, at => {
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

/** Returns the plain text of copy. */
export function copyText(nodes: readonly CopyNode[]): string {
  let text = '';
  for (const node of nodes) text += node.type === 'text' ? node.text : copyText(node.children);
  return text;
}
