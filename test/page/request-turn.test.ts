import {expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {requestTurn} from '../../src/page/request-turn.js';

describe('requestTurn() of the page', () => {
  afterEach(() => {
    const shared = page();
    for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
  });

  // The first row fetches the queue, the others find it there.
  for (const priorities of [[0, 1, 2], [2, 0, 1], [-1, 5, -1, 5], [1]]) {
    it(`queues all requests of one task before one is granted, with priorities ${priorities.join()}`, async () => {
      const order: number[] = [];
      await Promise.all(
        priorities.map(async priority => {
          const turn = await requestTurn({priority});
          order.push(priority);
          turn!.release();
        }),
      );
      expect(order).to.deep.equal([...priorities].sort((a, b) => b - a));
    });
  }

  it('gives one turn at a time to requests of one task', async () => {
    const requests = [requestTurn(), requestTurn({timeoutMs: 50}), requestTurn({timeoutMs: 50})];
    const turns = await Promise.all(requests);
    expect(turns.map(turn => turn !== undefined)).to.deep.equal([true, false, false]);
    turns[0]!.release();
    expect(await requestTurn()).not.to.equal(undefined);
  });
});
