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

/** https, an ASCII host, no user, no port. */
const address = /^https:\/\/[a-z\d-]+(\.[a-z\d-]+)+([/?#][^\s"<>\\^`{|}]*)?$/i;

/** Characters that steer the text around them. */
const steering = /[\p{Cc}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu;

type Values = Readonly<Record<string, string>>;
type Report = (at: number, problem: string) => void;

/** What is open at the moment: the marks are never more than two deep. */
interface Frame {
  readonly mark: '' | '*' | '**';
  readonly at: number;
  readonly nodes: CopyNode[];
}

function read(text: string, values: Values, report: Report, offset: number): readonly CopyNode[] {
  const frames: Frame[] = [{mark: '', at: 0, nodes: []}];
  const top = () => frames.at(-1) as Frame;
  let plain = '';
  const flush = () => {
    if (plain) top().nodes.push({type: 'text', text: plain});
    plain = '';
  };
  // Both only move on, so that a long text of brackets is read once.
  let bracket = 0;
  let parenthesis = 0;
  const next = (sign: string, from: number, known: number) => {
    if (known >= from) return known;
    const found = text.indexOf(sign, from);
    return found < 0 ? Infinity : found;
  };

  for (let i = 0; i < text.length;) {
    const character = text[i] ?? '';
    if (character === '\\' && /[\\*[\]{}]/.test(text[i + 1] ?? '')) {
      plain += text[i + 1] ?? '';
      i += 2;
    } else if (character === '*') {
      const mark = text[i + 1] === '*' ? '**' : '*';
      const isOpen = frames.some(frame => frame.mark === mark);
      const after = text[i + mark.length] ?? ' ';
      if (top().mark === mark && !/\s/.test(text[i - 1] ?? ' ')) {
        flush();
        const {nodes} = frames.pop() as Frame;
        if (nodes.length > 0) {
          top().nodes.push({type: mark === '*' ? 'emphasis' : 'strong', children: nodes});
        }
      } else if (!isOpen && !/\s/.test(after)) {
        flush();
        frames.push({mark, at: i, nodes: []});
      } else plain += mark;
      i += mark.length;
    } else if (character === '[') {
      bracket = next(']', i, bracket);
      const isLink = text[bracket + 1] === '(';
      parenthesis = isLink ? next(')', bracket, parenthesis) : parenthesis;
      const url = isLink && parenthesis !== Infinity ? text.slice(bracket + 2, parenthesis) : '';
      // An address is short; a text of many brackets is not read again for each of them.
      if (url && url.length <= 2000 && address.test(url)) {
        flush();
        const children = read(text.slice(i + 1, bracket), values, report, offset + i + 1);
        top().nodes.push({type: 'link', url, children});
        i = parenthesis + 1;
      } else {
        if (isLink) report(offset + i, 'a link must lead to an https:// address');
        plain += character;
        i += 1;
      }
    } else if (character === '{') {
      const name = /^\{([a-z]{1,20})\}/.exec(text.slice(i, i + 22))?.[1];
      if (name !== undefined && placeholders.includes(name)) {
        plain += (Object.hasOwn(values, name) ? (values[name] ?? '') : '').replaceAll(steering, '');
        i += name.length + 2;
      } else {
        if (name !== undefined) report(offset + i, `{${name}} is no placeholder`);
        plain += character;
        i += 1;
      }
    } else {
      plain += character;
      i += 1;
    }
  }

  flush();
  while (frames.length > 1) {
    const {mark, at, nodes} = frames.pop() as Frame;
    report(offset + at, `${mark} is not closed`);
    top().nodes.push({type: 'text', text: mark}, ...nodes);
  }
  return top().nodes;
}

/**
 * Reads copy: `**strong**`, `*emphasis*`, `[text](https://…)`, and `{placeholders}` filled from
 * `values`, which stay plain text. Whatever is not a complete mark is text; a backslash makes a mark
 * text. A known placeholder without a value is left out; an unknown one is text.
 */
export function parseCopy(text: string, values: Values = {}): readonly CopyNode[] {
  return read(text, values, () => undefined, 0);
}

/** What is wrong with copy: unknown placeholders, links that are not https, unclosed marks. */
export function copyProblems(text: string): readonly CopyProblem[] {
  const problems: CopyProblem[] = [];
  read(text, {}, (at, problem) => problems.push({at, problem}), 0);
  return problems.sort((a, b) => a.at - b.at);
}

/** The plain text of copy. */
export function copyText(nodes: readonly CopyNode[]): string {
  let text = '';
  for (const node of nodes) text += node.type === 'text' ? node.text : copyText(node.children);
  return text;
}
