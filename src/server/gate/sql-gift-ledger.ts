/** How does a database count the articles that supporters gave away? */

import type {Database} from '../store/database.js';
import type {Upkeep} from '../store/upkeep.js';
import type {GiftLedger} from './gift-links.js';

/** A ledger in the companion's database. Single statements only, so D1 can do it too. */
export function sqlGiftLedger({query}: Database): GiftLedger {
  const given = async (supporter: string, month: string): Promise<number> => {
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
    given,
    async give(gift, most) {
      const {supporter, month, article, until} = gift;
      for (;;) {
        const before = await same(supporter, month, article);
        if (before) return {...gift, until: before.ends};
        const count = await given(supporter, month);
        if (count >= most) return undefined;
        const {numInsertedOrUpdatedRows: written} = await query
          .insertInto('article_gifts')
          .values({supporter, month, slot: count + 1, article, ends: until})
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirstOrThrow();
        if (Number(written) === 1) return gift;
        // Another copy took the place in the meantime: there is one fewer now, so this ends.
      }
    },
  };
}

/** The upkeep of the table of gifts. */
export function articleGiftUpkeep({query}: Database): readonly Upkeep[] {
  return [
    {
      table: 'article_gifts',
      kept: 'until its link has ended and its month is over',
      async sweep(now) {
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
