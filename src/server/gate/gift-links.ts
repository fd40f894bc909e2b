/** How many articles may a supporter give away, and which has been given already? */

import {articleKeyOf} from '../../core/meter/article-key.js';
import {linkParameter, signLink} from './open-link.js';
import {checkSecrets, type GateSecrets} from './meter-token.js';

/** One gift of an article. The same supporter and article in the same month is the same gift. */
export interface ArticleGift {
  /** An id of the supporter that is no name: the subject of their pass. */
  readonly supporter: string;
  /** Key of the article. */
  readonly article: string;
  /** `2026-11`: the month, in UTC, that it counts in. */
  readonly month: string;
  /** Epoch ms: when its link stops to open the article. */
  readonly until: number;
}

/** Where gifts of articles are counted. */
export interface GiftLedger {
  /**
   * Notes a gift and answers it, or the one of this month that is equal to it; `undefined` when the
   * supporter has given `most` others this month. Two calls at once never make more than `most`.
   */
  give(gift: ArticleGift, most: number): Promise<ArticleGift | undefined>;
  /** How many a supporter has given in a month. */
  given(supporter: string, month: string): Promise<number>;
}

export interface GiftOptions {
  readonly ledger: GiftLedger;
  /** The gate's own secrets. */
  readonly secrets: readonly string[];
  /** How many articles a supporter may give a month. Default: 10. */
  readonly most?: number;
  /** How long a link opens its article, in days. Default: 7. */
  readonly days?: number;
  readonly now?: () => number;
}

/** What became of the wish to give an article. */
export interface GiftOutcome {
  /** The link to pass on; absent when none are left. */
  readonly url?: string;
  /** Epoch ms: until when it opens the article. */
  readonly until?: number;
  /** How many more articles may be given this month, and of how many. */
  readonly left: number;
  readonly of: number;
}

/** Makes links by which a supporter gives an article to somebody who is none. */
export function giftLinks(options: GiftOptions): {
  /** A link to the article at `page`, for as long as it opens. The same article counts once. */
  give(supporter: string, page: URL): Promise<GiftOutcome>;
  left(supporter: string): Promise<GiftOutcome>;
} {
  const {ledger, secrets, most = 10, days = 7, now: clock = Date.now} = options;
  checkSecrets(secrets);
  const monthOf = (now: number) => new Date(now).toISOString().slice(0, 7);
  const leftOf = async (supporter: string, now: number) =>
    Math.max(most - (await ledger.given(supporter, monthOf(now))), 0);
  return {
    async give(supporter, page) {
      const now = clock();
      const until = now + days * 86_400_000;
      const article = articleKeyOf(page.pathname);
      const gift = await ledger.give({supporter, article, month: monthOf(now), until}, most);
      const left = await leftOf(supporter, now);
      if (!gift) return {left, of: most};
      // Given once more when its first link has ended: it counted then.
      const ends = gift.until > now ? gift.until : until;
      const link = {kind: 'gift', path: page.pathname, until: ends} as const;
      const url = new URL(page.pathname, page);
      url.searchParams.set(linkParameter, await signLink(link, secrets as GateSecrets));
      return {url: url.href, until: ends, left, of: most};
    },
    left: async supporter => ({left: await leftOf(supporter, clock()), of: most}),
  };
}

/** A ledger in this process's memory: for tests, and for a site with one process. */
export function memoryGiftLedger(): GiftLedger {
  const gifts: ArticleGift[] = [];
  const of = (supporter: string, month: string) =>
    gifts.filter(gift => gift.supporter === supporter && gift.month === month);
  return {
    give(gift, most) {
      const before = of(gift.supporter, gift.month);
      const same = before.find(one => one.article === gift.article);
      if (!same && before.length >= most) return Promise.resolve(undefined);
      if (!same) gifts.push(gift);
      return Promise.resolve(same ?? gift);
    },
    given: (supporter, month) => Promise.resolve(of(supporter, month).length),
  };
}
