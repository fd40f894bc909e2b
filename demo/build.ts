/** Bundles the demo's own scripts like a site that imports the package by name. */

import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The folder of the bundles. */
export const built: string = here('../.cache/demo');

/** Bundles the demo's scripts. Requires the package's own build. */
export async function buildDemo(): Promise<void> {
  await build({
    absWorkingDir: here('..'),
    entryPoints: {
      spa: here('spa/app.js'),
      gallery: here('gallery/show-state.ts'),
      state: here('scripts/state.js'),
      paywall: here('scripts/paywall.js'),
      embedded: here('scripts/embedded.js'),
      'payment-link': here('scripts/payment-link.js'),
    },
    outdir: built,
    bundle: true,
    // As for a site that installed the package: this repository's own paths lead to the sources.
    tsconfigRaw: '{}',
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    conditions: ['production', 'browser'],
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
  });
}
