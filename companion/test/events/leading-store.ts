/** Makes a companion's store in which plain-words leads after nine days. */

import {after} from 'node:test';
import {openDatabase, sqlStore, type SqlStore} from '../../src/companion.js';
import {day, start} from '../report/fixtures.js';

const experiment = 'autumn-appeal@1';

/** Returns a store in memory, which is closed after the suite. */
export async function aLeadingStore(): Promise<SqlStore> {
  const database = await openDatabase(':memory:');
  after(() => database.close());
  const store = sqlStore(database);
  // Gifts need no exposure id here: they count on their own day.
  for (let i = 0; i < 200; i += 1) {
    const arm = i % 4 === 0 ? 'control' : 'plain-words';
    await store.write({
      ...{kind: 'gift', id: `gift-${i}`, rank: 1, state: 'paid', frequency: 'once'},
      ...{amount: {minor: 1000, currency: 'EUR'}, renewal: false, at: start + (i % 9) * day},
      source: {campaign: 'winter', experiment, arm},
    } as never);
  }
  for (const arm of ['control', 'plain-words']) {
    for (let n = 0; n < 9; n += 1) {
      const events = [{name: 'exposure', experiment, arm, count: 1000}] as const;
      await store.events.add([{key: `${arm}-${n}`, events}], start + n * day);
    }
  }
  return store;
}
