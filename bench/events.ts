/**
 * Measures how many batches of events per second the companion accepts, compared with a bare handler that
 * parses the same, and how many rows a million page views create.
 *
 *     npm run bench:events
 *     npm run bench:events -- --soak=600         the companion alone for 600 s, with its memory growth
 */

import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {ReaderEvent} from '../src/core/experiments/reader-event.js';
import {openDatabase, sqlStore} from '../companion/src/companion.js';
import {median} from './statistics.js';

const connections = 1000;
/** The goal, as a share of the bare handler's rate. */
const goal = 0.5;
const folder = mkdtempSync(join(tmpdir(), 'reader-support-bench-'));

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
}

async function serve(kind: 'bare' | 'companion', file = ''): Promise<Served> {
  const path = fileURLToPath(new URL('events-served.ts', import.meta.url));
  const child = fork(path, [kind, file], {execArgv: ['--import', 'tsx']});
  const [{url}] = (await once(child, 'message')) as [{url: string}];
  return {child, port: Number(new URL(url).port)};
}

async function memoryOf({child}: Served): Promise<number> {
  child.send('rss');
  const [{rss}] = (await once(child, 'message')) as [{rss: number}];
  return rss;
}

/** The events of a page view. */
const kinds: readonly ReaderEvent['name'][] = ['exposure', 'view', 'open', 'start', 'later'];
const arms = ['control', 'plain-words'];

let count = 0;
const nextId = () => (++count).toString(36).padStart(12, '0');

/** Creates a batch of ten events, the most a page sends at once. */
function batch(hasIds: boolean): string {
  const events = Array.from({length: 10}, (_, at): ReaderEvent => {
    const name = kinds[at % kinds.length] ?? 'view';
    const arm = arms[at % arms.length] ?? 'control';
    const names = {name, campaign: 'winter', experiment: 'autumn@1', arm, placement: 'inline'};
    return hasIds ? {...names, id: nextId()} : names;
  });
  return JSON.stringify({id: nextId(), events});
}

/** Sends requests at the rate of the responses; resolves with the responses per second. */
async function load(
  {port}: Served,
  seconds: number,
  hasIds: boolean,
  sockets: number = connections,
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let answers = 0;
  await Promise.all(
    Array.from({length: sockets}, async () => {
      const socket = connect(port, '127.0.0.1').setNoDelay();
      await once(socket, 'connect');
      while (performance.now() < end) {
        const body = batch(hasIds);
        socket.write(
          'POST /events HTTP/1.1\r\nhost: localhost\r\norigin: https://www.example.org\r\n' +
            'user-agent: Mozilla/5.0 Firefox/153.0\r\ncontent-type: text/plain\r\n' +
            `content-length: ${body.length}\r\n\r\n${body}`,
        );
        const [data] = (await once(socket, 'data')) as [Buffer];
        if (!data.toString('latin1').startsWith('HTTP/1.1 204'))
          throw new Error(`expected 204 but received ${data.toString('latin1').slice(0, 40)}`);
        answers++;
      }
      socket.destroy();
    }),
  );
  return answers / seconds;
}

/** Alternates between both servers, so that other load on the machine affects both. */
async function compare(hasIds: boolean, rounds: number, seconds: number): Promise<string> {
  const bare = await serve('bare');
  const ours = await serve('companion', join(folder, `${String(hasIds)}.sqlite`));
  await load(bare, 1, hasIds);
  await load(ours, 1, hasIds);
  const before = await memoryOf(ours);
  const rates: {bare: number; ours: number}[] = [];
  for (let round = 0; round < rounds; round++)
    rates.push({bare: await load(bare, seconds, hasIds), ours: await load(ours, seconds, hasIds)});
  const grown = (await memoryOf(ours)) - before;
  for (const {child} of [bare, ours]) child.disconnect();
  const ratio = median(rates.map(one => one.ours / one.bare));
  const per = (which: 'bare' | 'ours') => Math.round(median(rates.map(one => one[which])));
  const what = hasIds ? 'with ids (consent)' : 'without ids';
  const verdict = `${ratio.toFixed(2)}, ${ratio >= goal ? 'met' : 'missed'}`;
  return `| ${what} | ${per('bare')} | ${per('ours')} | ${verdict} | ${(grown / 2 ** 20).toFixed(0)} MB |`;
}

/**
 * Counts the rows of a million page views in one day: one in ten shows an appeal, of which one in 20 is
 * closed and one in 200 opened. A third of the readers consent.
 */
async function rowsOfAMillion(): Promise<string> {
  const file = join(folder, 'million.sqlite');
  const database = await openDatabase(file);
  const store = sqlStore(database).events;
  const groups: {key: string; events: ReaderEvent[]}[] = [];
  const write = async () => {
    await store.add(groups.splice(0), Date.now());
  };
  for (let view = 0; view < 1_000_000; view += 10) {
    const hasIds = view % 30 === 0;
    const names = {
      campaign: view % 20 ? 'winter' : 'spring',
      experiment: 'autumn@1',
      placement: 'inline',
    };
    const arm = arms[(view / 10) % 2] ?? 'control';
    const told: ReaderEvent['name'][] = ['exposure', 'view'];
    if (view % 200 === 0) told.push('close');
    if (view % 2000 === 0) told.push('open', 'start');
    const events = told.map((name): ReaderEvent => ({name, ...names, arm}));
    if (!hasIds) groups.push({key: `b:${nextId()}`, events});
    else
      for (const event of events) {
        const exposure = event.name === 'exposure' ? {exposure: nextId()} : {};
        groups.push({key: `e:${nextId()}`, events: [{...event, ...exposure}]});
      }
    if (groups.length >= 1000) await write();
  }
  await write();
  const rows = async (table: 'event_sums' | 'exposures' | 'event_keys') =>
    (
      await database.query
        .selectFrom(table)
        .select(({fn}) => fn.countAll<number>().as('n'))
        .execute()
    )[0]?.n ?? 0;
  const counts = [await rows('event_sums'), await rows('exposures'), await rows('event_keys')];
  await database.close();
  const megabytes = (statSync(file).size / 2 ** 20).toFixed(1);
  return `${counts[0]} sums (800 days), ${counts[1]} exposures (90 days), ${counts[2]} keys (2 days); ${megabytes} MB`;
}

/** Measures the memory growth of the companion under load, after a warm-up that excludes one-time costs. */
async function soak(seconds: number): Promise<void> {
  const ours = await serve('companion', join(folder, 'soak.sqlite'));
  // Few enough to be served quickly even on a busy machine: Node closes connections that are idle for seconds.
  const sockets = 64;
  await load(ours, Math.min(30, seconds / 10), true, sockets);
  const before = await memoryOf(ours);
  const steps = 10;
  let answers = 0;
  for (let step = 1; step <= steps; step++) {
    answers += (await load(ours, seconds / steps, step % 2 === 0, sockets)) * (seconds / steps);
    const grown = ((await memoryOf(ours)) - before) / 2 ** 20;
    console.log(
      `after ${Math.round((seconds / steps) * step)} s and ${Math.round(answers)} batches: ${grown < 0 ? '' : '+'}${grown.toFixed(0)} MB`,
    );
  }
  ours.child.disconnect();
}

const soaking = Number(process.argv.find(word => word.startsWith('--soak='))?.slice(7) ?? 0);
const seconds = Number(process.argv.find(word => word.startsWith('--seconds='))?.slice(10) ?? 20);
const rounds = 5;
async function compareAll(): Promise<void> {
  console.log(
    '| Batches of ten events a second, SQLite | bare handler | companion | ratio (goal 0.5) | memory grew by |',
  );
  console.log('| --- | --: | --: | --: | --: |');
  for (const hasIds of [false, true])
    console.log(await compare(hasIds, rounds, seconds / rounds / 2));
  console.log(
    `\nA million page views, 100,000 of them with an appeal, leave: ${await rowsOfAMillion()}`,
  );
}

try {
  await (soaking ? soak(soaking) : compareAll());
} finally {
  rmSync(folder, {recursive: true, force: true});
}
