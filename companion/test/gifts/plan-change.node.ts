import assert from 'node:assert/strict';
import {it} from 'node:test';
import {sqlStore} from '../../src/companion.js';
import type {StripeFake} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, anIntent, sessionOf} from '../fixtures.js';
import {chance, factsIn, shuffled, sorted, tell} from '../lifecycles.js';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 1);

/** A plan that was changed, the gifts that were paid in order, and how the recurring gift stands. */
interface Change {
  readonly given: string;
  readonly chosen?: 'annual';
  /** Runs ten days after the start. `wait` moves the clock. */
  readonly steps: (fake: StripeFake, id: string, wait: (days: number) => void) => Promise<void>;
  /** Frequency and amount of each payment; all but the first are later ones. */
  readonly paid: readonly string[];
  readonly standing: string;
}

const changes: readonly Change[] = [
  {
    given: 'monthly to annual',
    steps: (fake, id) => fake.change(id, {minor: 5000, interval: 'year'}),
    paid: ['monthly 500', 'annual 4661'],
    standing: 'active annual 5000',
  },
  {
    given: 'monthly to annual, which is renewed after a year',
    async steps(fake, id, wait) {
      await fake.change(id, {minor: 5000, interval: 'year'});
      wait(365);
      await fake.renew(id);
    },
    paid: ['monthly 500', 'annual 4661', 'annual 5000'],
    standing: 'active annual 5000',
  },
  {
    given: 'annual to monthly, which leaves a credit',
    chosen: 'annual',
    steps: (fake, id) => fake.change(id, {minor: 400, interval: 'month'}),
    paid: ['annual 6000'],
    standing: 'active monthly 400',
  },
  {
    given: 'a higher amount from the next month on',
    async steps(fake, id, wait) {
      await fake.change(id, {minor: 900});
      wait(21);
      await fake.renew(id);
    },
    paid: ['monthly 500', 'monthly 900'],
    standing: 'active monthly 900',
  },
  {
    given: 'a higher amount at once',
    steps: (fake, id) => fake.change(id, {minor: 1500, billed: true}),
    paid: ['monthly 500', 'monthly 677'],
    standing: 'active monthly 1500',
  },
  {
    given: 'a higher amount at once, of an annual gift',
    chosen: 'annual',
    steps: (fake, id) => fake.change(id, {minor: 12_000, billed: true}),
    paid: ['annual 6000', 'annual 5835'],
    standing: 'active annual 12000',
  },
  {
    given: 'a lower amount from the next month on',
    async steps(fake, id, wait) {
      await fake.change(id, {minor: 200});
      wait(21);
      await fake.renew(id);
    },
    paid: ['monthly 500', 'monthly 200'],
    standing: 'active monthly 200',
  },
  {
    given: 'a lower amount at once, which costs nothing',
    steps: (fake, id) => fake.change(id, {minor: 200, billed: true}),
    paid: ['monthly 500'],
    standing: 'active monthly 200',
  },
  {
    given: 'two changes',
    async steps(fake, id, wait) {
      await fake.change(id, {minor: 700, billed: true});
      wait(5);
      await fake.change(id, {minor: 6000, interval: 'year'});
    },
    paid: ['monthly 500', 'monthly 135', 'annual 5639'],
    standing: 'active annual 6000',
  },
  {
    given: 'a change there and back',
    async steps(fake, id, wait) {
      await fake.change(id, {minor: 900});
      wait(1);
      await fake.change(id, {minor: 500});
    },
    paid: ['monthly 500'],
    standing: 'active monthly 500',
  },
  {
    given: 'a change, and the end',
    async steps(fake, id, wait) {
      await fake.change(id, {minor: 5000, interval: 'year'});
      wait(3);
      await fake.cancel(id);
    },
    paid: ['monthly 500', 'annual 4661'],
    standing: 'ended annual 5000',
  },
  {
    given: 'a change of a gift that ends with its period',
    async steps(fake, id) {
      await fake.cancel(id, 'period-end');
      await fake.change(id, {minor: 900, billed: true});
    },
    paid: ['monthly 500', 'monthly 271'],
    standing: 'active monthly 900',
  },
];

/** Plays a change without delivering its events. */
async function play({chosen, steps}: Change, apiVersion?: string) {
  let now = start;
  const source = aCompanion({now: () => now});
  const {fake} = source;
  fake.webhooks = {
    to: () => new Response(null, {status: 500}),
    secret: '-',
    ...(apiVersion && {apiVersion}),
  };
  const annual = anIntent({frequency: 'annual', amount: {minor: 6000, currency: 'USD'}});
  const id = await sessionOf(await source.press(chosen ? annual : anIntent()));
  await fake.pay(id);
  now += 10 * day;
  await steps(fake, id, days => (now += days * day));
  return source;
}

onEachDatabase('POST /webhook: a changed plan', given => {
  for (const change of changes)
    for (const apiVersion of [undefined, '2024-06-20'])
      it(`is no new gift, given ${change.given}, in the shape of ${apiVersion ?? 'today'}`, async () => {
        const {stripe, fake} = await play(change, apiVersion);
        const orders = Array.from({length: 8}, (_, seed) => {
          const doubled = [...fake.events, ...fake.events.slice(seed % 3)];
          return seed ? shuffled(doubled, chance(seed)) : fake.events;
        });
        for (const order of orders) {
          const store = sqlStore(await given.open());
          const companion = aCompanion({stripe, store});
          for (const event of order) assert.equal(await tell(companion, event), 200);
          const facts = await factsIn(store);
          const gifts = facts.filter(fact => fact.kind === 'gift').sort((a, b) => a.at - b.at);
          const words = ({frequency, amount}: (typeof gifts)[number]) =>
            `${frequency} ${amount.minor}`;
          assert.deepEqual(gifts.map(words), change.paid);
          assert.deepEqual(
            gifts.map(({renewal}) => renewal),
            change.paid.map((_, index) => index > 0),
          );
          const subscriptions = facts.filter(fact => fact.kind === 'subscription');
          assert.deepEqual(
            subscriptions.map(
              ({state, frequency, amount}) => `${state} ${frequency} ${amount.minor}`,
            ),
            [change.standing],
          );
          // Everything still comes from where the gift came from.
          for (const {source} of [...gifts, ...subscriptions])
            assert.equal(source.campaign, 'winter');
          const [amount, ...more] = await store.chosenAmounts(0, Date.now() + 9000 * day);
          assert.deepEqual(more, []);
          assert.equal(`${amount?.frequency} ${amount?.minor}`, change.paid[0]);
          assert.equal(sorted(facts).length, change.paid.length + 1);
        }
      });

  it('is not counted as chosen either when the row of the start has been deleted', async () => {
    const {stripe, fake} = await play(changes[0]!);
    const store = sqlStore(await given.open());
    const companion = aCompanion({stripe, store});
    for (const event of fake.events) await tell(companion, event);
    await store.database.query.deleteFrom('gifts').where('minor', '=', 500).execute();
    assert.deepEqual(await store.chosenAmounts(0, Date.now() + 9000 * day), []);
  });
});
