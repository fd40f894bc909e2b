/** Describes how an appeal looks, and decides which pictures it may show. */

import type {Frequency} from '../money/offer.js';

/** A set of typefaces, colours and edges; `default` takes the page's typefaces and our colours. */
export type Theme = 'default' | 'broadsheet' | 'gazette' | 'review';

/** Whether a value names a theme that is fetched. Any other is treated as `default`. */
export function isTheme(value: unknown): boolean {
  return value === 'broadsheet' || value === 'gazette' || value === 'review';
}

/** A picture. Its measures keep the page from shifting. */
export interface CampaignImage {
  /** A path of the site, or https on a host of `imageOrigins`. */
  readonly src: string;
  /** What it shows; '' where it is decoration. */
  readonly alt: string;
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels. */
  readonly height: number;
  /** Where it stands. Default: `top`, above all words. */
  readonly position?: 'top';
}

/** What an editor says of an appeal that is not words. */
export interface Appearance {
  readonly theme?: Theme;
  /** The one loud colour, as `#rgb` or `#rrggbb`. */
  readonly accent?: string;
  /** Whether a bar begins as one line. Default: `true`. */
  readonly collapsed?: boolean;
  /** The frequencies of the offer that are shown, in their order. Default: all. */
  readonly frequencies?: readonly Frequency[];
  readonly image?: CampaignImage;
}

/**
 * Whether a picture may be shown: it is a path of the site, or https on a listed host. Hosts are listed as
 * `images.example.org` or `https://images.example.org`.
 */
export function isImageAllowed(src: string, imageOrigins: readonly string[] = []): boolean {
  // Browsers drop tabs and line breaks of an address, and read a backslash as a slash.
  if (/[\s\\]/.test(src)) return false;
  if (/^\/(?!\/)/.test(src)) return true;
  const [, host] = /^https:\/\/([a-z0-9.:-]+)(?:[/?#]|$)/i.exec(src) ?? [];
  return (
    host !== undefined &&
    imageOrigins.some(
      origin => origin.replace(/^https:\/\//i, '').toLowerCase() === host.toLowerCase(),
    )
  );
}
