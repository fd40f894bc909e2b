/** Describes how a feed is gated. */

import type {GateHtmlOptions} from './gate-html.js';

export interface GateFeedOptions extends GateHtmlOptions {
  /** Whether the article at an address is gated. Default: every one is. */
  readonly isGated?: (link: string) => boolean;
}

/** What of an item's text, as HTML, everybody may read. */
export type Preview = (html: string) => Promise<string>;
