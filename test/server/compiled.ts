/** A program of the tests as plain JavaScript: a process that runs it starts at once, without a compiler. */

import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

/** Compiles a file beside this one, and resolves with where the result is. Packages stay where they are. */
export async function compiled(name: string): Promise<string> {
  const from = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  // Below the repository, so that packages are found; each process of the tests has its own.
  const to = fileURLToPath(
    new URL(`../../.cache/tests/${name}-${process.pid}.mjs`, import.meta.url),
  );
  await build({
    entryPoints: [from],
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
