/** Reads secrets from a file beside the configuration. */

import {existsSync, readFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {parse} from 'dotenv';

/** Returns the path of `.env` beside a configuration, or above the folder that a container mounts. */
export function envFileOf(config: string): string | undefined {
  const folder = dirname(resolve(config));
  const folders = basename(folder) === 'config' ? [folder, dirname(folder)] : [folder];
  return folders.map(each => join(each, '.env')).find(existsSync);
}

/** Returns the environment, and under it what `.env` of a configuration says. */
export function withEnvFile(
  config: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const file = envFileOf(config);
  return file === undefined ? env : {...parse(readFileSync(file)), ...env};
}
