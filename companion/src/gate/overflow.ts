/** Detects where an article's end tag does not end it for a browser, which then reads on inside it. */

import {atEnd, type RewrittenElement, type RewrittenEnd, type Rewriter} from './rewriter.js';

/**
 * Browsers ignore an end tag across one of these: `</article>` inside an open table cell does nothing
 * (HTML, "has an element in scope"). A rewriter does not apply that rule.
 */
const scopes = new Set([
  ...['applet', 'caption', 'marquee', 'object', 'select', 'table', 'td', 'template', 'th'],
]);
/** The same within SVG and MathML. Their own end tag does nothing either while HTML within is open. */
const foreignScopes = new Set([
  ...['foreignobject', 'desc', 'title', 'mi', 'mo', 'mn', 'ms', 'mtext', 'annotation-xml'],
]);
/** End tags that also end a table cell: those of its row and its table. */
const endsCell: Readonly<Record<string, RegExp>> = {
  caption: /^(caption|table)$/,
  td: /^(td|tr|tbody|thead|tfoot|table)$/,
  th: /^(th|tr|tbody|thead|tfoot|table)$/,
};
/** Elements that a page needs after its article and whose content is checked elsewhere. */
const needed = new Set(['script', 'link', 'meta']);

/** Tracks articles that continue after their apparent end. */
export interface Spill {
  /** Records an element inside the article, and returns what is to be called at its end. */
  pass(element: RewrittenElement): (tag: RewrittenEnd) => void;
  /**
   * Records the end of an article with this tag name, by its own end tag or another's. `isInner`: it stood in
   * another article, which goes on.
   */
  end(name: string, tag: RewrittenEnd, isInner: boolean): void;
}

/**
 * Watches the ends of articles. After an end tag that another element caused or that a browser ignores,
 * all further text of the page is removed, because it may belong to the article.
 */
export function watchSpill(rewriter: Rewriter): Spill {
  const open = new Set<object>();
  /** How many elements within each open foreign scope nobody has ended. */
  const unended = new Map<object, number>();
  let hasSpilt = false;
  /** Whether an end tag may have ended fewer articles than it seemed to. */
  let isDoubtful = false;
  let quiet = 0;

  rewriter
    .on('*', {
      element(element) {
        if (!hasSpilt || quiet > 0) return;
        if (!needed.has(element.tagName)) element.remove();
        else if (
          atEnd(element, () => {
            quiet -= 1;
          })
        )
          quiet += 1;
      },
    })
    .onDocument({
      text(text) {
        if (hasSpilt && quiet === 0) text.remove();
      },
      comments(comment) {
        if (hasSpilt) comment.remove();
      },
    });

  return {
    pass({tagName}) {
      const around = [...unended.keys()];
      for (const scope of around) unended.set(scope, (unended.get(scope) ?? 0) + 1);
      const scope = {};
      const isForeign = foreignScopes.has(tagName);
      const isScope = isForeign || scopes.has(tagName);
      if (isScope) open.add(scope);
      if (isForeign) unended.set(scope, 0);
      return ({name}) => {
        const isOwn = endsCell[tagName]?.test(name) ?? name === tagName;
        if (isOwn) for (const outer of around) unended.set(outer, (unended.get(outer) ?? 1) - 1);
        const isEnded = isOwn && !unended.get(scope);
        unended.delete(scope);
        if (isEnded) open.delete(scope);
      };
    },
    end(name, tag, isInner) {
      isDoubtful ||= tag.name !== name;
      if (!isInner) hasSpilt ||= isDoubtful || open.size > 0;
    },
  };
}
