/**
 * Compares the gate with passing the same page through unchanged: `npm run bench:server`
 *
 * Runs in one process without a network, so that nothing else is measured: a page of the demo, extended to
 * the length of a long read, arrives in chunks of 16 KB and is read completely. Rounds alternate.
 */

import {readFile} from 'node:fs/promises';
import {cpus} from 'node:os';
import {parseArgs} from 'node:util';
import {gateHtml, type GateDecision} from '../companion/src/gate/index.js';

const piece = 16_384;

/** Repeats the gated part of the demo's members' story. */
async function longPage(times: number): Promise<Uint8Array> {
  const page = await readFile(new URL('../demo/pages/members.html', import.meta.url), 'utf8');
  const [head = '', rest = ''] = page.split('<div class="members-only" data-support-gated>');
  const [text = '', foot = ''] = rest.split('</div>');
  return new TextEncoder().encode(
    `${head}<div class="members-only">${text.repeat(times)}</div>${foot}`,
  );
}

function arriving(bytes: Uint8Array): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + piece));
      at += piece;
      if (at >= bytes.length) controller.close();
    },
  });
  return new Response(body, {headers: {'content-type': 'text/html; charset=utf-8'}});
}

type Way = (bytes: Uint8Array) => Promise<Response>;

const through =
  (decision: GateDecision, stream = false): Way =>
  bytes =>
    gateHtml(arriving(bytes), decision, {root: '#members-body', preview: 'marker', stream});

const ways: Readonly<Record<string, Way>> = {
  untouched: bytes => Promise.resolve(arriving(bytes)),
  'gate: open to this reader': through({access: 'open', reason: 'entitled'}),
  'gate: cut and checked': through({access: 'locked'}),
  'gate: cut while it streams': through({access: 'locked'}, true),
};

/** Measures the ms until the first and the last bytes. */
async function timeOf(way: Way, bytes: Uint8Array): Promise<{first: number; last: number}> {
  const began = performance.now();
  const reader = (await way(bytes)).body!.getReader();
  let first = 0;
  for (;;) {
    const {done} = await reader.read();
    first ||= performance.now() - began;
    if (done) return {first, last: performance.now() - began};
  }
}

const median = (numbers: readonly number[]) =>
  [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0;

const {values} = parseArgs({options: {pages: {type: 'string', default: '60'}}});
const pages = Math.max(1, Number(values.pages));
const bytes = await longPage(200);
const taken = new Map(Object.keys(ways).map(name => [name, [] as {first: number; last: number}[]]));
// Warm-up: the first pages include compilation.
for (let n = -5; n < pages; n += 1)
  for (const [name, way] of Object.entries(ways)) {
    const time = await timeOf(way, bytes);
    if (n >= 0) taken.get(name)!.push(time);
  }

console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}; a page of ${Math.round(bytes.length / 1024)} KB, ${pages} times each`,
);
const bare = median(taken.get('untouched')!.map(({last}) => last));
for (const [name, times] of taken) {
  const last = median(times.map(one => one.last));
  console.log(
    [
      name.padEnd(28),
      `${(bytes.length / 1024 / 1024 / (last / 1000)).toFixed(0).padStart(5)} MB/s`,
      `${last.toFixed(1).padStart(6)} ms a page`,
      `first bytes after ${median(times.map(one => one.first)).toFixed(1)} ms`,
      `${(last / bare).toFixed(1)} times the time of untouched`,
    ].join('  '),
  );
}
