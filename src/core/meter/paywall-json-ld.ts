/** How does a page tell search engines that part of it is for members, so that it is not taken for cloaking? */

/** What a page says of its article. Everything else that schema.org knows may be added. */
export interface PaywallFacts {
  /** Default: `NewsArticle`. */
  readonly '@type'?: string;
  readonly headline?: string;
  /** Classes of the gated parts, as selectors: `.paywall`. One class each, and none inside another. */
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

/** Whether a selector is one that Google reads here: a single class. */
export function isClassSelector(selector: string): boolean {
  return /^\.-?[A-Za-z_][\w-]*$/.test(selector);
}

/**
 * JSON-LD for a page behind a paywall, as Google asks for it on every version of the page (Search
 * Central, "Subscription and paywalled content"). Throws on a selector that is not a single class.
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

/** Structured data as the text of a `<script type="application/ld+json">`: nothing in it can end the script. */
export function asScript(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
