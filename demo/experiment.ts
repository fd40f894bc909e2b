/** Provides the demo's experiment: its file, the newsroom's report, and a report of simulated readers. */

import {drawAppeal} from '../companion/src/cli/appeal-markup.js';
import {parseCampaigns} from '../src/core/campaigns/parse-campaigns.js';
import type {CampaignsFile} from '../src/core/campaigns/campaign.js';
import {readFact} from '../companion/src/report/log-record.js';
import {foldAll} from '../companion/src/report/aggregate.js';
import {reportPage} from '../companion/src/report/page.js';
import {resultsOf} from '../companion/src/report/results.js';
import {play} from '../companion/src/report/simulation.js';
import {scaleOf} from '../companion/src/report/gift-value.js';
import type {ReportOptions} from '../companion/src/companion.js';
import {fileIn} from './files.js';

/** The report's token, which is no secret in the demo. */
const token = 'the-harbour-post';

async function fileOf(folder: string): Promise<CampaignsFile> {
  const text = new TextDecoder().decode((await fileIn(folder, 'experiment.json'))?.body);
  const parsed = parseCampaigns(text);
  if (parsed.ok) return parsed.file;
  const problems = parsed.problems.map(({path, problem}) => `${path}: ${problem}`);
  throw new Error(`demo/support/experiment.json: ${problems.join('; ')}`);
}

/** Returns the companion's options for `GET /report`. */
export function reportOf(folder: string): ReportOptions {
  return {
    token,
    campaigns: () => fileOf(folder),
    page: (results, options) => reportPage(results, {...options, draw: drawAppeal}),
  };
}

let simulated: Promise<string> | undefined;

/** Renders a report of 60,000 simulated readers, the same every time. */
export function simulatedReport(folder: string): Promise<string> {
  simulated ??= simulate(folder);
  return simulated;
}

async function simulate(folder: string): Promise<string> {
  const file = await fileOf(folder);
  const [experiment] = file.experiments ?? [];
  if (!experiment) throw new Error('demo/support/experiment.json: expected an experiment');
  const scale = scaleOf(experiment.metric, 'USD');
  const from = Date.UTC(2026, 9, 20);
  const facts: NonNullable<ReturnType<typeof readFact>>[] = [];
  const supposed = {readers: 60_000, days: 28, seed: 7, giftRate: 0.01, lift: 0.5, from};
  play(file, supposed, line => facts.push(...[readFact(line) ?? []].flat()));
  const tally = foldAll(facts, () => scale);
  const results = resultsOf(experiment, tally, {now: from + 28 * 86_400_000, currency: 'USD'});
  const label = 'Simulated: 60,000 made-up readers. Nothing on this page happened.';
  return reportPage(results, {file, experiment, label, draw: drawAppeal});
}
