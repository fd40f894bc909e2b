/** Checks that a page with a paywall has structured data that is true and that search engines read. */

import {isClassSelector} from 'reader-support/core';

/** The part of a document that is used, which linkedom and browsers share. */
interface PageNode {
  readonly textContent: string | null;
  querySelectorAll(selectors: string): Iterable<PageNode>;
  closest?(selectors: string): PageNode | null;
  remove?(): void;
  readonly parentElement?: PageNode | null;
}

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null;
const listOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

/** Returns every object of the structured data, at any depth. */
function thingsIn(value: unknown): Thing[] {
  if (!isThing(value)) return [];
  return [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(thingsIn)];
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Returns the sentences of a text that are long enough to be distinctive. */
const sentencesOf = (text: string): string[] =>
  plain(text)
    .split(/(?<=[.!?])\s/)
    .filter(sentence => sentence.length > 20);

/** Returns the text that a reader sees. Removes hidden elements from the page, so pass a copy. */
function seenIn(page: PageNode): string {
  for (const unseen of page.querySelectorAll('script, style, template, noscript, [hidden]'))
    unseen.remove?.();
  return plain([...page.querySelectorAll('body')].map(body => body.textContent ?? '').join(' '));
}

/** Finds problems in the page's structured data, as sentences; empty when there are none. */
export function pageProblems(page: PageNode): string[] {
  const problems: string[] = [];
  const things: Thing[] = [];
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      things.push(...thingsIn(JSON.parse(script.textContent ?? '')));
    } catch (error) {
      problems.push(`expected JSON-LD but received ${String(error)}`);
    }
  }
  const works = things.filter(thing => 'isAccessibleForFree' in thing && !('cssSelector' in thing));
  // A video in the article, or another article beside it, may be free.
  const hasGated = works.some(work => work['isAccessibleForFree'] === false);
  const articles = works.filter(work => !hasGated || work['isAccessibleForFree'] !== true);
  if (problems.length > 0) return problems;
  if (articles.length === 0)
    return ['expected JSON-LD with `isAccessibleForFree` but found none: paywallJsonLd() makes it'];

  const selectors: string[] = [];
  for (const article of articles) {
    if (article['isAccessibleForFree'] !== false)
      problems.push(
        `expected \`isAccessibleForFree\` to be false but received ${JSON.stringify(article['isAccessibleForFree'])}`,
      );
    const parts = listOf(article['hasPart']).filter(isThing);
    if (parts.length === 0)
      problems.push('expected `hasPart` to name the gated part but found none');
    for (const part of parts) {
      const {cssSelector, isAccessibleForFree, '@type': type} = part;
      if (!listOf(type).includes('WebPageElement'))
        problems.push(
          `expected a part to be a WebPageElement but received ${JSON.stringify(type)}`,
        );
      if (isAccessibleForFree !== false)
        problems.push('expected a gated part to say `isAccessibleForFree: false`');
      if (typeof cssSelector === 'string' && isClassSelector(cssSelector))
        selectors.push(cssSelector);
      else
        problems.push(
          `expected \`cssSelector\` to be one class such as .paywall but received ${JSON.stringify(cssSelector)}`,
        );
    }
  }
  for (const selector of new Set(selectors)) {
    const elements = [...page.querySelectorAll(selector)];
    if (elements.length === 0) problems.push(`expected an element for ${selector} but found none`);
    const isNested = elements.some(element =>
      element.parentElement?.closest?.(selectors.join(', ')),
    );
    if (isNested) problems.push(`expected no gated part in another, but ${selector} is in one`);
  }
  const seen = seenIn(page);
  for (const {headline, articleBody} of articles) {
    if (typeof headline === 'string' && !seen.includes(plain(headline)))
      problems.push(`expected the page to show the headline ${JSON.stringify(headline)}`);
    if (typeof articleBody !== 'string') continue;
    const unseen = sentencesOf(articleBody).filter(sentence => !seen.includes(sentence));
    if (unseen.length > 0)
      problems.push(
        `expected \`articleBody\` to say what the page shows, but ${unseen.length} of its sentences are not there, the first: ${JSON.stringify(unseen[0])}`,
      );
  }
  return problems;
}
