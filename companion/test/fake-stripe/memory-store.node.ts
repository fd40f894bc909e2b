import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Gift, GiftFact} from 'reader-support/core';
import type {Store} from '../../src/companion.js';
import {memoryStore} from '../../src/fake-stripe/index.js';

const event = {id: 'evt_1', type: 'invoice.paid', created: 0};

function aGift(changes: Partial<Gift> = {}): Gift {
  return {
    kind: 'gift',
    id: 'pi_1',
    rank: 0,
    state: 'pending',
    frequency: 'once',
    amount: {minor: 500, currency: 'USD'},
    source: {},
    renewal: false,
    at: 0,
    ...changes,
  };
}

describe('memoryStore()', () => {
  it('is a store as the companion wants one', async () => {
    const store: Store = memoryStore();
    assert.equal(await store.claim(event), 'new');
    assert.equal(await store.claim(event), 'again');
    await store.done('evt_1', 'written');
    assert.equal(await store.claim(event), 'done');
  });

  it('keeps the better report of a fact, in either order', async () => {
    for (const ranks of [
      [0, 3, 2],
      [3, 0, 2],
      [2, 3, 0],
    ]) {
      const store = memoryStore();
      for (const rank of ranks) await store.write(aGift({rank}));
      assert.deepEqual(
        store.gifts.map(gift => gift.rank),
        [3],
      );
    }
  });

  it('keeps the earlier of two equal reports, in either order', async () => {
    for (const times of [
      [1, 2],
      [2, 1],
    ]) {
      const store = memoryStore();
      for (const at of times) await store.write(aGift({at}));
      assert.equal(store.gifts[0]?.at, 1);
    }
  });

  it('keeps kinds apart that share an id', async () => {
    const store = memoryStore();
    const {minor, currency} = aGift().amount;
    const refund: GiftFact = {
      ...{kind: 'refund', id: 'pi_1', rank: 0, gift: 'pi_0', amount: {minor, currency}, at: 0},
    };
    assert.equal(await store.write(aGift()), true);
    assert.equal(await store.write(refund), true);
    assert.equal(await store.write(refund), false);
    assert.deepEqual([store.gifts.length, store.refunds.length], [1, 1]);
    assert.deepEqual(await store.find('refund', 'pi_1'), refund);
    assert.equal(await store.find('subscription', 'pi_1'), undefined);
  });

  it('fails as often as it is told', async () => {
    const store = memoryStore();
    store.fail('write', 2);
    await assert.rejects(store.write(aGift()));
    await assert.rejects(store.write(aGift()));
    await store.write(aGift());
    assert.equal(store.gifts.length, 1);
  });
});
