/** Compiles a program to plain JavaScript, so that processes that run it start without a compiler. */

import {rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const here = new URL('.', import.meta.url);

/**
 * Compiles a file, one beside this if not said otherwise, and resolves with where the result is until
 * this process ends. Packages stay where they are.
 */
export async function compiled(name: string, folder: URL = here): Promise<string> {
  // Inside the repository, so that packages resolve; each test process has its own file.
  const to = fileURLToPath(new URL(`../../.cache/tests/${name}-${process.pid}.mjs`, here));
  process.once('exit', () => rmSync(to, {force: true}));
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, folder))],
    outfile: to,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return to;
}
