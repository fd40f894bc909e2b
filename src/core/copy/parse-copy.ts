/** Reads an editor's copy as text, emphasis and links, never as HTML. */

export type CopyNode =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'strong'; readonly children: readonly CopyNode[]}
  | {readonly type: 'emphasis'; readonly children: readonly CopyNode[]}
  | {readonly type: 'link'; readonly url: string; readonly children: readonly CopyNode[]};

/** The names that any copy may hold in braces; more are known where they have a value, as an amount has on a button. */
export const placeholders: readonly string[] = ['publication', 'from', 'articles'];

/** https, a host of plain ASCII with a dot, no user, no port, and no character that browsers read in two ways. */
const safeUrl: RegExp =
  /^https:\/\/(?:[a-z\d-]+\.)+[a-z][a-z\d-]*(?:[/?#][\w.~:/?#[\]@!$&'*+,;=%-]*)?$/i;

/** The value of a placeholder, as text. */
function copyValue(values: Readonly<Record<string, string>>, name: string): string {
  // Overrides and isolates of a value could reorder the words around it. Its marks only hold it together.
  return String(Object.hasOwn(values, name) ? values[name] : '').replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    '',
  );
}

/** A mark that has been opened, and what has been read since. */
interface Opened {
  mark: string;
  readonly at: number;
  readonly nodes: CopyNode[];
}

// An escape; stars; a bracket whose "](" follows; that and its URL; a placeholder; a run of plain text; what is left.
const piece =
  /\\[\\*[\](){}]|\*+|(\[)(?=(?:\\.|[^[\]\\])*\]\()|\]\((?:([^()\s]*)\))?|\{([^{}[\]]*)\}|[^\\*[\]{]+|./gs;

/**
 * Reads copy: `**strong**`, `*emphasis*`, `[text](https://…)`, `{placeholder}`, and a backslash before a mark that is
 * meant as such. A mark without its partner, a link that is not plain https and an unknown placeholder stay as they
 * are typed; a placeholder is known where it is one of `placeholders` or has a value. A known placeholder without a value is empty. A value is text and is never read again.
 */
export function parseCopy(
  text: string,
  values: Readonly<Record<string, string>> = {},
): readonly CopyNode[] {
  return readCopy(text, values, () => undefined);
}

/** Reads copy in one pass; `report` is called with each index at which something is wrong. */
export function readCopy(
  text: string,
  values: Readonly<Record<string, string>>,
  report: (at: number) => void,
): readonly CopyNode[] {
  let top: Opened = {mark: '', at: 0, nodes: []};
  // At most six deep, which keeps this linear: links never nest, stars do once outside and once inside of a link.
  const open = [top];

  const openMark = (mark: string, at: number): void => {
    open.push((top = {mark, at, nodes: []}));
  };
  const closeMark = (): Opened => {
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
  /** Closes the innermost mark, unless placeholders without a value have left it without words. */
  const close = (make: (children: readonly CopyNode[]) => CopyNode): void => {
    const {nodes} = closeMark();
    if (nodes.length) add(make(nodes));
  };
  /** Makes plain text of the innermost mark: it has no partner. */
  const drop = (): void => {
    const {mark, at, nodes} = closeMark();
    report(at);
    addText(mark);
    nodes.forEach(add);
  };
  /** The open mark that this one may close, which is not outside of the link that is being read. */
  const partnerOf = (mark: string): Opened | undefined => {
    let found: Opened | undefined;
    for (const each of open) if (each.mark === mark || each.mark === '[') found = each;
    return found?.mark === mark ? found : undefined;
  };

  /** One or two stars: a closing mark after a word, else an opening one before a word, else text. */
  const readMark = (mark: string, at: number, after: boolean, before: boolean): void => {
    let partner = partnerOf(mark);
    if (partner && after && at > partner.at + mark.length) {
      // "***" opened both at once: whichever closes first is the inner one.
      if (top !== partner && open.at(-2) === partner && !partner.nodes.length) {
        partner.mark = top.mark;
        top.mark = mark;
        partner = top;
      }
      while (top !== partner) drop();
      close(children => ({type: mark === '*' ? 'emphasis' : 'strong', children}));
    } else if (before && !partner) openMark(mark, at);
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
    if (placeholders.includes(name) || Object.hasOwn(values, name))
      addText(copyValue(values, name));
    else {
      report(at);
      addText(part);
    }
  };

  for (const match of text.matchAll(piece)) {
    const [part, bracket, url, name] = match as unknown as [string, string?, string?, string?];
    const at = match.index;
    if (bracket) openMark(bracket, at);
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

/** The plain text of copy. */
export function copyText(nodes: readonly CopyNode[]): string {
  let text = '';
  for (const node of nodes) text += node.type === 'text' ? node.text : copyText(node.children);
  return text;
}
