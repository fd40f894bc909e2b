/** Detects where an article's end tag does not end it for a browser, which then reads on inside it. */

import {atEnd, type RewrittenElement, type RewrittenEnd, type Rewriter} from './rewriter.js';

/**
 * Browsers ignore an end tag across one of these: `</article>` inside an open table cell does nothing
 * (HTML, "has an element in scope"). A rewriter does not apply that rule.
 */
const scopes = new Set([
  ...['applet', 'caption', 'marquee', 'object', 'select', 'table', 'td', 'template', 'th'],
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
  /** Records an element inside the article. */
  pass(element: RewrittenElement): void;
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
    pass(element) {
      const {tagName} = element;
      if (!scopes.has(tagName)) return;
      const one = {};
      const ends = endsCell[tagName];
      const isOpen = atEnd(element, ({name}) => {
        if (ends ? ends.test(name) : name === tagName) open.delete(one);
      });
      if (isOpen) open.add(one);
    },
    end(name, tag, isInner) {
      isDoubtful ||= tag.name !== name;
      if (!isInner) hasSpilt ||= isDoubtful || open.size > 0;
    },
  };
}
