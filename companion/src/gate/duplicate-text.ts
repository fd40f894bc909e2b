/** Removes further copies of the article's text from a page: descriptions, JSON-LD, script data and the like. */

import {hasRun, isLong, isProse} from './is-prose.js';
import type {RewrittenElement, RewrittenText, Rewriter} from './rewriter.js';

/** How to treat texts that may quote the article. */
export interface HiddenCopies {
  /**
   * The teaser to write into every description (`description`, `og:description`, …). `keep` leaves them
   * as they are. Default: they are removed, because they may quote the article.
   */
  readonly description?: string;
  /** Whether to keep data for scripts (`application/json` and the like) that does not hold the text. Default: false. */
  readonly keepData?: boolean;
  /**
   * Selector of further elements outside the article that hold its text once more: all words in them are
   * removed. Default: elements for print, such as `.print-only`.
   */
  readonly copies?: string;
  /** Selector of elements that, with their attributes, never quote the text. Default: `[data-support-keep]`. */
  readonly keep?: string;
}

/** schema.org fields that hold or quote the text. */
const quoting = new Set(
  ['articleBody', 'text', 'description', 'abstract', 'backstory', 'transcript', 'caption'].concat(
    ['disambiguatingDescription', 'reviewBody', 'embeddedTextCaption', 'speakable', 'comment'],
    ['encodesCreativeWork', 'citation', 'quotation', 'clipText', 'articleSectionText', 'content'],
  ),
);

/** Fields, attributes and `<meta>` names that hold a title or a label. */
const naming =
  /^(alt|label|placeholder|keywords?|(aria|data)-.*(title|label|name|headline|tags?))$|title|headline|name$|keywords|articlesection|:alt$|:section$|:tag$|address$/i;

/** Whether a text under this name may come from the article. */
const mayQuote = (name: string, text: string): boolean =>
  naming.test(name) ? isLong(text) : isProse(text);

/**
 * Returns JSON-LD without the fields that hold or quote the text; an empty object if it is not JSON.
 * `vouched` is called with each description that is kept.
 */
export function withoutText(
  json: string,
  description?: string,
  vouched: (text: string) => void = () => undefined,
): string {
  const clean = (value: unknown, under: string): unknown => {
    if (Array.isArray(value))
      return value.map(one => clean(one, under)).filter(one => one !== undefined);
    if (typeof value === 'string') return mayQuote(under, value) ? undefined : value;
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      const short = name.replace(/^.*[:/#]/, '');
      if (short === 'description' && description === 'keep') {
        vouched(` ${JSON.stringify(one)} `);
        return [[name, one]];
      }
      if (short === 'description' && description !== undefined) return [[name, description]];
      const cleaned = quoting.has(short) ? undefined : clean(one, short);
      return cleaned === undefined ? [] : [[name, cleaned]];
    });
    return Object.fromEntries(kept);
  };
  try {
    // `</script>` inside a text would end the script.
    return JSON.stringify(clean(JSON.parse(json), '') ?? {}).replaceAll('<', '\\u003c');
  } catch {
    return '{}';
  }
}

/** `<meta>` names that hold or quote the text, in any vocabulary. */
const quotingMeta = /descri|abstract|summary|excerpt|snippet|teaser|body|text|content|quot/i;

/** Attributes that never contain sentences. */
const technical = new Set(
  ['class', 'style', 'd', 'points', 'sizes', 'srcset', 'imagesrcset', 'allow', 'sandbox'].concat([
    'media',
    'rel',
    'part',
    'ping',
    'headers',
    'accept',
    'integrity',
    'pattern',
    'http-equiv',
  ]),
);

/** Attributes with an address: share links contain the title, and some contain more. */
const addresses = new Set(['href', 'src', 'action', 'formaction', 'data', 'poster', 'xlink:href']);

const namesOf = (meta: RewrittenElement): string =>
  ['name', 'property', 'itemprop']
    .map(one => meta.getAttribute(one) ?? '')
    .join(' ')
    .trim();

function scrub(element: RewrittenElement): void {
  const meta = element.tagName === 'meta';
  const named = meta ? namesOf(element) : '';
  if (meta && (quotingMeta.test(named) || element.hasAttribute('http-equiv'))) return;
  for (const [attribute, value] of [...element.attributes]) {
    const name = meta && attribute === 'content' ? named : attribute;
    const quotes = technical.has(name)
      ? false
      : addresses.has(name)
        ? hasRun(value.replaceAll('+', ' '), 12)
        : mayQuote(name, value);
    if (quotes || name === 'srcdoc') element.removeAttribute(attribute);
  }
}

const dataOnly = /^(?!(module|importmap|speculationrules|text\/babel|.*(java|ecma)script.*)?$)/;
/** Calls and names with which frameworks embed the page again for their scripts. */
const pageAgain =
  /\b(__next_f|__NUXT__|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|__remixContext|__reactRouterContext|__staticRouterHydrationData|__sveltekit_\w+|globalContent)\b/;

/** Whether a script contains quoted sentences on one line. */
const quotesInScript = (text: string): boolean =>
  pageAgain.test(text) || (text.match(/["'`][^\n]*/g) ?? []).some(line => hasRun(line, 8));

/** Classes with which themes mark what is only printed. */
const forPrint =
  '.print-only, .only-print, .print-version, .visible-print, .visible-print-block, .d-print-block';

/** Elements within a sentence. */
const phrasing = new Set([
  ...['a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'ins', 'kbd'],
  ...['mark', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr'],
]);

/**
 * Registers handlers that remove the words of elements that readers do not see, outside the article: all of
 * a copy for print and of a second `articleBody`, the sentences of hidden elements and of a first one.
 */
function removeUnseen(
  rewriter: Rewriter,
  {copies = forPrint, keep, isFound, isInArticle}: Unseen,
): void {
  const [hidden, second] = ['[hidden]', '[itemprop~="articleBody"]'];
  let isElsewhere = false;
  let isSecond = false;
  /** What hidden elements said last, as markup may part a sentence. */
  let said = '';
  /** The text so far: a long one arrives in pieces. */
  let whole = '';
  const isSentence = (text: string) => {
    said = `${said} ${text}`.slice(-400);
    return isProse(said);
  };
  const takeText = (text: RewrittenText, isTaken: (whole: string) => boolean) => {
    if (isElsewhere || isInArticle()) return;
    whole += text.text;
    if (!text.lastInTextNode || isTaken(whole)) text.replace('', {html: true});
    else text.replace(whole, {html: true});
    if (text.lastInTextNode) whole = '';
  };

  rewriter
    .on([copies, hidden, second].join(), {
      text() {
        isElsewhere = false;
      },
    })
    // These are the wall, what the site vouches for, and what is looked at by itself.
    .on([keep, 'support-paywall, script, style, template, noscript'].join(), {
      text() {
        isElsewhere = true;
      },
    })
    .on(`${hidden}, ${hidden} *, ${second}, ${second} *`, {
      element({tagName}) {
        if (!phrasing.has(tagName)) said = '';
      },
    })
    .on(`${hidden}, ${second}`, {text: text => takeText(text, isSentence)})
    .on(copies, {
      text(text) {
        if (!isElsewhere && !isInArticle()) text.replace('', {html: true});
      },
    })
    .on(second, {
      element() {
        // One around the article comes before it.
        isSecond = isFound();
      },
      text(text) {
        if (isSecond && !isElsewhere && !isInArticle()) text.replace('', {html: true});
      },
    });
}

interface Unseen {
  readonly copies: string | undefined;
  readonly keep: string;
  /** Whether the article has been reached. */
  readonly isFound: () => boolean;
  /** Whether the page is within it, where it is cut. */
  readonly isInArticle: () => boolean;
}

/** Registers handlers that remove every copy of the text outside the article. */
export function removeCopies(
  rewriter: Rewriter,
  copies: HiddenCopies,
  article: Pick<Unseen, 'isFound' | 'isInArticle'> & {
    /** Called with each text that is kept though it may quote the article, because the site says so. */
    readonly vouched: (text: string) => void;
  },
): void {
  const {description, keepData = false, keep = '[data-support-keep]'} = copies;
  const {vouched} = article;
  if (description !== undefined) vouched(` ${description} `);
  removeUnseen(rewriter, {...article, copies: copies.copies, keep});

  /** Returns what an inline script of this type is replaced with. */
  const scriptOf = (type: string, text: string): string => {
    if (type === 'application/ld+json') return withoutText(text, description, vouched);
    if (keepData) return text;
    return dataOnly.test(type) || quotesInScript(text) ? '' : text;
  };
  let inert = '';
  let type = '';
  let script = '';
  let isKept = false;
  let isKeptScript = false;

  rewriter
    .on('*', {
      element() {
        isKept = false;
      },
    })
    .on(keep, {
      element(element) {
        isKept = true;
        for (const [, value] of element.attributes) vouched(` ${value} `);
      },
      text: ({text}) => vouched(text),
    })
    .on('*', {
      element(element) {
        if (!isKept) scrub(element);
      },
    })
    .on('meta', {
      element(meta) {
        const name = namesOf(meta);
        if (isKept || meta.hasAttribute('http-equiv') || !quotingMeta.test(name)) return;
        const isDescription = /descri/i.test(name);
        if (isDescription && description === 'keep') {
          vouched(` ${meta.getAttribute('content') ?? ''} `);
          return;
        }
        if (isDescription && description !== undefined) meta.setAttribute('content', description);
        else meta.remove();
      },
    })
    // React streams content here that was not ready when its place was sent.
    .on('div[hidden][id^="S:"]', {
      element(late) {
        if (!isKept) late.setInnerContent('');
      },
    })
    // What readers without scripts see is text to all others, also the rest of the page when nobody ends it.
    .on('template:not([shadowrootmode]), noscript', {
      text(piece) {
        if (isKept) return;
        inert += piece.text;
        const isWhole = piece.lastInTextNode;
        if (isWhole && !isProse(inert)) piece.replace(inert, {html: true});
        else piece.remove();
        if (isWhole) inert = '';
      },
    })
    .on('script', {
      element(element) {
        type = (element.getAttribute('type') ?? '').trim().toLowerCase();
        script = '';
        isKeptScript = isKept;
      },
      text(piece) {
        if (isKeptScript) return;
        script += piece.text;
        if (piece.lastInTextNode) piece.replace(scriptOf(type, script), {html: true});
        else piece.remove();
      },
    })
    .onDocument({
      comments(comment) {
        if (isProse(comment.text)) comment.remove();
      },
    });
}
