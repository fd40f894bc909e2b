/** Declares the table of the articles that supporters gave away. */

/** One article, given by one supporter in one month. */
export interface ArticleGiftTables {
  readonly article_gifts: {
    /** The subject of the supporter's pass. */
    readonly supporter: string;
    /** `2026-11`, in UTC. */
    readonly month: string;
    /** 1 for the first of the month, 2 for the second: two processes cannot use the same one. */
    readonly slot: number;
    /** The hashed key of the article. */
    readonly article: string;
    /** Epoch ms: when its link stops opening the article. */
    readonly ends: number;
  };
}

declare module '../database/tables.js' {
  interface Tables extends ArticleGiftTables {}
}
