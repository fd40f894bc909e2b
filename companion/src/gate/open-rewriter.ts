/** Provides a rewriter of HTML: the platform's own, or one like it. */

import type {Rewriter} from './rewriter.js';

/** Creates a rewriter for one response: built into Cloudflare Workers and Bun, elsewhere our own. */
export async function openRewriter(): Promise<Rewriter> {
  const own: unknown = Reflect.get(globalThis, 'HTMLRewriter');
  if (typeof own === 'function') return new (own as new () => Rewriter)();
  return (await import('./node-rewriter.js')).nodeRewriter();
}
