/** Has an article ended where its end seems to be, or does a browser read on in it? */

import {atEnd, type RewrittenElement, type RewrittenEnd, type Rewriter} from './rewriter.js';

/**
 * No end tag reaches through one of these in a browser: `</article>` inside of an open table cell is
 * none (HTML, "has an element in scope"). A rewriter keeps no such rule.
 */
const scopes = new Set([
  ...['applet', 'caption', 'marquee', 'object', 'select', 'table', 'td', 'template', 'th'],
  ...['foreignobject', 'desc', 'title', 'mi', 'mo', 'mn', 'ms', 'mtext', 'annotation-xml'],
]);
/** A cell ends with its row and its table too. */
const endsCell: Readonly<Record<string, RegExp>> = {
  caption: /^(caption|table)$/,
  td: /^(td|tr|tbody|thead|tfoot|table)$/,
  th: /^(th|tr|tbody|thead|tfoot|table)$/,
};
/** What a page needs below its article, and has no words in that were not looked at. */
const needed = new Set(['script', 'link', 'meta']);

/** Where an article has run over. */
export interface Spill {
  /** Notes an element inside of the article. */
  pass(element: RewrittenElement): void;
  /** Notes the end of an article of this name: by its own tag, or by another's. */
  end(name: string, tag: RewrittenEnd): void;
}

/**
 * Watches the ends of articles. After one that another tag has ended, or that was told while a
 * browser does not listen, none of the page's words leave any more: they may be the article's.
 */
export function watchSpill(rewriter: Rewriter): Spill {
  const open = new Set<object>();
  let hasSpilt = false;
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
    end(name, tag) {
      hasSpilt ||= tag.name !== name || open.size > 0;
    },
  };
}
