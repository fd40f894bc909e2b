import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {CampaignsFile, ReaderEvent} from 'reader-support/core';
import {eventNamesOf, type EventNames} from '../../src/companion.js';
import {memoryEvents, memoryStore} from '../../src/fake-stripe/index.js';
import {aCompanion, site} from '../fixtures.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const file: CampaignsFile = {
  campaigns: [{id: 'winter', copy: {heading: 'A message'}}],
  experiments: [
    {
      ...{id: 'tone', version: 2, campaign: 'winter'},
      arms: {control: {}, plain: {copy: {heading: 'Please'}}},
      plan: {days: 28, readers: 3000},
    },
  ] as unknown as NonNullable<CampaignsFile['experiments']>,
  holdback: 0.05,
};
const names = eventNamesOf(file);

/** A companion that receives events, and its clock. */
function aReceiver(known?: () => Promise<EventNames>, mostRows = 200) {
  const clock = {now: Date.UTC(2026, 11, 1)};
  const kept = memoryEvents();
  const {server, log} = aCompanion({
    store: {...memoryStore(), events: kept},
    events: {batchDelayMs: 1, perNetwork: 100_000, mostRows, ...(known && {names: known})},
    now: () => clock.now,
  });
  let batches = 0;
  const send = async (address: string, ...events: Partial<ReaderEvent>[]) => {
    batches += 1;
    const response = await server.fetch(
      new Request(`${site}/events`, {
        method: 'POST',
        headers: {
          ...{'content-type': 'application/json', origin: site},
          'user-agent': 'Mozilla/5.0 Firefox/153.0',
        },
        body: JSON.stringify({
          id: `batch-${batches + 10_000}`,
          events: events.map(event => ({name: 'view', ...event})),
        }),
      }),
      {address},
    );
    assert.equal(response.status, 204);
    await server.settled();
  };
  const rows = async () => {
    const today = new Date(clock.now).toISOString().slice(0, 10);
    return await kept.sums(today, today);
  };
  const has = async (event: Partial<ReaderEvent>) =>
    (await rows()).some(row =>
      Object.entries(event).every(([name, value]) => row[name as keyof typeof row] === value),
    );
  const dropped = () => log.filter(({problem}) => problem === 'dropped').map(({detail}) => detail);
  return {clock, send, rows, has, dropped};
}

const ours: readonly Partial<ReaderEvent>[] = [
  {campaign: 'winter', placement: 'inline'},
  {campaign: 'winter', placement: 'bar', experiment: 'tone@2', arm: 'plain'},
  {campaign: 'winter', placement: 'dialog', experiment: 'tone@2', arm: 'control'},
  {campaign: 'winter'},
];

describe('the names of a campaigns file', () => {
  it('are those of its campaigns, its experiments and the holdback', () => {
    assert.deepEqual(names.campaigns, ['winter']);
    assert.deepEqual(names.experiments['tone@2'], ['control', 'plain']);
    assert.equal(Object.keys(names.experiments).length, 2);
  });
});

describe('invented names', () => {
  for (const [what, invent] of [
    ['campaigns', (n: number) => ({campaign: `invented-${n}`})],
    ['placements', (n: number) => ({campaign: 'winter', placement: `invented-${n}`})],
    ['experiments', (n: number) => ({campaign: 'winter', experiment: `e-${n}`, arm: 'plain'})],
    ['arms', (n: number) => ({campaign: 'winter', experiment: 'tone@2', arm: `arm-${n}`})],
    ['arms of no experiment', (n: number) => ({campaign: 'winter', arm: `arm-${n}`})],
    ['names of the prototype', (n: number) => ({experiment: 'constructor', arm: `length${n}`})],
  ] as const)
    it(`from many networks leave room for the site’s own: ${what}`, async () => {
      const {send, rows, has, dropped} = aReceiver(() => Promise.resolve(names));
      for (let n = 0; n < 300; n += 1) await send(`203.0.${n % 100}.1`, invent(n));
      assert.equal((await rows()).length, 20);
      for (const event of ours) await send('192.0.2.1', event);
      for (const event of ours) assert.ok(await has(event), JSON.stringify(event));
      assert.equal(dropped().length, 1);
    });

  it('from one network leave room for everybody’s, also where the site’s are not known', async () => {
    const {send, rows, has} = aReceiver();
    for (let n = 0; n < 300; n += 1)
      await send(`2001:db8:1:${(n % 64).toString(16)}::1`, {campaign: `invented-${n}`});
    assert.equal((await rows()).length, 10);
    for (const event of ours) await send('2001:db8:2::1', event);
    for (const event of ours) assert.ok(await has(event), JSON.stringify(event));
  });

  it('that a newer page knows are stored while there is room', async () => {
    const {send, has} = aReceiver(() => Promise.resolve(names));
    await send('192.0.2.1', {campaign: 'spring', placement: 'below the comments'});
    assert.ok(await has({campaign: 'spring'}));
  });
});

describe('the names of the site', () => {
  it('are asked for once a minute, and those of before hold when that fails', async () => {
    let asked = 0;
    let isBroken = false;
    const {send, clock, has, rows} = aReceiver(() => {
      asked += 1;
      return isBroken ? Promise.reject(new Error('half a file')) : Promise.resolve(names);
    });
    for (let n = 0; n < 5; n += 1) await send('192.0.2.1', ours[0]!);
    assert.equal(asked, 1);
    isBroken = true;
    clock.now += minute;
    for (let n = 0; n < 60; n += 1) await send(`203.0.${n}.1`, {campaign: `invented-${n}`});
    assert.equal(asked, 2);
    for (const event of ours) await send('192.0.2.1', event);
    for (const event of ours) assert.ok(await has(event));
    clock.now += day;
    await send('192.0.2.1', ours[0]!);
    assert.equal((await rows()).length, 1);
  });

  it('are needed to tell what is dropped: the log says it once a minute, with the number', async () => {
    const {send, clock, dropped} = aReceiver(() => Promise.resolve(names), 20);
    for (let n = 0; n < 12; n += 1) await send(`203.0.${n}.1`, {campaign: `invented-${n}`});
    clock.now += minute;
    await send('203.0.99.1', {campaign: 'invented-99'});
    assert.deepEqual(dropped(), [
      {reason: 'too-many', count: 1},
      {reason: 'too-many', count: 10},
    ]);
  });
});
