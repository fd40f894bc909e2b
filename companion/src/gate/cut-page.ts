/** Applies everything that is done to a page which its reader may not read whole. */

import {verdictAttributes} from 'reader-support/core';
import type {GateDecision} from './decision.js';
import {removeCopies, type HiddenCopies} from './duplicate-text.js';
import {openRewriter} from './open-rewriter.js';
import type {Rewriter} from './rewriter.js';
import {cutAt, type Cut, type CutArticle} from './truncate.js';
import {Withheld} from './withheld.js';

/** What a page is cut by. */
export interface PageGiven {
  readonly decision: GateDecision;
  readonly options: Cut & HiddenCopies;
  /** Whether it is the page of an error, which has no article. */
  readonly isError: boolean;
}

/** Cuts one page. What it has found is known when all of the cut page has been read. */
export interface PageCutter {
  cut(page: BodyInit): ReadableStream<Uint8Array>;
  readonly withheld: Withheld;
  isFound(): boolean;
  articles(): readonly CutArticle[];
}

/**
 * Prepares to cut a page. `limits`: the most characters of each article's preview. Throws a `TypeError` on
 * a selector that cannot be matched.
 */
export async function pageCutter(
  {decision, options, isError}: PageGiven,
  limits?: readonly number[],
): Promise<PageCutter> {
  const rewriter = await openRewriter();
  const withheld = new Withheld();
  markElements(rewriter, decision);
  correctCharset(rewriter);
  let isFound = false;
  // Handlers run as they are registered: copies go before the cut looks at what is left.
  removeCopies(rewriter, options, {
    // The page of an error has no article, and so no second one.
    isFound: () => isFound && !isError,
    isInArticle: () => state.isInArticle(),
    vouched: text => withheld.show(text),
  });
  const state = cutAt(rewriter, options, {
    ...{withheld, limits},
    found: () => {
      isFound = true;
    },
  });
  return {
    withheld,
    cut: page => rewriter.transform(new Response(page)).body ?? new ReadableStream(),
    isFound: () => isFound,
    articles: () => state.articles(),
  };
}

/** An element around a page without a body of its own, so that all of it can be cut. */
const around = 'support-gated-page';

/** Returns what a page without an article is cut by, as if all of it were one. */
export function asArticle(text: string, given: PageGiven): readonly [page: string, PageGiven] {
  const hasBody = /<body[\s>]/i.test(text);
  const options = {...given.options, root: hasBody ? 'body' : around};
  return [hasBody ? text : `<${around}>${text}</${around}>`, {...given, options}];
}

/** Returns a page without the element that `asArticle()` put around it. */
export const withoutAround = (text: string): string =>
  text.replace(new RegExp(`^<${around}>|</${around}>$`, 'g'), '');

/** Names the encoding in which the page leaves, where it names one. */
function correctCharset(rewriter: Rewriter): void {
  rewriter.on('meta', {
    element(meta) {
      const equivalent = meta.getAttribute('http-equiv')?.trim().toLowerCase();
      const charset = meta.getAttribute('charset');
      if (charset !== null && !/^utf-?8$/i.test(charset.trim()))
        meta.setAttribute('charset', 'utf-8');
      const content = meta.getAttribute('content') ?? '';
      if (equivalent === 'content-type' && !/charset=utf-?8/i.test(content))
        meta.setAttribute('content', 'text/html; charset=utf-8');
    },
  });
}

/** The attributes by which elements show what the server decided. */
export const marksOf = (decision: GateDecision): Record<string, string> => ({
  server: '',
  ...verdictAttributes(decision),
});

/** Writes the decision to the page's elements, so that they only have to show it. */
function markElements(rewriter: Rewriter, decision: GateDecision): void {
  const marks = Object.entries(marksOf(decision));
  rewriter.on('support-paywall, support-meter', {
    element(element) {
      for (const [name, value] of marks) element.setAttribute(name, value);
    },
  });
}
