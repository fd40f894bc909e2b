/** Compiles a program to plain JavaScript, so that processes that run it start without a compiler. */

import {rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const here = new URL('.', import.meta.url);

const compilations = new Map<string, Promise<string>>();

/**
 * Compiles a file, one beside this if not said otherwise, and resolves with where the result is until
 * this process ends, once for each file. Packages stay where they are.
 */
export function compiled(name: string, folder: URL = here): Promise<string> {
  const key = new URL(name, folder).href;
  const compilation = compilations.get(key) ?? compile(name, folder);
  compilations.set(key, compilation);
  return compilation;
}

async function compile(name: string, folder: URL): Promise<string> {
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
