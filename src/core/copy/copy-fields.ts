/** Describes the words of an appeal, and lists them with their places. */

import type {Frequency} from '../money/offer.js';
import {ownProperties} from '../own-properties.js';

/** Who signs an appeal. */
export interface Byline {
  readonly name: string;
  readonly role?: string;
  /** The address of a picture: a path of the site, or https on a host of `imageOrigins`. */
  readonly portrait?: string;
}

/** The words at one amount. Plain text. */
export interface AmountCopy {
  /** What the amount makes possible. */
  readonly meaning?: string;
  /** `popular`, which is worded by the form and shown only where gifts prove it, or neutral words. */
  readonly pill?: string;
}

/** The words at amounts, by frequency, currency and amount in minor units. */
export type AmountCopies = Readonly<
  Partial<Record<Frequency, Readonly<Record<string, Readonly<Record<string, AmountCopy>>>>>>
>;

/** The texts of an appeal. Those that are not plain text are in the markup of `parseCopy`. */
export interface CopyTexts {
  /** A line above the heading. Plain text. */
  readonly kicker?: string;
  readonly heading?: string;
  /** Paragraphs. */
  readonly body?: readonly string[];
  /** The sentence that stands out, behind the body. */
  readonly highlight?: string;
  readonly byline?: Byline;
  /** What a gift brings, by frequency. */
  readonly benefits?: Readonly<Partial<Record<Frequency, readonly string[]>>>;
  /** The words of the button by frequency, with `{amount}`. Plain text. */
  readonly button?: Readonly<Partial<Record<Frequency, string>>>;
  /** The words of the button that asks to be reminded. Plain text. */
  readonly later?: string;
  /** The one sentence of a collapsed bar. Plain text. */
  readonly collapsed?: string;
  readonly reassurance?: string;
  /** The text of the link that is shown until the script has arrived. */
  readonly fallback?: string;
  /** Another way to help: a text with one link. */
  readonly secondary?: string;
  readonly amounts?: AmountCopies;
}

/** The copy of an appeal. The element's slots take precedence. */
export interface Copy extends CopyTexts {
  /** What takes the place of texts that count articles, where there are none to count, or too few. */
  readonly withoutCount?: CopyTexts;
}

/** A text of an editor's copy. */
export interface PlacedText {
  readonly path: string;
  readonly field: keyof CopyTexts;
  readonly text: string;
}

/** As many characters as a collapsed bar has room for. */
export const longestCollapsed = 60;

/** The fields that take no marks. */
export const plainFields: readonly (keyof CopyTexts)[] = [
  'kicker',
  'byline',
  'button',
  'later',
  'collapsed',
  'amounts',
];

function textsIn(value: unknown, path: string, field: keyof CopyTexts): PlacedText[] {
  if (typeof value === 'string') return [{path, field, text: value}];
  if (Array.isArray(value))
    return value.flatMap((item, i) => textsIn(item, `${path}[${i}]`, field));
  return Object.entries(Object(value) as object).flatMap(([key, item]) =>
    // The one string that is no text.
    key === 'portrait' ? [] : textsIn(item, `${path}.${key}`, field),
  );
}

/** Lists the texts of a copy with their places, those of `withoutCount` last. */
export function textsOf(copy: Copy | undefined, path: string): PlacedText[] {
  const {withoutCount, ...texts} = ownProperties<Copy>({...copy});
  const own = Object.entries(texts).flatMap(([field, value]) =>
    textsIn(value, `${path}.${field}`, field as keyof CopyTexts),
  );
  return withoutCount ? [...own, ...textsOf(withoutCount, `${path}.withoutCount`)] : own;
}
