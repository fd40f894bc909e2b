/**
 * Compares the companion's request rate with a bare handler's: `npm run bench:server`
 *
 * The bare handler runs on Hono in the same process: it reads and parses the same body and answers.
 * Rounds alternate between the two, so that other load on the machine affects both.
 */

import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import {build} from 'esbuild';
import {Hono} from 'hono';
import {listen} from '../companion/src/http/listen.js';
import {readEvent, readingOf} from '../companion/src/gifts/webhook-facts.js';
import {createSupportServer, openDatabase, sqlStore} from '../companion/src/companion.js';
import {signWebhook} from '../companion/src/fake-stripe/index.js';
import type {LoadGiven, LoadTaken, Prepared} from './load.js';

const root = new URL('../', import.meta.url);
const secret = 'whsec_of_the_bench';
const connections = 32;

/** One kind of request: how it is created for the companion and for the bare handler. */
interface Row {
  readonly name: string;
  /** The goal, as a share of the bare handler's rate. */
  readonly goal: number;
  prepare(count: number): Promise<Prepared[]>;
}

let made = 0;

const gift = (id: string) => ({
  id: `evt_${id}`,
  object: 'event',
  api_version: '2026-10-28.endive',
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  type: 'checkout.session.completed',
  data: {
    object: {
      id: `cs_test_${id}`,
      object: 'checkout.session',
      mode: 'payment',
      payment_status: 'paid',
      amount_total: 500,
      currency: 'usd',
      customer: null,
      invoice: null,
      payment_intent: `pi_${id}`,
      subscription: null,
      metadata: {rs: '1', rs_offer: 'support', rs_frequency: 'once', rs_campaign: 'winter'},
    },
  },
});

async function delivery(id: string): Promise<Prepared> {
  const body = JSON.stringify(gift(id));
  const headers = {
    'content-type': 'application/json',
    'stripe-signature': await signWebhook(body, secret, Date.now()),
  };
  return {path: '/webhook', headers, body};
}

const rows: readonly Row[] = [
  {
    name: 'webhook: a gift, written to SQLite',
    goal: 1 / 3,
    prepare: count => Promise.all(Array.from({length: count}, () => delivery(`new${made++}`))),
  },
  {
    name: 'webhook: the same gift again',
    goal: 1 / 3,
    prepare: count => Promise.all(Array.from({length: count}, () => delivery('again'))),
  },
];

const median = (numbers: readonly number[]) =>
  [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0;

async function main(count: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'reader-support-bench-'));
  const database = await openDatabase(join(folder, 'support.sqlite'));
  const companion = createSupportServer({
    stripe: {secretKey: 'sk_test_bench', apiBase: 'http://localhost:1'},
    site: 'https://www.example.org',
    offers: [{once: {USD: {min: 200, max: 500, presets: [500], preset: 500}}}],
    webhookSecrets: [secret],
    store: sqlStore(database),
  });
  const bare = new Hono();
  bare.post('/bare', async context => {
    const bytes = await context.req.arrayBuffer();
    const event = readEvent(JSON.parse(new TextDecoder().decode(bytes)));
    return context.json({received: event !== undefined && readingOf(event).type === 'news'});
  });
  const server = await listen(
    {
      fetch: async (request, connection) =>
        request.url.endsWith('/bare')
          ? await bare.fetch(request)
          : await companion.fetch(request, connection),
    },
    {port: 0, host: '127.0.0.1'},
  );

  const load = new URL('.cache/bench-load.mjs', root);
  await build({
    entryPoints: [new URL('load.ts', import.meta.url).pathname],
    outfile: load.pathname,
    platform: 'node',
    format: 'esm',
  });
  const port = Number(new URL(server.url).port);
  const worker = new Worker(load, {workerData: {port, connections} satisfies LoadGiven});
  const send = (requests: readonly Prepared[]) =>
    new Promise<LoadTaken>((resolve, reject) => {
      worker.once('error', reject).once('message', resolve);
      worker.postMessage(requests);
    });
  /** Measures requests per second. */
  const rateOf = async (requests: readonly Prepared[]) => {
    const {ms, refused} = await send(requests);
    worker.removeAllListeners('error');
    if (refused) throw new Error(`expected every request to be answered but ${refused} were not`);
    return (requests.length / ms) * 1000;
  };

  const memory = process.memoryUsage().rss;
  const results = [];
  for (const {name, goal, prepare} of rows) {
    const toBare = (requests: readonly Prepared[]) =>
      requests.map(each => ({...each, path: '/bare'}));
    // Warm-up: the first requests include compilation.
    await rateOf(toBare(await prepare(500)));
    await rateOf(await prepare(500));
    const rates: {bare: number; companion: number}[] = [];
    for (let round = 0; round < rounds; round++) {
      const requests = await prepare(count);
      rates.push({bare: await rateOf(toBare(requests)), companion: await rateOf(requests)});
    }
    results.push({
      name,
      goal,
      bare: Math.round(median(rates.map(each => each.bare))),
      companion: Math.round(median(rates.map(each => each.companion))),
      ratio: median(rates.map(each => each.companion / each.bare)),
    });
  }
  const grown = process.memoryUsage().rss - memory;
  await worker.terminate();
  await server.stop(0);
  await database.close();
  rmSync(folder, {recursive: true, force: true});

  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`;
  const report = {date: new Date().toISOString(), machine, connections, count, rounds, results};
  if (!existsSync(new URL('.cache', root))) mkdirSync(new URL('.cache', root));
  writeFileSync(new URL('.cache/bench-server.json', root), JSON.stringify(report, undefined, 2));
  console.log(
    `${machine}; ${connections} connections, ${rounds} rounds of ${count}, the load in a thread beside it`,
  );
  for (const {name, goal, bare: without, companion: ours, ratio} of results)
    console.log(
      [
        name.padEnd(36),
        `${String(ours).padStart(6)} /s`,
        `bare ${String(without).padStart(6)} /s`,
        `ratio ${ratio.toFixed(2)} (goal ${goal.toFixed(2)}: ${ratio >= goal ? 'met' : 'missed'})`,
      ].join('  '),
    );
  console.log(`memory grew by ${Math.round(grown / 2 ** 20)} MB`);
}

const {values} = parseArgs({
  options: {count: {type: 'string', default: '3000'}, rounds: {type: 'string', default: '5'}},
});
await main(Math.max(1, Number(values.count)), Math.max(1, Number(values.rounds)));
