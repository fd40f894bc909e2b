/**
 * Measures the time and memory of a report over ten million events.
 *
 *     npm run bench:report               ten million events, and one million for comparison
 *     npm run bench:report -- 1000000    another number of events
 *
 * The events are generated while they are read, so that the disk holds only the report's own files.
 */

import {fork} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {foldLog} from '../companion/src/report/log.js';
import {resultsOf} from '../companion/src/report/results.js';
import {scaleOf} from '../companion/src/report/gift-value.js';
import {seededChance} from '../companion/src/stats/chance.js';
import {anExperiment, someLines, start} from '../companion/test/report/fixtures.js';

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Yields lines of readers who visit, see appeals and sometimes give, up to a count. */
async function* linesOf(count: number, told: {bytes: number}): AsyncGenerator<string> {
  const chance = seededChance(11);
  let made = 0;
  for (let seed = 1; made < count; seed += 1) {
    const rates = [0.005, 0.006] as const;
    for (const line of someLines({
      seed: Math.floor(chance() * 1e9) + seed,
      readers: 1000,
      days: 28,
      rates,
    })) {
      const text = JSON.stringify(line);
      told.bytes += text.length;
      made += 1;
      yield text;
    }
    await Promise.resolve();
  }
}

async function measure(count: number): Promise<void> {
  const experiment = anExperiment();
  const scale = scaleOf(experiment.metric, 'EUR');
  const told = {bytes: 0};
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const began = performance.now();
  const before = process.cpuUsage();
  const tally = await foldLog(linesOf(count, told), () => scale, count * 250);
  const results = resultsOf(experiment, tally, {now: start + 30 * 86_400_000});
  const seconds = (performance.now() - began) / 1000;
  const {user, system} = process.cpuUsage(before);
  const busy = (user + system) / 1e6;
  clearInterval(watch);
  most = Math.max(most, process.resourceUsage().maxRSS * 1024);
  console.log(
    `${count.toLocaleString('en')} events (${megabytes(told.bytes)}): ${seconds.toFixed(1)} s (${busy.toFixed(1)} s of a processor), at most ${megabytes(most)} of memory; ${results.readers.toLocaleString('en')} readers, ${results.course.length} days`,
  );
}

const [only] = process.argv.slice(2).map(Number);
if (process.send) await measure(only ?? 0);
else {
  const counts = only ? [only] : [1_000_000, 10_000_000];
  // Each in its own process, so that memory is measured separately.
  for (const count of counts) {
    await new Promise(done => {
      fork(fileURLToPath(import.meta.url), [String(count)]).on('exit', done);
    });
  }
}
