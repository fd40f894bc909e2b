/** Creates the JSON-LD that tells search engines which part of a page is for members. */

/** The facts about an article. Other schema.org properties may be added. */
export interface PaywallFacts {
  /** Default: `NewsArticle`. */
  readonly '@type'?: string;
  readonly headline?: string;
  /** Class selectors of the gated parts, such as `.paywall`: one class each, and none inside another. */
  readonly cssSelector?: string | readonly string[];
  readonly [property: string]: unknown;
}

/** The structured data of a gated part. */
export interface PaywallPart {
  readonly '@type': 'WebPageElement';
  readonly isAccessibleForFree: false;
  readonly cssSelector: string;
}

/** The structured data of a page with gated parts. */
export interface PaywallJsonLd {
  readonly '@context': 'https://schema.org';
  readonly '@type': string;
  readonly isAccessibleForFree: false;
  readonly hasPart: PaywallPart | readonly PaywallPart[];
  readonly [property: string]: unknown;
}

/** Whether a selector is a single class, the only kind that Google reads here. */
export function isClassSelector(selector: string): boolean {
  return /^\.-?[A-Za-z_][\w-]*$/.test(selector);
}

/**
 * Returns the JSON-LD that Google requires on every version of a paywalled page (Search Central,
 * "Subscription and paywalled content"). Throws a `TypeError` on a selector that is not a single class.
 */
export function paywallJsonLd(facts: PaywallFacts = {}): PaywallJsonLd {
  const {'@type': type = 'NewsArticle', cssSelector = '.paywall', ...rest} = facts;
  const parts = [cssSelector].flat().map((selector): PaywallPart => {
    if (!isClassSelector(selector)) {
      throw new TypeError(
        `paywallJsonLd: expected \`cssSelector\` to be one class such as .paywall but received ${JSON.stringify(selector)}`,
      );
    }
    return {'@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: selector};
  });
  const [only] = parts;
  return {
    '@context': 'https://schema.org',
    ...rest,
    '@type': type,
    isAccessibleForFree: false,
    hasPart: parts.length === 1 && only ? only : parts,
  };
}

/** Serializes data for a `<script type="application/ld+json">`, escaped so that it cannot end the script. */
export function asScript(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
