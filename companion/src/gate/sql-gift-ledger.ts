/** Counts the articles that supporters gave away in a database. */

import type {Database} from '../database/database.js';
import type {RetentionPolicy} from '../database/retention-policy.js';
import type {GiftLedger} from './gift-links.js';

/** Creates a ledger in the companion's database. It uses single statements only, so it also works on D1. */
export function sqlGiftLedger({query}: Database): GiftLedger {
  const countGifts = async (supporter: string, month: string): Promise<number> => {
    const {count} = await query
      .selectFrom('article_gifts')
      .select(({fn}) => fn.countAll().as('count'))
      .where('supporter', '=', supporter)
      .where('month', '=', month)
      .executeTakeFirstOrThrow();
    return Number(count);
  };
  const same = async (supporter: string, month: string, article: string) =>
    query
      .selectFrom('article_gifts')
      .select('ends')
      .where('supporter', '=', supporter)
      .where('month', '=', month)
      .where('article', '=', article)
      .executeTakeFirst();

  return {
    given: countGifts,
    async give(gift, most) {
      const {supporter, month, article, until} = gift;
      for (;;) {
        const before = await same(supporter, month, article);
        if (before) return {...gift, until: before.ends};
        const count = await countGifts(supporter, month);
        if (count >= most) return undefined;
        const {numInsertedOrUpdatedRows: written} = await query
          .insertInto('article_gifts')
          .values({supporter, month, slot: count + 1, article, ends: until})
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirstOrThrow();
        if (Number(written) === 1) return gift;
        // Another process took the slot in the meantime. One fewer is left each time, so the loop ends.
      }
    },
  };
}

/** Returns the upkeep of the table of gifts. */
export function articleGiftUpkeep({query}: Database): readonly RetentionPolicy[] {
  return [
    {
      table: 'article_gifts',
      retention: 'until its link has ended and its month is over',
      async deleteExpired(now) {
        const {numDeletedRows} = await query
          .deleteFrom('article_gifts')
          .where('ends', '<', now)
          .where('month', '<', new Date(now).toISOString().slice(0, 7))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
  ];
}
