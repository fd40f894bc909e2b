import assert from 'node:assert/strict';
import {fork, type ChildProcess} from 'node:child_process';
import {after, before, it} from 'node:test';
import {listen, type Listening} from '../../src/http/listen.js';
import {sqlStore} from '../../src/companion.js';
import type {FakeEvent} from '../../src/fake-stripe/index.js';
import {compiled} from '../compiled.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, type Companion} from '../fixtures.js';
import type {CopyGiven} from '../killed-copy.js';
import {
  chance,
  deliveryOf,
  factsIn,
  full,
  live,
  orderedFold,
  shuffled,
  sorted,
  unfinishedIn,
} from '../lifecycles.js';
import {longTestLimit, soakLimit} from '../../../test/time-limit.js';

const wanted = full ? 10_000 : 400;
const copies = 2;

/** A webhook endpoint: a process, replaced by the next one when it has crashed. */
interface Place {
  /** The URL of the current process. */
  url(): Promise<string>;
  readonly deaths: number;
  stop(): void;
}

function aPlace(program: string, given: CopyGiven): Place {
  let child: ChildProcess;
  let address: Promise<string>;
  let deaths = 0;
  let isOver = false;
  const begin = () => {
    child = fork(program, [JSON.stringify(given)]);
    address = new Promise(resolve => child.once('message', url => resolve(url as string)));
    child.once('exit', (_, signal) => {
      if (isOver) return;
      assert.equal(signal, 'SIGKILL', 'nothing but the test ends a copy');
      deaths += 1;
      begin();
    });
  };
  begin();
  return {
    url: () => address,
    get deaths() {
      return deaths;
    },
    stop() {
      isOver = true;
      child.kill('SIGKILL');
    },
  };
}

onEachDatabase('POST /webhook: copies that die between steps', given => {
  let source: Companion;
  let stripe: Listening;
  let events: FakeEvent[];
  const random = chance(20_261_123);

  before(async () => {
    source = aCompanion();
    source.fake.webhooks = undefined;
    stripe = await listen({fetch: request => source.fake.fetch(request)}, {port: 0});
    events = [];
    for (let attempt = 0; events.length < wanted / 1.3; attempt++)
      events.push(...(await live(source, attempt, random)));
  });
  after(() => stripe.stop(0));

  it(
    `reach the state of ordered delivery after ${wanted} shuffled deliveries, 30 % of them doubled`,
    {timeout: full ? soakLimit : longTestLimit},
    async () => {
      const twice = shuffled(events, random).slice(0, Math.ceil(events.length * 0.3));
      const waiting = shuffled([...events, ...twice], random);
      assert.ok(waiting.length >= wanted);
      const database = await given.url();
      const program = await compiled('killed-copy');
      const apiBase = stripe.url;
      // A delivery has about seven steps: one crash for every twenty or eighty deliveries.
      const places = Array.from({length: copies}, () =>
        aPlace(program, {database, apiBase, deadliness: full ? 0.001 : 0.004}),
      );

      let again = 0;
      const deliver = async () => {
        for (let event = waiting.pop(); event; event = waiting.pop()) {
          const place = places[Math.floor(random() * copies)]!;
          const {body, headers} = await deliveryOf(event);
          const url = await place.url();
          const response = await fetch(`${url}/webhook`, {method: 'POST', body, headers}).catch(
            () => undefined,
          );
          await response?.arrayBuffer().catch(() => undefined);
          if (response?.status === 200) continue;
          // Stripe retries later: insert it among the coming deliveries.
          again += 1;
          waiting.splice(Math.floor(random() * waiting.length), 0, event);
          await new Promise(resolve => setTimeout(resolve, 50));
        }
      };
      await Promise.all(Array.from({length: 6}, deliver));
      const deaths = places.reduce((sum, place) => sum + place.deaths, 0);
      places.forEach(place => place.stop());

      const store = sqlStore(await given.open(database));
      assert.deepEqual(sorted(await factsIn(store)), await orderedFold(source, events));
      assert.deepEqual(await unfinishedIn(store), []);
      assert.ok(deaths > 0, 'nobody died');
      console.info(`# ${given.flavour}: ${deaths} deaths, ${again} deliveries made again`);
    },
  );
});
