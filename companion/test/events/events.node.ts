import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {type ReaderEvent, readerEventNames} from 'reader-support/core';
import type {EventOptions, EventStore, SupportServerOptions} from '../../src/companion.js';
import {eventQueue} from '../../src/events/event-queue.js';
import {memoryEvents, memoryStore} from '../../src/fake-stripe/index.js';
import {sqlStore} from '../../src/companion.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, codeOf, site} from '../fixtures.js';

const today = '2026-11-23';
const noon = Date.UTC(2026, 10, 23, 12);
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

let count = 0;
const aBatch = (...events: object[]) => ({
  id: `batch-${String(++count).padStart(4, '0')}`,
  events: events.length ? events : [{name: 'view', campaign: 'winter'}],
});

interface Sending {
  readonly headers?: Record<string, string | undefined>;
  readonly address?: string;
  readonly method?: string;
}

/** Creates a companion that keeps events in memory, and a page of the site that sends them. */
function givenEvents(events: EventOptions = {}, more: Partial<SupportServerOptions> = {}) {
  const kept = memoryEvents();
  let calls = 0;
  const store = {
    ...memoryStore(),
    events: {
      ...kept,
      add: (...given: Parameters<EventStore['add']>) => {
        calls++;
        return kept.add(...given);
      },
    },
  };
  const companion = aCompanion({
    store,
    events: {batchDelayMs: 1, ...events},
    now: () => noon,
    ...more,
  });
  return {
    ...companion,
    kept,
    calls: () => calls,
    send(body: unknown, {headers = {}, address, method = 'POST'}: Sending = {}) {
      const sent = new Headers({'content-type': 'application/json', 'user-agent': browser});
      sent.set('origin', site);
      for (const [name, value] of Object.entries(headers))
        if (value === undefined) sent.delete(name);
        else sent.set(name, value);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return companion.server.fetch(
        new Request(`${site}/events`, {
          method,
          headers: sent,
          ...(method !== 'GET' && {body: text}),
        }),
        {address},
      );
    },
    sums: async () =>
      (await kept.sums('2000-01-01', '2100-01-01')).map(
        ({name, campaign, arm, count: often}) => `${name} ${campaign} ${arm} ${often}`,
      ),
  };
}

/** The code of a request that is not taken as such. */
const codeFor: Readonly<Record<number, string>> = {
  400: 'invalid-request',
  403: 'origin-not-allowed',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'invalid-request',
};

describe('POST /events', () => {
  it('counts events by day, name, campaign, experiment, arm and placement', async () => {
    const {send, kept} = givenEvents();
    const seen = {name: 'view', campaign: 'winter', placement: 'inline'};
    const arm = {experiment: 'autumn@1', arm: 'plain'};
    const response = await send(aBatch(seen, {...seen, ...arm}, {...seen, count: 3}));
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('access-control-allow-origin'), site);
    assert.equal(response.headers.get('set-cookie'), null);
    const none = {experiment: '', arm: ''};
    assert.deepEqual(
      [...(await kept.sums(today, today))].sort((a, b) => b.count - a.count),
      [
        {day: today, ...seen, ...none, count: 4},
        {day: today, ...seen, ...arm, count: 1},
      ],
    );
  });

  it('counts a repeated request, and a repeated event with an id, once', async () => {
    const {send, sums} = givenEvents();
    const batch = aBatch();
    for (let turn = 0; turn < 3; turn++) assert.equal((await send(batch)).status, 204);
    const event = {name: 'start', campaign: 'winter', id: 'event-0001'};
    await send(aBatch(event));
    await send(aBatch(event, {...event, id: 'event-0002'}));
    assert.deepEqual(await sums(), ['view winter  1', 'start winter  2']);
  });

  it('stores the exposure that a gift refers to, once', async () => {
    const {send, kept} = givenEvents();
    const exposed = {
      name: 'exposure',
      experiment: 'autumn@1',
      arm: 'plain',
      exposure: 'exposure-1',
    };
    await send(
      aBatch({...exposed, id: 'event-0001'}, {...exposed, id: 'event-0002', arm: 'control'}),
    );
    assert.deepEqual(await kept.exposures('autumn@1'), [
      {id: 'exposure-1', experiment: 'autumn@1', arm: 'plain', day: today},
    ]);
    assert.deepEqual(await kept.exposures('winter@1'), []);
  });

  it('accepts what a beacon can send without a preflight', async () => {
    const {send, sums} = givenEvents();
    const headers = {'content-type': 'text/plain;charset=UTF-8'};
    assert.equal((await send(aBatch(), {headers})).status, 204);
    assert.deepEqual(await sums(), ['view winter  1']);
  });

  const dropped: {
    given: string;
    headers?: Record<string, string>;
    result: string;
    body?: object;
  }[] = [
    {given: 'Global Privacy Control', headers: {'sec-gpc': '1'}, result: 'gpc'},
    {
      given: 'a crawler',
      headers: {
        'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      },
      result: 'robot',
    },
    {
      given: 'a browser without a window',
      headers: {'user-agent': 'Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/156.0'},
      result: 'robot',
    },
    {given: 'no name of a browser at all', headers: {'user-agent': ''}, result: 'robot'},
    {
      given: 'a campaign that there is not',
      body: {name: 'view', campaign: 'summer'},
      result: 'unknown',
    },
    {
      given: 'an arm that there is not',
      body: {name: 'view', campaign: 'winter', experiment: 'autumn@1', arm: 'loud'},
      result: 'unknown',
    },
    {
      given: 'an experiment that there is not',
      body: {name: 'view', campaign: 'winter', experiment: '__proto__', arm: 'plain'},
      result: 'unknown',
    },
  ];
  for (const {given, headers = {}, result, body} of dropped)
    it(`stores nothing given ${given}, and answers as usual`, async () => {
      const experiments = {'autumn@1': ['control', 'plain']};
      const {send, sums, calls, server} = givenEvents({campaigns: ['winter'], experiments});
      const response = await send(body ? aBatch(body) : aBatch(), {headers});
      assert.equal(response.status, 204);
      assert.deepEqual(await sums(), []);
      assert.equal(calls(), 0, 'the store was not even asked');
      assert.match(await server.metrics(), new RegExp(`events_total{result="${result}"} 1`));
    });

  it('stores the known events of a request with unknown ones', async () => {
    const {send, sums} = givenEvents({campaigns: ['winter']});
    await send(aBatch({name: 'view', campaign: 'winter'}, {name: 'view', campaign: 'summer'}));
    assert.deepEqual(await sums(), ['view winter  1']);
  });

  const refused: {
    given: string;
    body: unknown;
    status: number;
    headers?: Record<string, string>;
  }[] = [
    {given: 'no events', body: {id: 'batch-0000', events: []}, status: 422},
    {
      given: 'more than twenty',
      body: {id: 'batch-0000', events: Array.from({length: 21}, () => ({name: 'view'}))},
      status: 413,
    },
    {given: 'no id of the request', body: {events: [{name: 'view'}]}, status: 422},
    {given: 'a list', body: [1, 2], status: 422},
    {given: 'half a body', body: '{"id":"batch-0000","ev', status: 400},
    {given: 'a deep body', body: '['.repeat(50) + ']'.repeat(50), status: 400},
    {
      given: 'three kilobytes',
      body: aBatch({name: 'view', campaign: 'x'.repeat(3000)}),
      status: 413,
    },
    {
      given: 'a form',
      body: 'a=b',
      status: 415,
      headers: {'content-type': 'application/x-www-form-urlencoded'},
    },
    {given: 'another site', body: aBatch(), status: 403, headers: {origin: 'https://evil.example'}},
    {given: 'an opaque origin', body: aBatch(), status: 403, headers: {origin: 'null'}},
  ];
  for (const {given, body, status, headers = {}} of refused)
    it(`answers ${status} given ${given}`, async () => {
      const {send, calls} = givenEvents();
      const response = await send(body, {headers});
      assert.equal(response.status, status);
      assert.equal(await codeOf(response), codeFor[status]);
      assert.equal(calls(), 0);
    });

  const strange: [string, object][] = [
    ['a name of their own', {name: 'gift', campaign: 'winter'}],
    ['an address of a page', {name: 'view', page: '/news'}],
    ['an address of a reader', {name: 'view', email: 'reader@example.org'}],
    ['a time', {name: 'view', at: '2099-01-01T00:00:00Z'}],
    ['a number that is none', {name: 'view', count: 1e9}],
    ['a control character', {name: 'view', campaign: 'a\nb'}],
    ['nothing but a text', 'view' as unknown as object],
  ];
  for (const [given, event] of strange)
    it(`drops an event given ${given}, and counts the others`, async () => {
      const {send, sums, calls, server} = givenEvents();
      assert.equal((await send(aBatch(event))).status, 204);
      assert.equal(calls(), 0);
      assert.equal((await send(aBatch(event, {name: 'view', campaign: 'winter'}))).status, 204);
      assert.deepEqual(await sums(), ['view winter  1']);
      assert.match(await server.metrics(), /events_total{result="refused"} 2/);
    });

  it('answers 404 without an event store and without a warehouse', async () => {
    const {server} = aCompanion();
    const response = await server.fetch(new Request(`${site}/events`, {method: 'POST'}));
    assert.equal(response.status, 404);
  });

  it('answers 405 with Allow to other methods, and 204 to a preflight', async () => {
    const {send} = givenEvents();
    const got = await send('', {method: 'GET'});
    assert.equal(got.status, 405);
    assert.equal(got.headers.get('allow'), 'POST, OPTIONS');
    assert.equal((await send('', {method: 'OPTIONS'})).status, 204);
  });

  it('combines many requests into few writes', async () => {
    const {send, sums, calls} = givenEvents({batchDelayMs: 20});
    const answers = await Promise.all(Array.from({length: 200}, () => send(aBatch())));
    assert.ok(answers.every(({status}) => status === 204));
    assert.deepEqual(await sums(), ['view winter  200']);
    assert.ok(calls() <= 4, `${calls()} writes`);
  });

  it('stops adding rows at the maximum of a day', async () => {
    const {send, sums, server} = givenEvents({mostRows: 3});
    for (let turn = 0; turn < 10; turn++)
      await send(aBatch({name: 'view', campaign: `invented-${turn}`}));
    await send(aBatch({name: 'view', campaign: 'invented-1'}));
    assert.deepEqual((await sums()).sort(), [
      'view invented-0  1',
      'view invented-1  2',
      'view invented-2  1',
    ]);
    assert.match(await server.metrics(), /events_total{result="too-many"} 7/);
  });

  it('drops requests of one network above its limit, and accepts those of another', async () => {
    const {send, sums} = givenEvents({perNetwork: 5});
    for (let turn = 0; turn < 9; turn++) await send(aBatch(), {address: `203.0.113.${turn}`});
    await send(aBatch({name: 'view', campaign: 'other'}), {address: '198.51.100.1'});
    assert.deepEqual((await sums()).sort(), ['view other  1', 'view winter  5']);
  });

  it('drops a request that claims more than its network has left, and accepts smaller ones', async () => {
    const {send, sums, server} = givenEvents({perNetwork: 10});
    const view = {name: 'view', campaign: 'winter'};
    const address = '203.0.113.7';
    await send(aBatch({...view, count: 4}), {address});
    await send(aBatch({...view, count: 7}, view), {address});
    assert.deepEqual(await sums(), ['view winter  4']);
    assert.match(await server.metrics(), /events_total{result="flood"} 2/);
    await send(aBatch({...view, count: 5}), {address});
    await send(aBatch(), {address});
    assert.deepEqual(await sums(), ['view winter  9']);
  });

  it('takes as much of the budget for a request without a usable event as for one event', async () => {
    const {send, sums} = givenEvents({perNetwork: 5});
    const address = '203.0.113.7';
    for (let turn = 0; turn < 5; turn++)
      await send(turn % 2 ? '{' : aBatch({name: 'invented'}), {address});
    await send(aBatch(), {address});
    assert.deepEqual(await sums(), []);
  });

  /** Creates a store that can be switched off, and a companion that retries soon. */
  function givenOutage(more: EventOptions = {}) {
    const kept = memoryEvents();
    const state = {isDown: true};
    const add: EventStore['add'] = (...given) =>
      state.isDown ? Promise.reject(new Error('203.0.113.7 is down')) : kept.add(...given);
    const store = {...memoryStore(), events: {...kept, add}};
    const countNow = async () => (await kept.sums(today, today))[0]?.count ?? 0;
    return {...givenEvents(more, {store}), state, countNow};
  }

  it('answers 204 while the store is down, and counts each event once when it is back', async () => {
    const {send, log, state, countNow, server} = givenOutage();
    const batch = aBatch();
    assert.equal((await send(batch)).status, 204);
    assert.deepEqual(log, [{at: 'events', problem: 'failed', detail: {type: 'Error'}}]);
    assert.equal((await send(batch)).status, 204);
    assert.equal((await send(aBatch())).status, 204);
    state.isDown = false;
    for (let turn = 0; turn < 500 && (await countNow()) < 2; turn++)
      await new Promise(go => setTimeout(go, 10));
    assert.equal(await countNow(), 2);
    await server.settled();
    assert.doesNotMatch(await server.metrics(), /result="failed"/);
  });

  it('writes waiting events before the process exits, if the store is back', async () => {
    const {send, state, countNow, server} = givenOutage();
    await send(aBatch());
    state.isDown = false;
    await server.settled();
    assert.equal(await countNow(), 1);
  });

  it('exits even if the store is down, and reports how many events were lost', async () => {
    const {send, server} = givenOutage();
    for (let turn = 0; turn < 3; turn++) await send(aBatch());
    await server.settled();
    assert.match(await server.metrics(), /events_total{result="failed"} 3/);
  });

  it('drops events at once on runtimes where nothing may wait between requests', async () => {
    const {send, server, log} = givenOutage({batchDelayMs: 0});
    assert.equal((await send(aBatch())).status, 204);
    assert.equal(log.length, 1);
    assert.match(await server.metrics(), /events_total{result="failed"} 1/);
  });

  it('writes no data of the caller to the log, the metrics or the store', async () => {
    const {send, log, server, kept} = givenEvents();
    const headers = {
      'user-agent': `${browser} a-very-special-browser`,
      cookie: 'secret-cookie=1',
      referer: 'https://www.example.org/a-private-page?q=illness',
    };
    await send(aBatch(), {headers, address: '203.0.113.77'});
    await send('{"broken', {headers, address: '203.0.113.77'});
    const written = JSON.stringify([log, await server.metrics(), await kept.sums(today, today)]);
    assert.doesNotMatch(written, /203\.0|special-browser|secret-cookie|private-page|illness/);
  });

  it('reaches the same sums in any order and with any number of repeats', async () => {
    const event: fc.Arbitrary<ReaderEvent> = fc.record(
      {
        name: fc.constantFrom(...readerEventNames),
        campaign: fc.constantFrom('winter', 'spring'),
        arm: fc.constantFrom('control', 'plain'),
      },
      {requiredKeys: ['name']},
    );
    const batches = fc.array(fc.array(event, {minLength: 1, maxLength: 5}), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(batches, fc.infiniteStream(fc.nat()), async (lists, chance) => {
        const sent = lists.map((events, at) => ({id: `batch-${1000 + at}`, events}));
        const once = givenEvents();
        for (const batch of sent) await once.send(batch);
        const often = givenEvents();
        const shuffled = [...sent, ...sent]
          .map(batch => ({batch, at: chance.next().value ?? 0}))
          .sort((a, b) => a.at - b.at);
        await Promise.all(shuffled.map(({batch}) => often.send(batch)));
        assert.deepEqual((await often.sums()).sort(), (await once.sums()).sort());
      }),
      {numRuns: 50},
    );
  });
});

onEachDatabase('one network that forges events', given => {
  const view = {name: 'view', campaign: 'winter'};
  const twenty = (event: (turn: number) => object) =>
    Array.from({length: 20}, (_, turn) => event(turn));
  /** What one forged request claims; `turn` is its number. */
  const attacks: {
    readonly given: string;
    readonly address: (turn: number) => string;
    readonly events: (turn: number) => object[];
  }[] = [
    {
      given: 'the largest counts in full batches',
      address: () => '203.0.113.7',
      events: () => twenty(() => ({...view, count: 50})),
    },
    {
      given: 'a single event with the largest count, from every address of an IPv4 /24',
      address: turn => `203.0.113.${turn % 256}`,
      events: () => [{...view, count: 50}],
    },
    {
      given: 'full batches of events with fresh ids, from addresses of one IPv6 /64',
      address: turn => `2001:db8:0:1::${turn.toString(16)}`,
      events: turn => twenty(number => ({...view, id: `forged-${turn}-${number}`})),
    },
    {
      given: 'exposures with fresh ids, from an IPv4 address in its IPv6 form',
      address: () => '::ffff:203.0.113.7',
      events: turn =>
        Array.from({length: 9}, (_, number) => ({
          ...{name: 'exposure', campaign: 'winter', experiment: 'autumn@1', arm: 'plain'},
          exposure: `forged-${turn}-${number}`,
        })),
    },
    {
      given: 'batches that become smaller',
      address: () => '203.0.113.7',
      events: turn => [{...view, count: Math.max(1, 50 - turn)}, view],
    },
    {
      given: 'counts beside events that are refused',
      address: () => '203.0.113.7',
      events: () => [...twenty(() => ({...view, reader: 7})).slice(1), {...view, count: 49}],
    },
  ];
  for (const {given: forged, address, events} of attacks)
    it(`adds no more than its budget, and takes nothing from other readers, given ${forged}`, async () => {
      const perNetwork = 120;
      const store = {...memoryStore(), events: sqlStore(await given.open()).events};
      let time = noon;
      const {send, server} = givenEvents({perNetwork, batchDelayMs: 0}, {store, now: () => time});
      const stored = async () => {
        let [ofForger, ofReaders] = [0, 0];
        for (const {campaign, count: often} of await store.events.sums(today, today))
          if (campaign === 'winter') ofForger += often;
          else ofReaders += often;
        return {ofForger, ofReaders};
      };
      const requests = 150;
      let readers = 0;
      for (let turn = 0; turn < requests; turn++) {
        const forgery = await send(aBatch(...events(turn)), {address: address(turn)});
        assert.equal(forgery.status, 204);
        if (turn % 5) continue;
        readers += 1;
        const reader = {name: 'view', campaign: 'spring'};
        await send(aBatch(reader, {...reader, name: 'later'}), {
          address: turn % 2 ? `198.51.${turn}.1` : `2001:db8:0:${(turn + 2).toString(16)}::1`,
        });
      }
      const {ofForger, ofReaders} = await stored();
      assert.ok(ofForger <= perNetwork, `${ofForger} forged events were counted`);
      assert.equal(ofReaders, 2 * readers);
      assert.match(await server.metrics(), /events_total{result="flood"} [1-9]/);

      time += 60_000;
      await send(aBatch({...view, count: 2}), {address: address(0)});
      assert.equal(
        (await stored()).ofForger,
        ofForger + 2,
        'the next minute has a budget of its own',
      );
    });
});

describe('events for a warehouse', () => {
  it('are not passed on beyond what one network may claim', async () => {
    const passed: unknown[] = [];
    const {send} = givenEvents({
      perNetwork: 100,
      onEvents: events => Promise.resolve(passed.push(...events)),
    });
    const forged = {name: 'view', campaign: 'winter', count: 50} as const;
    for (let turn = 0; turn < 10; turn++) await send(aBatch(forged), {address: '203.0.113.7'});
    await send(aBatch({...forged, campaign: 'spring'}), {address: '198.51.100.1'});
    assert.equal(passed.length, 3);
  });

  it('are passed on with a key and a time, and not stored', async () => {
    const told: unknown[] = [];
    const {send, calls} = givenEvents({
      onEvents: events => Promise.resolve(void told.push(...events)),
    });
    const batch = aBatch({name: 'view'}, {name: 'start', id: 'event-0009'});
    await send(batch);
    await send(batch);
    assert.deepEqual(told, [
      {name: 'start', id: 'event-0009', key: 'e:event-0009', at: noon},
      {name: 'view', key: `b:${batch.id}`, at: noon},
    ]);
    assert.equal(calls(), 0);
  });

  it('are retried until the warehouse accepts them', async () => {
    let fails = 5;
    const told: string[] = [];
    const onEvents: EventOptions['onEvents'] = events => {
      if (fails-- > 0) return Promise.reject(new Error('the warehouse is shut'));
      told.push(...events.map(({name}) => name));
      return Promise.resolve();
    };
    const {send, server} = givenEvents({onEvents});
    const batch = aBatch();
    assert.equal((await send(batch)).status, 204);
    assert.deepEqual(told, []);
    for (let turn = 0; turn < 500 && !told.length; turn++)
      await new Promise(go => setTimeout(go, 10));
    assert.deepEqual(told, ['view']);
    assert.equal((await send(batch)).status, 204);
    assert.deepEqual(told, ['view'], 'it is known already');
    assert.doesNotMatch(await server.metrics(), /result="failed"/);
  });
});

describe('eventQueue()', () => {
  const aGroup = (key: string) => [{key, events: [{name: 'view'} as const]}];

  it('refuses groups while it is full, and accepts them once there is room', async () => {
    let isDown = true;
    const written: string[] = [];
    const queue = eventQueue(
      groups => {
        if (isDown) return Promise.reject(new Error('down'));
        written.push(...groups.map(({key}) => key));
        return Promise.resolve();
      },
      {wait: 1, room: 2, pause: 5},
    );
    assert.equal(await queue.add(aGroup('a')), 'waiting');
    assert.equal(await queue.add(aGroup('b')), 'waiting');
    assert.equal(await queue.add(aGroup('c')), 'full');
    isDown = false;
    await queue.settled();
    assert.deepEqual(written, ['a', 'b']);
    assert.equal(await queue.add(aGroup('d')), 'written');
  });

  it('answers its callers even when a write never ends', async () => {
    let end: () => void = () => undefined;
    const queue = eventQueue(() => new Promise(go => (end = go)), {wait: 1, timeoutMs: 5});
    assert.equal(await queue.add(aGroup('a')), 'waiting');
    end();
    await queue.settled();
  });
});
