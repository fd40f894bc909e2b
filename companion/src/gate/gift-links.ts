/** Creates links with which a supporter gives an article away, up to a number a month. */

import {articleAddressOf, articleKeyOf} from 'reader-support/core';
import {linkParameter, signLink} from './share-link.js';
import {checkSecrets, type GateSecrets} from './meter-token.js';

/** A gift of one article. The same supporter, article and month is the same gift. */
export interface ArticleGift {
  /** An anonymous id of the supporter: the subject of their pass. */
  readonly supporter: string;
  /** Key of the article. */
  readonly article: string;
  /** `2026-11`: the month, in UTC, that it counts in. */
  readonly month: string;
  /** Epoch ms: when its link stops opening the article. */
  readonly until: number;
}

/** Counts the articles that supporters give away. */
export interface GiftLedger {
  /**
   * Records a gift and resolves with it, or with this month's gift of the same article; `undefined` when
   * the supporter has given `most` others this month. Concurrent calls never exceed `most`.
   */
  give(gift: ArticleGift, most: number): Promise<ArticleGift | undefined>;
  /** Resolves with how many articles a supporter has given in a month. */
  given(supporter: string, month: string): Promise<number>;
}

export interface GiftOptions {
  readonly ledger: GiftLedger;
  /** The gate's own secrets. */
  readonly secrets: readonly string[];
  /** How many articles a supporter may give per month. Default: 10. */
  readonly most?: number;
  /** How many days a link opens its article. Default: 7. */
  readonly days?: number;
  readonly now?: () => number;
}

/** The result of giving an article. */
export interface GiftOutcome {
  /** The link to share; absent when no gifts are left. */
  readonly url?: string;
  /** Epoch ms: when the link expires. */
  readonly until?: number;
  /** How many more articles may be given this month, and the monthly maximum. */
  readonly left: number;
  readonly of: number;
}

/** Creates links with which a supporter gives an article to somebody who is not one. */
export function giftLinks(options: GiftOptions): {
  /** Creates a link to the article at `page`. The same article counts once a month. */
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
      const path = articleAddressOf(page);
      const article = articleKeyOf(path);
      const gift = await ledger.give({supporter, article, month: monthOf(now), until}, most);
      const left = await leftOf(supporter, now);
      if (!gift) return {left, of: most};
      // Giving it again after its first link has expired is free: it was counted then.
      const ends = gift.until > now ? gift.until : until;
      const link = {kind: 'gift', path, until: ends} as const;
      const url = new URL(page);
      url.hash = '';
      url.search = path.slice(page.pathname.length);
      url.searchParams.set(linkParameter, await signLink(link, secrets as GateSecrets));
      return {url: url.href, until: ends, left, of: most};
    },
    left: async supporter => ({left: await leftOf(supporter, clock()), of: most}),
  };
}

/** Creates a ledger in this process's memory, for tests and for sites with one process. */
export function memoryGiftLedger(): GiftLedger {
  const gifts: ArticleGift[] = [];
  const of = (supporter: string, month: string) =>
    gifts.filter(gift => gift.supporter === supporter && gift.month === month);
  return {
    give(gift, most) {
      const before = of(gift.supporter, gift.month);
      const existing = before.find(candidate => candidate.article === gift.article);
      if (!existing && before.length >= most) return Promise.resolve(undefined);
      if (!existing) gifts.push(gift);
      return Promise.resolve(existing ?? gift);
    },
    given: (supporter, month) => Promise.resolve(of(supporter, month).length),
  };
}
