/** How does an editor's copy become text, emphasis and links, and never HTML? */

export type CopyNode =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'strong'; readonly children: readonly CopyNode[]}
  | {readonly type: 'emphasis'; readonly children: readonly CopyNode[]}
  | {readonly type: 'link'; readonly url: string; readonly children: readonly CopyNode[]};

/** A mistake in copy, at an index into its text. */
export interface CopyProblem {
  readonly at: number;
  readonly problem: string;
}

/** The names that copy may hold in braces. */
export const placeholders: readonly string[] = ['publication', 'from', 'articles'];

/** Reads copy. Anything that is not a complete mark is text. */
export function parseCopy(
  text: string,
  values?: Readonly<Record<string, string>>,
): readonly CopyNode[] {
  void values;
  return text ? [{type: 'text', text}] : [];
}

/** What is wrong with copy: unknown placeholders, links that are not https, unclosed marks. */
export function copyProblems(text: string): readonly CopyProblem[] {
  void text;
  return [];
}

/** The plain text of copy. */
export function copyText(nodes: readonly CopyNode[]): string {
  let text = '';
  for (const node of nodes) text += node.type === 'text' ? node.text : copyText(node.children);
  return text;
}
