/** Reads secrets from a file beside the configuration. */

import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parse} from 'dotenv';

/** Returns the environment, and under it what `.env` beside a configuration says. */
export function withEnvFile(
  config: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const file = join(dirname(config), '.env');
  return existsSync(file) ? {...parse(readFileSync(file)), ...env} : env;
}
