/** Describes the settings that several features share, and what the companion writes to its log. */

import type {PageBrand} from './page-brand.js';
/** What the companion writes to its log. Never a reader's address, a key, or a provider's prose. */
export interface LogEntry {
  readonly at:
    'checkout' | 'webhook' | 'limiter' | 'human-check' | 'events' | 'mail' | 'passes' | 'companion';
  readonly problem: string;
  readonly detail?: Readonly<Record<string, string | number | undefined>>;
}

/** Somebody asks for more than readers do. */
export interface Suspicion {
  /**
   * What was asked for: a checkout, how one stands, a mail; that a human check was not passed; or which token
   * was guessed.
   */
  readonly what: 'checkout' | 'look' | 'mail' | 'human-check' | 'report' | 'metrics';
  /** Whose limit was reached: one network's, one reader's, or that of everybody together. */
  readonly by?: 'address' | 'reader' | 'everybody';
}

/** What most routes need. */
export interface SiteSettings {
  /** The origin of the site. */
  readonly site: string;
  /** How the companion's own pages look. */
  readonly brand: PageBrand;
  /** The prefix the companion is mounted under, or nothing. */
  readonly basePath: string;
  /** The origins whose pages may call the companion. */
  readonly origins: ReadonlySet<string>;
  /** How many proxies of the site's own stand in front. */
  readonly trustedHops: number;
  /** Keys that addresses are hashed with, for as long as a limit lasts. */
  readonly webhookSecrets: readonly string[];
  readonly onSuspicious: (suspicion: Suspicion) => void;
  readonly log: (entry: LogEntry) => void;
  /** The clock, in epoch ms. */
  readonly now: () => number;
}
