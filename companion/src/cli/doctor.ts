/** Implements `doctor`, which looks at everything that a companion needs, and says how to mend what is wrong. */

import type {Command} from 'commander';
import {readConfig, type Config} from './config.js';
import {lookAtDatabase, lookAtMail, lookAtSecrets} from './doctor-machine.js';
import {lookAtCampaigns, lookAtSite} from './doctor-site.js';
import {lookAtStripe} from './doctor-stripe.js';
import {withEnvFile} from './env-file.js';
import {fail, linesOf, ok, type Finding} from './finding.js';
import {Refusal} from './refusal.js';

interface DoctorOptions {
  readonly config: string;
  readonly url?: string;
  readonly campaigns?: string;
  readonly json?: boolean;
}

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at the key, the endpoint, the database, mail, proxies and offers')
    .requiredOption('-c, --config <file>', 'the configuration: a .json file or a JavaScript module')
    .option('-u, --url <url>', 'where the companion answers; default: `site` and `basePath`')
    .option('--campaigns <file>', 'the campaigns file of the pages, to compare with the offers')
    .option('--json', 'print one JSON array')
    .action(async (options: DoctorOptions) => {
      const findings = await examine(options);
      if (options.json) console.info(JSON.stringify(findings, undefined, 2));
      else for (const line of findings.flatMap(linesOf)) console.info(line);
      if (findings.some(({state}) => state === 'fail')) process.exitCode = 1;
    });
}

async function examine(options: DoctorOptions): Promise<readonly Finding[]> {
  const {config: file, url, campaigns} = options;
  const env = withEnvFile(file, process.env);
  let config: Config;
  try {
    config = await readConfig(file, env);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [fail('configuration', error.message, 'mend the file, or set what is missing')];
  }
  const looks = [
    () => lookAtStripe(config),
    () => lookAtSecrets(file, env),
    () => lookAtDatabase(config),
    () => lookAtMail(config),
    () => lookAtCampaigns(config, campaigns),
    () => lookAtSite(config, url),
  ];
  const findings = [ok('configuration', `${file} can be used`)];
  for (const look of looks) findings.push(...(await look()));
  return findings;
}
