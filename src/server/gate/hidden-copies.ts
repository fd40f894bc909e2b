/** Where else in a page does the text of an article hide, and how is it taken out? */

import type {RewrittenElement, Rewriter} from './rewriter.js';

/** What is done about texts in the head that may quote the article. */
export interface HiddenCopies {
  /**
   * The teaser that stands in every description (`description`, `og:description`, …). `keep`: they
   * are fit for everybody. Default: they are taken out, because nobody can tell whether they quote.
   */
  readonly description?: string;
  /** Keeps data for scripts (`application/json` and the like), where it does not hold the text. Default: false. */
  readonly keepData?: boolean;
}

/** Longer than any title, name or address: it may be the text. */
const longText = 200;

const isProse = (text: string): boolean => text.length > longText && /\s/.test(text.trim());

/** Fields of schema.org that hold or quote the text. */
const quoting = new Set(
  ['articleBody', 'text', 'description', 'abstract', 'backstory', 'transcript', 'caption'].concat(
    ['disambiguatingDescription', 'reviewBody', 'embeddedTextCaption', 'speakable', 'comment'],
    ['encodesCreativeWork', 'citation', 'quotation', 'clipText', 'articleSectionText', 'content'],
  ),
);

/** JSON-LD without what holds or quotes the text. What is no JSON becomes an empty object. */
export function withoutText(json: string, description?: string): string {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean).filter(one => one !== undefined);
    if (typeof value === 'string') return isProse(value) ? undefined : value;
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      const short = name.replace(/^.*[:/#]/, '');
      if (short === 'description' && description === 'keep') return [[name, one]];
      if (short === 'description' && description !== undefined) return [[name, description]];
      const cleaned = quoting.has(short) ? undefined : clean(one);
      return cleaned === undefined ? [] : [[name, cleaned]];
    });
    return Object.fromEntries(kept);
  };
  try {
    // `<` would end the script in the middle of a text.
    return JSON.stringify(clean(JSON.parse(json)) ?? {}).replaceAll('<', '\\u003c');
  } catch {
    return '{}';
  }
}

/** Names of `<meta>` that hold or quote the text, in whatever vocabulary. */
const quotingMeta = /descri|abstract|summary|excerpt|snippet|teaser|body|text|content|quot/i;

/** Attributes that are long and no prose. */
const technical = new Set([
  'class',
  'style',
  'd',
  'points',
  'sizes',
  'srcset',
  'imagesrcset',
  'href',
  'src',
]);

function scrub(element: RewrittenElement): void {
  for (const [name, value] of [...element.attributes]) {
    if (name === 'srcdoc' || (isProse(value) && !technical.has(name)))
      element.removeAttribute(name);
  }
}

const dataOnly = /^(?!(module|importmap|speculationrules|text\/babel|.*(java|ecma)script.*)?$)/;
/** Calls and names by which frameworks send the page once more, for their scripts. */
const pageAgain = /\b(__next_f|__NUXT__|__INITIAL_STATE__|__APOLLO_STATE__|__remixContext)\b/;

/** Registers what takes out every copy of the text that is not the text. */
export function removeCopies(rewriter: Rewriter, copies: HiddenCopies): void {
  const {description, keepData = false} = copies;

  /** What becomes of an inline script of this type. */
  const scriptOf = (type: string, text: string): string => {
    if (type === 'application/ld+json') return withoutText(text, description);
    if (keepData) return text;
    return dataOnly.test(type) || pageAgain.test(text) ? '' : text;
  };
  let type = '';
  let script = '';

  rewriter
    .on('*', {element: scrub})
    .on('meta', {
      element(meta) {
        const named = ['name', 'property', 'itemprop'].map(name => meta.getAttribute(name) ?? '');
        const name = named.join(' ');
        if (meta.hasAttribute('http-equiv') || !quotingMeta.test(name)) return;
        const isDescription = /descri/i.test(name);
        if (isDescription && description === 'keep') return;
        if (isDescription && description !== undefined) meta.setAttribute('content', description);
        else meta.remove();
      },
    })
    .on('script', {
      element(element) {
        type = (element.getAttribute('type') ?? '').trim().toLowerCase();
        script = '';
      },
      text(piece) {
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
