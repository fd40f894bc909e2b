/**
 * Measures what an appeal costs a reader. Prints figures and never fails on them.
 *
 *     npm run build && npm run bench
 *     npm run bench -- --runs 15       more runs, less noise (default: 9)
 *     npm run bench -- --only file,bar  only these page views, and the baselines
 *     npm run bench -- --json          only the JSON that is also written to .cache/bench.json
 */

import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {chromium} from '@playwright/test';
import {chromiumLaunch} from '../test/chromium.js';
import {compare, compareFiles, medians} from './compare.js';
import {measureHeap} from './heap.js';
import {report, type Results} from './report.js';
import {scenarios, type Scenario} from './scenarios.js';
import {startServer, vanillaForm} from './server.js';
import {measureFiles, sizeOf} from './sizes.js';
import {visit, type Visit} from './visit.js';

const root = new URL('../', import.meta.url);

const load = (): number => Number((loadavg()[0] ?? 0).toFixed(1));

async function bench(runs: number, all: readonly Scenario[]): Promise<Results> {
  const before = load();
  const server = await startServer(all);
  const browser = await chromium.launch(chromiumLaunch);
  try {
    const visits = new Map<string, Visit[]>(all.map(({id}) => [id, []]));
    // The first round warms up the browser and the server and is not counted.
    for (let run = 0; run <= runs; run++) {
      for (const scenario of all) {
        const cost = await visitAgain(() => visit(browser, server.origin, scenario));
        if (run > 0) visits.get(scenario.id)?.push(cost);
      }
      process.stderr.write(run === 0 ? 'warm' : ` ${run}`);
    }
    process.stderr.write('\n');
    const costs = new Map(Array.from(visits, ([id, of]) => [id, medians(of)]));
    const shows = (id: string) => all.some(one => one.id === id && one.shows);
    const files = [
      ...measureFiles(),
      sizeOf('vanilla-form.js', 'vanilla form', await vanillaForm()),
    ];
    const heap = await measureHeap(browser, server.origin);
    return {
      date: new Date().toISOString().slice(0, 10),
      machine: {
        cpu: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        load: [before, load()],
        browser: `Chromium ${browser.version()}`,
      },
      runs,
      files,
      costs: Object.fromEntries(costs),
      goals: [...compareFiles(files), ...compare(costs, shows)],
      heap,
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Retries a visit, which may fail on a busy machine. */
async function visitAgain(once: () => Promise<Visit>): Promise<Visit> {
  try {
    return await once();
  } catch (error) {
    console.error(String(error));
    return once();
  }
}

const {values} = parseArgs({
  options: {
    runs: {type: 'string', default: '9'},
    only: {type: 'string', default: ''},
    json: {type: 'boolean', default: false},
  },
});

if (!existsSync(new URL('dist/integrity.json', root))) {
  console.error('There is no build to measure: run `npm run build` first.');
} else {
  try {
    const ids = values.only ? ['article', 'vanilla', ...values.only.split(',')] : undefined;
    const chosen = scenarios().filter(({id}) => ids?.includes(id) ?? true);
    const results = await bench(Math.max(1, Number(values.runs) || 9), chosen);
    const json = JSON.stringify(results, undefined, 2);
    mkdirSync(new URL('.cache/', root), {recursive: true});
    writeFileSync(new URL('.cache/bench.json', root), json);
    console.log(values.json ? json : report(results, chosen));
  } catch (error) {
    console.error(error);
  }
}
